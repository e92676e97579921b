"""What the DAG wires in: its callbacks, and the two functions its tasks call.

No callback raises: an alert that fails must not hide what it is about. What Airflow hands over is read with care, for
in the DAG processor, which runs the callbacks of runs and of killed tasks, most of it is missing.
"""

from __future__ import annotations

import functools
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from jangbu.alerts import messages
from jangbu.alerts.causes import ACCOUNTS, QUALITY, RUN_FAILED, Cause, cause_named, cause_of
from jangbu.alerts.delivery import send_due, tell
from jangbu.alerts.incidents import Attempt, Incident, Incidents, Key
from jangbu.alerts.messages import Continuing, Links, Message, TaskFailure
from jangbu.alerts.reports import UnreadableReport, read_day, read_quality_failure
from jangbu.business_date import business_date, is_backfilled
from jangbu.settings import Settings

RESULT_KEY = "job_result"
# A task tells of itself within moments; its run's callback waits so long before it does so in its place.
GRACE_SECONDS = 5.0

log = logging.getLogger(__name__)
Context = Mapping[str, Any]


@dataclass(frozen=True)
class RunFacts:
    """What a callback knows of its run."""

    dag_id: str
    run_id: str
    business_date: date | None

    @property
    def date(self) -> str:
        """The date the incidents know; the run itself where it has none."""
        return self.run_id if self.business_date is None else self.business_date.isoformat()


@dataclass(frozen=True)
class Result:
    """How a task's job ended; without a code where no job ended."""

    exit_code: int | None = None
    said: str = ""


def _never_raises(callback: Callable[[Context], None]) -> Callable[[Context], None]:
    @functools.wraps(callback)
    def guarded(context: Context) -> None:
        try:
            callback(context)
        except Exception:
            log.exception("alert callback=%s failed", callback.__name__)

    return guarded


@_never_raises
def on_task_failure(context: Context) -> None:
    """A task failed and will not be tried again."""
    incidents = open_incidents()
    run = run_of(context)
    is_on_purpose = _is_refusal_of_the_day(context)
    if is_on_purpose and _quality_told(incidents, run, context):
        return
    if is_on_purpose and is_told_in_summary(incidents, run.run_id):
        return
    _tell_task(incidents, run, context["ti"], _result_of(context))


@_never_raises
def on_account_failure(context: Context) -> None:
    """A task of one account failed: its run tells of all accounts at once."""
    log.info("alert told=later task=%s: in the summary of the run", context["ti"].task_id)


@_never_raises
def on_run_failure(context: Context) -> None:
    """A run failed: tells what no task has told, such as a killed task or a run out of time."""
    incidents = open_incidents()
    run = run_of(context)
    ti = context.get("ti")
    if ti is None or context.get("reason", "task_failure") != "task_failure":
        _tell_run(incidents, run, str(context.get("reason", "")))
        return
    if is_left_to_summary(ti) and is_told_in_summary(incidents, run.run_id):
        return
    if _told_by_task(incidents, _attempt(ti)) or _quality_told(incidents, run, context):
        return
    _tell_task(incidents, run, ti, _result_in_xcom(ti))


@_never_raises
def on_run_success(context: Context) -> None:
    """A run passed: its date is taken off all incidents, and those without a date left are over."""
    incidents = open_incidents()
    run = run_of(context)
    passed(incidents, run.dag_id, {run.date, run.run_id}, datetime.now(UTC))
    send_due(incidents)


def tell_quality_failure(context: Context) -> None:
    """For the task behind the gate's refusal: tells the failed checks of the day. Never fails the task."""
    incidents = open_incidents()
    run = run_of(context)
    told = _quality_message(run)
    attempt = _attempt(context["ti"])
    tell(
        incidents,
        lambda: incidents.failed(_quality_key(run.dag_id), run.date, attempt, told),
        lambda: told(None),
    )


def tell_completion(context: Context) -> None:
    """For the last task of a run: tells the day's figures, once; nothing for a day that did not pass its checks.

    A backfilled day's figures go to the log: whoever asked for thirty days does not want thirty messages.

    :raises UnreadableReport: the day has no report
    """
    run = run_of(context)
    if run.business_date is None:
        raise UnreadableReport("the run has no business date (expected: one with a report)")
    day = read_day(Settings.from_environment().workspace, run.business_date)
    if day is None:
        log.info("alert completion=not_told reason=the day did not pass its checks")
        return
    message = messages.day_completed(day)
    if is_backfilled(context.get("dag_run")):
        log.info("alert completion=logged backfill: %s", message.text)
        return
    incidents = open_incidents()
    key = Key(run.dag_id, "", "completed")
    attempt = _attempt(context["ti"])
    tell(incidents, lambda: incidents.note(key, run.date, attempt, message), lambda: message)


def passed(incidents: Incidents, dag_id: str, dates: set[str], at: datetime) -> int:
    """Takes dates off a DAG's incidents and tells those that are over; how many."""
    claims = incidents.passed(dag_id, dates, at, recovery)
    for claim in claims:
        tell(incidents, lambda claim=claim: claim)
    return len(claims)


def recovery(incident: Incident) -> Message:
    """The message of an incident that is over."""
    return messages.recovered(
        messages.Recovered(
            incident.dag_id,
            incident.task_id,
            cause_named(incident.cause),
            tuple(incident.all_dates),
            incident.opened(),
            datetime.fromisoformat(incident.closed_at),
        )
    )


def tell_failure(
    incidents: Incidents, run: RunFacts, attempt: Attempt, result: Result, log_url: str
) -> None:
    """Records a task's failure and tells it if its incident wants so; `attempt` without a task is the whole run."""
    cause = cause_of(result.exit_code) if attempt.task_id else cause_named(RUN_FAILED)
    if cause.word == QUALITY:
        key, told = _quality_key(run.dag_id), _quality_message(run)
    else:
        key = Key(run.dag_id, "" if cause.is_shared else attempt.task_id, cause.word)
        told = _task_message(run, attempt, cause, result, log_url)
    tell(
        incidents,
        lambda: incidents.failed(key, run.date, attempt, told),
        lambda: told(None),
    )
    send_due(incidents)


def is_quality_told(
    incidents: Incidents, dag_id: str, run_id: str, states: Mapping[str, Any]
) -> bool:
    """Whether the run, as it stands, failed by its data's quality and that is on record.

    `states` of its tasks, as far as known: where the task that told was skipped since, the day has passed its checks in
    the meantime and what failed now is something else.
    """
    key = _quality_key(dag_id)
    tellers = [
        task_id
        for incident in _of_run(incidents, run_id)
        if incident.key() == key
        for seen_run, task_id, _ in incident.seen
        if seen_run == run_id
    ]
    return any(str(states.get(task_id, "success")) != "skipped" for task_id in tellers)


def is_told_in_summary(incidents: Incidents, run_id: str) -> bool:
    """Whether the run has told of its accounts."""
    return any(incident.cause == ACCOUNTS for incident in _of_run(incidents, run_id))


def is_left_to_summary(ti: Any) -> bool:
    """Whether a failed task is one of an account, or the one that fails because of them."""
    return int(getattr(ti, "map_index", -1)) >= 0 or ti.task_id == "verdict"


def _tell_task(incidents: Incidents, run: RunFacts, ti: Any, result: Result) -> None:
    tell_failure(incidents, run, _attempt(ti), result, str(getattr(ti, "log_url", "") or ""))


def _tell_run(incidents: Incidents, run: RunFacts, reason: str) -> None:
    if _of_run(incidents, run.run_id):
        return
    attempt = Attempt(run.run_id, "", 0)
    tell_failure(incidents, run, attempt, Result(None, f"run failed: {reason or 'no reason'}"), "")


def _told_by_task(incidents: Incidents, attempt: Attempt) -> bool:
    deadline = time.monotonic() + GRACE_SECONDS
    try:
        while not incidents.knows(attempt):
            if time.monotonic() > deadline:
                return False
            time.sleep(0.5)
    except OSError:
        return False
    return True


def _of_run(incidents: Incidents, run_id: str) -> list[Incident]:
    """Nothing where the incidents cannot be read: what is not known to be told is told."""
    try:
        return incidents.of_run(run_id)
    except OSError:
        return []


def _quality_told(incidents: Incidents, run: RunFacts, context: Context) -> bool:
    return is_quality_told(incidents, run.dag_id, run.run_id, _states(context.get("ti"), run))


def _is_refusal_of_the_day(context: Context) -> bool:
    """A task that fails on purpose, so that a refused day's run is seen to have failed."""
    exception = context.get("exception")
    names = {kind.__name__ for kind in type(exception).__mro__}
    return "AirflowFailException" in names and not hasattr(exception, "exit_code")


def _quality_key(dag_id: str) -> Key:
    return Key(dag_id, "", QUALITY)


def _quality_message(run: RunFacts) -> Callable[[Continuing | None], Message]:
    def told(continuing: Continuing | None) -> Message:
        settings = Settings.from_environment()
        links = Links(settings.runbook_url)
        cause = cause_named(QUALITY)
        try:
            if run.business_date is None:
                raise UnreadableReport("the run has no business date")
            failure = read_quality_failure(settings.workspace, run.dag_id, run.business_date, links)
            return messages.quality_failed(failure, continuing)
        except UnreadableReport as problem:
            bare = TaskFailure(
                run.dag_id,
                "quality",
                run.business_date,
                cause,
                said=str(problem),
                run_id=run.run_id,
                links=links,
            )
            return messages.task_failed(bare, continuing)

    return told


def _task_message(
    run: RunFacts, attempt: Attempt, cause: Cause, result: Result, log_url: str
) -> Callable[[Continuing | None], Message]:
    failure = TaskFailure(
        run.dag_id,
        attempt.task_id,
        run.business_date,
        cause,
        result.exit_code,
        attempt.number,
        result.said,
        run.run_id,
        Links(Settings.from_environment().runbook_url, log_url),
    )
    return functools.partial(messages.task_failed, failure)


def open_incidents() -> Incidents:
    """The incidents of this server."""
    return Incidents(Settings.from_environment().alert_state)


def run_of(context: Context) -> RunFacts:
    """What is known of the run a callback or a task belongs to."""
    dag_run = context.get("dag_run")
    run_id = str(context.get("run_id") or getattr(dag_run, "run_id", "unknown"))
    return RunFacts(_dag_id(context), run_id, _business_date(dag_run, context))


def _dag_id(context: Context) -> str:
    for holder in (context.get("ti"), context.get("dag")):
        if dag_id := getattr(holder, "dag_id", None):
            return str(dag_id)
    return "unknown"


def _business_date(dag_run: Any, context: Context) -> date | None:
    try:
        return business_date(dag_run, context.get("params") or {})
    except (AttributeError, TypeError, ValueError):
        return None


def _attempt(ti: Any) -> Attempt:
    return Attempt(str(ti.run_id), str(ti.task_id), int(ti.try_number or 0))


def _result_of(context: Context) -> Result:
    exception = context.get("exception")
    if exception is None or isinstance(exception, str):
        return _result_in_xcom(context["ti"])
    if hasattr(exception, "exit_code"):
        summary = getattr(exception, "summary", None) or {}
        return Result(_code(exception.exit_code), str(summary.get("message") or exception))
    return Result(None, f"{type(exception).__name__}: {exception}")


def _result_in_xcom(ti: Any) -> Result:
    try:
        return result_of_value(ti.xcom_pull(task_ids=ti.task_id, key=RESULT_KEY))
    except Exception as failure:
        log.info("alert job_result=unreadable reason=%s", type(failure).__name__)
        return Result()


def result_of_value(value: Any) -> Result:
    """The result an operator pushed; empty where it is none, or of a job that was done."""
    if not isinstance(value, Mapping):
        return Result()
    summary = value.get("summary")
    said = summary.get("message") if isinstance(summary, Mapping) else ""
    return Result(_code(value.get("exit_code")), str(said or ""))


def _code(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value != 0 else None


def _states(ti: Any, run: RunFacts) -> Mapping[str, Any]:
    try:
        states = ti.get_task_states(run.dag_id, run_ids=[run.run_id])
        return states.get(run.run_id) or {}
    except Exception as failure:
        log.info("alert task_states=unreadable reason=%s", type(failure).__name__)
        return {}
