"""Each incident is told once, whatever Airflow does, whoever dies and however many ask at once."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from alerts_support import Clock

from jangbu.alerts.incidents import Attempt, Incidents, Key
from jangbu.alerts.messages import Message

DAGS = Path(__file__).resolve().parents[1]
LOAD = Key("event_pipeline", "load", "unavailable")


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def incidents(tmp_path, clock):
    return Incidents(tmp_path, clock)


def told(continuing):
    dates = "" if continuing is None else ",".join(continuing.dates)
    return Message(f"failed {dates}".strip(), ({"type": "divider"},))


def over(incident):
    return Message("recovered " + ",".join(incident.all_dates), ())


def fail(incidents, day, key=LOAD, number=1, task="load"):
    return incidents.failed(key, day, Attempt(f"run-{day}", task, number), told)


def tell(incidents, claim):
    incidents.sent(claim)
    return claim.message.text


def test_thirty_days_of_one_cause_are_one_message(incidents):
    days = [f"2026-01-{day:02}" for day in range(1, 31)]
    claims = [fail(incidents, day) for day in days]
    assert tell(incidents, claims[0]) == "failed"
    assert claims[1:] == [None] * 29
    assert incidents.due() is None
    assert [list(incident.dates) for incident in incidents.open_ones()] == [days]


def test_another_cause_or_task_is_another_incident(incidents):
    assert fail(incidents, "2026-01-01") is not None
    other_task = Key("event_pipeline", "report", "unavailable")
    assert fail(incidents, "2026-01-01", other_task, task="report") is not None
    assert fail(incidents, "2026-01-02", Key("event_pipeline", "load", "failed")) is not None


def test_the_same_try_told_twice_is_ignored_even_when_it_is_over(incidents, clock):
    tell(incidents, fail(incidents, "2026-01-01"))
    assert fail(incidents, "2026-01-01") is None
    incidents.passed("event_pipeline", {"2026-01-01"}, clock(), over)
    assert fail(incidents, "2026-01-01") is None
    assert incidents.open_ones() == []


def test_a_date_that_fails_again_within_its_incident_is_not_told_again(incidents):
    tell(incidents, fail(incidents, "2026-01-01"))
    assert fail(incidents, "2026-01-01", number=2) is None


def test_after_twelve_hours_one_reminder_names_all_dates(incidents, clock):
    tell(incidents, fail(incidents, "2026-01-01"))
    clock.pass_time(timedelta(hours=12))
    assert fail(incidents, "2026-01-02") is None
    clock.pass_time(timedelta(minutes=1))
    assert (
        tell(incidents, fail(incidents, "2026-01-03")) == "failed 2026-01-01,2026-01-02,2026-01-03"
    )
    assert fail(incidents, "2026-01-04") is None


def test_recovery_is_told_once_when_the_last_date_has_passed(incidents, clock):
    tell(incidents, fail(incidents, "2026-01-01"))
    fail(incidents, "2026-01-02")
    assert incidents.passed("event_pipeline", {"2026-01-01"}, clock(), over) == []
    assert incidents.passed("another_dag", {"2026-01-02"}, clock(), over) == []
    (claim,) = incidents.passed("event_pipeline", {"2026-01-02"}, clock(), over)
    assert tell(incidents, claim) == "recovered 2026-01-01,2026-01-02"
    assert incidents.passed("event_pipeline", {"2026-01-02"}, clock(), over) == []
    assert fail(incidents, "2026-01-02", number=2) is not None


def test_a_success_older_than_the_failure_recovers_nothing(incidents, clock):
    tell(incidents, fail(incidents, "2026-01-01"))
    earlier = clock() - timedelta(seconds=1)
    assert incidents.passed("event_pipeline", {"2026-01-01"}, earlier, over) == []
    assert len(incidents.open_ones()) == 1


def test_a_date_that_fails_for_another_cause_moves_without_a_false_recovery(incidents, clock):
    tell(incidents, fail(incidents, "2026-01-01"))
    other = Key("event_pipeline", "load", "failed")
    assert tell(incidents, fail(incidents, "2026-01-01", other, number=2)) == "failed"
    assert [incident.cause for incident in incidents.open_ones()] == ["failed"]
    (claim,) = incidents.passed("event_pipeline", {"2026-01-01"}, clock(), over)
    assert claim.message.text == "recovered 2026-01-01"


def test_what_was_not_sent_is_sent_after_two_minutes_then_ever_more_rarely(incidents, clock):
    fail(incidents, "2026-01-01")
    clock.pass_time(timedelta(seconds=119))
    assert incidents.due() is None
    clock.pass_time(timedelta(seconds=1))
    assert incidents.due().message == Message("failed", ({"type": "divider"},))
    assert incidents.due() is None
    clock.pass_time(timedelta(minutes=4))
    claim = incidents.due()
    incidents.sent(claim)
    clock.pass_time(timedelta(days=1))
    assert incidents.due() is None


def test_a_recovery_waits_for_the_failure_that_was_not_sent(incidents, clock):
    fail(incidents, "2026-01-01")
    assert incidents.passed("event_pipeline", {"2026-01-01"}, clock(), over) == []
    clock.pass_time(timedelta(minutes=2))
    texts = []
    while claim := incidents.due():
        texts.append(tell(incidents, claim))
    assert texts == ["failed", "recovered 2026-01-01"]


def test_a_note_is_told_once_an_attempt(incidents):
    attempt = Attempt("run", "notify", 1)
    key = Key("event_pipeline", "", "completed")
    assert incidents.note(key, "2026-01-01", attempt, Message("done", ())) is not None
    assert incidents.note(key, "2026-01-01", attempt, Message("done", ())) is None
    assert incidents.open_ones() == []


def test_closed_incidents_are_pruned_after_ninety_days(incidents, clock, tmp_path):
    tell(incidents, fail(incidents, "2026-01-01"))
    for claim in incidents.passed("event_pipeline", {"2026-01-01"}, clock(), over):
        incidents.sent(claim)
    fail(incidents, "2026-01-02")
    clock.pass_time(timedelta(days=90))
    assert incidents.prune() == 0
    clock.pass_time(timedelta(seconds=1))
    assert incidents.prune() == 1
    assert len(list((tmp_path / "incidents").glob("*.json"))) == 1


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"id": "x"}', b"\xff\xfe", b"[" * 500])
def test_a_file_that_is_no_incident_is_put_aside(incidents, tmp_path, content):
    tell(incidents, fail(incidents, "2026-01-01"))
    bad = tmp_path / "incidents" / "bad.json"
    bad.write_bytes(content)
    assert len(incidents.open_ones()) == 1
    assert bad.with_suffix(".unreadable").read_bytes() == content


def test_an_incident_is_one_readable_file(incidents, tmp_path):
    fail(incidents, "2026-01-01")
    (file,) = (tmp_path / "incidents").glob("*.json")
    written = json.loads(file.read_text())
    assert file.name.startswith("20260116T000000000000-event-pipeline-load-unavailable-")
    assert (written["dates"], written["seen"], written["sending"][0]["kind"]) == (
        {
            "2026-01-01": {
                "at": "2026-01-16T00:00:00+00:00",
                "run_id": "run-2026-01-01",
                "task_id": "load",
            }
        },
        [["run-2026-01-01", "load", 1]],
        "failed",
    )
    assert file.stat().st_mode & 0o077 == 0


FAILING = """
import sys
from pathlib import Path
from jangbu.alerts.incidents import Attempt, Incidents, Key
from jangbu.alerts.messages import Message
folder, process = Path(sys.argv[1]), int(sys.argv[2])
incidents = Incidents(folder)
told = 0
for number in range(10):
    key = Key("dag", "load", "unavailable")
    attempt = Attempt(f"run-{process}-{number}", "load", 1)
    claim = incidents.failed(key, f"2026-{process + 1:02}-{number + 1:02}", attempt,
                             lambda _: Message("failed", ()))
    if claim:
        incidents.sent(claim)
        told += 1
print(told)
"""


def test_of_many_processes_one_tells_and_none_loses_a_date(tmp_path):
    processes = [python(FAILING, tmp_path, number) for number in range(6)]
    told_by = [int(process.communicate(timeout=60)[0]) for process in processes]
    assert sum(told_by) == 1
    (incident,) = Incidents(tmp_path).open_ones()
    assert (len(incident.dates), len(incident.seen), incident.sending) == (60, 60, [])


ENDLESS = (
    FAILING.replace("range(10)", "range(28)").replace("print(told)", "")
    + "print('done', flush=True)"
)


def test_killed_at_any_moment_it_leaves_whole_files_and_no_lock(tmp_path):
    for number in range(8):
        process = python(ENDLESS, tmp_path, number)
        time.sleep(0.12 + 0.03 * number)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        started = time.monotonic()
        open_ones = Incidents(tmp_path).open_ones()
        assert time.monotonic() - started < 1
        assert len(open_ones) <= 1
    assert list((tmp_path / "incidents").glob("*.unreadable")) == []


HOLDING = """
import fcntl, sys, time
lock = open(sys.argv[1] + "/incidents/.lock")
fcntl.flock(lock, fcntl.LOCK_EX)
print("held", flush=True)
time.sleep(60)
"""


def test_a_lock_held_for_too_long_is_an_error_and_no_hang(tmp_path, incidents, monkeypatch):
    monkeypatch.setattr("jangbu.alerts.incidents.LOCK_SECONDS", 0.3)
    incidents.open_ones()
    process = python(HOLDING, tmp_path)
    try:
        assert process.stdout.readline() == "held\n"
        with pytest.raises(TimeoutError, match="locked for more than"):
            fail(incidents, "2026-01-01")
    finally:
        process.kill()
        process.communicate()
    assert fail(incidents, "2026-01-01") is not None


def python(code, *arguments):
    environment = os.environ | {"PYTHONPATH": str(DAGS)}
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
