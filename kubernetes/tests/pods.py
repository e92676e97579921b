"""The pipeline on a test's own cluster: its runs, its jobs' pods, and what Slack is told of them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg2
from alerts_support import SlackSink
from cluster import Cluster
from pipeline import Pipeline, wait_for

from jangbu.runners.kubernetes import PodJobRunner
from jangbu_run.airflow_control import DAG, Airflow

NAMESPACE = "jangbu"
MIGRATION = "jangbu-migrate"
MANIFESTS = Path(__file__).resolve().parents[1]
ROOT = MANIFESTS.parent
JOBS_LABEL = "dev.jangbu/job"
# Makes a runner with the account of Airflow, and other settings where a test needs them.
Runner = Callable[..., PodJobRunner]


@dataclass(frozen=True)
class Database:
    """The jobs' PostgreSQL, by its pod's address, which this machine reaches as its node."""

    address: str
    password: str

    @property
    def url(self) -> str:
        return f"jdbc:postgresql://{self.address}:5432/jangbu"

    def connect(self) -> Any:
        return psycopg2.connect(
            host=self.address, dbname="jangbu", user="postgres", password=self.password
        )


@dataclass
class ClusterServer:
    """What the pipeline of the tests asks of a server: Airflow's address, and the database."""

    airflow: Airflow
    database: Database

    def sql(self, statement: str) -> list[str]:
        """Lines of an answer, as the superuser."""
        with closing(self.database.connect()) as connection, connection.cursor() as cursor:
            cursor.execute(statement)
            return ["|".join(map(str, row)) for row in cursor.fetchall()]


@dataclass
class PodPipeline(Pipeline):
    """`event_pipeline` with its jobs as pods."""

    cluster: Cluster
    slack: SlackSink

    def make_pools(self) -> None:
        """The pools of the DAGs, as `airflow pools import` makes them."""
        pools = json.loads((ROOT / "dags" / "pools.json").read_text())
        for name, pool in pools.items():
            self.call("POST", "/api/v2/pools", {"name": name, **pool})

    @contextmanager
    def locked(self, table: str) -> Iterator[None]:
        with closing(self.server.database.connect()) as connection:
            connection.cursor().execute(f"LOCK TABLE {table}")
            yield

    def messages(self, containing: str = "") -> list[dict[str, Any]]:
        return [one for one in self.slack.messages if containing in str(one)]

    def pods(self, **labels: str) -> list[dict[str, Any]]:
        """The jobs' pods with these labels, whatever became of them."""
        chosen = [JOBS_LABEL, *(f"dev.jangbu/{name}={text}" for name, text in labels.items())]
        return pods_of(self.cluster, ",".join(chosen))

    def running(self, **labels: str) -> dict[str, Any]:
        """A job's pod as soon as its job runs."""
        found: list[dict[str, Any]] = []
        wait_for(
            lambda: found.extend(pod for pod in self.pods(**labels) if is_running(pod)) or found,
            60,
            f"a pod of {labels}",
            pause=0.05,
        )
        return found[0]

    def log(self, run: str, task: str, number: int) -> str:
        """What a task's try wrote."""
        path = f"/api/v2/dags/{DAG}/dagRuns/{run}/taskInstances/{task}/logs/{number}"
        return json.dumps(self.call("GET", f"{path}?full_content=true"))

    def kill_job(self, pod: dict[str, Any]) -> None:
        """Ends the job's process with SIGKILL, as the kernel would, past all of Kubernetes."""
        wait_for(lambda: processes_of(pod), 30, "the job's process", pause=0.02)
        for process in processes_of(pod):
            os.kill(process, 9)

    def kill_jobs(self, times: int, **labels: str) -> threading.Thread:
        """Ends so many jobs with these labels, each as soon as it runs."""

        def kill() -> None:
            killed: set[str] = set()
            while len(killed) < times:
                for pod in self.pods(**labels):
                    if is_running(pod) and name_of(pod) not in killed and processes_of(pod):
                        self.kill_job(pod)
                        killed.add(name_of(pod))
                time.sleep(0.02)

        thread = threading.Thread(target=kill, daemon=True)
        thread.start()
        return thread

    def kill_worker(self, run: str, task: str) -> int:
        """Ends a task's processes of Airflow with SIGKILL; how many."""
        instance = self.tasks(run)[task]["id"]
        listed = subprocess.run(
            ["ps", "-ww", "-eo", "pid,ppid,args"], capture_output=True, text=True, check=True
        )
        rows = [line.split(maxsplit=2) for line in listed.stdout.splitlines()[1:]]
        workers = [row[0] for row in rows if len(row) > 2 and instance in row[2]]
        doomed = set(workers) | {row[0] for row in rows if row[1] in workers}
        for process in doomed:
            os.kill(int(process), 9)
        return len(doomed)


def pods_of(cluster: Cluster, labels: str, is_deleted: bool = True) -> list[dict[str, Any]]:
    """The pods with these labels, and those that are being deleted only where they are asked for."""
    found = cluster.get("pods", "-n", NAMESPACE, "-l", labels)["items"]
    return [pod for pod in found if is_deleted or "deletionTimestamp" not in pod["metadata"]]


def name_of(pod: dict[str, Any]) -> str:
    return str(pod["metadata"]["name"])


def is_running(pod: dict[str, Any]) -> bool:
    return any(
        "running" in status["state"] for status in pod["status"].get("containerStatuses", [])
    )


def ended(pod: dict[str, Any]) -> dict[str, Any]:
    """How the job's container ended."""
    (status,) = pod["status"]["containerStatuses"]
    return status["state"]["terminated"]


def processes_of(pod: dict[str, Any]) -> list[int]:
    """The job's processes on this machine, without the one that holds the pod's network."""
    uid = pod["metadata"]["uid"]
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            is_its = uid in (process / "cgroup").read_text()
            if is_its and "java" in (process / "cmdline").read_text():
                found.append(int(process.name))
        except OSError:
            pass  # it has ended
    return found


def token_of(cluster: Cluster, account: str, namespace: str = NAMESPACE) -> str:
    """A token of a service account, as the API server gives them out."""
    return cluster.kubectl("create", "token", account, "-n", namespace, "--duration=4h").strip()


def set_up(cluster: Cluster, workspace: Path, secrets: Path) -> Database:
    """A database, and what docs/airflow.md says to do for a cluster."""
    database = Database(
        start_database(cluster, secrets), (secrets / "postgres_password").read_text()
    )
    workspace.mkdir(mode=0o750)
    shutil.chown(workspace, 10001, 10001)
    volume = (MANIFESTS / "one-node" / "volume.yaml").read_text()
    cluster.kubectl("apply", "-f", "-", given=volume.replace("/srv/jangbu", str(workspace)))
    cluster.kubectl("apply", "-f", str(MANIFESTS / "manifests"))
    cluster.kubectl("apply", "-f", str(MANIFESTS / "spark.yaml"))
    make_secret(cluster, NAMESPACE, "jangbu-db-password", secrets / "jangbu_db_password")
    make_secret(cluster, MIGRATION, "jangbu-migrate-password", secrets / "jangbu_migrate_password")
    cluster.kubectl(
        "-n",
        MIGRATION,
        "create",
        "configmap",
        "jangbu-database",
        f"--from-literal=url={database.url}",
    )
    return database


def migrate(cluster: Cluster, image: str) -> None:
    """Runs the job that brings the schema up to date."""
    job = (MANIFESTS / "migrate.yaml").read_text().replace("jangbu/load-job:latest", image)
    cluster.kubectl("apply", "-f", "-", given=job)
    cluster.kubectl(
        "-n", MIGRATION, "wait", "--for=condition=complete", "job/migrate", "--timeout=180s"
    )


def start_database(cluster: Cluster, secrets: Path) -> str:
    """PostgreSQL with the roles of a server; its address."""
    cluster.kubectl("create", "namespace", "database")
    make_secret(cluster, "database", "passwords", secrets)
    init = ROOT / "docker" / "postgres" / "init.sh"
    cluster.kubectl(
        "-n", "database", "create", "configmap", "init", f"--from-file=10-roles.sh={init}"
    )
    # A controller makes it, and no pod is let in before.
    cluster.kubectl("-n", "database", "wait", "--for=create", "serviceaccount/default")
    cluster.kubectl("apply", "-f", str(MANIFESTS / "tests" / "postgres.yaml"))
    cluster.kubectl(
        "-n", "database", "wait", "--for=condition=ready", "pod/postgres", "--timeout=180s"
    )
    return str(cluster.get("pod", "-n", "database", "postgres")["status"]["podIP"])


def make_secret(cluster: Cluster, namespace: str, name: str, files: Path) -> None:
    """A secret of a file, or of all files of a folder, each under its name."""
    cluster.kubectl("-n", namespace, "create", "secret", "generic", name, f"--from-file={files}")


def wait_until(condition: Callable[[], object], seconds: float, what: str) -> float:
    """How long it took; for what is to be measured."""
    began = time.monotonic()
    wait_for(condition, seconds, what, pause=0.05)
    return time.monotonic() - began
