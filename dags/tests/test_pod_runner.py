"""The pod a job runs in, as it would be sent to a cluster, and how its end is read. No cluster is needed."""

from __future__ import annotations

from datetime import date

import pytest
from kubernetes.client import models as k8s

from jangbu.runners.job_run import JobRun
from jangbu.runners.kubernetes import (
    PodJobRunner,
    attempt_of,
    exit_code,
    pod_labels,
    pod_memory,
)
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
    assert container.resources.limits == {"memory": "1Gi"}
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


def test_pod_says_whose_it_is(pod: k8s.V1Pod) -> None:
    assert pod_labels(RUN).items() <= pod.metadata.labels.items()
    assert all(len(value) <= 63 for value in pod_labels(RUN).values())
    assert attempt_of(pod, RUN) == RUN.attempt


@pytest.mark.parametrize("code", [0, 10, 137])
def test_exit_code_is_the_job_containers(code: int) -> None:
    def status(name: str, ended: int) -> k8s.V1ContainerStatus:
        state = k8s.V1ContainerState(terminated=k8s.V1ContainerStateTerminated(exit_code=ended))
        return k8s.V1ContainerStatus(
            name=name, state=state, image="", image_id="", ready=False, restart_count=0
        )

    statuses = [status("sidecar", 99), status("job", code)]

    assert exit_code(k8s.V1Pod(status=k8s.V1PodStatus(container_statuses=statuses))) == code


def test_pod_that_was_lost_has_no_exit_code() -> None:
    assert exit_code(None) is None
    assert exit_code(k8s.V1Pod(status=k8s.V1PodStatus())) is None


@pytest.mark.parametrize(
    ("docker", "kubernetes"), [("1g", "1Gi"), ("768m", "768Mi"), ("1073741824", "1073741824")]
)
def test_memory_is_written_as_the_cluster_reads_it(docker: str, kubernetes: str) -> None:
    assert pod_memory(docker) == kubernetes
