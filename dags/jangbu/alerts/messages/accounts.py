"""What is told of a run over the shops' accounts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from jangbu.alerts.causes import Cause
from jangbu.alerts.messages import blocks, wording
from jangbu.alerts.messages.blocks import NO_LINKS, Links, Message
from jangbu.alerts.plain import CUT, code, escaped

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
NEEDS_UNKNOWN = "주인의 조치가 필요합니다"


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
    links: Links = NO_LINKS
    differences: tuple[Difference, ...] = ()
    rejects: tuple[Rejects, ...] = ()

    @property
    def failed_accounts(self) -> tuple[str, ...]:
        return tuple(sorted({part.account for part in self.failed}))

    @property
    def asked_owners(self) -> tuple[str, ...]:
        """The accounts whose owners must act: left out already, or found so by this run."""
        return tuple(sorted({*self.waiting, *(part.account for part in self.failed if part.needs)}))


def accounts_done(day: AccountsDay) -> Message:
    """The one message of a run over the shops' accounts: what came, who failed, whose owner must act."""
    failed, asked = day.failed_accounts, day.asked_owners
    rejected = sum(found.rejected for found in day.rejects)
    differing = sorted({difference.account for difference in day.differences})
    facts = wording.joined(
        ", ",
        f"계정 {day.accounts:,}개 중 {day.accounts - len(failed):,}개 완료",
        f"실패: {_names(failed)}" if failed else "",
        f"주인 확인 필요: {_names(asked)}" if asked else "",
        f"거부 {rejected:,}줄" if rejected else "",
        f"대조 차이: {_names(differing)}" if differing else "",
        escaped(day.incomplete, 200),
    )
    if failed or day.incomplete:
        title = f"🟠 채널 매출 일부 실패: {wording.day(day.business_date)}"
    else:
        mark = "🔑" if asked else "✅"
        title = f"{mark} 채널 매출 처리 완료: {wording.day(day.business_date)}"
    return blocks.message(
        title,
        facts,
        None,
        [
            blocks.fields(
                ("계정 accounts", f"{day.accounts:,}개"),
                ("데이터 datasets", f"{day.parts:,}개 중 {day.parts - len(day.failed):,}개"),
                ("영업일 business date", wording.day(day.business_date)),
            ),
            *([blocks.section(f"*{escaped(day.incomplete, 300)}*")] if day.incomplete else []),
            *_accounts(day.failed),
            *_rejects(day.rejects),
            *_differences(day.differences),
            *_waiting(day.waiting),
        ],
        blocks.small(blocks.runbook(day.links)),
    )


def _accounts(failed: tuple[FailedPart, ...]) -> list[dict[str, Any]]:
    """A block an account, those with an owner to ask first; past the limit only how many more."""
    names = sorted({part.account for part in failed})
    names.sort(key=lambda name: not any(part.needs for part in failed if part.account == name))
    shown = [
        blocks.section("\n".join([f"*{wording.name(name)}*", *_parts(failed, name)]))
        for name in names[:ACCOUNTS_SHOWN]
    ]
    if len(names) > ACCOUNTS_SHOWN:
        shown.append(blocks.section(f"그 밖에 {len(names) - ACCOUNTS_SHOWN}개 계정 {CUT}"))
    return shown


def _parts(failed: tuple[FailedPart, ...], account: str) -> list[str]:
    """A line a part; what is the same for several, such as what the owner is asked for, once."""
    return list(dict.fromkeys(_part(part) for part in failed if part.account == account))


def _part(part: FailedPart) -> str:
    if part.needs:
        needed = NEEDS.get(part.needs, NEEDS_UNKNOWN)
        return f"🔑 {code(part.needs, 100)} {needed}"
    exit_words = "" if part.exit_code is None else f" (exit code {part.exit_code})"
    said = f"\n    {code(part.said, 300)}" if part.said.strip() else ""
    where = f"{wording.name(part.dataset)} {wording.name(part.step)}"
    return f"• {where}: {part.cause.meaning}{exit_words}{said}"


def _rejects(rejects: tuple[Rejects, ...]) -> list[dict[str, Any]]:
    """A line a dataset of an account, those that lost most first."""
    if not rejects:
        return []
    ordered = sorted(rejects, key=lambda each: (-each.rejected, each.account, each.dataset))
    lines = [_rejected(each) for each in ordered[:ACCOUNTS_SHOWN]]
    if len(ordered) > ACCOUNTS_SHOWN:
        lines.append(f"그 밖에 {len(ordered) - ACCOUNTS_SHOWN}개 {CUT}")
    return [blocks.section("\n".join(["🧾 *거부된 줄: 나머지는 적재됨* (rejected)", *lines]))]


def _rejected(found: Rejects) -> str:
    most = sorted(found.reasons.items(), key=lambda reason: (-reason[1], reason[0]))
    shown = ", ".join(f"{escaped(name, 30)} {count:,}" for name, count in most[:REASONS_SHOWN])
    more = f" 외 {len(most) - REASONS_SHOWN}가지" if len(most) > REASONS_SHOWN else ""
    why = f" ({shown}{more})" if shown else ""
    where = f"{wording.name(found.account)} {escaped(found.dataset, 40)}"
    return f"• {where}: {found.lines:,}줄 중 {found.rejected:,}줄{why}"


def _differences(differences: tuple[Difference, ...]) -> list[dict[str, Any]]:
    """A line an account, those with something left to look into first."""
    if not differences:
        return []
    ordered = sorted(differences, key=lambda each: (each.is_mended, each.account))
    lines = [_difference(each) for each in ordered[:ACCOUNTS_SHOWN]]
    if len(ordered) > ACCOUNTS_SHOWN:
        lines.append(f"그 밖에 {len(ordered) - ACCOUNTS_SHOWN}개 계정 {CUT}")
    return [
        blocks.section(
            "\n".join(["🔎 *주간 대조에서 저장된 것과 달랐음* (weekly reading)", *lines])
        )
    ]


def _difference(found: Difference) -> str:
    facts = wording.joined(
        ", ",
        f"{found.days:,}일 다름",
        f"빠진 주문 {found.unknown:,}건" if found.unknown else "",
        f"읽히지 않은 주문 {found.unread:,}건" if found.unread else "",
        _gross(found),
    )
    # Facts are never deleted: what the platform no longer shows stays.
    left = "" if found.is_mended else ", 읽히지 않은 주문은 남겨 둠: 확인 필요"
    return f"• {wording.name(found.account)}: {facts} → 바로잡음{left}"


def _gross(found: Difference) -> str:
    if found.gross == 0 or not re.fullmatch("[A-Z]{3}", found.currency):
        return ""
    off = abs(found.gross)
    amount = wording.won(off) if found.currency == "KRW" else f"{off:,.2f} {found.currency}"
    return f"합계 {amount} {'적었음' if found.gross > 0 else '많았음'}"


def _waiting(accounts: tuple[str, ...]) -> list[dict[str, Any]]:
    if not accounts:
        return []
    return [blocks.section(f"🔑 *주인이 조치할 때까지 제외* (left out): {_names(accounts)}")]


def _names(accounts: Sequence[str]) -> str:
    shown = ", ".join(wording.name(account) for account in accounts[:ACCOUNTS_SHOWN])
    more = len(accounts) - ACCOUNTS_SHOWN
    return shown + (f" 외 {more}개" if more > 0 else "")
