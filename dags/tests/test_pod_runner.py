"""The pod a job runs in, as it would be sent to a cluster, and how its end is read; the rest is in kubernetes/tests."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from conftest import DAGS
from kubernetes.client import models as k8s

from jangbu.marts import CARD_MARTS
from jangbu.runners.job_run import JobRun
from jangbu.runners.kubernetes import (
    PodJobRunner,
    attempt_of,
    has_ended,
    has_started,
    how_it_ended,
    is_over_age,
    pod_labels,
)
from jangbu.runners.pod_spec import pod_memory
from jangbu.settings import Settings

RUN = JobRun(
    job="mart-job",
    dataset="events",
    slice="mart_orders",
    business_date=date(2026, 1, 15),
    arguments=("build", "--mart", "mart_orders", "--ds", "2026-01-15"),
    dag_id="event_pipeline",
    run_id="manual__2026-01-16T00:00:00+00:00",
    task_id="marts.mart_orders",
    try_number=2,
)


# Every job's pod as its operator builds it, in a process of its own: the runner is chosen at import.
AS_PODS = """
import json
from datetime import date
import card_sales, channel_sales, event_pipeline, retention
from airflow.serialization.serialized_objects import DagSerialization
from jangbu.operators import BatchJobOperator
from jangbu.runners.job_run import JobRun

def pod_of(task):
    arguments = tuple(each for each in task.arguments if isinstance(each, str))
    dataset = task.dataset if isinstance(task.dataset, str) else "orders"  # of a mapped group's
    task.prepare(JobRun(task.job, dataset, "cafe24-a-mall-with-a-rather-long-name.reconcile", date(2026, 1, 15),
        arguments, task.dag_id, "scheduled__2026-01-15", task.task_id, 1, 3))
    pod = task.build_pod_request_obj()
    assert all(len(value) <= 63 for value in pod.metadata.labels.values()), pod.metadata.labels
    certificates = [volume.config_map.name for volume in pod.spec.volumes if volume.name == "certificates"]
    reaches_out = "dev.jangbu/reaches-out" in pod.metadata.labels
    assert (certificates == ["jangbu-certificates"]) == reaches_out, pod.spec.volumes
    return [pod.spec.containers[0].image, "reaches out" if reaches_out else ""]

made = {}
for module in (card_sales, channel_sales, event_pipeline, retention):
    DagSerialization.to_dict(module.dag)
    jobs = [task for task in module.dag.tasks if isinstance(task, BatchJobOperator)]
    made[module.dag.dag_id] = {task.task_id: pod_of(task) for task in jobs}
print(json.dumps(made))
"""


@pytest.fixture
def pod() -> k8s.V1Pod:
    settings = Settings.from_environment(
        {"JANGBU_DB_URL": "jdbc:postgresql://db:5432/jangbu", "JANGBU_JOB_MEMORY": "1g"}
    )
    runner = PodJobRunner(settings=settings, task_id="marts.mart_orders")
    runner.prepare(RUN)
    return runner.build_pod_request_obj()


def test_pod_has_the_limits_of_a_job(pod: k8s.V1Pod) -> None:
    (container,) = pod.spec.containers
    security = container.security_context

    assert container.image == "jangbu/mart-job:latest"
    assert container.args == [*RUN.arguments, "--attempt", RUN.attempt]
    assert security.read_only_root_filesystem is True
    assert security.allow_privilege_escalation is False
    assert security.privileged is False
    assert security.capabilities.drop == ["ALL"]
    assert pod.spec.security_context.run_as_non_root is True
    assert pod.spec.security_context.run_as_user == 10001
    assert container.resources.limits == {"memory": "1Gi", "ephemeral-storage": "512Mi"}
    assert container.image_pull_policy == "IfNotPresent"
    assert pod.spec.service_account_name == "jangbu-jobs"
    assert pod.spec.enable_service_links is False
    assert pod.spec.termination_grace_period_seconds == 7
    assert pod.spec.automount_service_account_token is False
    assert pod.spec.restart_policy == "Never"


def test_secrets_are_files_and_not_in_the_environment(pod: k8s.V1Pod) -> None:
    (container,) = pod.spec.containers

    assert {variable.name: variable.value for variable in container.env} == {
        "JANGBU_DB_URL": "jdbc:postgresql://db:5432/jangbu",
        "JANGBU_WORKSPACE": "/workspace",
        "JANGBU_DB_PASSWORD_FILE": "/run/secrets/jangbu_db_password",
    }
    (secrets,) = [mount for mount in container.volume_mounts if mount.name == "secrets"]
    assert secrets.read_only is True


def test_a_pod_that_logs_in_to_a_shop_gets_the_key_and_the_way_out(pod: k8s.V1Pod) -> None:
    runner = PodJobRunner(settings=Settings.from_environment({}), task_id="extract")
    runner.prepare(
        replace(RUN, job="extract-job", dataset="orders", slice="cafe24-one.reconcile", map_index=2)
    )
    asking = runner.build_pod_request_obj()

    def secrets(of: k8s.V1Pod) -> list[str]:
        (volume,) = [each for each in of.spec.volumes if each.name == "secrets"]
        return [source.secret.name for source in volume.projected.sources]

    assert secrets(pod) == ["jangbu-db-password"]
    assert secrets(asking) == ["jangbu-db-password", "jangbu-credential-key"]
    environment = {each.name: each.value for each in asking.spec.containers[0].env}
    assert environment["JANGBU_CREDENTIAL_KEY_FILE"] == "/run/secrets/jangbu_credential_key"
    assert asking.metadata.labels["dev.jangbu/reaches-out"] == "true"
    assert "dev.jangbu/reaches-out" not in pod.metadata.labels
    (certificates,) = [each for each in asking.spec.volumes if each.name == "certificates"]
    assert (certificates.config_map.name, certificates.config_map.optional) == (
        "jangbu-certificates",
        True,
    )
    (mount,) = [
        each for each in asking.spec.containers[0].volume_mounts if each.name == "certificates"
    ]
    assert (mount.mount_path, mount.read_only) == ("/certificates", True)
    assert asking.metadata.labels["dev.jangbu/map-index"] == "2"
    assert re.fullmatch(
        r"jangbu-extract-job-cafe24-one-reconcile-2026-01-15-[a-z0-9]{8}", asking.metadata.name
    )


def test_pages_are_read_by_the_image_with_a_browser() -> None:
    runner = PodJobRunner(settings=Settings.from_environment({}), task_id="extract")
    runner.prepare(replace(RUN, job="extract-job", dataset="orders", arguments=("--crawl",)))

    assert runner.build_pod_request_obj().spec.containers[0].image == (
        "jangbu/extract-job-browser:latest"
    )


def test_every_job_of_every_dag_makes_a_pod() -> None:
    done = subprocess.run(
        [sys.executable, "-c", AS_PODS],
        capture_output=True,
        text=True,
        check=True,
        cwd=DAGS,
        env=os.environ | {"JANGBU_RUNNER": "kubernetes"},
    )
    made: dict[str, dict[str, list[str]]] = json.loads(done.stdout.splitlines()[-1])

    assert {dag: len(pods) for dag, pods in made.items()} == {
        "card_sales": 1 + 3 + len(CARD_MARTS) + 1,
        "channel_sales": 4 * 3 + 4,
        "event_pipeline": 8,
        "retention": 2,
    }
    assert made["card_sales"]["source.extract"] == ["jangbu/extract-job:latest", "reaches out"]
    sales = made["channel_sales"]
    assert sales["cafe24.account.extract"] == ["jangbu/extract-job:latest", "reaches out"]
    assert sales["ably.account.extract"] == ["jangbu/extract-job-browser:latest", "reaches out"]
    assert sales["cafe24.account.load"] == ["jangbu/load-job:latest", ""]
    assert sales["accounts"] == ["jangbu/extract-job:latest", ""]
    assert sales["dashboard"] == ["jangbu/mart-job:latest", ""]
    assert made["retention"]["retain_lake"] == ["jangbu/spark-job:latest", ""]


def test_what_stands_in_for_a_job_makes_a_pod_of_its_own_image_and_memory() -> None:
    settings = Settings.from_environment({"JANGBU_SPARK_MEMORY": "4g"})
    runner = PodJobRunner(settings=settings, task_id="marts.mart_orders")

    runner.prepare(replace(RUN, stand_in="spark-job"))
    container = runner.build_pod_request_obj().spec.containers[0]
    assert container.image == "jangbu/spark-job:latest"
    assert container.resources.limits["memory"] == "4Gi"
    assert container.resources.requests["memory"] == "4Gi"
    assert container.security_context.read_only_root_filesystem is True
    assert [mount.mount_path for mount in container.volume_mounts] == [
        "/workspace",
        "/run/secrets",
        "/tmp",
    ]
    assert runner.labels["dev.jangbu/job"] == "mart-job"

    runner.prepare(RUN)
    assert runner.build_pod_request_obj().spec.containers[0].resources.limits["memory"] == "1Gi"


def test_spark_on_the_cluster_has_the_account_that_starts_executors_and_nobody_else() -> None:
    master = "k8s://https://kubernetes.default.svc"
    settings = Settings.from_environment(
        {"JANGBU_SPARK_MASTER": master, "JANGBU_SPARK_CONF": "spark.executor.instances=4"}
    )
    plain, spark = (PodJobRunner(settings=settings, task_id="marts.mart_orders") for _ in range(2))
    plain.prepare(RUN)
    spark.prepare(replace(RUN, stand_in="spark-job"))
    other, pod = (runner.build_pod_request_obj() for runner in (plain, spark))

    assert (other.spec.service_account_name, pod.spec.service_account_name) == (
        "jangbu-jobs",
        "jangbu-spark",
    )
    assert not pod.spec.automount_service_account_token
    (secrets,) = [volume for volume in pod.spec.volumes if volume.name == "secrets"]
    assert [bool(source.service_account_token) for source in secrets.projected.sources] == [
        False,
        True,
        False,
        False,
    ]
    (secrets,) = [volume for volume in other.spec.volumes if volume.name == "secrets"]
    assert [source.secret.name for source in secrets.projected.sources] == ["jangbu-db-password"]
    environment = {each.name: each.value for each in pod.spec.containers[0].env}
    assert environment == {
        "JANGBU_WORKSPACE": "/workspace",
        "JANGBU_DB_PASSWORD_FILE": "/run/secrets/jangbu_db_password",
        "JANGBU_SPARK_MASTER": master,
        "JANGBU_SPARK_CONF": "spark.executor.instances=4",
        "JANGBU_SPARK_IMAGE": "jangbu/spark-job:latest",
        "JANGBU_POD_NAMESPACE": "jangbu",
        "JANGBU_POD_NAME": None,  # the pod's own, which the cluster fills in
    }
    assert pod.metadata.labels["dev.jangbu/on-spark"] == "true"
    assert "dev.jangbu/on-spark" not in other.metadata.labels
    assert pod.spec.containers[0].security_context.read_only_root_filesystem is True


@pytest.mark.parametrize("master", ["", "local[2]"])
def test_spark_in_its_own_pod_may_nothing(master: str) -> None:
    settings = Settings.from_environment({"JANGBU_SPARK_MASTER": master})
    runner = PodJobRunner(settings=settings, task_id="marts.mart_orders")
    runner.prepare(replace(RUN, stand_in="spark-job"))
    pod = runner.build_pod_request_obj()

    assert pod.spec.service_account_name == "jangbu-jobs"
    assert "JANGBU_SPARK_MASTER" not in {each.name for each in pod.spec.containers[0].env}


def test_pod_says_whose_it_is(pod: k8s.V1Pod) -> None:
    assert pod_labels(RUN).items() <= pod.metadata.labels.items()
    assert all(len(value) <= 63 for value in pod_labels(RUN).values())
    assert attempt_of(pod, RUN) == RUN.attempt


def test_labels_keep_to_what_the_cluster_allows() -> None:
    labels = pod_labels(RUN)

    assert labels["dev.jangbu/business-date"] == "2026-01-15"
    assert labels["dev.jangbu/task"] == "marts.mart_orders"
    assert re.fullmatch(r"manual__2026-01-16T0000000000-[0-9a-f]{9}", labels["dev.jangbu/run"])


def test_pod_has_a_name_that_says_what_it_does(pod: k8s.V1Pod) -> None:
    assert re.fullmatch(r"jangbu-mart-job-mart-orders-2026-01-15-[a-z0-9]{8}", pod.metadata.name)


def pod_with(
    phase: str, *, job: k8s.V1ContainerState | None = None, message: str | None = None
) -> k8s.V1Pod:
    ended = k8s.V1ContainerState(terminated=k8s.V1ContainerStateTerminated(exit_code=99))
    states = {"sidecar": ended} | ({"job": job} if job else {})
    statuses = [
        k8s.V1ContainerStatus(
            name=name, state=state, image="", image_id="", ready=False, restart_count=0
        )
        for name, state in states.items()
    ]
    status = k8s.V1PodStatus(
        phase=phase,
        container_statuses=statuses,
        message=message,
        reason="Evicted" if message else None,
    )
    created = datetime.now(UTC) - timedelta(hours=49)
    return k8s.V1Pod(metadata=k8s.V1ObjectMeta(creation_timestamp=created), status=status)


def ended_with(code: int, reason: str = "", ago: timedelta = timedelta()) -> k8s.V1ContainerState:
    return k8s.V1ContainerState(
        terminated=k8s.V1ContainerStateTerminated(
            exit_code=code, reason=reason, finished_at=datetime.now(UTC) - ago
        )
    )


@pytest.mark.parametrize("code", [0, 10, 137])
def test_exit_code_is_the_job_containers(code: int) -> None:
    pod = pod_with("Running", job=ended_with(code))

    assert has_started(pod)
    assert has_ended(pod)
    assert how_it_ended(pod) == (code, "")


def test_container_without_memory_is_told(pod: k8s.V1Pod) -> None:
    # The kernel's victim need not be the job's first process: what the code is then is chance.
    killed = pod_with("Failed", job=ended_with(1, "OOMKilled"))

    assert how_it_ended(killed) == (137, "the container ran out of memory")


def test_pod_that_was_lost_has_no_exit_code() -> None:
    assert how_it_ended(None) == (None, "the pod was deleted")
    assert how_it_ended(pod_with("Failed", message="The node was low on resource: memory")) == (
        None,
        "Evicted: The node was low on resource: memory",
    )


def test_waiting_pod_has_neither_started_nor_ended() -> None:
    waiting = k8s.V1ContainerState(waiting=k8s.V1ContainerStateWaiting(reason="ContainerCreating"))
    running = k8s.V1ContainerState(running=k8s.V1ContainerStateRunning())

    assert not has_started(pod_with("Pending", job=waiting))
    assert not has_started(pod_with("Pending"))
    assert has_started(pod_with("Running", job=running))
    assert not has_ended(pod_with("Running", job=running))


def test_pod_is_over_age_by_the_end_of_its_job() -> None:
    age = timedelta(hours=48)

    assert is_over_age(pod_with("Failed", job=ended_with(1, ago=timedelta(hours=49))), age)
    assert not is_over_age(pod_with("Failed", job=ended_with(1, ago=timedelta(hours=47))), age)
    assert is_over_age(pod_with("Failed"), age)


@pytest.mark.parametrize(
    ("docker", "kubernetes"), [("1g", "1Gi"), ("768m", "768Mi"), ("1073741824", "1073741824")]
)
def test_memory_is_written_as_the_cluster_reads_it(docker: str, kubernetes: str) -> None:
    assert pod_memory(docker) == kubernetes
