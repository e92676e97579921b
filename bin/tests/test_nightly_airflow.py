"""The night that Airflow plays: how its tasks are read back, and what is seen of its processes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from jangbu_run import jobs, nightly, nightly_airflow, nightly_tasks, processes
from jangbu_run.airflow import Place
from jangbu_run.nightly_airflow import Played
from jangbu_run.nightly_tasks import Tasks
from jangbu_run.nightly_watch import JobSeen, Onlooker, job_of
from jangbu_run.psql import Connection

DAY = date(2026, 3, 2)
PARTS = {
    "cafe24": [
        {"account": "cafe24-one", "dataset": "orders", "slice": "cafe24-one", "reconcile": ""},
        {"account": "cafe24-two", "dataset": "orders", "slice": "cafe24-two", "reconcile": ""},
    ]
}
SECONDS = 30


def task(
    task_id: str, began: int = 0, ended: int = 9, state: str = "success", **more: Any
) -> dict[str, Any]:
    """As Airflow's REST API tells of it."""
    moments = {"start_date": f"2026-03-02T21:00:{began:02}Z", "end_date": f"2026-03-02T21:00:{ended:02}Z"}  # fmt: skip
    told = {
        "id": f"{task_id}/{more.get('rendered_map_index')}",
        "task_id": task_id,
        "state": state,
        "try_number": 1,
        "rendered_map_index": None,
    }
    return told | moments | more


def of_account(stage: str, account: str, *moments: int, **more: Any) -> dict[str, Any]:
    mapped = f"cafe24-{account} orders"
    return task(f"cafe24.account.{stage}", *moments, rendered_map_index=mapped, **more)


def seen(command: str, *, first: float, last: float, megabytes: float) -> JobSeen:
    return JobSeen(command, first, last, last - first, megabytes)


def test_tasks_are_the_stages_of_the_parts_and_the_steps_beside_them() -> None:
    of_extract = "extract-job orders --account cafe24-one --ds 2026-03-02"
    tasks = [
        task("accounts", 0, 2),
        task("cafe24.parts", 2, 3),
        task("ably.parts", 2, 4),
        of_account("extract", "one", 4, 14, try_number=2),
        of_account("check", "one", 14, 18),
        of_account("load", "one", 18, 20),
        task("marts.orders", 30, 32),
        task("dashboard", 33, 34),
        task("ably.account.extract", state="skipped", start_date=None, end_date=None),
        task("verdict", 40, 41),
    ]
    jobs_seen = {
        of_extract: [
            seen(of_extract, first=1, last=3, megabytes=90),
            seen(of_extract, first=5, last=13, megabytes=70),
        ]
    }

    found = nightly_tasks.read(tasks, {}, PARTS, jobs_seen, DAY)

    one, two = found.brought
    assert list(one.stages) == ["extract", "check", "load"]
    extract = one.stages["extract"]
    assert (extract.ended - extract.began, extract.processor_seconds) == (10, 10)
    assert (extract.megabytes, one.stages["load"].megabytes) == (90, 0)
    assert {name: len(some) for name, some in found.steps.items()} == {
        "accounts": 1,
        "parts": 2,
        "marts of orders": 1,
        "dashboard": 1,
    }
    assert found.states == {"success": 9, "skipped": 1}
    assert found.retried == ["cafe24-one orders: extract: 2 tries"]
    assert found.beside == [2]
    assert not two.stages
    assert found.missing == ["cafe24-two orders: not brought in"]
    assert not found.has_failed


def test_failed_task_tells_what_its_job_said() -> None:
    refused = of_account("check", "one", state="failed")
    lost = of_account("extract", "two", state="failed")
    told = {"exit_code": 10, "summary": {"message": "three lines are wrong"}}
    stopped = of_account("load", "one", state="upstream_failed", start_date=None, end_date=None)

    found = nightly_tasks.read(
        [of_account("extract", "one"), refused, lost, stopped, task("verdict", state="failed")],
        {refused["id"]: told},
        PARTS,
        {},
        DAY,
    )

    assert [each.failure for each in found.brought] == [
        "cafe24-one orders: check: three lines are wrong"
        " (exit code 10: the day's data did not pass its checks)",
        "cafe24-two orders: extract: task failed (exit code 1: failed)",
    ]
    assert found.missing == []
    assert found.steps == {}


@pytest.mark.parametrize(
    ("state", "tasks", "failures"),
    [
        ("success", Tasks([]), []),
        ("failed", Tasks([]), ["the DAG run ended as failed"]),
        (
            "failed",
            nightly_tasks.read([task("summary", state="failed")], {}, {}, {}, DAY),
            [],
        ),
        (
            "success",
            nightly_tasks.read([], {}, {"cafe24": PARTS["cafe24"][:1]}, {}, DAY),
            ["cafe24-one orders: not brought in"],
        ),
    ],
)
def test_run_that_failed_is_never_passed_over(
    state: str, tasks: Tasks, failures: list[str]
) -> None:
    assert Played(state, 1, tasks, Onlooker(), []).failures == failures


@pytest.mark.parametrize(
    ("words", "command"),
    [
        (["bash", str(jobs.PROGRAM), "load-job", "orders"], "load-job orders"),
        (
            ["/usr/bin/java", "-Xmx256m", "-jar", "/a/run/mart-job.jar", "build", "--touched"],
            "mart-job build --touched",
        ),
        (["java", "-jar", "/a/load-job.jar", "orders", "--attempt", "a-1"], "load-job orders"),
        (["airflow worker -- LocalExecutor: <idle>"], ""),
        ([], ""),
    ],
)
def test_job_is_known_by_its_command_line(words: list[str], command: str) -> None:
    assert job_of(words) == command


def test_process_is_read_whatever_its_program_is_called() -> None:
    rest = "1 4711 4711 0 -1 0 0 0 0 0 250 50 0 0 20 0 1 0 987 1000 3 18446744073709551615"

    found = processes.parsed(f"4711 (a) (b c) S {rest}")

    assert (found.pid, found.parent, found.began) == (4711, 1, 987)
    assert found.processor_seconds == 300 / processes.TICKS
    assert found.megabytes == 3 * processes.PAGE_BYTES / 1_000_000


@pytest.mark.skipif(not processes.PROC.is_dir(), reason="the system does not tell of processes")
def test_job_of_a_killed_task_is_seen_and_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "job"
    program.write_text('#!/usr/bin/env bash\nread -r _ < "$(dirname "$0")/never"\n')
    program.chmod(0o755)
    os.mkfifo(tmp_path / "never")
    monkeypatch.setattr(jobs, "PROGRAM", program)
    command = f"{program} load-job orders --attempt a-1"
    script = f"import subprocess; subprocess.run({command!r}.split(), start_new_session=True)"
    onlooker = Onlooker()
    with subprocess.Popen([sys.executable, "-c", script]) as airflow:
        deadline = time.monotonic() + SECONDS
        with onlooker.looking([airflow.pid]):
            while not onlooker.jobs and time.monotonic() < deadline:
                time.sleep(0.01)
        airflow.kill()

    (job,) = onlooker.jobs["load-job orders"]
    assert job.megabytes > 0
    assert (onlooker.of_jobs.processes, onlooker.of_airflow.processes) == (1, 1)
    left = list(processes.still_running(onlooker.everyone))
    assert len(left) == 1
    onlooker.end_rest()
    assert list(processes.still_running(left)) == []


def test_airflow_has_a_schema_of_its_own_and_no_real_channel(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AIRFLOW__WORKERS__EXECUTION_API_TIMEOUT", "7")
    monkeypatch.setenv("SLACK_WEBHOOK_URL", "https://hooks.slack.test/services/real")
    place = Place(tmp_path, 4711)
    place.home.mkdir()
    connection = Connection("postgresql://127.0.0.1:5499/jangbu", "airflow", "p@ss", "")

    found = nightly_airflow.settings(place, connection, 20, '{"host": "sink"}')

    assert found["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"] == (
        "postgresql+psycopg2://airflow:p%40ss@127.0.0.1:5499/jangbu"
    )
    assert json.loads(found["AIRFLOW_CONN_SLACK_WEBHOOK"]) == {"host": "sink"}
    assert found["AIRFLOW__CORE__PARALLELISM"] == "20"
    # What the environment says of patience wins.
    assert found["AIRFLOW__WORKERS__EXECUTION_API_TIMEOUT"] == "7"
    assert found["AIRFLOW__SCHEDULER__TASK_QUEUED_TIMEOUT"] == "3600"


def test_airflow_plays_no_accounts_first_load(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["--orchestrator", "airflow", "--days", "3", "--history"]

    assert nightly.parse([*asked, "1"]).orchestrator == "airflow"
    with pytest.raises(SystemExit):
        nightly.parse([*asked, "0"])

    assert "--history: 0 (expected: 1 or more, as the DAG" in capsys.readouterr().err
