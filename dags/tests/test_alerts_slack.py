"""Airflow's Slack provider against a real HTTP server: what is sent, what is tried again, what stays secret."""

from __future__ import annotations

import json
import logging
import time

import pytest
from alerts_support import WEBHOOK_TOKEN, slack_sink

from jangbu.alerts import slack
from jangbu.alerts.delivery import send_due, tell
from jangbu.alerts.incidents import Attempt, Incidents, Key
from jangbu.alerts.messages import Message

MESSAGE = Message("작업 실패", ({"type": "divider"},))


@pytest.fixture
def sink(monkeypatch):
    with slack_sink() as sink:
        monkeypatch.setenv("AIRFLOW_CONN_SLACK_WEBHOOK", sink.connection)
        yield sink


def test_text_and_blocks_are_posted_to_the_webhook(sink):
    assert slack.send(MESSAGE) is True
    assert sink.requests == ["/" + WEBHOOK_TOKEN]
    assert sink.messages == [
        {
            "text": "작업 실패",
            "blocks": [{"type": "divider"}],
            "unfurl_links": False,
            "unfurl_media": False,
        }
    ]


def test_without_a_connection_the_text_is_in_the_log(monkeypatch, caplog):
    monkeypatch.delenv("AIRFLOW_CONN_SLACK_WEBHOOK", raising=False)
    with caplog.at_level(logging.INFO, "jangbu.alerts"):
        assert slack.send(MESSAGE) is True
    assert caplog.messages == ["alert slack=absent text=작업 실패"]


def test_it_waits_as_slack_asks_and_sends_once(sink):
    sink.statuses = [(429, {"Retry-After": "2"})]
    started = time.monotonic()
    assert slack.send(MESSAGE) is True
    assert 2 <= time.monotonic() - started < 5
    assert len(sink.messages) == 1


def test_it_does_not_wait_for_ever(sink):
    sink.statuses = [(429, {"Retry-After": "3600"})]
    started = time.monotonic()
    assert slack.send(MESSAGE) is False
    assert time.monotonic() - started < 2


def test_a_broken_slack_is_tried_three_times(sink):
    sink.statuses = [(500, {}), (503, {}), (502, {}), (500, {})]
    assert slack.send(MESSAGE) is False
    assert len(sink.requests) == 3


def test_a_refusal_is_not_tried_again(sink):
    sink.statuses = [(404, {})]
    assert slack.send(MESSAGE) is False
    assert len(sink.requests) == 1


@pytest.mark.parametrize(
    "host", ["http://127.0.0.1:1", "gopher://x", "http://no.such.host.invalid"]
)
def test_the_address_is_in_no_log_and_no_exception(monkeypatch, caplog, capfd, host):
    connection = {"conn_type": "slackwebhook", "host": host, "password": WEBHOOK_TOKEN}
    monkeypatch.setenv("AIRFLOW_CONN_SLACK_WEBHOOK", json.dumps(connection))
    with caplog.at_level(logging.DEBUG):
        assert slack.send(MESSAGE) is False
    told = caplog.text + "".join(capfd.readouterr())
    assert "alert sent=no" in told
    assert "hush-hush" not in told
    assert "services/T0" not in told


def test_what_did_not_go_out_goes_out_later(sink, tmp_path):
    from alerts_support import Clock

    clock = Clock()
    incidents = Incidents(tmp_path, clock)
    sink.statuses = [(404, {})]
    attempt = Attempt("run", "load", 1)
    key = Key("dag", "load", "failed")
    assert (
        tell(incidents, lambda: incidents.failed(key, "2026-01-15", attempt, lambda _: MESSAGE))
        is False
    )
    assert send_due(incidents) == 0
    clock.now = clock.now.replace(minute=3)
    assert send_due(incidents) == 1
    assert sink.texts == ["작업 실패"]
    clock.now = clock.now.replace(hour=20)
    assert send_due(incidents) == 0


def test_without_its_incidents_a_message_is_sent_all_the_same(sink, tmp_path):
    (tmp_path / "incidents").write_text("a file where the folder should be")
    incidents = Incidents(tmp_path)
    attempt = Attempt("run", "load", 1)
    key = Key("dag", "load", "failed")
    sent = tell(
        incidents,
        lambda: incidents.failed(key, "2026-01-15", attempt, lambda _: MESSAGE),
        lambda: MESSAGE,
    )
    assert (sent, sink.texts) == (True, ["작업 실패"])
