"""Tells how a run over the shops' accounts went: one message, read off the states and results of its mapped tasks."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from jangbu.accounts import PLATFORMS, Part, waiting_for_owners
from jangbu.alerts import callbacks, messages
from jangbu.alerts.causes import ACCOUNTS, cause_of
from jangbu.alerts.delivery import tell as tell_once
from jangbu.alerts.incidents import Attempt, Key
from jangbu.alerts.messages import AccountsDay, Difference, FailedPart, Links, Rejects
from jangbu.business_date import is_backfilled
from jangbu.settings import Settings

# In this order; the first that failed is what is told of a part.
STEPS = {"extract": "추출", "check": "검사", "load": "적재"}
# What is made of all accounts together.
BUILT = ("marts.orders", "marts.web_traffic", "dashboard")
RECONCILE = " 대조(reconcile)"
# A task that could not run since another failed before it.
NEVER_BEGUN = ("upstream_failed", "skipped", "removed")

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Mapped:
    """One of a mapped group's three tasks: its state, and where its result lies."""

    platform: str
    index: int
    step: str
    state: str

    @property
    def task_id(self) -> str:
        return f"{self.platform}.account.{self.step}"

    @property
    def is_failed(self) -> bool:
        return self.state != "success" and self.state not in NEVER_BEGUN


def tell(context: Mapping[str, Any]) -> list[str]:
    """Sends the message, once a try; returns the accounts of which something failed.

    A run without accounts is told in the log only, and so is a backfilled one.
    """
    ti = context["ti"]
    run = callbacks.run_of(context)
    parts = {platform: ti.xcom_pull(task_ids=f"{platform}.parts") or [] for platform in PLATFORMS}
    states = ti.get_task_states(run.dag_id, run_ids=[run.run_id]).get(run.run_id) or {}
    accounts = ti.xcom_pull(task_ids="accounts") or []
    day = AccountsDay(
        run.business_date,
        len({part["account"] for those in parts.values() for part in those}),
        sum(len(those) for those in parts.values()),
        tuple(failed_parts(ti, parts, states)),
        tuple(waiting_for_owners(accounts)),
        incomplete(states),
        Links(Settings.from_environment().runbook_url),
        tuple(differences(ti)),
        tuple(rejects(ti)),
    )
    message = messages.accounts_done(day)
    if is_backfilled(context.get("dag_run")) or not accounts:
        log.info("alert accounts=logged: %s", message.text)
        return list(day.failed_accounts)
    incidents = callbacks.open_incidents()
    key, attempt = Key(run.dag_id, "", ACCOUNTS), Attempt(run.run_id, ti.task_id, ti.try_number)
    tell_once(incidents, lambda: incidents.note(key, run.date, attempt, message), lambda: message)
    return list(day.failed_accounts)


def failed_parts(
    ti: Any, parts: Mapping[str, list[Part]], states: Mapping[str, Any]
) -> Iterator[FailedPart]:
    """The parts that were not brought in, each with the step it ended at."""
    for platform, those in parts.items():
        for index, part in enumerate(those):
            first = next(
                (task for task in tasks_of(platform, index, states) if task.is_failed), None
            )
            if first is not None:
                yield failed_part(part, first, ti)


def tasks_of(platform: str, index: int, states: Mapping[str, Any]) -> Iterable[Mapped]:
    for step in STEPS:
        state = state_in(states, f"{platform}.account.{step}_{index}")
        yield Mapped(platform, index, step, state)


def failed_part(part: Part, task: Mapped, ti: Any) -> FailedPart:
    """What a failed task's job said of itself; nothing where none ended."""
    pushed = ti.xcom_pull(task_ids=task.task_id, key=callbacks.RESULT_KEY, map_indexes=task.index)
    result = callbacks.result_of_value(pushed)
    said = pushed.get("summary") if isinstance(pushed, Mapping) else None
    needs = said.get("needs_attention") if isinstance(said, Mapping) else ""
    kind = RECONCILE if part["reconcile"] else ""
    return FailedPart(
        part["account"],
        part["dataset"] + kind,
        f"{STEPS[task.step]} {task.step}",
        cause_of(result.exit_code),
        result.exit_code,
        result.said,
        str(needs or ""),
    )


def differences(ti: Any) -> Iterator[Difference]:
    """What the weekly readings found, of the accounts in which they found anything."""
    for summary in done(ti, "load"):
        found = difference_in(summary)
        if found is not None and found.days > 0:
            yield found


def rejects(ti: Any) -> Iterator[Rejects]:
    """What was rejected of the parts that were let through, of those of which something was."""
    for summary in done(ti, "check"):
        found = rejects_in(summary)
        if found is not None and found.rejected > 0:
            yield found


def done(ti: Any, step: str) -> Iterator[Mapping[str, Any]]:
    """The summaries of a step's jobs that were done, of all platforms: one question each, however many accounts."""
    for platform in PLATFORMS:
        pushed = ti.xcom_pull(task_ids=f"{platform}.account.{step}", key=callbacks.RESULT_KEY)
        # Of a single part it is the result itself.
        for result in [pushed] if isinstance(pushed, Mapping) else pushed or []:
            if isinstance(result, Mapping) and result.get("exit_code") == 0:
                summary = result.get("summary")
                if isinstance(summary, Mapping):
                    yield summary


def difference_in(summary: Mapping[str, Any]) -> Difference | None:
    """What a load's summary says of its reading; None where it was none, or says it in other words."""
    try:
        return Difference(
            account_of(summary),
            int(summary["different_days"]),
            int(summary["unknown_orders"]),
            int(summary["unread_orders"]),
            # As text: an amount that was read as a float is meant as it was written.
            Decimal(str(summary["gross_difference"])),
            str(summary["difference_currency"]),
        )
    except (KeyError, TypeError, ValueError, ArithmeticError):
        return None


def rejects_in(summary: Mapping[str, Any]) -> Rejects | None:
    """What a check's summary says it rejected; None where it says it in other words."""
    try:
        return Rejects(
            account_of(summary),
            str(summary["dataset"]) + (RECONCILE if "." in summary["slice"] else ""),
            int(summary["lines"]),
            int(summary["rejected"]),
            {str(name): int(count) for name, count in summary["rejected_by_reason"].items()},
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def account_of(summary: Mapping[str, Any]) -> str:
    """Whose a run was: the slice, or what stands before its dot."""
    return str(summary["slice"]).partition(".")[0]


def incomplete(states: Mapping[str, Any]) -> str:
    """What of the marts is not there, in words; empty where all of it is."""
    missing = [name for name in BUILT if state_in(states, name) != "success"]
    return f"마트·대시보드 미완료: {', '.join(missing)}" if missing else ""


def state_in(states: Mapping[str, Any], task: str) -> str:
    state = states.get(task)
    return str(getattr(state, "value", state))
