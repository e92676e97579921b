"""What the callbacks make of the contexts Airflow hands them, whole or with most of it missing."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from alerts_support import slack_sink

from jangbu.alerts import callbacks
from jangbu.alerts.reports import UnreadableReport
from jangbu.operators import JobFailed, JobRefused, failure
from jangbu.runners.job_run import Ended

RUN = "scheduled__2026-01-15"


@pytest.fixture
def slack(monkeypatch, tmp_path):
    with slack_sink() as sink:
        monkeypatch.setenv("AIRFLOW_CONN_SLACK_WEBHOOK", sink.connection)
        monkeypatch.setenv("JANGBU_WORKSPACE", str(tmp_path))
        monkeypatch.setenv("JANGBU_ALERT_STATE", str(tmp_path / "state"))
        monkeypatch.setattr(callbacks, "GRACE_SECONDS", 0.0)
        yield sink


class TaskInstance(SimpleNamespace):
    """As much of Airflow's as the callbacks ask; results and states are what the test says."""

    def xcom_pull(self, task_ids: str, key: str):
        if self.result is None:
            raise RuntimeError("no API server")
        return self.result

    def get_task_states(self, dag_id: str, run_ids: list[str]):
        return {run_ids[0]: self.states}


def context(task_id="load", exception=None, number=4, result=None, states=None, reason=None):
    ti = TaskInstance(
        dag_id="event_pipeline",
        task_id=task_id,
        run_id=RUN,
        try_number=number,
        log_url="https://airflow.example/log",
        result=result,
        states=states or {},
    )
    run = SimpleNamespace(
        run_id=RUN,
        run_type="scheduled",
        data_interval_start=datetime.fromisoformat("2026-01-15T00:00:00+09:00"),
    )
    whole = {"ti": ti, "dag_run": run, "run_id": RUN, "params": {}, "exception": exception}
    return whole | ({"reason": reason} if reason else {})


def write(file: Path, content):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(content))


AWAY = "데이터베이스나 원천에 연결하지 못함 (exit code 11)"
SILENT = "결과를 남기지 않고 끝남 (프로세스가 죽었거나 Airflow 쪽 오류)"


def test_the_jobs_own_line_is_told(slack):
    exception = JobRefused("longer", 2, {"message": "JANGBU_DB_URL: not set"})
    callbacks.on_task_failure(context(exception=exception, number=1))
    assert slack.texts == [
        "🔴 작업 실패: load 2026-01-15 — 인자·설정이 잘못되었거나 마이그레이션 전 (exit code 2) · "
        "JANGBU_DB_URL: not set"
    ]


def test_a_job_without_a_summary_is_told_in_the_operators_words(slack):
    callbacks.on_task_failure(context(exception=JobFailed("load-job: exit code 137", 137, {})))
    assert slack.texts == [
        "🔴 작업 실패: load 2026-01-15 — 강제 종료됨 (대개 메모리 부족) (exit code 137) · load-job: exit code 137"
    ]


def test_a_job_that_ran_out_of_memory_is_told_so_not_only_its_code(slack):
    job = SimpleNamespace(job="load-job", dataset="events", slice="all", business_date="2026-01-15")
    exception = failure(job, Ended(137, "x", None, "the container ran out of memory"), {})
    callbacks.on_task_failure(context(exception=exception))
    assert slack.texts == [
        "🔴 작업 실패: load 2026-01-15 — 강제 종료됨 (대개 메모리 부족) (exit code 137) · "
        "load-job events 2026-01-15: exit code 137, killed, most often for want of memory: "
        "the container ran out of memory"
    ]


def test_without_an_exception_the_result_is_read_from_xcom(slack):
    result = {"exit_code": 11, "summary": {"message": "database away"}, "attempt": "x"}
    callbacks.on_task_failure(context(result=result))
    assert slack.texts == [f"🔴 작업 실패: load 2026-01-15 — {AWAY} · database away"]


@pytest.mark.parametrize("result", [None, "x", [], {}, {"exit_code": "11"}, {"exit_code": 0}])
def test_without_any_result_that_is_said(slack, result):
    callbacks.on_task_failure(context(result=result))
    assert slack.texts == [f"🔴 작업 실패: load 2026-01-15 — {SILENT}"]


def test_an_error_of_airflow_is_told_with_its_kind(slack):
    callbacks.on_task_failure(context(exception=ConnectionError("docker <refused>")))
    assert slack.texts == [
        f"🔴 작업 실패: load 2026-01-15 — {SILENT} · ConnectionError: docker &lt;refused&gt;"
    ]


def test_callbacks_of_task_and_run_tell_once(slack):
    exception = JobFailed("x", 11, {})
    for _ in range(2):
        callbacks.on_task_failure(context(exception=exception))
        callbacks.on_run_failure(context(reason="task_failure"))
    assert slack.texts == [f"🔴 작업 실패: load 2026-01-15 — {AWAY} · x"]


def test_a_killed_task_is_told_by_its_run(slack):
    callbacks.on_run_failure(context(reason="task_failure"))
    assert slack.texts == [f"🔴 작업 실패: load 2026-01-15 — {SILENT}"]


def test_a_run_of_which_nothing_is_known_is_told_and_recovers(slack):
    minimal = {"dag": SimpleNamespace(dag_id="event_pipeline"), "run_id": RUN}
    callbacks.on_run_failure(minimal | {"reason": "task_failure"})
    callbacks.on_run_success(minimal | {"reason": "success"})
    told = "실패한 작업 없이 실행이 실패함 (시간 초과, 손으로 표시)"
    assert slack.texts[0] == f"🔴 실행 실패: 날짜 모름 — {told} · run failed: task_failure"
    assert slack.texts[1].startswith(f"🟢 복구됨: event_pipeline — {told} · {RUN} · ")


def test_a_success_recovers_its_date_once(slack):
    callbacks.on_task_failure(context(exception=JobFailed("x", 1, {})))
    callbacks.on_run_success(context(task_id="notify"))
    callbacks.on_run_success(context(task_id="notify"))
    assert [text.split(" — ")[0] for text in slack.texts] == [
        "🔴 작업 실패: load 2026-01-15",
        "🟢 복구됨: load",
    ]


def test_a_refused_day_is_one_message_for_alert_leaf_and_run(slack, tmp_path):
    from airflow.sdk.exceptions import AirflowFailException

    check = {"name": "value_range", "counted": 9, "failed": 1, "pass_rate": 0.9, "threshold": 0.99}
    report = {"counted": 9, "rejected": 1, "checks": [check | {"status": "fail"}]}
    write(tmp_path / "reports/quality/events/2026-01-15.json", report)
    states = {"quality_alert": "success", "day_refused": "failed"}
    callbacks.tell_quality_failure(context("quality_alert", states=states))
    refused = AirflowFailException("the day is not loaded")
    callbacks.on_task_failure(context("day_refused", refused, states=states))
    callbacks.on_run_failure(context("day_refused", states=states, reason="task_failure"))
    callbacks.tell_quality_failure(context("quality_alert", number=5))
    assert slack.texts == ["🟠 품질 실패: 2026-01-15 — value_range 90 % · 거부 1/9"]


def test_a_load_that_fails_after_a_refused_day_was_cleared_is_told(slack):
    callbacks.tell_quality_failure(context("quality_alert"))
    states = {"quality_alert": "skipped", "load": "failed"}
    callbacks.on_run_failure(context(states=states, reason="task_failure"))
    assert slack.texts[1:] == [f"🔴 작업 실패: load 2026-01-15 — {SILENT}"]


def test_a_refused_day_without_its_report_is_told_all_the_same(slack, tmp_path):
    callbacks.tell_quality_failure(context("quality_alert"))
    file = tmp_path / "reports/quality/events/2026-01-15.json"
    assert slack.texts == [
        "🔴 작업 실패: quality 2026-01-15 — 그날 데이터가 품질 검사를 통과하지 못함 · "
        f"{file}: No such file or directory"
    ]


def test_a_day_is_completed_once_an_attempt(slack, tmp_path):
    report = {"verdict": "passed", "figures": {"events": 5}, "checks": [], "steps": []}
    write(tmp_path / "reports/run/2026-01-15.json", report)
    callbacks.tell_completion(context("notify"))
    callbacks.tell_completion(context("notify"))
    assert [text.split(" — ")[0] for text in slack.texts] == ["✅ 처리 완료: 2026-01-15"]


def test_a_backfilled_day_is_completed_in_the_log_only(slack, tmp_path):
    report = {"verdict": "passed", "figures": {"events": 5}, "checks": [], "steps": []}
    write(tmp_path / "reports/run/2026-01-15.json", report)
    backfilled = context("notify")
    backfilled["dag_run"].run_type = "backfill"
    callbacks.tell_completion(backfilled)
    assert slack.texts == []


def test_a_refused_day_is_not_completed(slack, tmp_path):
    write(tmp_path / "reports/run/2026-01-15.json", {"verdict": "quality_failed"})
    callbacks.tell_completion(context("notify"))
    assert slack.texts == []


def test_a_day_without_a_report_fails_the_task_that_tells_it(slack):
    with pytest.raises(UnreadableReport, match=r"2026-01-15\.json: No such file"):
        callbacks.tell_completion(context("notify"))


def test_a_slack_that_is_away_fails_nobody_and_loses_nothing(slack, tmp_path):
    slack.statuses = [(404, {})] * 2
    callbacks.on_task_failure(context(exception=JobFailed("x", 1, {})))
    report = {"verdict": "passed", "figures": {}, "checks": [], "steps": []}
    write(tmp_path / "reports/run/2026-01-15.json", report)
    callbacks.tell_completion(context("notify"))
    assert slack.texts == []
    waiting = [json.loads(file.read_text()) for file in (tmp_path / "state").rglob("*.json")]
    assert sorted(one["sending"][0]["kind"] for one in waiting) == ["failed", "note"]


@pytest.mark.parametrize("callback", ["on_task_failure", "on_run_failure"])
def test_without_a_state_folder_a_failure_is_told_all_the_same(slack, tmp_path, callback):
    (tmp_path / "state").write_text("a file in its place")
    getattr(callbacks, callback)(context(exception=JobFailed("x", 1, {}), result={"exit_code": 1}))
    assert len(slack.texts) == 1


@pytest.mark.parametrize("callback", ["on_task_failure", "on_run_failure", "on_run_success"])
@pytest.mark.parametrize("nothing", [{}, {"ti": None}, {"ti": SimpleNamespace(), "dag_run": 1}])
def test_no_callback_raises_whatever_it_is_handed(slack, callback, nothing):
    getattr(callbacks, callback)(nothing)
