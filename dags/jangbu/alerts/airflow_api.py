"""The little of Airflow's REST API the sentinel reads."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen

TIMEOUT_SECONDS = 10
LARGEST_ANSWER = 8_000_000
PAGE = 100
MOST_PAGES = 10


class AirflowAway(Exception):
    """Airflow did not answer, or not as itself; the message says how, without passwords."""


class AirflowApi:
    """Asks as one user; the token is fetched when it is first needed, and again when it is refused."""

    def __init__(self, address: str, user: str, password_file: Path):
        self._address = address
        self._user = user
        self._password_file = password_file
        self._token = ""

    def health(self) -> dict[str, Any]:
        """The parts of Airflow with their status; needs no login."""
        return self._ask("/api/v2/monitor/health", "")

    def log_in(self) -> None:
        """Fetches a token where there is none; a sentinel that cannot log in sees nothing."""
        self._token = self._token or self._new_token()

    def ended_runs(self, since: datetime) -> Iterator[dict[str, Any]]:
        """Runs of all DAGs that failed or succeeded since an instant, the latest first."""
        yield from self._runs(
            "~", {"end_date_gte": since.isoformat(), "state": ["failed", "success"]}, "-end_date"
        )

    def runs_after(self, dag_id: str, since: datetime) -> Iterator[dict[str, Any]]:
        """A DAG's runs that were to start since an instant, the latest first."""
        yield from self._runs(dag_id, {"run_after_gte": since.isoformat()}, "-run_after")

    def is_paused(self, dag_id: str) -> bool:
        """Whether the scheduler makes no runs of a DAG."""
        return bool(self._get(f"/api/v2/dags/{quote(dag_id, safe='')}", {}).get("is_paused"))

    def tasks(self, dag_id: str, run_id: str) -> list[dict[str, Any]]:
        """A run's task instances, at most a thousand."""
        path = (
            f"/api/v2/dags/{quote(dag_id, safe='')}/dagRuns/{quote(run_id, safe='')}/taskInstances"
        )
        return list(self._pages(path, "task_instances", {}))

    def result(self, dag_id: str, run_id: str, task_id: str, key: str) -> Any:
        """A task's XCom; None where it has none."""
        path = (
            f"/api/v2/dags/{quote(dag_id, safe='')}/dagRuns/{quote(run_id, safe='')}"
            f"/taskInstances/{quote(task_id, safe='')}/xcomEntries/{quote(key, safe='')}"
        )
        try:
            value = self._get(path, {"deserialize": "false"}).get("value")
        except AirflowAway:
            return None
        return _decoded(value)

    def _runs(self, dag_id: str, query: Mapping[str, Any], order: str) -> Iterator[dict[str, Any]]:
        path = f"/api/v2/dags/{quote(dag_id, safe='~')}/dagRuns"
        yield from self._pages(path, "dag_runs", {**query, "order_by": order})

    def _pages(self, path: str, name: str, query: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        for page in range(MOST_PAGES):
            answer = self._get(path, {**query, "limit": PAGE, "offset": page * PAGE})
            rows = answer.get(name) or []
            yield from rows
            if len(rows) < PAGE:
                return

    def _get(self, path: str, query: Mapping[str, Any]) -> dict[str, Any]:
        address = f"{path}?{urlencode(query, doseq=True)}" if query else path
        had_token = bool(self._token)
        self.log_in()
        try:
            return self._ask(address, self._token)
        except AirflowRefused:
            self._token = ""
            if not had_token:
                raise
        return self._get(path, query)

    def _new_token(self) -> str:
        asked = {"username": self._user, "password": self._password()}
        try:
            answer = self._ask("/auth/token", "", asked)
        except AirflowRefused:
            raise AirflowRefused(f"login of {self._user} refused (HTTP 401)") from None
        return str(answer.get("access_token") or "")

    def _password(self) -> str:
        try:
            text = self._password_file.read_text("utf-8").strip()
        except OSError as failure:
            raise AirflowAway(f"{self._password_file}: {failure.strerror}") from None
        try:
            users = json.loads(text)
        except ValueError:
            return text
        return str(users.get(self._user, "")) if isinstance(users, dict) else text

    def _ask(self, path: str, token: str, body: Mapping[str, str] | None = None) -> dict[str, Any]:
        headers = {"Accept": "application/json"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        data = None
        if body is not None:
            data = json.dumps(body).encode()
            headers["Content-Type"] = "application/json"
        try:
            with urlopen(
                Request(self._address + path, data, headers), timeout=TIMEOUT_SECONDS
            ) as answer:
                content = answer.read(LARGEST_ANSWER)
            parsed = json.loads(content)
        except HTTPError as failure:
            failure.close()
            kind = AirflowRefused if failure.code == 401 else AirflowAway
            raise kind(f"{path.split('?')[0]}: HTTP {failure.code}") from None
        except (OSError, HTTPException) as failure:
            reason = getattr(failure, "reason", None) or failure
            raise AirflowAway(f"no answer: {reason}") from None
        except ValueError:
            raise AirflowAway(f"{path.split('?')[0]}: no JSON") from None
        if not isinstance(parsed, dict):
            raise AirflowAway(f"{path.split('?')[0]}: no JSON object")
        return parsed


class AirflowRefused(AirflowAway):
    """The token or the password is not accepted."""


def _decoded(value: Any) -> Any:
    """An XCom comes as JSON, or as text that holds it."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value
