"""Real stand-ins for what the alerts talk to: a Slack that keeps what it got, an Airflow that answers as told."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

WEBHOOK_TOKEN = "services/T0/B0/hush-hush"


@dataclass
class SlackSink:
    """Keeps each message; answers with `statuses` in turn, then with 200."""

    address: str = ""
    statuses: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    messages: list[dict[str, Any]] = field(default_factory=list)

    @property
    def connection(self) -> str:
        """The value of AIRFLOW_CONN_SLACK_WEBHOOK."""
        return json.dumps(
            {"conn_type": "slackwebhook", "host": self.address, "password": WEBHOOK_TOKEN}
        )

    @property
    def texts(self) -> list[str]:
        return [message["text"] for message in self.messages]

    def answer(self, path: str, body: bytes) -> tuple[int, dict[str, str]]:
        self.requests.append(path)
        status, headers = self.statuses.pop(0) if self.statuses else (200, {})
        if status == 200:
            self.messages.append(json.loads(body))
        return status, headers


@contextmanager
def slack_sink() -> Iterator[SlackSink]:
    """A Slack on loopback."""
    sink = SlackSink()

    class Handler(_Quiet):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status, headers = sink.answer(self.path, body)
            self.reply(status, b"ok" if status == 200 else b"no", headers)

    with _serving(Handler) as address:
        sink.address = address
        yield sink


@dataclass
class AirflowStub:
    """Answers the sentinel's questions from plain lists; `token` is what a login gets."""

    address: str = ""
    token: str = "token-1"
    health: dict[str, str] = field(
        default_factory=lambda: dict.fromkeys(
            ("metadatabase", "scheduler", "dag_processor"), "healthy"
        )
    )
    runs: list[dict[str, Any]] = field(default_factory=list)
    tasks: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    results: dict[tuple[str, str], Any] = field(default_factory=dict)
    is_paused: bool = False
    logins: int = 0
    asked: list[str] = field(default_factory=list)

    def answer(self, path: str, query: dict[str, list[str]]) -> tuple[int, Any]:
        parts = path.strip("/").split("/")[2:]
        if parts[-1] == "health":
            return 200, {part: {"status": status} for part, status in self.health.items()}
        if parts[-1] == "dagRuns":
            return 200, {"dag_runs": self._runs(parts[1], query)}
        if parts[-1] == "taskInstances":
            return 200, {"task_instances": self.tasks.get(parts[3], [])}
        if "xcomEntries" in parts:
            value = self.results.get((parts[3], parts[5]))
            return (404, {"detail": "none"}) if value is None else (200, {"value": value})
        return 200, {"is_paused": self.is_paused}

    def _runs(self, dag_id: str, query: dict[str, list[str]]) -> list[dict[str, Any]]:
        order = query["order_by"][0].lstrip("-")
        runs = [run for run in self.runs if dag_id in ("~", run["dag_id"]) and run[order]]
        if "state" in query:
            runs = [run for run in runs if run["state"] in query["state"]]
        offset, limit = int(query["offset"][0]), int(query["limit"][0])
        return sorted(runs, key=lambda run: run[order], reverse=True)[offset : offset + limit]


@contextmanager
def airflow_stub() -> Iterator[AirflowStub]:
    """An Airflow on loopback, as far as the sentinel asks it."""
    stub = AirflowStub()

    class Handler(_Quiet):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            stub.logins += 1
            known = asked == {"username": "admin", "password": "right"}
            answer = {"access_token": stub.token} if known else {"detail": "no"}
            self.reply(201 if known else 401, json.dumps(answer).encode(), {})

        def do_GET(self) -> None:
            asked = urlsplit(self.path)
            stub.asked.append(asked.path)
            is_open = asked.path.endswith("/health")
            if not is_open and self.headers.get("Authorization") != f"Bearer {stub.token}":
                self.reply(401, b"{}", {})
                return
            status, answer = stub.answer(asked.path, parse_qs(asked.query))
            self.reply(status, json.dumps(answer).encode(), {})

    with _serving(Handler) as address:
        stub.address = address
        yield stub


@dataclass
class Clock:
    """A clock that stands until it is moved."""

    now: datetime = datetime(2026, 1, 16, 0, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_time(self, span: timedelta) -> None:
        self.now += span


def message_limits_hold(message: dict[str, Any], length: Callable[[str], int]) -> list[str]:
    """What of a message Slack would refuse; empty when nothing."""
    problems = []
    if not 0 < length(message["text"]) <= 4000:
        problems.append("text")
    if not 0 < len(message["blocks"]) <= 50:
        problems.append("blocks")
    for block in message["blocks"]:
        kind = block["type"]
        if kind == "header" and not 0 < length(block["text"]["text"]) <= 150:
            problems.append("header")
        if kind == "section" and "text" in block and not 0 < length(block["text"]["text"]) <= 3000:
            problems.append("section")
        fields = block.get("fields", [])
        if len(fields) > 10 or any(not 0 < length(one["text"]) <= 2000 for one in fields):
            problems.append("fields")
        elements = block.get("elements", [])
        if len(elements) > 10 or any(not 0 < length(one["text"]) <= 3000 for one in elements):
            problems.append("context")
    return problems


class _Quiet(BaseHTTPRequestHandler):
    def reply(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Tests read what was asked, not a log."""


@contextmanager
def _serving(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
