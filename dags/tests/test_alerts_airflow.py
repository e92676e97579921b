"""The alerts in a real Airflow: which callbacks come, what they know, and what is told of it.

About a minute, the longest of the alerts' tests: one Airflow is started, runs fail in it in every way, and pass again.
"""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from airflow_processes import USER, RealAirflow, real_airflow
from alerts_support import SlackSink, slack_sink

from jangbu.alerts.airflow_api import AirflowApi, AirflowAway
from jangbu.alerts.incidents import Incidents
from jangbu.alerts.sentinel import Sentinel, SentinelSettings

DAG_ID = "alerts_probe"
# Runs beside all others, until it is out of time.
SLOW_DAY = "2026-01-19"
DAG = """
import os
from datetime import timedelta

from airflow.sdk import DAG, Param, task

from jangbu.alerts import callbacks
from jangbu.operators import JobFailed

with DAG(
    DAG_ID,
    schedule=None,
    params={"business_date": Param(None, type=["null", "string"]), "end": Param("pass")},
    default_args={"retries": 0, "on_failure_callback": callbacks.on_task_failure},
    on_failure_callback=callbacks.on_run_failure,
    on_success_callback=callbacks.on_run_success,
    dagrun_timeout=timedelta(seconds=12),
):

    @task
    def work(**context):
        end = context["params"]["end"]
        if end == "away":
            summary = {"message": "database away <!channel>"}
            context["ti"].xcom_push(key="job_result", value={"exit_code": 11, "summary": summary})
            raise JobFailed("no", 11, summary)
        if end == "kill":
            os.kill(os.getpid(), 9)
        if end == "slow":
            import time
            time.sleep(25)
        if end == "refused":
            callbacks.tell_quality_failure(context)

    @task
    def leaf(**context):
        from airflow.sdk.exceptions import AirflowFailException

        if context["params"]["end"] == "refused":
            raise AirflowFailException("the day is not loaded")
        callbacks.tell_completion(context)

    work() >> leaf()
"""


@pytest.fixture(scope="module")
def slack():
    with slack_sink() as sink:
        yield sink


@pytest.fixture(scope="module")
def airflow(slack, tmp_path_factory):
    folder = tmp_path_factory.mktemp("airflow")
    (folder / "dags").mkdir()
    (folder / "dags" / "probe.py").write_text(DAG.replace("DAG_ID", repr(DAG_ID), 1))
    workspace = folder / "workspace"
    for day in range(1, 20):
        write_reports(workspace, f"2026-01-{day:02}")
    settings = {
        "AIRFLOW_CONN_SLACK_WEBHOOK": slack.connection,
        "JANGBU_WORKSPACE": str(workspace),
        "JANGBU_ALERT_STATE": str(folder / "state"),
        "JANGBU_RUNNER": "local",
    }
    with real_airflow(folder, folder / "dags", settings) as airflow:
        airflow.unpause(DAG_ID)
        airflow.trigger(DAG_ID, business_date=SLOW_DAY, end="slow")
        yield airflow


def write_reports(workspace: Path, day: str) -> None:
    check = {"name": "value_range", "counted": 9, "failed": 1, "pass_rate": 0.9, "threshold": 0.99}
    quality = {"counted": 9, "rejected": 1, "checks": [check | {"status": "fail", "examples": []}]}
    run = {"verdict": "passed", "figures": {"events": 1234}, "checks": [], "steps": []}
    for name, content in (("quality/events", quality), ("run", run)):
        file = workspace / "reports" / name / f"{day}.json"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(content))


def ran(airflow: RealAirflow, end: str, *days: str) -> list[str]:
    """The states of runs of these days, side by side, in which the work ends as told."""
    runs = [airflow.trigger(DAG_ID, business_date=day, end=end) for day in days]
    return [airflow.state(DAG_ID, run) for run in runs]


def told(slack: SlackSink, count: int, seconds: float = 20) -> list[str]:
    """The next texts, when as many have come and a second callback would have brought no more."""
    deadline = time.monotonic() + seconds
    while len(news(slack)) < count and time.monotonic() < deadline:
        time.sleep(0.1)
    time.sleep(1)
    texts = sorted(news(slack))
    slack.messages[:] = [one for one in slack.messages if SLOW_DAY in one["text"]]
    return texts


def news(slack: SlackSink) -> list[str]:
    return [text for text in slack.texts if SLOW_DAY not in text]


AWAY = "데이터베이스나 원천에 연결하지 못함"
SILENT = "결과를 남기지 않고 끝남 (프로세스가 죽었거나 Airflow 쪽 오류)"


def done(day: str) -> str:
    return f"✅ 처리 완료: {day} — 이벤트 1,234건, 사용자 -, 주문 -, 매출 -, 품질 0/0 통과"


def test_every_failure_is_told_once_and_so_is_its_end(airflow, slack):
    assert ran(airflow, "away", "2026-01-01") == ["failed"]
    assert told(slack, 1) == [
        f"🔴 작업 실패: work 2026-01-01 — {AWAY} (exit code 11) · database away &lt;!channel&gt;"
    ]
    assert ran(airflow, "away", "2026-01-02") == ["failed"]
    assert ran(airflow, "kill", "2026-01-03") == ["failed"]
    assert ran(airflow, "refused", "2026-01-04") == ["failed"]
    assert told(slack, 2) == [
        f"🔴 작업 실패: work 2026-01-03 — {SILENT}",
        "🟠 품질 실패: 2026-01-04 — value_range 90 % · 거부 1/9",
    ]

    assert ran(airflow, "pass", "2026-01-01", "2026-01-02") == ["success", "success"]
    first, second, recovered = told(slack, 3)
    assert [first, second] == [done("2026-01-01"), done("2026-01-02")]
    assert recovered.startswith(f"🟢 복구됨: {DAG_ID} — {AWAY} · 2026-01-01~2026-01-02 (2일) · ")

    state = Incidents(airflow.home / "state")
    still_open = {one.cause: list(one.dates) for one in state.open_ones()}
    assert still_open["no result"][0] == "2026-01-03"
    assert still_open["quality"] == ["2026-01-04"]
    assert "unavailable" not in still_open


def test_a_run_out_of_time_is_told_once(airflow, slack):
    deadline = time.monotonic() + 30
    while not slack.texts and time.monotonic() < deadline:
        time.sleep(0.2)
    (text,) = slack.texts
    assert text == (
        f"🔴 실행 실패: {SLOW_DAY} — 실패한 작업 없이 실행이 실패함 (시간 초과, 손으로 표시) · "
        "run failed: timed_out"
    )


def test_the_sentinel_tells_of_a_real_airflow_what_was_not_told(airflow, slack, monkeypatch):
    ran(airflow, "away", "2026-01-11")
    ran(airflow, "kill", "2026-01-12")
    assert len(told(slack, 1)) == 1
    monkeypatch.setenv("AIRFLOW_CONN_SLACK_WEBHOOK", slack.connection)
    environment = {
        "JANGBU_AIRFLOW_URL": airflow.address,
        "JANGBU_AIRFLOW_PASSWORDS_FILE": str(airflow.passwords_file),
        "JANGBU_ALERT_STATE": str(airflow.home / "state"),
        "JANGBU_WORKSPACE": str(airflow.home / "workspace"),
    }

    def a_minute_later() -> datetime:
        return datetime.now(UTC) + timedelta(minutes=1)

    Sentinel(SentinelSettings.from_environment(environment), a_minute_later).look()
    assert told(slack, 0) == []
    slack.messages.clear()
    environment["JANGBU_ALERT_STATE"] = str(airflow.home / "lost-state")
    Sentinel(SentinelSettings.from_environment(environment), a_minute_later).look()
    texts = told(slack, 2)
    assert (
        f"🔴 작업 실패: work 2026-01-11 — {AWAY} (exit code 11) · database away &lt;!channel&gt;"
        in texts
    )
    assert any(SILENT in text for text in texts)


def test_the_api_answers_as_the_sentinel_expects(airflow):
    api = AirflowApi(airflow.address, USER, airflow.passwords_file)
    hour = timedelta(hours=1)
    states = {run["state"] for run in api.runs_after(DAG_ID, datetime.now(UTC) - hour)}
    assert states == {"failed", "success"}
    assert list(api.runs_after(DAG_ID, datetime.now(UTC) + hour)) == []
    assert api.is_paused(DAG_ID) is False
    assert api.health()["scheduler"]["status"] == "healthy"
    with pytest.raises(AirflowAway, match="HTTP 404"):
        list(api.runs_after("no_such_dag", datetime.now(UTC) - hour))


def test_the_webhook_is_in_no_log(airflow, slack):
    logs = airflow.logs()
    assert "alert told=failed" in logs
    # In the DAG processor too, a callback reads its run's task states and results.
    assert "=unreadable" not in logs
    assert "hush-hush" not in logs
