"""What is told of card sales that do not fit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from jangbu.alerts.messages import blocks, wording
from jangbu.alerts.messages.blocks import Message
from jangbu.alerts.plain import escaped, link

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


def store_anomalies(day: StoreAnomalies) -> Message:
    """A store's day: the count, the three largest and where to look."""
    title = f"🔎 확인할 카드 매출 {day.sales:,}건: 가맹점 {day.store_id} ({day.business_date})"
    rules = ", ".join(
        f"{RULES.get(rule, escaped(rule, 60))} {count:,}건" for rule, count in day.by_rule
    )
    largest = [_odd_sale(sale) for sale in day.largest[:SALES_SHOWN]]
    return blocks.message(
        title,
        rules,
        None,
        [
            blocks.fields(
                ("가맹점 store", f"{day.store_id}"), ("계정 account", wording.name(day.account))
            ),
            *([blocks.section(rules)] if rules else []),
            *([blocks.section("\n".join(["*가장 큰 건* (largest)", *largest]))] if largest else []),
        ],
        blocks.small(link(day.address, "검색에서 보기 search") if day.address else ""),
    )


def more_anomalies(day: DayAnomalies, told: int) -> Message:
    """The stores that got no message of their own, together."""
    rest = day.stores[told:]
    sales = sum(store.sales for store in rest)
    return blocks.message(
        f"🔎 그 밖의 가맹점 {len(rest):,}곳 ({day.business_date})",
        f"확인할 카드 매출 {sales:,}건",
        None,
        [
            blocks.section(
                f"큰 건이 있는 {told}곳만 따로 알렸습니다. 그 밖의 {len(rest):,}곳에 {sales:,}건이 있습니다."
            )
        ],
        [],
    )


def _odd_sale(sale: OddSale) -> str:
    words = ", ".join(_break(each) for each in sale.breaks)
    return f"• {wording.won(sale.amount)} ({wording.clock(sale.sold_at)}): {words}, 거래 {sale.sale_id}"


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
