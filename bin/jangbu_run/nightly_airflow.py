"""A night of the DAG channel_sales by Airflow itself: its own processes, on the workspace's PostgreSQL."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from secrets import token_urlsafe
from typing import Any
from urllib.parse import quote, urlsplit

from jangbu_run import airflow, airflow_control, nightly_tasks, psql, verdict
from jangbu_run.airflow import DAGS, Place
from jangbu_run.airflow_control import must
from jangbu_run.night import Part
from jangbu_run.nightly_tasks import Task, Tasks, seconds_of
from jangbu_run.nightly_watch import Onlooker
from jangbu_run.project import Refusal, say

sys.path.append(str(DAGS / "tests"))

from alerts_support import slack_sink

DAG = "channel_sales"
RUN = "nightly"
# Its role and its schema: the workspace's user may make no database.
OWN = "airflow"
# Each job has connections of its own, and Airflow keeps some of its own.
CONNECTIONS = 200
PARSED_SECONDS = 180
LOOK_SECONDS = 5
TOLD_SECONDS = 15
# A machine all of whose processors are busy may leave a question lying.
PATIENCE_SECONDS = 300
PAGE = 100
# The sentinel tells on-call; a night that is measured has none.
PROCESSES = {name: airflow.PROCESSES[name] for name in ("api-server", "scheduler", "dag-processor")}
# Limits that find a task dead. Where twenty start on two processors, all are slow and none is dead. A setting of the
# environment wins.
PATIENT = {
    "AIRFLOW__CORE__DAGBAG_IMPORT_TIMEOUT": "300",
    "AIRFLOW__DAG_PROCESSOR__DAG_FILE_PROCESSOR_TIMEOUT": "300",
    "AIRFLOW__DAG_PROCESSOR__STALE_DAG_THRESHOLD": "900",
    # Nobody edits a DAG that night.
    "AIRFLOW__DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL": "600",
    "AIRFLOW__SCHEDULER__SCHEDULER_HEALTH_CHECK_THRESHOLD": "300",
    "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT": "900",
    "AIRFLOW__SCHEDULER__TASK_QUEUED_TIMEOUT": "3600",
    "AIRFLOW__WORKERS__EXECUTION_API_TIMEOUT": "60",
    "AIRFLOW__WORKERS__MAX_FAILED_HEARTBEATS": "20",
    # A task that calls in the last fifth of its token's time gets a new one; two minutes of ten may pass unused.
    "AIRFLOW__EXECUTION_API__JWT_EXPIRATION_TIME": "28800",
}


@dataclass(frozen=True)
class Played:
    """A run that came to its end: its tasks, how long it took, and what was seen and told meanwhile."""

    state: str
    seconds: float
    tasks: Tasks
    onlooker: Onlooker
    messages: list[str]

    @property
    def failures(self) -> list[str]:
        """What no part and no step tells of."""
        if self.state == "success" or self.tasks.missing:
            return self.tasks.missing
        return [] if self.tasks.has_failed else [f"the DAG run ended as {self.state}"]

    @property
    def told(self) -> list[str]:
        """What there is to tell beside the table of the stages."""
        states = ", ".join(f"{count} {state}" for state, count in self.tasks.states.items())
        own, seen = self.onlooker.of_airflow, self.onlooker
        return [
            f"Airflow's own processes: at most {own.processes} at once, with {own.megabytes:,.0f} MB together"
            f" ({seen.airflow_shared_once:,.0f} MB with what they share counted once);"
            f" {seen.airflow_processor_seconds:,.0f} s of the processor",
            f"tasks: {states}; {len(self.tasks.retried)} tried more than once;"
            f" a task takes {self.tasks.beside_median:.1f} s (median) beside its job",
            *(f"told: {message}" for message in self.messages),
        ]


def prepare(workspace: Path) -> None:
    """Installs Airflow, and has a database that was not started yet take its connections beside the jobs'."""
    airflow.install()
    file = workspace / "postgres" / "postgresql.local.conf"
    file.parent.mkdir()
    file.write_text(f"max_connections = {CONNECTIONS}\n")


def play(
    workspace: Path,
    connection: psql.Connection,
    parts: Mapping[str, Sequence[Part]],
    day: date,
    at_once: int,
) -> Played:
    """Starts Airflow, has it run the DAG for a day, and leaves nothing of it running.

    :raises Refusal: Airflow does not start, or ends before the run does
    """
    port, log_port = airflow.free_ports(2)
    place = Place(workspace, port)
    place.home.mkdir()
    own_connection = own_schema(connection)
    onlooker = Onlooker()
    with slack_sink() as slack:
        own = settings(place, own_connection, at_once, slack.connection)
        own["AIRFLOW__LOGGING__WORKER_LOG_SERVER_PORT"] = str(log_port)
        airflow.prepare_airflow(place, own)
        try:
            with airflow.running(place, own, PROCESSES) as processes:
                run = Run(place, processes)
                run.begin(day)
                with onlooker.looking(process.pid for process in processes.values()):
                    ended = run.end()
                tasks = run.tasks()
                results = run.results(tasks)
        finally:
            onlooker.end_rest()
    read = nightly_tasks.read(tasks, results, parts, onlooker.jobs, day)
    seconds = seconds_of(ended["end_date"]) - seconds_of(ended["start_date"])
    return Played(ended["state"], seconds, read, onlooker, slack.texts)


def own_schema(connection: psql.Connection) -> psql.Connection:
    """Makes a schema in the workspace's database for Airflow alone; how Airflow comes to it."""
    password = token_urlsafe(24)
    for statement in (
        f"CREATE ROLE {OWN} LOGIN PASSWORD '{password}'",
        f"GRANT {OWN} TO CURRENT_USER",
        f"CREATE SCHEMA {OWN} AUTHORIZATION {OWN}",
        f"ALTER ROLE {OWN} SET search_path = {OWN}",
    ):
        verdict.run_sql(connection, statement)
    return replace(connection, user=OWN, password=password)


def settings(place: Place, connection: psql.Connection, at_once: int, slack: str) -> dict[str, str]:
    """The environment of Airflow's processes: that of `make airflow`, but for a night of many accounts."""
    return (
        airflow.settings(place)
        | {name: os.environ.get(name, value) for name, value in PATIENT.items()}
        | {
            "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": address(connection),
            "AIRFLOW__CORE__PARALLELISM": str(at_once),
            # Of one run, 16 otherwise.
            "AIRFLOW__CORE__MAX_ACTIVE_TASKS_PER_DAG": str(at_once),
            # The run that is asked for is the only one.
            "AIRFLOW__SCHEDULER__USE_JOB_SCHEDULE": "false",
            # A made-up night is nothing for a real channel.
            "AIRFLOW_CONN_SLACK_WEBHOOK": slack,
            "JANGBU_ALERT_STATE": str(place.workspace / "alerts"),
        }
    )


def address(connection: psql.Connection) -> str:
    """Where Airflow's own database is, as SQLAlchemy wants it."""
    at = urlsplit(connection.uri)
    log_in = f"{quote(connection.user, safe='')}:{quote(connection.password, safe='')}"
    return f"postgresql+psycopg2://{log_in}@{at.netloc}{at.path}"


class Run:
    """One run of the DAG, asked for and followed over Airflow's REST API."""

    def __init__(self, place: Place, processes: Mapping[str, Any]) -> None:
        self.place = place
        self.processes = processes
        self.airflow = airflow_control.Airflow(place.url, (place.passwords,))
        self.token = self.airflow.token()
        self.path = f"/api/v2/dags/{DAG}/dagRuns/{RUN}"

    def begin(self, day: date) -> None:
        """Asks for it, as soon as Airflow knows the DAG."""
        dag = f"/api/v2/dags/{DAG}"
        deadline = time.monotonic() + PARSED_SECONDS
        while self.airflow.ask("GET", dag, None, self.token)[0] == 404:
            if time.monotonic() > deadline:
                raise Refusal(f"{DAG} is not parsed; see {self.place.logs}")
            time.sleep(1)
        must(self.airflow.ask("PATCH", dag, {"is_paused": False}, self.token), DAG)
        wish = {"dag_run_id": RUN, "logical_date": None, "conf": {"business_date": str(day)}}
        must(self.airflow.ask("POST", f"{dag}/dagRuns", wish, self.token), DAG)

    def end(self) -> Mapping[str, Any]:
        """Waits for its end and tells how far it is; the run as Airflow has it then."""
        began = told = time.monotonic()
        while True:
            airflow.refuse_if_ended(self.place, self.processes)
            run = self.ask(self.path)
            if run["state"] in ("success", "failed"):
                return run
            if time.monotonic() - told >= TOLD_SECONDS:
                told = time.monotonic()
                say(f"{told - began:5.0f} s: {self.progress()}")
            time.sleep(LOOK_SECONDS)

    def progress(self) -> str:
        """How many tasks there are in which state; mapped ones count from when they are known."""

        def count(*states: str) -> int:
            asked = "".join(f"&state={state}" for state in states)
            return self.ask(f"{self.path}/taskInstances?limit=1{asked}")["total_entries"]

        return (
            f"{count('success', 'skipped')} of {count()} tasks done, {count('running')} running,"
            f" {count('failed', 'upstream_failed')} failed, {count('up_for_retry')} to be tried again"
        )

    def tasks(self) -> list[Task]:
        """All of its tasks."""
        found: list[Task] = []
        while True:
            page = f"?limit={PAGE}&offset={len(found)}&order_by=id"
            some = self.ask(f"{self.path}/taskInstances{page}")["task_instances"]
            found += some
            if len(some) < PAGE:
                return found

    def results(self, tasks: Sequence[Task]) -> dict[str, Mapping[str, Any]]:
        """What the jobs of failed tasks said, by the tasks' ids; none of what was no job."""
        found = {}
        for task in tasks:
            if task["state"] == "failed":
                path = (
                    f"{self.path}/taskInstances/{task['task_id']}/xcomEntries/job_result"
                    f"?map_index={task['map_index']}&deserialize=true"
                )
                status, answer = self.patiently(path)
                value = answer.get("value") if status == 200 else None
                found[task["id"]] = value if isinstance(value, dict) else {}
        return found

    def ask(self, path: str) -> dict[str, Any]:
        """An answer that is no error."""
        return must(self.patiently(path), path)

    def patiently(self, path: str) -> tuple[int, dict[str, Any]]:
        """Status and answer.

        :raises Refusal: there is none in minutes, or Airflow's processes have ended
        """
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            airflow.refuse_if_ended(self.place, self.processes)
            try:
                answer = self.airflow.ask("GET", path, None, self.token)
            except Refusal:
                if time.monotonic() > deadline:
                    raise
            else:
                if answer[0] < 500 or time.monotonic() > deadline:
                    return answer
            time.sleep(LOOK_SECONDS)
