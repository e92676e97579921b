"""What is told of a run of a day, and of Airflow itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from jangbu.alerts.causes import Cause
from jangbu.alerts.messages import blocks, wording
from jangbu.alerts.messages.blocks import NO_LINKS, Continuing, Links, Message
from jangbu.alerts.plain import CUT, code, escaped

CHECKS_SHOWN = 10
EXAMPLES_SHOWN = 3


@dataclass(frozen=True)
class TaskFailure:
    """A task's final failure. `business_date` is None where the run has none; `said` is the job's own line."""

    dag_id: str
    task_id: str
    business_date: date | None
    cause: Cause
    exit_code: int | None = None
    tries: int = 0
    said: str = ""
    run_id: str = ""
    links: Links = NO_LINKS


@dataclass(frozen=True)
class FailedCheck:
    """A check below its threshold. Rates are shares from 0 to 1; examples hold no personal data."""

    name: str
    counted: int
    failed: int
    pass_rate: Decimal
    threshold: Decimal
    examples: tuple[str, ...] = ()


@dataclass(frozen=True)
class QualityFailure:
    """A day that did not pass its checks; without failed checks it was empty."""

    dag_id: str
    business_date: date | None
    counted: int
    rejected: int
    checks: tuple[FailedCheck, ...]
    cause: Cause
    report: str = ""
    links: Links = NO_LINKS


@dataclass(frozen=True)
class CompletedDay:
    """A day from its source to its marts. Figures are None where the day was never loaded."""

    business_date: date
    events: int | None
    users: int | None
    orders: int | None
    revenue: Decimal | None
    checks_passed: int
    checks: int
    rejected: int | None
    seconds: Decimal
    dashboard: str
    incomplete: str = ""


@dataclass(frozen=True)
class Recovered:
    """An incident without a failed date left."""

    dag_id: str
    task_id: str
    cause: Cause
    dates: tuple[str, ...]
    opened_at: datetime
    closed_at: datetime


@dataclass(frozen=True)
class LateDay:
    """A day whose run should have succeeded by now. `state` says what its run is instead."""

    dag_id: str
    business_date: date
    state: str
    cause: Cause
    links: Links = NO_LINKS


@dataclass(frozen=True)
class UnhealthyAirflow:
    """Airflow away or ill since an instant; `said` names what."""

    since: datetime
    said: str
    cause: Cause
    links: Links = NO_LINKS


def task_failed(failure: TaskFailure, continuing: Continuing | None = None) -> Message:
    """A task failed for good."""
    said = escaped(failure.said, 200)
    what = f"작업 실패: {wording.name(failure.task_id)}" if failure.task_id else "실행 실패:"
    title = f"{what} {wording.day(failure.business_date)}"
    exit_words = "" if failure.exit_code is None else f" (exit code {failure.exit_code})"
    return blocks.message(
        "🔴 " + title,
        wording.joined(" · ", failure.cause.meaning + exit_words, said),
        continuing,
        [
            blocks.section(f"*{failure.cause.meaning}*{exit_words}\n{failure.cause.remedy}"),
            blocks.fields(
                ("DAG", code(failure.dag_id, 300)),
                ("작업 task", code(failure.task_id or "-", 300)),
                ("영업일 business date", wording.day(failure.business_date)),
                ("시도 tries", str(failure.tries) if failure.tries else "-"),
            ),
            *blocks.said(failure.said),
        ],
        blocks.context(failure.links, failure.cause, failure.run_id),
    )


def quality_failed(failure: QualityFailure, continuing: Continuing | None = None) -> Message:
    """A day's data did not pass its checks; nothing of it was loaded."""
    names = ", ".join(
        f"{wording.name(check.name)} {wording.percent(check.pass_rate)}" for check in failure.checks
    )
    why = names or "이벤트 없음 (no events)"
    return blocks.message(
        f"🟠 품질 실패: {wording.day(failure.business_date)}",
        wording.joined(" · ", why, f"거부 {failure.rejected:,}/{failure.counted:,}"),
        continuing,
        [
            blocks.section(f"*{failure.cause.meaning}*\n{failure.cause.remedy}"),
            blocks.fields(
                ("DAG", code(failure.dag_id, 300)),
                ("영업일 business date", wording.day(failure.business_date)),
                ("줄 lines", f"{failure.counted:,}"),
                ("거부 rejected", f"{failure.rejected:,}"),
            ),
            *(
                []
                if failure.checks
                else [blocks.section("*이벤트 없음* (no events): 정상인 줄이 하나도 없습니다")]
            ),
            *_checks(failure.checks),
        ],
        blocks.context(failure.links, failure.cause, "", ("보고서", failure.report)),
    )


def day_completed(day: CompletedDay) -> Message:
    """A day is in the marts, or ended without one of them."""
    quality = f"{day.checks_passed}/{day.checks} 통과"
    figures = (
        ("이벤트 events", wording.count(day.events, "건")),
        ("사용자 users", wording.count(day.users, "명")),
        ("주문 orders", wording.count(day.orders, "건")),
        ("매출 revenue", wording.won(day.revenue)),
        ("품질 quality", quality),
        ("거부 rejected", wording.count(day.rejected, "줄")),
        ("걸린 시간 seconds", f"{day.seconds:,.1f}초"),
    )
    facts = (
        f"이벤트 {figures[0][1]}, 사용자 {figures[1][1]}, 주문 {figures[2][1]}, "
        f"매출 {figures[3][1]}, 품질 {quality}"
    )
    if day.incomplete:
        return blocks.message(
            f"⚠️ 덜 끝난 하루: {day.business_date}",
            wording.joined(" · ", escaped(day.incomplete, 300), facts),
            None,
            [
                blocks.section("*끝났지만 빠진 것이 있습니다* (incomplete)"),
                *blocks.said(day.incomplete),
                blocks.fields(*figures),
            ],
            blocks.small(f"대시보드 {code(day.dashboard, 400)}" if day.dashboard else ""),
        )
    return blocks.message(
        f"✅ 처리 완료: {day.business_date}",
        facts,
        None,
        [blocks.fields(*figures)],
        blocks.small(f"대시보드 {code(day.dashboard, 400)}" if day.dashboard else ""),
    )


def recovered(end: Recovered) -> Message:
    """All dates of an incident passed."""
    dates = wording.shown_dates(end.dates)
    lasted = wording.duration(end.closed_at - end.opened_at)
    what = wording.name(end.task_id or end.dag_id)
    return blocks.message(
        f"🟢 복구됨: {what}",
        wording.joined(" · ", end.cause.meaning, dates, f"{lasted} 걸림"),
        None,
        [
            blocks.section(f"*복구됨* (recovered): {end.cause.meaning}"),
            blocks.fields(
                ("DAG", code(end.dag_id, 300)),
                ("작업 task", code(end.task_id or "-", 300)),
                ("영업일 business dates", dates),
                (
                    "걸린 시간 lasted",
                    f"{lasted} ({wording.clock(end.opened_at)} → {wording.clock(end.closed_at)})",
                ),
            ),
        ],
        [],
    )


def day_late(day: LateDay, continuing: Continuing | None = None) -> Message:
    """A day's scheduled run did not succeed in time."""
    return blocks.message(
        f"🟡 늦음: {day.business_date}",
        wording.joined(" · ", day.cause.meaning, escaped(day.state, 100)),
        continuing,
        [
            blocks.section(f"*{day.cause.meaning}*\n{day.cause.remedy}"),
            blocks.fields(
                ("DAG", code(day.dag_id, 300)),
                ("영업일 business date", str(day.business_date)),
                ("상태 state", escaped(day.state, 300) or "-"),
            ),
        ],
        blocks.context(day.links, day.cause, ""),
    )


def airflow_unhealthy(state: UnhealthyAirflow, continuing: Continuing | None = None) -> Message:
    """Airflow has not been well for a while: no run starts, and none is told by it."""
    return blocks.message(
        "🔴 Airflow 이상",
        wording.joined(" · ", f"{wording.clock(state.since)}부터", escaped(state.said, 200)),
        continuing,
        [
            blocks.section(f"*{state.cause.meaning}*\n{state.cause.remedy}"),
            blocks.fields(("언제부터 since", wording.clock(state.since))),
            *blocks.said(state.said),
        ],
        blocks.context(state.links, state.cause, ""),
    )


def _checks(checks: tuple[FailedCheck, ...]) -> list[dict[str, Any]]:
    shown = [blocks.section(_check(check)) for check in checks[:CHECKS_SHOWN]]
    if len(checks) > CHECKS_SHOWN:
        shown.append(blocks.section(f"그 밖에 {len(checks) - CHECKS_SHOWN}개 검사 {CUT}"))
    return shown


def _check(check: FailedCheck) -> str:
    lines = [
        f"• {code(check.name, 100)} {wording.percent(check.pass_rate)} 통과 (기준 {wording.percent(check.threshold)}), "
        f"{check.counted:,} 중 {check.failed:,} 실패"
    ]
    lines += [f"    {code(example, 300)}" for example in check.examples[:EXAMPLES_SHOWN]]
    return "\n".join(lines)
