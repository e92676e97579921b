"""How a job's end becomes a task's: by its exit code and the summary it wrote. Jobs are small scripts here."""

from __future__ import annotations

import json
import subprocess
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from airflow.sdk.exceptions import AirflowFailException, DownstreamTasksSkipped
from airflow.utils.types import DagRunType

from jangbu import operators
from jangbu.operators import (
    AccountsOperator,
    BatchJobOperator,
    CheckOperator,
    JobFailed,
    JobRefused,
    QualityGateOperator,
)
from jangbu.runners import local

DAY = date(2026, 1, 15)


@dataclass
class Run:
    run_type: DagRunType = DagRunType.MANUAL
    data_interval_start: datetime | None = None
    run_after: datetime = datetime(2026, 1, 16, 1, tzinfo=UTC)


@dataclass
class Try:
    """What an operator asks of its task instance."""

    dag_id: str = "event_pipeline"
    run_id: str = "manual__1"
    task_id: str = "load"
    try_number: int = 1
    map_index: int = -1
    pushed: dict[str, Any] = field(default_factory=dict)
    task: Any = None

    def xcom_push(self, key: str, value: Any) -> None:
        self.pushed[key] = value


class Job:
    """A script in place of bin/job, and a workspace for its summary."""

    def __init__(self, folder: Path) -> None:
        self.program = folder / "job"
        self.workspace = folder / "workspace"

    def does(self, body: str) -> None:
        self.program.write_text(f"#!/usr/bin/env bash\n{body}\n")
        self.program.chmod(0o755)

    def wrote(self, job: str, attempt: str, **summary: Any) -> None:
        folder = self.workspace / "runs" / job / "events" / "all" / str(DAY)
        folder.mkdir(parents=True)
        (folder / f"{attempt}.json").write_text(json.dumps(summary))


@pytest.fixture
def job(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Job:
    made = Job(tmp_path)
    monkeypatch.setattr(local, "PROGRAM", made.program)
    monkeypatch.setattr(
        operators,
        "SETTINGS",
        operators.Settings.from_environment({"JANGBU_WORKSPACE": str(made.workspace)}),
    )
    return made


def context(ti: Try) -> dict[str, Any]:
    return {"ti": ti, "dag_run": Run(), "params": {"business_date": str(DAY)}}


def load() -> BatchJobOperator:
    return BatchJobOperator(
        task_id="load", job="load-job", arguments=["events", "--ds", str(DAY), ""]
    )


def attempt_of(ti: Try) -> str:
    return load()._job_run(context(ti)).attempt


def test_job_gets_its_arguments_and_the_name_of_the_try(job: Job) -> None:
    job.does('echo "$@" > "$(dirname "$0")/called"')
    ti = Try(try_number=3)

    load().execute(context(ti))

    called = (job.program.parent / "called").read_text().split()
    assert called[:-1] == ["load-job", "events", "--ds", "2026-01-15", "--attempt"]
    assert called[-1] == attempt_of(ti)
    assert called[-1].endswith("-3")


def on_spark(engine: str) -> dict[str, Any]:
    asked = context(Try(task_id="quality_gate"))
    return asked | {"params": asked["params"] | {"engine": engine}}


def checked_by_either() -> BatchJobOperator:
    return BatchJobOperator(
        task_id="quality_gate",
        job="transform-job",
        arguments=["events", "--ds", str(DAY)],
        on_spark=["validate", "events", "--ds", str(DAY), ""],
    )


def test_parameter_chooses_who_stands_in_for_the_job(job: Job) -> None:
    job.does('echo "$@" > "$(dirname "$0")/called"')

    for engine, called in {
        "jvm": "transform-job events --ds 2026-01-15 --attempt",
        "spark": "spark-job validate events --ds 2026-01-15 --attempt",
    }.items():
        checked_by_either().execute(on_spark(engine))
        assert (job.program.parent / "called").read_text().startswith(called + " ")


def test_summary_of_a_stand_in_is_that_of_the_job(job: Job) -> None:
    run = checked_by_either()._job_run(on_spark("spark"))
    job.wrote("transform-job", run.attempt, status="done", exit_code=0, engine="spark")
    job.does("exit 0")

    assert checked_by_either().execute(on_spark("spark"))["engine"] == "spark"


def test_task_without_a_stand_in_runs_its_job_whatever_the_engine() -> None:
    run = load()._job_run(on_spark("spark"))

    assert run.program == "load-job"


def test_result_is_the_summary_the_job_wrote_and_not_its_log(job: Job) -> None:
    ti = Try()
    job.wrote("load-job", attempt_of(ti), status="done", exit_code=0, rows=4000)
    job.does("""echo '{"status":"done","exit_code":0,"rows":1}'; echo a line after it""")

    summary = load().execute(context(ti))

    assert summary["rows"] == 4000
    assert ti.pushed["job_result"] == {
        "exit_code": 0,
        "summary": {"status": "done", "exit_code": 0, "rows": 4000},
        "attempt": attempt_of(ti),
    }


def test_without_a_file_the_last_summary_line_counts(job: Job) -> None:
    job.does(
        """echo '{"status":"done","exit_code":0,"rows":7}'; echo '{"not":"a summary"}'; echo x"""
    )

    assert load().execute(context(Try()))["rows"] == 7


def test_file_of_a_killed_run_that_says_running_is_no_result(job: Job) -> None:
    ti = Try()
    job.wrote("load-job", attempt_of(ti), status="running")
    job.does("kill -9 $$")

    with pytest.raises(JobFailed) as raised:
        load().execute(context(ti))

    assert raised.value.exit_code == 137
    assert raised.value.summary == {}


@pytest.mark.parametrize("code", [1, 3, 11, 12, 137, 143, 77])
def test_what_may_end_better_is_tried_again(job: Job, code: int) -> None:
    job.does(f"exit {code}")

    with pytest.raises(JobFailed) as raised:
        load().execute(context(Try()))

    assert not isinstance(raised.value, AirflowFailException)
    assert f"load-job events 2026-01-15: exit code {code}, " in str(raised.value)


@pytest.mark.parametrize("code", [2, 10])
def test_what_ends_the_same_each_time_is_not(job: Job, code: int) -> None:
    job.does(f"exit {code}")

    with pytest.raises(JobRefused) as raised:
        load().execute(context(Try()))

    assert isinstance(raised.value, AirflowFailException)
    assert raised.value.exit_code == code


def test_failure_says_the_jobs_own_words(job: Job) -> None:
    job.does(
        """echo '{"status":"usage","exit_code":2,"message":"--ds: x (expected: a date)"}'; exit 2"""
    )

    with pytest.raises(
        JobRefused, match=r"exit code 2, bad arguments.*: --ds: x \(expected: a date\)"
    ):
        load().execute(context(Try()))


def test_an_owner_who_must_act_is_not_waited_for(job: Job) -> None:
    job.does("""echo '{"exit_code":1,"status":"failed","needs_attention":"SCOPE"}'; exit 1""")

    with pytest.raises(JobRefused) as raised:
        load().execute(context(Try()))

    assert raised.value.exit_code == 1


def test_accounts_are_the_list_the_job_prints(job: Job) -> None:
    listing = AccountsOperator(task_id="accounts", job="extract-job", arguments=["accounts"])
    job.does("""echo 'a line'; echo '[{"account_id":"cafe24-one"}]'; echo another""")

    assert listing.execute(context(Try())) == [{"account_id": "cafe24-one"}]

    job.does("echo 'no accounts'")
    with pytest.raises(JobFailed, match=r"no list printed \(expected: a JSON array\)"):
        listing.execute(context(Try()))


def test_refused_data_of_an_account_ends_its_check_at_once(job: Job) -> None:
    check = CheckOperator(task_id="check", job="transform-job", arguments=["orders"])
    job.does("""echo '{"status":"quality_failed","exit_code":10}'; exit 10""")

    with pytest.raises(JobRefused) as raised:
        check.execute(context(Try()))

    assert raised.value.exit_code == 10

    job.does("exit 10")
    with pytest.raises(JobFailed, match="without a summary that says quality_failed") as crashed:
        check.execute(context(Try()))
    assert not isinstance(crashed.value, AirflowFailException)


def test_mapped_brothers_are_told_apart(job: Job) -> None:
    first, second = (load()._job_run(context(Try(map_index=index))) for index in (0, 1))

    assert first.owner_labels != second.owner_labels
    assert first.labels["dev.jangbu.map-index"] == "0"
    assert "dev.jangbu.map-index" not in load()._job_run(context(Try())).labels


def gate() -> QualityGateOperator:
    from airflow.providers.standard.operators.empty import EmptyOperator
    from airflow.sdk import DAG

    with DAG("gate_test", schedule=None):
        operator = QualityGateOperator(
            task_id="quality_gate",
            job="transform-job",
            arguments=["events"],
            passed=["passed"],
            refused=["refused"],
        )
        operator >> [EmptyOperator(task_id="passed"), EmptyOperator(task_id="refused")]
    return operator


def branch(operator: QualityGateOperator) -> list[str]:
    """The tasks left out."""
    with pytest.raises(DownstreamTasksSkipped) as skipped:
        operator.execute(context(Try(task_id="quality_gate", task=operator)))
    return [task_id for task_id, _ in skipped.value.tasks]


def test_passed_day_goes_one_way(job: Job) -> None:
    job.does("""echo '{"status":"done","exit_code":0}'""")

    assert branch(gate()) == ["refused"]


def test_refused_day_goes_the_other(job: Job) -> None:
    job.does("""echo '{"status":"quality_failed","exit_code":10}'; exit 10""")

    assert branch(gate()) == ["passed"]


@pytest.mark.parametrize("printed", ["nothing", '{"status":"failed","exit_code":1}'])
def test_exit_code_10_alone_is_no_verdict(job: Job, printed: str) -> None:
    job.does(f"echo '{printed}'; exit 10")
    operator = gate()

    with pytest.raises(JobFailed, match="without a summary that says quality_failed") as raised:
        operator.execute(context(Try(task_id="quality_gate", task=operator)))

    assert not isinstance(raised.value, AirflowFailException)


@pytest.mark.parametrize(
    ("body", "within"), [("sleep 60 & wait", 3), ("trap '' TERM; sleep 60 & wait; sleep 60", 10)]
)
def test_stopping_the_task_stops_the_job_and_its_children(
    job: Job, body: str, within: float
) -> None:
    job.does(f'echo $$ > "$(dirname "$0")/pid"; {body}')
    operator = load()
    running = threading.Thread(target=lambda: swallow(operator), daemon=True)
    running.start()
    pid = int(waited_for(job.program.parent / "pid"))

    began = time.monotonic()
    operator.on_kill()
    running.join(within)

    assert not running.is_alive()
    assert time.monotonic() - began < within
    assert group_of(pid) == []


def swallow(operator: BatchJobOperator) -> None:
    with pytest.raises(JobFailed):
        operator.execute(context(Try()))


def waited_for(file: Path) -> str:
    deadline = time.monotonic() + 10
    while not (file.exists() and file.read_text().strip()):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return file.read_text()


def group_of(pid: int) -> list[str]:
    """The living processes of a process group."""
    time.sleep(0.2)
    listed = subprocess.run(
        ["ps", "-e", "-o", "pgid=,stat=,args="], capture_output=True, text=True, check=True
    )
    rows = [line.split(maxsplit=2) for line in listed.stdout.splitlines()]
    return [row[2] for row in rows if row[0] == str(pid) and not row[1].startswith("Z")]
