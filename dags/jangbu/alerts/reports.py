"""Reads what the jobs wrote about a day, and keeps of it only what a chat may show."""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from jangbu.alerts.causes import QUALITY, cause_named
from jangbu.alerts.messages import (
    EXAMPLES_SHOWN,
    Break,
    CompletedDay,
    DayAnomalies,
    FailedCheck,
    Links,
    OddSale,
    QualityFailure,
    StoreAnomalies,
)

_LARGEST = 20_000_000
_REASON = re.compile(r"(?P<field>[\w.]{1,60}): (?P<said>.*?) \(expected: (?P<expected>.*)\)", re.S)
# What the checks say of a value without quoting it.
_OWN_WORDS = re.compile(
    r"absent|null|empty|blank|an object|an array|no usable number|not UTF-8 at byte \d+|\(not shown\)"
    r"|not JSON at character \d+|\d+ bytes|nested too deep|a number too long|a name or text too long"
    r"|a key twice in one object|seen before in this day"
    r"|purchase with no add_to_cart before it|add_to_cart with no page_view or click before it"
)
_NUMBER = re.compile(r"-?\d{1,12}(\.\d{1,6})?")
_WORD = re.compile(r"[a-z][a-z_]{0,23}")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]{5,18}(Z|[+-]\d\d:\d\d)?( outside business date)?")
# Fields that hold a word of ours, an amount or a time, never something of a person.
_SHOWN_VALUES = {
    **dict.fromkeys(("event_type", "page_type", "platform", "device_type", "os"), _WORD),
    **dict.fromkeys(("position", "result_count", "quantity", "unit_price", "price"), _NUMBER),
    **dict.fromkeys(("total_amount", "discount_amount", "shipping_fee"), _NUMBER),
    "timestamp": _TIME,
}
_WITHHELD = "값은 표시하지 않음"


class UnreadableReport(Exception):
    """A report that is not there, or not one this version reads; the message names the file."""


def quality_report_file(workspace: Path, business_date: date) -> Path:
    """Where transform-job writes its verdict on a day of events."""
    return workspace / "reports" / "quality" / "events" / f"{business_date}.json"


def run_report_file(workspace: Path, business_date: date) -> Path:
    """Where mart-job writes the report of a day."""
    return workspace / "reports" / "run" / f"{business_date}.json"


def anomaly_report_file(workspace: Path, business_date: date) -> Path:
    """Where mart-job writes the card sales of a day that do not fit."""
    return workspace / "reports" / "anomalies" / f"{business_date}.json"


def read_quality_failure(
    workspace: Path, dag_id: str, business_date: date, links: Links
) -> QualityFailure:
    """The failed checks of a day. Raises UnreadableReport."""
    file = quality_report_file(workspace, business_date)
    report = _read(file)
    try:
        return QualityFailure(
            dag_id,
            business_date,
            int(report["counted"]),
            int(report["rejected"]),
            tuple(_check(check) for check in report["checks"] if check["status"] == "fail"),
            cause_named(QUALITY),
            str(file),
            links,
        )
    except (KeyError, TypeError, ValueError, ArithmeticError, AttributeError) as failure:
        raise UnreadableReport(f"{file}: not a quality report this version reads") from failure


def read_day(workspace: Path, business_date: date) -> CompletedDay | None:
    """A day's figures; None where the day did not pass its checks, which is told as that. Raises UnreadableReport."""
    file = run_report_file(workspace, business_date)
    report = _read(file)
    try:
        if report["verdict"] == "quality_failed":
            return None
        return _day(report, business_date, workspace)
    except (KeyError, TypeError, ValueError, ArithmeticError, AttributeError) as failure:
        raise UnreadableReport(f"{file}: not a run report this version reads") from failure


def read_anomalies(workspace: Path, business_date: date, search_url: str) -> DayAnomalies:
    """A day's card sales that do not fit, store by store. Raises UnreadableReport."""
    file = anomaly_report_file(workspace, business_date)
    report = _read(file)
    try:
        stores = [_store(store, business_date, search_url) for store in report["stores"]]
    except (KeyError, TypeError, ValueError, ArithmeticError, AttributeError) as failure:
        raise UnreadableReport(f"{file}: not an anomaly report this version reads") from failure
    return DayAnomalies(business_date, tuple(stores))


def shown_reason(reason: str) -> str:
    """A check's reason without the record's own value, unless the field can hold nothing of a person."""
    parts = _REASON.fullmatch(reason)
    if parts is None:
        return _WITHHELD
    field, said, expected = parts["field"], parts["said"], parts["expected"]
    if field == "platform" and not _WORD.fullmatch(expected.split(",")[0]):
        return f"{field}: {_WITHHELD}"
    if not _OWN_WORDS.fullmatch(said):
        allowed = _SHOWN_VALUES.get(field)
        said = said if allowed and allowed.fullmatch(said) else _WITHHELD
    return f"{field}: {said} (expected: {expected[:120]})"


def _read(file: Path) -> dict[str, Any]:
    try:
        with file.open("rb") as stream:
            content = stream.read(_LARGEST + 1)
        report = json.loads(content, parse_float=Decimal) if len(content) <= _LARGEST else None
    except (OSError, ValueError, RecursionError) as failure:
        said = failure.strerror if isinstance(failure, OSError) else "not JSON"
        raise UnreadableReport(f"{file}: {said}") from failure
    if not isinstance(report, dict):
        raise UnreadableReport(f"{file}: not a report")
    return report


def _store(store: dict[str, Any], business_date: date, search_url: str) -> StoreAnomalies:
    """Field by field: nothing of a card comes through, whatever the report holds."""
    number = int(store["store_id"])
    query = f"/anomalies?store_id={number}&from={business_date}&to={business_date}"
    return StoreAnomalies(
        business_date,
        str(store["account_id"]),
        number,
        int(store["sales"]),
        tuple((str(rule), int(count)) for rule, count in store["by_rule"].items()),
        tuple(_sale(sale) for sale in store["largest"]),
        f"{search_url}{query}" if search_url else "",
    )


def _sale(sale: dict[str, Any]) -> OddSale:
    return OddSale(
        int(sale["sale_id"]),
        datetime.fromisoformat(sale["sold_at"]),
        Decimal(str(sale["amount_sale"])),
        tuple(_break(found) for found in sale["breaks"]),
    )


def _break(found: dict[str, Any]) -> Break:
    return Break(
        str(found["rule"]),
        Decimal(str(found["score"])),
        str(found["score_unit"]),
        Decimal(str(found["expected"])),
        str(found["expected_unit"]),
    )


def _check(check: dict[str, Any]) -> FailedCheck:
    return FailedCheck(
        str(check["name"]),
        int(check["counted"]),
        int(check["failed"]),
        _rate(check["pass_rate"]),
        _rate(check["threshold"]),
        _examples(check.get("examples") or []),
    )


def _examples(examples: list[dict[str, Any]]) -> tuple[str, ...]:
    """The first example of each reason: three lines of the same kind tell no more than one."""
    by_reason: dict[str, str] = {}
    for example in examples:
        place = f"{Path(str(example.get('file', ''))).name}:{example.get('line', '?')}"
        reason = shown_reason(str(example.get("reason", "")))
        by_reason.setdefault(reason, f"{place} {reason}")
    return tuple(by_reason.values())[:EXAMPLES_SHOWN]


def _rate(value: Any) -> Decimal:
    rate = Decimal(str(value))
    if not 0 <= rate <= 1:
        raise ValueError(f"rate: {rate} (expected: 0..1)")
    return rate


def _day(report: dict[str, Any], business_date: date, workspace: Path) -> CompletedDay:
    figures = report.get("figures") or {}
    checks = report.get("checks") or []
    ledger = report.get("ledger") or {}
    revenue = figures.get("revenue")
    return CompletedDay(
        business_date,
        figures.get("events"),
        figures.get("users"),
        figures.get("orders"),
        None if revenue is None else Decimal(str(revenue)),
        sum(1 for check in checks if check["status"] == "pass"),
        len(checks),
        ledger.get("rejected"),
        _seconds(report.get("steps") or []),
        str(workspace / "reports" / "dashboard.html"),
        "" if report["verdict"] == "passed" else str(report.get("reason") or report["verdict"]),
    )


def _seconds(steps: list[dict[str, Any]]) -> Decimal:
    """What the jobs took; the marts run side by side, so only the slowest counts.

    A step has no seconds while it runs: that is another run, which does the day again.
    """
    took = [(step["job"], step["seconds"]) for step in steps if step["seconds"] is not None]
    marts = [Decimal(str(seconds)) for job, seconds in took if job == "mart-job"]
    others = [Decimal(str(seconds)) for job, seconds in took if job != "mart-job"]
    return sum(others, Decimal(0)) + max(marts, default=Decimal(0))
