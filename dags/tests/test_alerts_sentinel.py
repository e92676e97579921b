"""What the sentinel tells of an Airflow that is silent, late, ill or gone, and that it tells it once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alerts_support import Clock, airflow_stub, slack_sink

from jangbu.alerts.callbacks import is_quality_told
from jangbu.alerts.incidents import Attempt, Incidents, Key
from jangbu.alerts.messages import Message
from jangbu.alerts.sentinel import Sentinel, SentinelSettingError, SentinelSettings, is_alive, main

DAGS = Path(__file__).resolve().parents[1]
# 10:00 in Seoul on the day after the business date 2026-01-15.
NOW = datetime(2026, 1, 16, 1, 0, tzinfo=UTC)


@pytest.fixture
def clock():
    return Clock(NOW)


@pytest.fixture
def airflow():
    with airflow_stub() as stub:
        yield stub


@pytest.fixture
def slack(monkeypatch):
    with slack_sink() as sink:
        monkeypatch.setenv("AIRFLOW_CONN_SLACK_WEBHOOK", sink.connection)
        yield sink


@pytest.fixture
def environment(airflow, slack, tmp_path):
    (tmp_path / "password").write_text("right\n")
    return {
        "JANGBU_AIRFLOW_URL": airflow.address,
        "JANGBU_AIRFLOW_PASSWORDS_FILE": str(tmp_path / "password"),
        "JANGBU_WORKSPACE": str(tmp_path / "workspace"),
        "JANGBU_ALERT_STATE": str(tmp_path / "state"),
        "JANGBU_RUNBOOK_URL": "https://w.example/runbook",
        "AIRFLOW__API__BASE_URL": "https://airflow.example",
    }


@pytest.fixture
def sentinel(environment, clock):
    return Sentinel(SentinelSettings.from_environment(environment), clock)


@pytest.fixture
def incidents(environment, clock):
    return Incidents(Path(environment["JANGBU_ALERT_STATE"]), clock)


def run_of(day="2026-01-15", state="failed", ended=NOW - timedelta(minutes=2), kind="scheduled"):
    midnight = f"{day}T00:00:00+09:00"
    return {
        "dag_id": "event_pipeline",
        "dag_run_id": f"{kind}__{day}",
        "run_type": kind,
        "state": state,
        "data_interval_start": midnight,
        "run_after": f"{day}T17:00:00+00:00",
        "end_date": ended.isoformat() if state in ("failed", "success") else None,
        "conf": {},
    }


def task(task_id, state="failed", tries=4):
    return {"task_id": task_id, "state": state, "try_number": tries}


def look_again_after_a_restart(environment, clock):
    sentinel = Sentinel(SentinelSettings.from_environment(environment), clock)
    sentinel.look()
    clock.pass_time(timedelta(minutes=10))
    sentinel.look()


def watched_since(environment, clock, instant):
    file = Path(environment["JANGBU_ALERT_STATE"]) / "sentinel.since"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(instant.isoformat())


def test_a_killed_task_that_never_called_back_is_told_once(sentinel, airflow, slack):
    airflow.runs = [run_of()]
    airflow.tasks = {"scheduled__2026-01-15": [task("load"), task("report", "upstream_failed")]}
    sentinel.look()
    sentinel.look()
    assert slack.texts == [
        "🔴 작업 실패: load 2026-01-15 — 결과를 남기지 않고 끝남 (프로세스가 죽었거나 Airflow 쪽 오류)"
    ]
    links = slack.messages[0]["blocks"][-1]["elements"][1]["text"]
    assert links == (
        "<https://airflow.example/dags/event_pipeline/runs/scheduled__2026-01-15/tasks/load"
        "?try_number=4|로그 log>"
    )


def test_what_a_callback_told_is_not_told_again(sentinel, airflow, slack, incidents):
    attempt = Attempt("scheduled__2026-01-15", "load", 4)
    key = Key("event_pipeline", "load", "failed")
    incidents.sent(incidents.failed(key, "2026-01-15", attempt, lambda _: Message("x", ())))
    airflow.runs = [run_of()]
    airflow.tasks = {"scheduled__2026-01-15": [task("load")]}
    sentinel.look()
    assert slack.texts == []


def test_the_result_the_job_left_gives_the_cause(sentinel, airflow, slack):
    airflow.runs = [run_of()]
    airflow.tasks = {"scheduled__2026-01-15": [task("load")]}
    airflow.results[("scheduled__2026-01-15", "load")] = {
        "exit_code": 11,
        "summary": {"message": "database away"},
    }
    sentinel.look()
    assert slack.texts == [
        "🔴 작업 실패: load 2026-01-15 — 데이터베이스나 원천에 연결하지 못함 (exit code 11) · database away"
    ]


def test_a_run_just_ended_is_left_to_its_callbacks(sentinel, airflow, slack, clock):
    airflow.runs = [run_of(ended=NOW - timedelta(seconds=19))]
    airflow.tasks = {"scheduled__2026-01-15": [task("load")]}
    sentinel.look()
    assert slack.texts == []
    clock.pass_time(timedelta(seconds=1))
    sentinel.look()
    assert len(slack.texts) == 1


def test_a_run_out_of_time_without_a_failed_task_is_told(sentinel, airflow, slack):
    airflow.runs = [run_of()]
    airflow.tasks = {"scheduled__2026-01-15": [task("load", "skipped")]}
    sentinel.look()
    assert slack.texts == [
        "🔴 실행 실패: 2026-01-15 — 실패한 작업 없이 실행이 실패함 (시간 초과, 손으로 표시) · "
        "the run failed without a failed task: out of time, or marked"
    ]


def test_a_day_that_passed_since_is_no_news_and_ends_its_incident(sentinel, airflow, slack, clock):
    airflow.runs = [run_of()]
    airflow.tasks = {"scheduled__2026-01-15": [task("load")]}
    sentinel.look()
    clock.pass_time(timedelta(hours=1))
    again = run_of(state="success", ended=clock() - timedelta(minutes=1), kind="manual")
    again["conf"] = {"business_date": "2026-01-15"}
    airflow.runs.append(again)
    sentinel.look()
    sentinel.look()
    assert slack.texts[1:] == [
        "🟢 복구됨: load — 결과를 남기지 않고 끝남 (프로세스가 죽었거나 Airflow 쪽 오류) · 2026-01-15 · 1시간 0분 걸림"
    ]


def test_a_backfill_of_thirty_silent_days_is_one_message(sentinel, airflow, slack):
    days = [f"2025-12-{day:02}" for day in range(1, 31)]
    airflow.runs = [run_of(day, kind="backfill") for day in days]
    airflow.tasks = {f"backfill__{day}": [task("load")] for day in days}
    sentinel.look()
    assert len(slack.texts) == 1


def test_a_database_away_is_one_message_for_all_it_stops(sentinel, airflow, slack):
    run = "scheduled__2026-01-15"
    marts = ["marts.mart_orders", "marts.mart_funnel_daily", "marts.mart_user_daily"]
    airflow.runs = [run_of(), run_of("2026-01-14")]
    airflow.tasks = {run: [task(mart) for mart in marts], "scheduled__2026-01-14": [task("load")]}
    for run_id, tasks in airflow.tasks.items():
        for one in tasks:
            airflow.results[(run_id, one["task_id"])] = {"exit_code": 11, "summary": {}}
    sentinel.look()
    assert len(slack.texts) == 1


def test_after_a_refused_day_the_leaf_that_fails_is_no_second_message(
    sentinel, airflow, slack, incidents
):
    run = "scheduled__2026-01-15"
    key = Key("event_pipeline", "", "quality")
    attempt = Attempt(run, "quality_alert", 1)
    incidents.sent(incidents.failed(key, "2026-01-15", attempt, lambda _: Message("x", ())))
    airflow.runs = [run_of()]
    airflow.tasks = {run: [task("quality_alert", "success", 1), task("day_refused", tries=1)]}
    sentinel.look()
    assert slack.texts == []


def test_a_day_cleared_after_its_refusal_is_judged_anew(incidents):
    key = Key("event_pipeline", "", "quality")
    attempt = Attempt("run", "quality_alert", 1)
    incidents.failed(key, "2026-01-15", attempt, lambda _: Message("x", ()))
    told = {"quality_alert": "success"}
    assert is_quality_told(incidents, "event_pipeline", "run", told)
    assert not is_quality_told(incidents, "event_pipeline", "run", {"quality_alert": "skipped"})


def test_airflow_away_is_told_after_five_minutes_once_and_its_return(
    sentinel, airflow, slack, clock
):
    airflow.health["scheduler"] = "unhealthy"
    sentinel.look()
    clock.pass_time(timedelta(minutes=4, seconds=59))
    sentinel.look()
    assert slack.texts == []
    clock.pass_time(timedelta(seconds=1))
    for _ in range(3):
        sentinel.look()
    airflow.health["scheduler"] = "healthy"
    clock.pass_time(timedelta(minutes=5))
    sentinel.look()
    sentinel.look()
    assert slack.texts == [
        "🔴 Airflow 이상 — 01-16 10:00 KST부터 · unhealthy: scheduler",
        "🟢 복구됨: airflow — Airflow가 응답하지 않거나 비정상 · 2026-01-16 · 5분 걸림",
    ]


def test_airflow_unreachable_is_told_and_a_short_restart_is_not(environment, slack, clock, airflow):
    own = SentinelSettings.from_environment(
        environment | {"JANGBU_AIRFLOW_URL": "http://127.0.0.1:1"}
    )
    sentinel = Sentinel(own, clock)
    sentinel.look()
    clock.pass_time(timedelta(minutes=5))
    sentinel.look()
    assert slack.texts == [
        "🔴 Airflow 이상 — 01-16 10:00 KST부터 · no answer: [Errno 111] Connection refused"
    ]


def test_a_sentinel_that_cannot_log_in_says_so(environment, sentinel, slack, clock):
    Path(environment["JANGBU_AIRFLOW_PASSWORDS_FILE"]).write_text('{"admin": "wrong"}')
    sentinel.look()
    clock.pass_time(timedelta(minutes=5))
    sentinel.look()
    assert slack.texts == [
        "🔴 Airflow 이상 — 01-16 10:00 KST부터 · login of admin refused (HTTP 401)"
    ]


@pytest.mark.parametrize(
    ("runs", "is_paused", "said"),
    [
        ([], False, "실행이 없음 (absent)"),
        ([], True, "DAG가 일시정지됨 (paused)"),
        ([run_of(state="running")], False, "아직 실행 중 (running)"),
        ([run_of("2026-01-14", "success")], False, "실행이 없음 (absent)"),
    ],
)
def test_a_day_not_done_by_four_is_told_once(
    environment, sentinel, airflow, slack, clock, runs, is_paused, said
):
    watched_since(environment, clock, NOW - timedelta(days=1))
    airflow.runs, airflow.is_paused = runs, is_paused
    clock.now = datetime(2026, 1, 15, 18, 45, tzinfo=UTC)
    sentinel.look()
    clock.pass_time(timedelta(minutes=14))
    sentinel.look()
    assert slack.texts == []
    clock.pass_time(timedelta(minutes=1))
    sentinel.look()
    look_again_after_a_restart(environment, clock)
    assert slack.texts == [f"🟡 늦음: 2026-01-15 — 04:00(KST)까지 그날 처리가 끝나지 않음 · {said}"]


def test_a_day_done_by_four_is_not_told(environment, sentinel, airflow, slack, clock):
    watched_since(environment, clock, NOW - timedelta(days=1))
    airflow.runs = [run_of(state="success")]
    look_again_after_a_restart(environment, clock)
    assert slack.texts == []


def test_a_late_day_that_was_told_as_failed_is_not_told_again(
    environment, sentinel, airflow, slack, clock
):
    watched_since(environment, clock, NOW - timedelta(days=1))
    airflow.runs = [run_of()]
    airflow.tasks = {"scheduled__2026-01-15": [task("load")]}
    look_again_after_a_restart(environment, clock)
    assert len(slack.texts) == 1


def test_a_sentinel_just_started_gives_airflow_ten_minutes(
    environment, sentinel, airflow, slack, clock
):
    watched_since(environment, clock, NOW - timedelta(days=1))
    sentinel.look()
    clock.pass_time(timedelta(minutes=9, seconds=59))
    sentinel.look()
    assert slack.texts == []
    clock.pass_time(timedelta(seconds=1))
    sentinel.look()
    assert len(slack.texts) == 1


def test_a_day_that_began_before_anybody_watched_is_not_late(environment, clock, slack, airflow):
    look_again_after_a_restart(environment, clock)
    assert slack.texts == []


def test_a_token_that_is_refused_is_fetched_anew(sentinel, airflow, slack):
    sentinel.look()
    airflow.token = "token-2"
    airflow.runs = [run_of()]
    airflow.tasks = {"scheduled__2026-01-15": [task("load")]}
    sentinel.look()
    assert (airflow.logins, len(slack.texts)) == (2, 1)


def test_the_password_is_read_from_airflows_own_file_too(environment, clock, airflow):
    Path(environment["JANGBU_AIRFLOW_PASSWORDS_FILE"]).write_text('{"admin": "right"}')
    Sentinel(SentinelSettings.from_environment(environment), clock).look()
    assert airflow.logins == 1


def test_settings_have_defaults_and_refuse_what_cannot_be_meant(environment):
    own = SentinelSettings.from_environment(
        {"JANGBU_AIRFLOW_PASSWORDS_FILE": "/p", "JANGBU_ALERT_STATE": "/s"}
    )
    assert (own.address, own.shown_address, own.user, own.dag_id, own.heartbeat) == (
        "http://127.0.0.1:8080",
        "http://127.0.0.1:8080",
        "admin",
        "event_pipeline",
        Path("/s/sentinel.heartbeat"),
    )
    with pytest.raises(SentinelSettingError, match="JANGBU_AIRFLOW_PASSWORDS_FILE: not set"):
        SentinelSettings.from_environment({})
    with pytest.raises(SentinelSettingError, match=r"JANGBU_AIRFLOW_URL: ftp://x \(expected: http"):
        SentinelSettings.from_environment({"JANGBU_AIRFLOW_URL": "ftp://x"})


def test_a_wrong_setting_or_argument_ends_with_two(environment, monkeypatch, capsys):
    for name in environment:
        monkeypatch.delenv(name, raising=False)
    assert main([]) == 2
    assert "JANGBU_AIRFLOW_PASSWORDS_FILE: not set" in capsys.readouterr().err
    monkeypatch.setenv("JANGBU_AIRFLOW_PASSWORDS_FILE", "/p")
    assert main(["--now"]) == 2


def test_a_stale_heartbeat_is_no_life(tmp_path):
    beat = tmp_path / "beat"
    assert not is_alive(beat)
    beat.touch()
    assert is_alive(beat)
    os.utime(beat, (0, time.time() - 121))
    assert not is_alive(beat)


def test_as_a_process_it_tells_lives_and_stops_when_asked(environment, airflow, slack):
    airflow.runs = [run_of(ended=datetime.now(UTC) - timedelta(minutes=1))]
    airflow.tasks = {"scheduled__2026-01-15": [task("load")]}
    environment = os.environ | environment | {"PYTHONPATH": str(DAGS)}
    command = [sys.executable, "-m", "jangbu.alerts.sentinel"]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        deadline = time.monotonic() + 40
        while not slack.messages and time.monotonic() < deadline:
            time.sleep(0.1)
        assert subprocess.run([*command, "--check"], env=environment, check=False).returncode == 0
        asked = time.monotonic()
        process.send_signal(signal.SIGTERM)
        printed = process.communicate(timeout=20)[0]
    finally:
        process.kill()
        process.wait()
    assert process.returncode == 0
    assert time.monotonic() - asked < 5
    assert len(slack.texts) == 1
    assert printed.strip().endswith("INFO sentinel stopped")
    assert "hush-hush" not in printed


def test_looking_again_and_again_keeps_no_memory(sentinel, airflow, slack):
    import tracemalloc

    airflow.runs = [run_of()]
    airflow.tasks = {"scheduled__2026-01-15": [task("load")]}
    for _ in range(20):
        sentinel.look()
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    for _ in range(100):
        sentinel.look()
    assert tracemalloc.get_traced_memory()[0] - before < 300_000
    tracemalloc.stop()


def test_it_is_stopped_at_once_between_two_looks(sentinel):
    stop = threading.Event()
    thread = threading.Thread(target=sentinel.run, args=(stop,))
    thread.start()
    time.sleep(0.5)
    stop.set()
    thread.join(5)
    assert not thread.is_alive()
