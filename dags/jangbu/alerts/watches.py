"""What the sentinel watches: Airflow's health, runs that failed untold, and the day that should be there by now."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

from jangbu.alerts import messages
from jangbu.alerts.airflow_api import AirflowApi, AirflowAway
from jangbu.alerts.callbacks import (
    RESULT_KEY,
    Result,
    RunFacts,
    is_left_to_summary,
    is_quality_told,
    is_told_in_summary,
    passed,
    result_of_value,
    tell_failure,
)
from jangbu.alerts.causes import AIRFLOW, LATE, cause_named
from jangbu.alerts.delivery import tell
from jangbu.alerts.incidents import Attempt, Incidents, Key
from jangbu.alerts.messages import Continuing, LateDay, Links, Message, UnhealthyAirflow
from jangbu.business_date import ZONE, business_date, midnight

WINDOW = timedelta(days=1)
# Callbacks tell within seconds; what is still untold after this, nobody will.
GRACE = timedelta(seconds=20)
PATIENCE = timedelta(minutes=5)
STARTS_AT = time(2, 0)
DUE_AT = time(4, 0)
# A machine switched on at ten makes up for the night first.
CATCHING_UP = timedelta(minutes=10)
WATCHED_PARTS = ("metadatabase", "scheduler", "dag_processor")

log = logging.getLogger(__name__)
Clock = Callable[[], datetime]


class AirflowWatch:
    """Tells once when Airflow has been away or ill for more than five minutes, and when it is back."""

    def __init__(self, api: AirflowApi, incidents: Incidents, runbook: str, clock: Clock):
        self._api = api
        self._incidents = incidents
        self._runbook = runbook
        self._clock = clock
        self._since: datetime | None = None
        self.is_reachable = False

    def look(self) -> None:
        problem = self._problem()
        if not problem:
            self._is_well()
            return
        if self._since is None:
            self._since = self._clock()
            log.warning("sentinel airflow=ill reason=%s", problem)
        if self._clock() - self._since >= PATIENCE:
            self._tell(self._since, problem)

    def _problem(self) -> str:
        self.is_reachable = False
        try:
            health = self._api.health()
            self._api.log_in()
        except AirflowAway as failure:
            return str(failure)
        self.is_reachable = True
        ill = [part for part in WATCHED_PARTS if _status(health, part) != "healthy"]
        return "" if not ill else "unhealthy: " + ", ".join(ill)

    def _is_well(self) -> None:
        if self._since is not None:
            log.info("sentinel airflow=well")
        self._since = None
        dates = {
            day
            for incident in self._incidents.open_ones()
            if incident.cause == AIRFLOW
            for day in incident.dates
        }
        if dates:
            passed(self._incidents, AIRFLOW, dates, self._clock())

    def _tell(self, since: datetime, problem: str) -> None:
        state = UnhealthyAirflow(since, problem, cause_named(AIRFLOW), Links(self._runbook))
        half_days = int((self._clock() - since) / timedelta(hours=12))
        attempt = Attempt(f"airflow-{since.isoformat()}", "", half_days)
        _tell_condition(
            self._incidents,
            Key(AIRFLOW, "", AIRFLOW),
            since.astimezone(ZONE).date().isoformat(),
            attempt,
            lambda continuing: messages.airflow_unhealthy(state, continuing),
        )


class RunWatch:
    """Tells failures that no callback told, and takes passed dates off their incidents."""

    def __init__(self, api: AirflowApi, incidents: Incidents, address: str, clock: Clock):
        self._api = api
        self._incidents = incidents
        self._address = address
        self._clock = clock
        self._done: dict[tuple[str, str, str], datetime] = {}

    def look(self) -> None:
        now = self._clock()
        runs = list(self._api.ended_runs(now - WINDOW))
        # The latest end of a date is what counts: an older failure of a day that passed since is no news.
        latest = {(run["dag_id"], _date_of(run)): run for run in reversed(runs)}
        for run in latest.values():
            ended = datetime.fromisoformat(run["end_date"])
            if now - ended >= GRACE and self._is_new(run, ended):
                self._judge(run, ended)
                self._done[_identity(run)] = ended
        self._forget(now - 2 * WINDOW)

    def _judge(self, run: dict[str, Any], ended: datetime) -> None:
        facts = _facts(run)
        if run["state"] == "failed":
            self._tell_untold(facts)
            return
        if over := passed(self._incidents, facts.dag_id, {facts.date, facts.run_id}, ended):
            log.info("sentinel run=%s dag=%s recovered=%d", facts.run_id, facts.dag_id, over)

    def _tell_untold(self, run: RunFacts) -> None:
        tasks = self._api.tasks(run.dag_id, run.run_id)
        failed = [task for task in tasks if task.get("state") == "failed"]
        states = {task["task_id"]: task.get("state") for task in tasks}
        quality_told = is_quality_told(self._incidents, run.dag_id, run.run_id, states)
        if is_told_in_summary(self._incidents, run.run_id):
            failed = [task for task in failed if not is_left_to_summary(SimpleNamespace(**task))]
            if not failed:
                return
        for task in failed:
            attempt = Attempt(run.run_id, task["task_id"], int(task.get("try_number") or 0))
            result = self._result(run, task["task_id"])
            if self._incidents.knows(attempt) or (quality_told and result.exit_code is None):
                continue
            log.info("sentinel untold run=%s task=%s", run.run_id, task["task_id"])
            tell_failure(self._incidents, run, attempt, result, self._log_url(run, attempt))
        if not failed and not self._incidents.of_run(run.run_id):
            log.info("sentinel untold run=%s", run.run_id)
            result = Result(None, "the run failed without a failed task: out of time, or marked")
            tell_failure(self._incidents, run, Attempt(run.run_id, "", 0), result, "")

    def _result(self, run: RunFacts, task_id: str) -> Result:
        return result_of_value(self._api.result(run.dag_id, run.run_id, task_id, RESULT_KEY))

    def _log_url(self, run: RunFacts, attempt: Attempt) -> str:
        return (
            f"{self._address}/dags/{quote(run.dag_id)}/runs/{quote(run.run_id)}"
            f"/tasks/{quote(attempt.task_id)}?try_number={attempt.number}"
        )

    def _is_new(self, run: dict[str, Any], ended: datetime) -> bool:
        return self._done.get(_identity(run)) != ended

    def _forget(self, before: datetime) -> None:
        self._done = {run: ended for run, ended in self._done.items() if ended > before}


class DayWatch:
    """Tells once when the day's run has not succeeded by 04:00 in Seoul, also when there is none."""

    def __init__(
        self,
        api: AirflowApi,
        incidents: Incidents,
        dag_id: str,
        runbook: str,
        state: Path,
        clock: Clock,
    ):
        self._api = api
        self._incidents = incidents
        self._dag_id = dag_id
        self._runbook = runbook
        self._watching_file = state / "sentinel.since"
        self._clock = clock
        self._first_look: datetime | None = None
        self._settled: date | None = None

    def look(self) -> None:
        now = self._clock().astimezone(ZONE)
        self._first_look = self._first_look or now
        day = now.date() - timedelta(days=1)
        starts = datetime.combine(now.date(), STARTS_AT, ZONE)
        due = datetime.combine(now.date(), DUE_AT, ZONE)
        watching = self._watching_since(now)
        is_early = now < due or now - self._first_look < CATCHING_UP
        if is_early or self._settled == day or watching > starts:
            return
        state = self._state(day)
        if state != "success":
            self._tell(day, state)
        self._settled = day

    def _state(self, day: date) -> str:
        """The state of the day's run: of the one that succeeded, else of the latest; `absent` where there is none."""
        try:
            runs = self._api.runs_after(self._dag_id, midnight(day))
            states = [run["state"] for run in runs if _date_of(run) == day.isoformat()]
            if "success" in states:
                return "success"
            if states:
                return states[0]
            return "paused" if self._api.is_paused(self._dag_id) else "absent"
        except AirflowAway as failure:
            if "HTTP 404" in str(failure):
                return "absent"
            raise

    def _tell(self, day: date, state: str) -> None:
        told = [one for one in self._incidents.open_ones() if day.isoformat() in one.dates]
        if any(one.dag_id == self._dag_id for one in told):
            log.info("sentinel late=%s state=%s told as %s", day, state, told[0].cause)
            return
        log.info("sentinel late=%s state=%s", day, state)
        late = LateDay(
            self._dag_id, day, _in_korean(state), cause_named(LATE), Links(self._runbook)
        )
        _tell_condition(
            self._incidents,
            Key(self._dag_id, "", LATE),
            day.isoformat(),
            Attempt(f"late-{self._dag_id}-{day}", "", 0),
            lambda continuing: messages.day_late(late, continuing),
        )

    def _watching_since(self, now: datetime) -> datetime:
        """When a sentinel first watched here: a day that began before it is nobody's promise."""
        try:
            return datetime.fromisoformat(self._watching_file.read_text("utf-8").strip())
        except (OSError, ValueError):
            self._watching_file.parent.mkdir(parents=True, exist_ok=True)
            self._watching_file.write_text(now.astimezone(UTC).isoformat() + "\n", "utf-8")
            return now


def _tell_condition(
    incidents: Incidents,
    key: Key,
    day: str,
    attempt: Attempt,
    told: Callable[[Continuing | None], Message],
) -> None:
    tell(incidents, lambda: incidents.failed(key, day, attempt, told), None)


def _status(health: dict[str, Any], part: str) -> str:
    said = health.get(part)
    return str(said.get("status")) if isinstance(said, dict) else "absent"


def _in_korean(state: str) -> str:
    words = {
        "absent": "실행이 없음 (absent)",
        "paused": "DAG가 일시정지됨 (paused)",
        "running": "아직 실행 중 (running)",
        "queued": "대기 중 (queued)",
        "failed": "실패 (failed)",
    }
    return words.get(state, state)


def _identity(run: dict[str, Any]) -> tuple[str, str, str]:
    return run["dag_id"], run["dag_run_id"], run["state"]


def _facts(run: dict[str, Any]) -> RunFacts:
    return RunFacts(run["dag_id"], run["dag_run_id"], _day_of(run))


def _date_of(run: dict[str, Any]) -> str:
    return _facts(run).date


def _day_of(run: dict[str, Any]) -> date | None:
    seen = SimpleNamespace(
        run_type=run.get("run_type"),
        data_interval_start=_instant(run.get("data_interval_start")),
        run_after=_instant(run.get("run_after")),
    )
    try:
        return business_date(seen, run.get("conf") or {})
    except (AttributeError, TypeError, ValueError):
        return None


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
