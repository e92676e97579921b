"""Asks Airflow for a day or a range of days, over its REST API on this machine."""

from __future__ import annotations

import json
import os
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from jangbu_run.project import ROOT, Refusal, say

DAG = "event_pipeline"
SECONDS = 20
MOST_DAYS = 366
USAGE = 2


@dataclass(frozen=True)
class Airflow:
    """Where Airflow answers, and the files one of which has its password."""

    url: str
    passwords: tuple[Path, ...]

    def token(self) -> str:
        """Logs in as admin.

        :raises Refusal: Airflow does not answer, or no password fits
        """
        found = [password for file in self.passwords if (password := password_in(file))]
        if not found:
            raise Refusal(f"{self.passwords[0]}: not there (expected: `make up` first)", USAGE)
        for password in found:
            status, answer = self.ask(
                "POST", "/auth/token", {"username": "admin", "password": password}
            )
            if status == 201:
                return str(answer["access_token"])
        raise Refusal(f"{self.url}: log-in refused (expected: the password in {self.passwords[0]})")

    def ask(
        self, method: str, path: str, body: Mapping[str, Any] | None, token: str = ""
    ) -> tuple[int, dict[str, Any]]:
        """Status and answer of a request; an error's answer has `detail`."""
        request = urllib.request.Request(
            self.url + path, json.dumps(body).encode() if body is not None else None, method=method
        )
        request.add_header("Content-Type", "application/json")
        if token:
            request.add_header("Authorization", f"Bearer {token}")
        try:
            with urllib.request.urlopen(request, timeout=SECONDS) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            return error.code, readable(error.read())
        except (OSError, ValueError) as failure:
            reason = getattr(failure, "reason", failure)
            raise Refusal(
                f"{self.url}: {reason} (expected: Airflow; start it with `make up` or `make airflow`)"
            ) from None


def readable(body: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(body)
    except ValueError:
        answer = None
    return answer if isinstance(answer, dict) else {"detail": body.decode("utf-8", "replace")[:200]}


def password_in(file: Path) -> str:
    """The password alone, or Airflow's own file of users and passwords."""
    try:
        text = file.read_text().strip()
    except OSError:
        return ""
    if not text.startswith("{"):
        return text
    return str(json.loads(text).get("admin", ""))


def of_process(environment: Mapping[str, str] = os.environ) -> Airflow:
    """The Airflow of `make up`, or of `make airflow`."""
    port = environment.get("PORT") or environment.get("JANGBU_HTTP_PORT") or "8080"
    workspace = Path(environment.get("JANGBU_WORKSPACE") or "data").expanduser()
    return Airflow(
        f"http://127.0.0.1:{port}",
        (
            ROOT / (environment.get("JANGBU_SECRETS") or "secrets") / "airflow_admin_password",
            ROOT / workspace / "airflow" / "passwords.json",
        ),
    )


def day(name: str, value: str) -> date:
    try:
        if len(value) != len("2026-01-15"):
            raise ValueError
        return date.fromisoformat(value)
    except ValueError:
        raise Refusal(
            f"{name}: {value or 'not set'} (expected: {name}=2026-01-15)", USAGE
        ) from None


def midnight(of: date) -> str:
    """The first moment of a business date."""
    return f"{of.isoformat()}T00:00:00+09:00"


def trigger(airflow: Airflow, business_date: date) -> str:
    """Starts a run of one business date; where to look at it."""
    token = airflow.token()
    unpause(airflow, token)
    run = {
        "logical_date": None,
        "conf": {"business_date": business_date.isoformat()},
        "note": f"business date {business_date}",
    }
    made = must(
        airflow.ask("POST", f"/api/v2/dags/{DAG}/dagRuns", run, token), f"DS={business_date}"
    )
    return f"{airflow.url}/dags/{DAG}/runs/{made['dag_run_id']}"


def backfill(airflow: Airflow, first: date, last: date) -> str:
    """Starts a backfill of business dates, both ends among them; days that ran are run again.

    :raises Refusal: the range is turned round or longer than a year, or another backfill is under way
    """
    if not 0 <= (last - first).days < MOST_DAYS:
        raise Refusal(
            f"FROM={first} TO={last} (expected: FROM before TO, at most {MOST_DAYS} days)", USAGE
        )
    token = airflow.token()
    unpause(airflow, token)
    asked = {
        "dag_id": DAG,
        "from_date": midnight(first),
        "to_date": midnight(last),
        "run_backwards": False,
        "reprocess_behavior": "completed",
        "max_active_runs": 2,
        "dag_run_conf": {},
    }
    made = must(airflow.ask("POST", "/api/v2/backfills", asked, token), f"FROM={first} TO={last}")
    return f"{airflow.url}/dags/{DAG}/backfills (number {made['id']})"


def unpause(airflow: Airflow, token: str) -> None:
    """A paused DAG would take the request and do nothing."""
    path = f"/api/v2/dags/{DAG}"
    found = must(airflow.ask("GET", path, None, token), DAG)
    if found["is_paused"]:
        must(airflow.ask("PATCH", path, {"is_paused": False}, token), DAG)
        say(f"{DAG} was paused and is not any more; it will also run by its schedule")


def must(answer: tuple[int, dict[str, Any]], what: str) -> dict[str, Any]:
    status, body = answer
    if status // 100 == 2:
        return body
    detail = body.get("detail", body)
    text = detail if isinstance(detail, str) else json.dumps(detail)
    raise Refusal(f"{what}: Airflow answers {status}: {' '.join(text.split())[:300]}")


def main(arguments: list[str]) -> int:
    """Carry out `trigger 2026-01-15` `backfill 2026-01-01 2026-01-31`."""
    airflow = of_process()
    match arguments:
        case ["trigger", ds]:
            place = trigger(airflow, day("DS", ds))
        case ["backfill", first, last]:
            place = backfill(airflow, day("FROM", first), day("TO", last))
        case _:
            raise Refusal(
                f"{' '.join(arguments)} (expected: trigger DS, or backfill FROM TO)", USAGE
            )
    say(f"started; look at {place}")
    return 0
