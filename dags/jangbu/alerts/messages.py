"""What is told, as Slack messages: pure functions from what happened to text and blocks.

Korean first, then the facts. `Message.text` alone is what a phone shows, so it says what, which day and why.
All foreign text goes through `plain.escaped`; Block Kit's limits hold for any input.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from jangbu.alerts.causes import Cause
from jangbu.alerts.plain import CUT, code, escaped, first, length, link

SEOUL = ZoneInfo("Asia/Seoul")
HEADER_LIMIT = 150
SECTION_LIMIT = 3000
FIELD_LIMIT = 2000
FIELDS_LIMIT = 10
BLOCKS_LIMIT = 50
TEXT_LIMIT = 1000
CHECKS_SHOWN = 10
EXAMPLES_SHOWN = 3
DATES_SHOWN = 25
ACCOUNTS_SHOWN = 12
REASONS_SHOWN = 2
# What an account's owner is asked for, as the extraction names it.
NEEDS = {
    "REAUTH_REQUIRED": "다시 동의해야 합니다: accounts consent",
    "SCOPE": "앱에 빠진 권한을 주고 다시 동의하세요",
    "IP_NOT_ALLOWED": "이 서버의 IP를 플랫폼에 등록하세요",
    "WRONG_SECRET": "비밀 값이 틀립니다: accounts rotate",
    "HUMAN_NEEDED": "사람이 한 번 로그인해야 합니다",
    "PERMISSION_DENIED": "서비스 계정을 속성에 추가하세요",
}
SALES_SHOWN = 3
# The rules of mart_card_anomaly, as ops.anomaly_rule and the search call them.
RULES = {
    "over_twice_week": "주간 객단가 2배 초과",
    "same_card_same_amount": "같은 카드 같은 금액 반복",
    "store_hour_outlier": "시간대 이상 금액",
    "card_burst": "짧은 시간 여러 가맹점 결제",
    "cancellation_share": "취소 비율 급증",
    "outside_hours": "평소 영업시간 외 결제",
}
# What stands behind a score and an expectation, by the units of ops.anomaly_rule.
SCORE_UNITS = {"times": "배", "nth": "번째", "z": "σ", "approvals": "건", "hours": "시간"}
EXPECTED_UNITS = {
    "won": "원",
    "payments": "건까지",
    "approvals": "건까지",
    "cancellations": "건",
    "hour_of_day": "시",
}
NEEDS_UNKNOWN = "주인의 조치가 필요합니다"


@dataclass(frozen=True)
class Message:
    """One Slack message, as the webhook takes it."""

    text: str
    blocks: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class Continuing:
    """An incident that was told and goes on: a reminder says how many dates it has by now."""

    dates: tuple[str, ...]
    since: datetime


@dataclass(frozen=True)
class Links:
    """Where to look next; an empty address is left out, one that is no URL is shown as text."""

    runbook: str = ""
    log: str = ""


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
    links: Links = Links()


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
    links: Links = Links()


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
class FailedPart:
    """One dataset of an account that was not brought in. `step` is where it ended, `said` the job's own line.

    `needs` is what its owner is asked for, such as REAUTH_REQUIRED; empty where nobody is.
    """

    account: str
    dataset: str
    step: str
    cause: Cause
    exit_code: int | None = None
    said: str = ""
    needs: str = ""


@dataclass(frozen=True)
class Difference:
    """What the weekly reading of an account's orders found other than it was stored, and stored.

    `unknown` orders were read and not stored before; `unread` ones are stored and were not read, and stay. `gross` is
    what was read less what was stored, in the one currency of `currency`; several, or none, are no amount.
    """

    account: str
    days: int
    unknown: int
    unread: int
    gross: Decimal
    currency: str = "KRW"

    @property
    def is_mended(self) -> bool:
        return self.unread == 0


@dataclass(frozen=True)
class Rejects:
    """What the checks rejected of one dataset of an account that was brought in all the same; `reasons` by check."""

    account: str
    dataset: str
    lines: int
    rejected: int
    reasons: Mapping[str, int]


@dataclass(frozen=True)
class AccountsDay:
    """How a run over the shops' accounts went.

    `accounts` and `parts` were to be brought in; `waiting` were left out until their owners have acted. `incomplete`
    says what of the marts is not there, `differences` what the weekly reading mended, `rejects` what was left out of
    datasets that were brought in.
    """

    business_date: date | None
    accounts: int
    parts: int
    failed: tuple[FailedPart, ...] = ()
    waiting: tuple[str, ...] = ()
    incomplete: str = ""
    links: Links = Links()
    differences: tuple[Difference, ...] = ()
    rejects: tuple[Rejects, ...] = ()

    @property
    def failed_accounts(self) -> tuple[str, ...]:
        return tuple(sorted({part.account for part in self.failed}))

    @property
    def asked_owners(self) -> tuple[str, ...]:
        """The accounts whose owners must act: left out already, or found so by this run."""
        return tuple(sorted({*self.waiting, *(part.account for part in self.failed if part.needs)}))


@dataclass(frozen=True)
class Break:
    """How far a sale is from what a rule expects, each figure with what it counts."""

    rule: str
    score: Decimal
    score_unit: str
    expected: Decimal
    expected_unit: str


@dataclass(frozen=True)
class OddSale:
    """A sale that does not fit, and each rule it breaks."""

    sale_id: int
    sold_at: datetime
    amount: Decimal
    breaks: tuple[Break, ...]


@dataclass(frozen=True)
class StoreAnomalies:
    """A store's day with sales that do not fit: how many, how many by each rule, and the largest. No card is in it."""

    business_date: date
    account: str
    store_id: int
    sales: int
    by_rule: tuple[tuple[str, int], ...]
    largest: tuple[OddSale, ...]
    address: str = ""

    @property
    def name(self) -> str:
        return f"{self.account}/{self.store_id}"


@dataclass(frozen=True)
class DayAnomalies:
    """All stores of a day with sales that do not fit, the one with the largest sale first."""

    business_date: date
    stores: tuple[StoreAnomalies, ...]


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
    links: Links = Links()


@dataclass(frozen=True)
class UnhealthyAirflow:
    """Airflow away or ill since an instant; `said` names what."""

    since: datetime
    said: str
    cause: Cause
    links: Links = Links()


def task_failed(failure: TaskFailure, continuing: Continuing | None = None) -> Message:
    """A task failed for good."""
    said = escaped(failure.said, 200)
    what = f"작업 실패: {_name(failure.task_id)}" if failure.task_id else "실행 실패:"
    title = f"{what} {_day(failure.business_date)}"
    exit_words = "" if failure.exit_code is None else f" (exit code {failure.exit_code})"
    return _message(
        "🔴 " + title,
        _joined(" · ", failure.cause.meaning + exit_words, said),
        continuing,
        [
            _section(f"*{failure.cause.meaning}*{exit_words}\n{failure.cause.remedy}"),
            _fields(
                ("DAG", code(failure.dag_id, 300)),
                ("작업 task", code(failure.task_id or "-", 300)),
                ("영업일 business date", _day(failure.business_date)),
                ("시도 tries", str(failure.tries) if failure.tries else "-"),
            ),
            *_said(failure.said),
        ],
        _context(failure.links, failure.cause, failure.run_id),
    )


def quality_failed(failure: QualityFailure, continuing: Continuing | None = None) -> Message:
    """A day's data did not pass its checks; nothing of it was loaded."""
    names = ", ".join(f"{_name(check.name)} {percent(check.pass_rate)}" for check in failure.checks)
    why = names or "이벤트 없음 (no events)"
    return _message(
        f"🟠 품질 실패: {_day(failure.business_date)}",
        _joined(" · ", why, f"거부 {failure.rejected:,}/{failure.counted:,}"),
        continuing,
        [
            _section(f"*{failure.cause.meaning}*\n{failure.cause.remedy}"),
            _fields(
                ("DAG", code(failure.dag_id, 300)),
                ("영업일 business date", _day(failure.business_date)),
                ("줄 lines", f"{failure.counted:,}"),
                ("거부 rejected", f"{failure.rejected:,}"),
            ),
            *(
                []
                if failure.checks
                else [_section("*이벤트 없음* (no events): 정상인 줄이 하나도 없습니다")]
            ),
            *_checks(failure.checks),
        ],
        _context(failure.links, failure.cause, "", ("보고서", failure.report)),
    )


def day_completed(day: CompletedDay) -> Message:
    """A day is in the marts, or ended without one of them."""
    quality = f"{day.checks_passed}/{day.checks} 통과"
    figures = (
        ("이벤트 events", _count(day.events, "건")),
        ("사용자 users", _count(day.users, "명")),
        ("주문 orders", _count(day.orders, "건")),
        ("매출 revenue", won(day.revenue)),
        ("품질 quality", quality),
        ("거부 rejected", _count(day.rejected, "줄")),
        ("걸린 시간 seconds", f"{day.seconds:,.1f}초"),
    )
    facts = (
        f"이벤트 {figures[0][1]}, 사용자 {figures[1][1]}, 주문 {figures[2][1]}, "
        f"매출 {figures[3][1]}, 품질 {quality}"
    )
    if day.incomplete:
        return _message(
            f"⚠️ 덜 끝난 하루: {day.business_date}",
            _joined(" · ", escaped(day.incomplete, 300), facts),
            None,
            [
                _section("*끝났지만 빠진 것이 있습니다* (incomplete)"),
                *_said(day.incomplete),
                _fields(*figures),
            ],
            _small(f"대시보드 {code(day.dashboard, 400)}" if day.dashboard else ""),
        )
    return _message(
        f"✅ 처리 완료: {day.business_date}",
        facts,
        None,
        [_fields(*figures)],
        _small(f"대시보드 {code(day.dashboard, 400)}" if day.dashboard else ""),
    )


def accounts_done(day: AccountsDay) -> Message:
    """The one message of a run over the shops' accounts: what came, who failed, whose owner must act."""
    failed, asked = day.failed_accounts, day.asked_owners
    rejected = sum(found.rejected for found in day.rejects)
    differing = sorted({difference.account for difference in day.differences})
    facts = _joined(
        ", ",
        f"계정 {day.accounts:,}개 중 {day.accounts - len(failed):,}개 완료",
        f"실패: {_names(failed)}" if failed else "",
        f"주인 확인 필요: {_names(asked)}" if asked else "",
        f"거부 {rejected:,}줄" if rejected else "",
        f"대조 차이: {_names(differing)}" if differing else "",
        escaped(day.incomplete, 200),
    )
    if failed or day.incomplete:
        title = f"🟠 채널 매출 일부 실패: {_day(day.business_date)}"
    else:
        mark = "🔑" if asked else "✅"
        title = f"{mark} 채널 매출 처리 완료: {_day(day.business_date)}"
    return _message(
        title,
        facts,
        None,
        [
            _fields(
                ("계정 accounts", f"{day.accounts:,}개"),
                ("데이터 datasets", f"{day.parts:,}개 중 {day.parts - len(day.failed):,}개"),
                ("영업일 business date", _day(day.business_date)),
            ),
            *([_section(f"*{escaped(day.incomplete, 300)}*")] if day.incomplete else []),
            *_accounts(day.failed),
            *_rejects(day.rejects),
            *_differences(day.differences),
            *_waiting(day.waiting),
        ],
        _small(_runbook(day.links)),
    )


def store_anomalies(day: StoreAnomalies) -> Message:
    """A store's day: the count, the three largest and where to look."""
    title = f"🔎 확인할 카드 매출 {day.sales:,}건: 가맹점 {day.store_id} ({day.business_date})"
    rules = ", ".join(
        f"{RULES.get(rule, escaped(rule, 60))} {count:,}건" for rule, count in day.by_rule
    )
    largest = [_odd_sale(sale) for sale in day.largest[:SALES_SHOWN]]
    return _message(
        title,
        rules,
        None,
        [
            _fields(("가맹점 store", f"{day.store_id}"), ("계정 account", _name(day.account))),
            *([_section(rules)] if rules else []),
            *([_section("\n".join(["*가장 큰 건* (largest)", *largest]))] if largest else []),
        ],
        _small(link(day.address, "검색에서 보기 search") if day.address else ""),
    )


def more_anomalies(day: DayAnomalies, told: int) -> Message:
    """The stores that got no message of their own, together."""
    rest = day.stores[told:]
    sales = sum(store.sales for store in rest)
    return _message(
        f"🔎 그 밖의 가맹점 {len(rest):,}곳 ({day.business_date})",
        f"확인할 카드 매출 {sales:,}건",
        None,
        [
            _section(
                f"큰 건이 있는 {told}곳만 따로 알렸습니다. 그 밖의 {len(rest):,}곳에 {sales:,}건이 있습니다."
            )
        ],
        [],
    )


def recovered(end: Recovered) -> Message:
    """All dates of an incident passed."""
    dates = shown_dates(end.dates)
    lasted = duration(end.closed_at - end.opened_at)
    what = _name(end.task_id or end.dag_id)
    return _message(
        f"🟢 복구됨: {what}",
        _joined(" · ", end.cause.meaning, dates, f"{lasted} 걸림"),
        None,
        [
            _section(f"*복구됨* (recovered): {end.cause.meaning}"),
            _fields(
                ("DAG", code(end.dag_id, 300)),
                ("작업 task", code(end.task_id or "-", 300)),
                ("영업일 business dates", dates),
                ("걸린 시간 lasted", f"{lasted} ({clock(end.opened_at)} → {clock(end.closed_at)})"),
            ),
        ],
        [],
    )


def day_late(day: LateDay, continuing: Continuing | None = None) -> Message:
    """A day's scheduled run did not succeed in time."""
    return _message(
        f"🟡 늦음: {day.business_date}",
        _joined(" · ", day.cause.meaning, escaped(day.state, 100)),
        continuing,
        [
            _section(f"*{day.cause.meaning}*\n{day.cause.remedy}"),
            _fields(
                ("DAG", code(day.dag_id, 300)),
                ("영업일 business date", str(day.business_date)),
                ("상태 state", escaped(day.state, 300) or "-"),
            ),
        ],
        _context(day.links, day.cause, ""),
    )


def airflow_unhealthy(state: UnhealthyAirflow, continuing: Continuing | None = None) -> Message:
    """Airflow has not been well for a while: no run starts, and none is told by it."""
    return _message(
        "🔴 Airflow 이상",
        _joined(" · ", f"{clock(state.since)}부터", escaped(state.said, 200)),
        continuing,
        [
            _section(f"*{state.cause.meaning}*\n{state.cause.remedy}"),
            _fields(("언제부터 since", clock(state.since))),
            *_said(state.said),
        ],
        _context(state.links, state.cause, ""),
    )


def percent(share: Decimal) -> str:
    """A share from 0 to 1, cut (not rounded) to three decimals so that it never looks better than it is."""
    cut = int(share * 100_000) / 1000
    return f"{cut:.3f}".rstrip("0").rstrip(".") + " %"


def won(amount: Decimal | None) -> str:
    """An amount in won with separators; a fraction is shown only where there is one."""
    if amount is None:
        return "-"
    return f"{amount:,.0f}원" if amount == amount.to_integral_value() else f"{amount:,.2f}원"


def clock(instant: datetime) -> str:
    """An instant as people in Seoul say it."""
    return instant.astimezone(SEOUL).strftime("%m-%d %H:%M KST")


def duration(span: timedelta) -> str:
    """How long something took, in the two largest units."""
    seconds = max(0, int(span.total_seconds()))
    days, hours, minutes = seconds // 86400, seconds // 3600 % 24, seconds // 60 % 60
    if days:
        return f"{days}일 {hours}시간"
    if hours:
        return f"{hours}시간 {minutes}분"
    return f"{minutes}분" if minutes else f"{seconds}초"


def shown_dates(dates: Sequence[str]) -> str:
    """Dates in order, days in a row as a range, and how many they are."""
    runs = _ranges(sorted(dates))
    shown = [first if first == last else f"{first}~{last}" for first, last in runs[:DATES_SHOWN]]
    more = f" {CUT}" if len(runs) > DATES_SHOWN else ""
    count = f" ({len(dates)}일)" if len(dates) > 1 else ""
    return ", ".join(escaped(text, 60) for text in shown) + more + count


def _ranges(dates: list[str]) -> list[tuple[str, str]]:
    ranges: list[tuple[str, str]] = []
    for day in dates:
        if ranges and _is_next(ranges[-1][1], day):
            ranges[-1] = (ranges[-1][0], day)
        else:
            ranges.append((day, day))
    return ranges


def _is_next(day: str, other: str) -> bool:
    try:
        return date.fromisoformat(other) - date.fromisoformat(day) == timedelta(days=1)
    except ValueError:
        return False


def _message(
    title: str,
    facts: str,
    continuing: Continuing | None,
    body: list[dict[str, Any]],
    tail: list[dict[str, Any]],
) -> Message:
    reminder = _reminder(continuing)
    text = _joined(" — ", title, reminder, facts)
    head = [_header(title), *([_section(f"*{reminder}*")] if reminder else [])]
    kept = body[: BLOCKS_LIMIT - len(head) - len(tail)]
    return Message(_cut_own(text, TEXT_LIMIT), (*head, *kept, *tail))


def _reminder(continuing: Continuing | None) -> str:
    if continuing is None:
        return ""
    dates, since = shown_dates(continuing.dates), clock(continuing.since)
    return f"아직 실패 중 (still failing): {dates}, {since}부터"


def _header(title: str) -> dict[str, Any]:
    text = {"type": "plain_text", "text": _cut_own(title, HEADER_LIMIT), "emoji": True}
    return {"type": "header", "text": text}


def _section(text: str) -> dict[str, Any]:
    return {"type": "section", "text": _mrkdwn(_cut_own(text, SECTION_LIMIT))}


def _fields(*facts: tuple[str, str]) -> dict[str, Any]:
    fields = [
        _mrkdwn(_cut_own(f"*{label}*\n{value}", FIELD_LIMIT))
        for label, value in facts[:FIELDS_LIMIT]
    ]
    return {"type": "section", "fields": fields}


def _said(text: str) -> list[dict[str, Any]]:
    return [_section(code(text, SECTION_LIMIT - 200))] if text.strip() else []


def _checks(checks: tuple[FailedCheck, ...]) -> list[dict[str, Any]]:
    blocks = [_section(_check(check)) for check in checks[:CHECKS_SHOWN]]
    if len(checks) > CHECKS_SHOWN:
        blocks.append(_section(f"그 밖에 {len(checks) - CHECKS_SHOWN}개 검사 {CUT}"))
    return blocks


def _check(check: FailedCheck) -> str:
    lines = [
        f"• {code(check.name, 100)} {percent(check.pass_rate)} 통과 (기준 {percent(check.threshold)}), "
        f"{check.counted:,} 중 {check.failed:,} 실패"
    ]
    lines += [f"    {code(example, 300)}" for example in check.examples[:EXAMPLES_SHOWN]]
    return "\n".join(lines)


def _accounts(failed: tuple[FailedPart, ...]) -> list[dict[str, Any]]:
    """A block an account, those with an owner to ask first; past the limit only how many more."""
    names = sorted({part.account for part in failed})
    names.sort(key=lambda name: not any(part.needs for part in failed if part.account == name))
    blocks = [
        _section("\n".join([f"*{_name(name)}*", *_parts(failed, name)]))
        for name in names[:ACCOUNTS_SHOWN]
    ]
    if len(names) > ACCOUNTS_SHOWN:
        blocks.append(_section(f"그 밖에 {len(names) - ACCOUNTS_SHOWN}개 계정 {CUT}"))
    return blocks


def _parts(failed: tuple[FailedPart, ...], account: str) -> list[str]:
    """A line a part; what is the same for several, such as what the owner is asked for, once."""
    return list(dict.fromkeys(_part(part) for part in failed if part.account == account))


def _part(part: FailedPart) -> str:
    if part.needs:
        needed = NEEDS.get(part.needs, NEEDS_UNKNOWN)
        return f"🔑 {code(part.needs, 100)} {needed}"
    exit_words = "" if part.exit_code is None else f" (exit code {part.exit_code})"
    said = f"\n    {code(part.said, 300)}" if part.said.strip() else ""
    where = f"{_name(part.dataset)} {_name(part.step)}"
    return f"• {where}: {part.cause.meaning}{exit_words}{said}"


def _odd_sale(sale: OddSale) -> str:
    words = ", ".join(_break(each) for each in sale.breaks)
    return f"• {won(sale.amount)} ({clock(sale.sold_at)}): {words}, 거래 {sale.sale_id}"


def _break(found: Break) -> str:
    name = RULES.get(found.rule, escaped(found.rule, 60))
    score = _measured(found.score, SCORE_UNITS, found.score_unit)
    return (
        f"{name} ({score}, 평소 {_measured(found.expected, EXPECTED_UNITS, found.expected_unit)})"
    )


def _measured(figure: Decimal, units: dict[str, str], unit: str) -> str:
    """A figure with at most two digits behind the point, and what it counts."""
    shown = f"{figure:,.2f}".rstrip("0").rstrip(".")
    return f"{shown}{units.get(unit) or ' ' + escaped(unit, 30)}"


def _rejects(rejects: tuple[Rejects, ...]) -> list[dict[str, Any]]:
    """A line a dataset of an account, those that lost most first."""
    if not rejects:
        return []
    ordered = sorted(rejects, key=lambda each: (-each.rejected, each.account, each.dataset))
    lines = [_rejected(each) for each in ordered[:ACCOUNTS_SHOWN]]
    if len(ordered) > ACCOUNTS_SHOWN:
        lines.append(f"그 밖에 {len(ordered) - ACCOUNTS_SHOWN}개 {CUT}")
    return [_section("\n".join(["🧾 *거부된 줄: 나머지는 적재됨* (rejected)", *lines]))]


def _rejected(found: Rejects) -> str:
    most = sorted(found.reasons.items(), key=lambda reason: (-reason[1], reason[0]))
    shown = ", ".join(f"{escaped(name, 30)} {count:,}" for name, count in most[:REASONS_SHOWN])
    more = f" 외 {len(most) - REASONS_SHOWN}가지" if len(most) > REASONS_SHOWN else ""
    why = f" ({shown}{more})" if shown else ""
    where = f"{_name(found.account)} {escaped(found.dataset, 40)}"
    return f"• {where}: {found.lines:,}줄 중 {found.rejected:,}줄{why}"


def _differences(differences: tuple[Difference, ...]) -> list[dict[str, Any]]:
    """A line an account, those with something left to look into first."""
    if not differences:
        return []
    ordered = sorted(differences, key=lambda each: (each.is_mended, each.account))
    lines = [_difference(each) for each in ordered[:ACCOUNTS_SHOWN]]
    if len(ordered) > ACCOUNTS_SHOWN:
        lines.append(f"그 밖에 {len(ordered) - ACCOUNTS_SHOWN}개 계정 {CUT}")
    return [_section("\n".join(["🔎 *주간 대조에서 저장된 것과 달랐음* (weekly reading)", *lines]))]


def _difference(found: Difference) -> str:
    facts = _joined(
        ", ",
        f"{found.days:,}일 다름",
        f"빠진 주문 {found.unknown:,}건" if found.unknown else "",
        f"읽히지 않은 주문 {found.unread:,}건" if found.unread else "",
        _gross(found),
    )
    # Facts are never deleted: what the platform no longer shows stays.
    left = "" if found.is_mended else ", 읽히지 않은 주문은 남겨 둠: 확인 필요"
    return f"• {_name(found.account)}: {facts} → 바로잡음{left}"


def _gross(found: Difference) -> str:
    if found.gross == 0 or not re.fullmatch("[A-Z]{3}", found.currency):
        return ""
    off = abs(found.gross)
    amount = won(off) if found.currency == "KRW" else f"{off:,.2f} {found.currency}"
    return f"합계 {amount} {'적었음' if found.gross > 0 else '많았음'}"


def _waiting(accounts: tuple[str, ...]) -> list[dict[str, Any]]:
    if not accounts:
        return []
    return [_section(f"🔑 *주인이 조치할 때까지 제외* (left out): {_names(accounts)}")]


def _names(accounts: Sequence[str]) -> str:
    shown = ", ".join(_name(account) for account in accounts[:ACCOUNTS_SHOWN])
    more = len(accounts) - ACCOUNTS_SHOWN
    return shown + (f" 외 {more}개" if more > 0 else "")


def _runbook(links: Links) -> str:
    return link(links.runbook, "런북 runbook") if links.runbook else ""


def _context(
    links: Links, cause: Cause, run_id: str, *more: tuple[str, str]
) -> list[dict[str, Any]]:
    runbook = link(f"{links.runbook}#{cause.anchor}", "런북 runbook") if links.runbook else ""
    log = link(links.log, "로그 log") if links.log else ""
    run = f"run {code(run_id, 300)}" if run_id else ""
    places = [f"{label} {code(place, 400)}" for label, place in more if place]
    return _small(runbook, log, *places, run)


def _small(*parts: str) -> list[dict[str, Any]]:
    elements = [_mrkdwn(part) for part in parts if part]
    return [{"type": "context", "elements": elements}] if elements else []


def _mrkdwn(text: str) -> dict[str, Any]:
    # verbatim: Slack links nothing by itself, neither addresses nor names in foreign text.
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def _name(text: str) -> str:
    return escaped(text, 80)


def _day(day: date | None) -> str:
    return "날짜 모름" if day is None else day.isoformat()


def _count(number: int | None, unit: str) -> str:
    return "-" if number is None else f"{number:,}{unit}"


def _joined(separator: str, *parts: str) -> str:
    return separator.join(part for part in parts if part)


def _cut_own(text: str, limit: int) -> str:
    """For text put together here, of parts that are bounded and escaped: never cuts inside an escape."""
    if length(text) <= limit:
        return text
    kept = first(text, limit - length(CUT))
    ampersand = kept.rfind("&")
    if ampersand >= 0 and ";" not in kept[ampersand:]:
        kept = kept[:ampersand]
    return kept + CUT
