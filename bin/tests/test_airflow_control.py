"""What `make trigger` and `make backfill` ask of Airflow, and what they say when it says no."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from jangbu_run import airflow_control
from jangbu_run.airflow_control import Airflow, day
from jangbu_run.project import Refusal

PASSWORD = "the password"
DAG = "/api/v2/dags/event_pipeline"


class Sink(ThreadingHTTPServer):
    """Answers as Airflow does, and keeps what it was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[tuple[str, str, Any]] = []
        self.answers: dict[str, tuple[int, dict[str, Any]]] = {
            f"GET {DAG}": (200, {"is_paused": False}),
            f"PATCH {DAG}": (200, {}),
            f"POST {DAG}/dagRuns": (200, {"dag_run_id": "manual__1"}),
            "POST /api/v2/backfills": (200, {"id": 7}),
        }


class Handler(BaseHTTPRequestHandler):
    server: Sink

    def answer(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = json.loads(self.rfile.read(length)) if length else None
        if self.path == "/auth/token":
            fits = body == {"username": "admin", "password": PASSWORD}
            self.reply(*(201, {"access_token": "t"}) if fits else (401, {"detail": "no"}))
            return
        assert self.headers["Authorization"] == "Bearer t"
        self.server.asked.append((self.command, self.path, body))
        self.reply(*self.server.answers[f"{self.command} {self.path}"])

    def reply(self, status: int, answer: dict[str, Any]) -> None:
        body = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_PATCH = answer

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def sink() -> Iterator[Sink]:
    server = Sink()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def airflow(sink: Sink, tmp_path: Path) -> Airflow:
    (tmp_path / "password").write_text(PASSWORD + "\n")
    return Airflow(
        f"http://127.0.0.1:{sink.server_address[1]}",
        (tmp_path / "password", tmp_path / "passwords.json"),
    )


def test_day_is_asked_for_by_its_business_date(sink: Sink, airflow: Airflow) -> None:
    place = airflow_control.trigger(airflow, day("DS", "2026-01-15"))

    assert place == f"{airflow.url}/dags/event_pipeline/runs/manual__1"
    assert sink.asked[-1] == (
        "POST",
        f"{DAG}/dagRuns",
        {
            "logical_date": None,
            "conf": {"business_date": "2026-01-15"},
            "note": "business date 2026-01-15",
        },
    )


def test_paused_dag_is_unpaused_and_said(
    sink: Sink, airflow: Airflow, capsys: pytest.CaptureFixture[str]
) -> None:
    sink.answers[f"GET {DAG}"] = (200, {"is_paused": True})

    airflow_control.trigger(airflow, day("DS", "2026-01-15"))

    assert ("PATCH", DAG, {"is_paused": False}) in sink.asked
    assert "event_pipeline was paused and is not any more" in capsys.readouterr().out


def test_range_is_asked_for_in_seouls_days(sink: Sink, airflow: Airflow) -> None:
    place = airflow_control.backfill(airflow, day("FROM", "2026-01-01"), day("TO", "2026-01-31"))

    assert place == f"{airflow.url}/dags/event_pipeline/backfills (number 7)"
    asked = sink.asked[-1][2]
    assert (asked["from_date"], asked["to_date"]) == (
        "2026-01-01T00:00:00+09:00",
        "2026-01-31T00:00:00+09:00",
    )
    assert asked["reprocess_behavior"] == "completed"


@pytest.mark.parametrize(
    ("first", "last"), [("2026-01-02", "2026-01-01"), ("2024-01-01", "2026-01-01")]
)
def test_range_that_cannot_be_meant_is_refused(
    sink: Sink, airflow: Airflow, first: str, last: str
) -> None:
    with pytest.raises(Refusal, match=rf"FROM={first} TO={last} \(expected: FROM before TO"):
        airflow_control.backfill(airflow, day("FROM", first), day("TO", last))
    assert sink.asked == []


def test_password_of_the_laptops_airflow_is_tried_too(sink: Sink, tmp_path: Path) -> None:
    (tmp_path / "old").write_text("another server's")
    (tmp_path / "passwords.json").write_text(json.dumps({"admin": PASSWORD}))
    airflow = Airflow(
        f"http://127.0.0.1:{sink.server_address[1]}",
        (tmp_path / "old", tmp_path / "passwords.json"),
    )

    assert airflow.token() == "t"


def test_wrong_password_names_its_file(airflow: Airflow) -> None:
    airflow.passwords[0].write_text("wrong")

    with pytest.raises(Refusal) as refused:
        airflow.token()
    assert str(refused.value) == (
        f"{airflow.url}: log-in refused (expected: the password in {airflow.passwords[0]})"
    )


def test_airflows_own_no_is_one_line(sink: Sink, airflow: Airflow) -> None:
    sink.answers["POST /api/v2/backfills"] = (409, {"detail": "There is already\n a backfill"})

    with pytest.raises(Refusal) as refused:
        airflow_control.backfill(airflow, day("FROM", "2026-01-01"), day("TO", "2026-01-02"))
    assert str(refused.value) == (
        "FROM=2026-01-01 TO=2026-01-02: Airflow answers 409: There is already a backfill"
    )


def test_nobody_there_is_one_line(airflow: Airflow, sink: Sink) -> None:
    away = Airflow("http://127.0.0.1:1", airflow.passwords)

    with pytest.raises(Refusal, match=r"http://127.0.0.1:1: .*refused \(expected: Airflow; start"):
        away.token()


@pytest.mark.parametrize("value", ["", "2026-1-15", "20260115", "2026-02-30", "yesterday"])
def test_wrong_date_is_refused(value: str) -> None:
    with pytest.raises(Refusal, match=r"DS: .* \(expected: DS=2026-01-15\)"):
        day("DS", value)
