"""How figures, times and names are written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from jangbu.alerts.plain import CUT, escaped

SEOUL = ZoneInfo("Asia/Seoul")
DATES_SHOWN = 25


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


def name(text: str) -> str:
    return escaped(text, 80)


def day(day: date | None) -> str:
    return "날짜 모름" if day is None else day.isoformat()


def count(number: int | None, unit: str) -> str:
    return "-" if number is None else f"{number:,}{unit}"


def joined(separator: str, *parts: str) -> str:
    return separator.join(part for part in parts if part)
