"""Days on Spark whose executors are pods: of a driver in a job's pod, and of `spark-submit`. In this order."""

from __future__ import annotations

import itertools
import json
import os
import re
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from cluster import GATEWAY, Cluster
from conftest import HOME, SMALL_EXECUTORS
from pipeline import wait_for
from pods import (
    MANIFESTS,
    NAMESPACE,
    ROOT,
    Database,
    PodPipeline,
    Runner,
    is_running,
    name_of,
    pods_of,
    processes_of,
    token_of,
)
from server import image_name

from jangbu.runners.job_run import Ended, JobRun

DAY = date(2026, 2, 3)
DAG_DAY = "2026-02-05"
MARTS = ("mart_funnel_daily", "mart_orders", "mart_product_daily", "mart_user_daily")
AGGREGATE = ("aggregate", "events", "--ds", str(DAY))
EXECUTORS = "spark-role=executor"
TWO_EXECUTORS = f"spark.executor.instances=2 {SMALL_EXECUTORS}"
JAR = ROOT / "spark-job" / "target" / "spark-job.jar"
TEMPLATE = ROOT / "spark-job" / "src" / "main" / "resources" / "kubernetes" / "executor.yaml"
SUBMIT = ROOT / ".venv-spark" / "bin" / "spark-submit"
SECONDS = 240
# Two cores do four Sparks, and their executors, at a time here.
RUN_SECONDS = 900
TRIES = itertools.count(1)


def job_run(job: str, *arguments: str) -> JobRun:
    """A run of its own, whoever ran before."""
    number = next(TRIES)
    return JobRun(
        job=job,
        dataset="events",
        slice="aggregate" if job == "spark-job" else "all",
        business_date=DAY,
        arguments=arguments,
        dag_id="spark",
        run_id=f"manual__{number}",
        task_id=job,
        try_number=1,
    )


@pytest.fixture
def master(cluster: Cluster) -> str:
    return f"k8s://{cluster.url}"


@pytest.fixture
def on_executors(runner: Runner, master: str, checked: None) -> Any:
    """Runs spark-job in a pod that has executors."""

    def run(*arguments: str, conf: str = TWO_EXECUTORS) -> Ended:
        own = runner(JANGBU_SPARK_MASTER=master, JANGBU_SPARK_CONF=conf)
        return own.run_job(job_run("spark-job", *arguments), {})

    return run


@pytest.fixture
def checked(runner: Runner, workspace: Path) -> None:
    """A checked day, the first time it is asked for."""
    if (workspace / "clean" / "events" / str(DAY) / "manifest.json").exists():
        return
    day = ("events", "--ds", str(DAY))
    source = ("--source", "simulator", "--users", "500", "--seed", "7")
    for run in (job_run("extract-job", *day, *source), job_run("transform-job", *day)):
        assert runner().run_job(run, {}).exit_code == 0


def manifest(workspace: Path) -> Path:
    return workspace / "aggregates" / "events" / str(DAY) / "manifest.json"


def tables(workspace: Path) -> list[str]:
    """All rows of the day's tables, each with its table's name."""
    named = json.loads(manifest(workspace).read_text())["files"]
    folder = manifest(workspace).parent
    rows = []
    for one in (each["path"] for each in named):
        if one.endswith(".csv"):
            _header, *lines = (folder / one).read_text().splitlines()
            rows += [f"{one.split('/')[-2]}: {line}" for line in lines]
    return sorted(rows)


def executors(cluster: Cluster, namespace: str = NAMESPACE) -> list[dict[str, Any]]:
    return list(cluster.get("pods", "-n", namespace, "-l", EXECUTORS)["items"])


def driver(cluster: Cluster) -> dict[str, Any]:
    """The pod of the job that has executors."""
    (found,) = [
        pod for pod in pods_of(cluster, "dev.jangbu/on-spark,dev.jangbu/job") if is_running(pod)
    ]
    return found


@contextmanager
def beside(what: Any, *arguments: Any) -> Iterator[list[Any]]:
    """Runs it beside the block; its answer is there after the block, which ends when it has."""
    answers: list[Any] = []
    thread = threading.Thread(target=lambda: answers.append(what(*arguments)), daemon=True)
    thread.start()
    yield answers
    thread.join(SECONDS)
    assert not thread.is_alive()


def wait_for_executors(
    cluster: Cluster, count: int, namespace: str = NAMESPACE
) -> list[dict[str, Any]]:
    """The executors, as soon as so many run."""

    def running() -> list[dict[str, Any]]:
        return [pod for pod in executors(cluster, namespace) if is_running(pod)]

    wait_for(lambda: len(running()) >= count, 120, f"{count} executors", pause=0.1)
    return running()


def wait_until_it_is_read(cluster: Cluster) -> None:
    """Returns when the run knows its files and begins to compute."""
    pod = name_of(driver(cluster))
    wait_for(
        lambda: "step=read state=done" in cluster.kubectl("logs", "-n", NAMESPACE, pod),
        SECONDS,
        "a day that is read",
        pause=0.1,
    )


def none_is_left(cluster: Cluster, namespace: str = NAMESPACE) -> None:
    wait_for(lambda: not executors(cluster, namespace), 60, "no executor to be left")


@pytest.fixture
def expected(runner: Runner, workspace: Path, checked: None) -> list[str]:
    """The day's tables as one process alone makes them."""
    kept = HOME / "expected.json"
    if not kept.exists():
        assert runner().run_job(job_run("spark-job", *AGGREGATE), {}).exit_code == 0
        kept.write_text(json.dumps(tables(workspace)))
    rows: list[str] = json.loads(kept.read_text())
    assert len(rows) > 500
    return rows


def test_tables_are_those_of_one_machine(
    cluster: Cluster, on_executors: Any, workspace: Path, expected: list[str]
) -> None:
    before = manifest(workspace).read_bytes()
    with beside(on_executors, *AGGREGATE) as answers:
        pods = wait_for_executors(cluster, 2)
        owner = name_of(driver(cluster))

    assert [(ended.exit_code, ended.printed["status"]) for ended in answers] == [(0, "done")]
    assert manifest(workspace).read_bytes() != before
    assert tables(workspace) == expected
    none_is_left(cluster)
    spec = pods[0]["spec"]
    (container,) = spec["containers"]
    assert spec["securityContext"]["runAsNonRoot"]
    assert (spec["serviceAccountName"], spec["automountServiceAccountToken"]) == (
        "jangbu-jobs",
        False,
    )
    assert container["image"] == image_name("spark-job")
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "capabilities": {"drop": ["ALL"]},
        "privileged": False,
        "readOnlyRootFilesystem": True,
    }
    assert [one["name"] for one in pods[0]["metadata"]["ownerReferences"]] == [owner]
    assert "password" not in json.dumps(spec).lower()


def test_executor_that_is_killed_loses_nothing(
    cluster: Cluster, on_executors: Any, workspace: Path, expected: list[str]
) -> None:
    names: set[str] = set()
    with beside(on_executors, *AGGREGATE) as answers:
        wait_for_executors(cluster, 2)
        wait_until_it_is_read(cluster)
        for process in processes_of(executors(cluster)[0]):
            os.kill(process, 9)
        deadline = time.monotonic() + SECONDS
        while not answers and time.monotonic() < deadline:
            names |= {name_of(one) for one in executors(cluster)}
            time.sleep(0.2)

    assert [ended.exit_code for ended in answers] == [0]
    assert len(names) == 3, f"another in its place: {names}"
    assert tables(workspace) == expected


def test_driver_that_is_killed_leaves_the_day_and_takes_its_executors_with_it(
    cluster: Cluster, on_executors: Any, workspace: Path, expected: list[str]
) -> None:
    before = manifest(workspace).read_bytes()
    with beside(on_executors, *AGGREGATE) as answers:
        wait_for_executors(cluster, 2)
        pod = driver(cluster)
        for process in processes_of(pod):
            os.kill(process, 9)

    assert [ended.exit_code for ended in answers] == [137]
    assert manifest(workspace).read_bytes() == before
    wait_for(
        lambda: not any(is_running(each) for each in executors(cluster)), 120, "executors to end"
    )
    # It is kept for a look, and they with it.
    cluster.kubectl("delete", "pod", "-n", NAMESPACE, name_of(pod))
    none_is_left(cluster)

    assert on_executors(*AGGREGATE).exit_code == 0
    assert tables(workspace) == expected


def test_run_whose_executors_keep_dying_ends_as_one_of_a_cluster_that_is_away(
    cluster: Cluster, on_executors: Any, workspace: Path, expected: list[str]
) -> None:
    before = manifest(workspace).read_bytes()
    with beside(on_executors, *AGGREGATE) as answers:
        wait_for_executors(cluster, 2)
        wait_until_it_is_read(cluster)
        deadline = time.monotonic() + SECONDS
        while not answers and time.monotonic() < deadline:
            for pod in executors(cluster):
                for process in processes_of(pod):
                    os.kill(process, 9)
            time.sleep(0.5)

    (ended,) = answers
    assert (ended.exit_code, ended.printed["exit_code"]) == (11, 11)
    assert "see that the cluster runs, and run again" in ended.printed["message"]
    assert manifest(workspace).read_bytes() == before
    none_is_left(cluster)


def test_cluster_that_gives_no_executor_is_told_in_words(
    cluster: Cluster, on_executors: Any, master: str
) -> None:
    image = "spark.kubernetes.container.image=nowhere.invalid/jangbu/spark-job:latest"

    ended = on_executors(*AGGREGATE, conf=f"{TWO_EXECUTORS} {image} spark.jangbu.executorWait=5s")

    assert ended.exit_code == 11
    assert ended.printed["message"].startswith(f"no executor came from {master} within 5 s; see")
    none_is_left(cluster)


def memory_in_use(cluster: Cluster) -> str:
    """What the quota counts, some time after a pod has ended."""
    quota = cluster.get("resourcequota", "jobs", "-n", NAMESPACE)
    return str(quota["status"]["used"]["limits.memory"])


def set_quota(cluster: Cluster, memory: str) -> None:
    patch = json.dumps({"spec": {"hard": {"limits.memory": memory}}})
    cluster.kubectl(
        "patch", "resourcequota", "jobs", "-n", NAMESPACE, "--type", "merge", "-p", patch
    )  # fmt: skip


def test_run_goes_on_with_the_executors_the_quota_lets_it_have(
    cluster: Cluster, on_executors: Any, workspace: Path, expected: list[str]
) -> None:
    wait_for(lambda: memory_in_use(cluster) == "0", 60, "the quota to be free again")
    # The driver's 1,500 MiB and one executor's 600 with 384 around them.
    set_quota(cluster, "2600Mi")
    try:
        with beside(on_executors, *AGGREGATE) as answers:
            (pod,) = wait_for_executors(cluster, 1)
    finally:
        set_quota(cluster, "12Gi")

    assert [ended.exit_code for ended in answers] == [0], name_of(pod)
    assert tables(workspace) == expected


def test_run_of_the_dag_on_executors_gives_the_marts_of_the_jobs(
    cluster: Cluster, pipeline: PodPipeline
) -> None:
    def rows() -> dict[str, list[str]]:
        query = "SELECT t FROM mart.{0} AS t WHERE strpos(CAST(t AS TEXT), '{1}') > 0 ORDER BY CAST(t AS TEXT)"
        return {mart: pipeline.server.sql(query.format(mart, DAG_DAY)) for mart in MARTS}

    run = pipeline.trigger(business_date=DAG_DAY)
    assert pipeline.ended(run)["state"] == "success"
    by_jobs = rows()
    assert all(by_jobs.values())
    pipeline.server.sql("; ".join(f"DELETE FROM mart.{mart}" for mart in MARTS) + "; SELECT 1")

    run = pipeline.trigger(business_date=DAG_DAY, engine="spark")
    seen: set[str] = set()
    states: list[str] = []

    def has_ended() -> bool:
        seen.update(name_of(pod) for pod in executors(cluster))
        states.extend(one["state"] for one in pipeline.runs() if one["dag_run_id"] == run)
        return states[-1] in ("success", "failed")

    wait_for(has_ended, RUN_SECONDS, "the run on Spark", pause=1)
    assert states[-1] == "success"
    assert rows() == by_jobs
    assert pipeline.result(run, "quality_gate")["engine"] == "spark"
    assert pipeline.result(run, "marts.mart_orders")["engine"] == "spark"
    assert len(seen) >= 1 + len(MARTS), seen
    none_is_left(cluster)


def submit(
    config: Path, master: str, *arguments: str, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Runs `spark-submit` with an account of the cluster."""
    if not SUBMIT.exists():
        pytest.skip(
            f"{SUBMIT.relative_to(ROOT)} is not there (expected: `make .venv-spark/locked`)"
        )
    return by_hand(
        config,
        [str(SUBMIT), "--master", master, *arguments],
        PATH=f"{SUBMIT.parent}:{os.environ['PATH']}",
        **environment,
    )


def by_hand(
    config: Path, command: list[str], **environment: str
) -> subprocess.CompletedProcess[str]:
    """Runs a command on this machine with an account of the cluster."""
    return subprocess.run(
        command,
        cwd=config.parent,
        env={**os.environ, "KUBECONFIG": str(config), **environment},
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )


def person(cluster: Cluster, namespace: str) -> Path:
    """Settings of an account that may what people may who work in a namespace."""
    cluster.kubectl("create", "serviceaccount", "person", "-n", namespace)
    cluster.kubectl(
        "create", "rolebinding", "person", "-n", namespace, "--clusterrole=edit",
        f"--serviceaccount={namespace}:person",
    )  # fmt: skip
    return cluster.config_for(
        f"person-{namespace}", {"token": token_of(cluster, "person", namespace)}
    )


def conf(settings: dict[str, str]) -> list[str]:
    return [part for name, text in settings.items() for part in ("--conf", f"{name}={text}")]


def test_spark_submit_sends_the_driver_to_the_cluster(
    cluster: Cluster, master: str, database: Database, workspace: Path, expected: list[str]
) -> None:
    before = manifest(workspace).read_bytes()
    template = HOME / "spark-driver.yaml"
    template.write_text(
        (MANIFESTS / "spark-driver.yaml")
        .read_text()
        .replace("jdbc:postgresql://database:5432/jangbu", database.url)
    )
    settings = {
        "spark.kubernetes.namespace": NAMESPACE,
        "spark.kubernetes.container.image": image_name("spark-job"),
        "spark.kubernetes.driver.podTemplateFile": str(template),
        # There is no DNS on this cluster, by which Spark would find it.
        "spark.kubernetes.driver.master": cluster.url,
        "spark.executor.memory": "600m",
        "spark.kubernetes.driver.request.cores": "100m",
        "spark.kubernetes.executor.request.cores": "100m",
    }

    done = submit(
        person(cluster, NAMESPACE), master, "--deploy-mode", "cluster", "--name", "jangbu",
        "--class", "dev.jangbu.spark.SparkCommand", *conf(settings),
        f"local:///app/spark-job/{JAR.name}", *AGGREGATE,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    (pod,) = cluster.get("pods", "-n", NAMESPACE, "-l", "spark-role=driver")["items"]
    printed = cluster.kubectl("logs", "-n", NAMESPACE, name_of(pod))
    assert re.search(r'"status":"done","exit_code":0', printed), printed
    assert manifest(workspace).read_bytes() != before
    assert tables(workspace) == expected
    assert not list(workspace.glob("*.jar"))
    none_is_left(cluster)
    cluster.kubectl("delete", "pod", "-n", NAMESPACE, name_of(pod))


def test_spark_submit_and_the_jar_alone_have_the_driver_on_this_machine(
    cluster: Cluster,
    master: str,
    database: Database,
    secrets: Path,
    workspace: Path,
    expected: list[str],
) -> None:
    """Driver and executors are one user, here root: what makes a day's folders is to let the others write there."""
    cluster.kubectl("create", "namespace", "outside")
    config = person(cluster, "outside")
    template = HOME / "executor-outside.yaml"
    template.write_text(
        TEMPLATE.read_text()
        .replace("mountPath: /workspace", f"mountPath: {workspace}")
        .replace(
            "persistentVolumeClaim: { claimName: jangbu-workspace }",
            f"hostPath: {{ path: {workspace} }}",
        )
        .replace("runAsNonRoot: true", "runAsNonRoot: false")
        .replace("10001", "0")
        .replace("jangbu-jobs", "default")
        .replace("drop: [ALL]", "drop: []")
    )
    settings = {
        "spark.driver.host": GATEWAY,
        "spark.kubernetes.executor.podTemplateFile": str(template),
        "spark.executor.memory": "600m",
        "spark.kubernetes.executor.request.cores": "100m",
    }
    environment = {
        "JANGBU_WORKSPACE": str(workspace),
        "JANGBU_DB_URL": database.url,
        "JANGBU_DB_USER": "jangbu_jobs",
        "JANGBU_DB_PASSWORD_FILE": str(secrets / "jangbu_db_password"),
        "JANGBU_POD_NAMESPACE": "outside",
        "JANGBU_SPARK_IMAGE": image_name("spark-job"),
    }

    before = manifest(workspace).read_bytes()
    done = submit(config, master, *conf(settings), str(JAR), *AGGREGATE, **environment)
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("Registered executor ") == 2
    between = manifest(workspace).read_bytes()
    assert between != before
    assert tables(workspace) == expected

    alone = by_hand(
        config,
        ["java", "-jar", str(JAR), *AGGREGATE, "--master", master, *conf(settings)],
        **environment,
    )
    assert alone.returncode == 0, alone.stdout + alone.stderr
    assert manifest(workspace).read_bytes() != between
    assert tables(workspace) == expected
    none_is_left(cluster, "outside")
