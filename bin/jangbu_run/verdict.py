"""What a night is held to: the platforms' limits, the books, and what the sandbox knows to be true."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from jangbu_run.demo import asked_of
from jangbu_run.jobs import USAGE
from jangbu_run.project import Refusal
from jangbu_run.psql import Connection

CENT = Decimal("0.01")
IMPORTED = "shopn"
SELLING = ("cafe24", "naver")
# Cafe24: a bucket of 40 calls a mall that drains by 2 a second. SmartStore: 2 a second and endpoint, 4 at once. Google
# counts tokens, and no calls a second.
MOST_IN_A_SECOND = {"cafe24": 42, "naver": 6}
BY_ENDPOINT = ("naver",)
# Cafe24 «may» take more of one address for abnormal, all malls together.
MOST_OF_AN_ADDRESS = {"cafe24": 10}


@dataclass(frozen=True)
class Limit:
    """How the accounts of a platform kept to its limits.

    `most` is the most calls of one account in any second, of one endpoint where the platform counts them so; `allowed`
    is empty where it does not count by seconds. `of_address` is the most calls of all accounts together.
    """

    platform: str
    accounts: int
    calls: int
    most: int
    allowed: int | None
    throttled: int
    while_blocked: int
    of_address: int

    @property
    def is_kept(self) -> bool:
        is_within = self.allowed is None or self.most <= self.allowed
        return is_within and self.throttled == 0 and self.while_blocked == 0

    @property
    def note(self) -> str:
        """What the platform may take amiss, and does not count; empty where it may not."""
        usual = MOST_OF_AN_ADDRESS.get(self.platform, self.of_address)
        if self.of_address <= usual:
            return ""
        return (
            f"{self.platform} was asked {self.of_address} times in a second by this address;"
            f" it may take more than {usual} for abnormal"
        )


@dataclass
class Sales:
    """A day of an account, in the words of mart_sales_daily."""

    list_amount: Decimal = Decimal(0)
    discount_amount: Decimal = Decimal(0)
    gross_amount: Decimal = Decimal(0)
    net_restated_amount: Decimal = Decimal(0)
    line_count: int = 0
    unit_count: int = 0
    orders: set[str] = field(default_factory=set)

    def add(self, row: Mapping[str, Any]) -> None:
        """Adds a line of the truth that was paid once."""
        net = Decimal(row["line_net"])
        self.list_amount += row["line_gross"]
        self.discount_amount += row["line_discount"] + row["allocated_discount"]
        self.gross_amount += net
        self.net_restated_amount += (net * share_left(row)).quantize(CENT, ROUND_HALF_UP)
        self.line_count += 1
        self.unit_count += row["quantity"]
        self.orders.add(row["order_id"])

    @property
    def figures(self) -> dict[str, Decimal]:
        return {
            "list_amount": self.list_amount,
            "discount_amount": self.discount_amount,
            "gross_amount": self.gross_amount,
            "net_restated_amount": self.net_restated_amount,
            "order_count": Decimal(len(self.orders)),
            "line_count": Decimal(self.line_count),
            "unit_count": Decimal(self.unit_count),
        }


Figures = dict[tuple[str, str], dict[str, Decimal]]


@dataclass(frozen=True)
class Shop:
    """A made-up shop, and its accounts by platform."""

    name: str
    accounts: Mapping[str, str]


@dataclass(frozen=True)
class Compared:
    """Marts beside the truth, day by day and account by account.

    `moved` are figures that changed while the accounts were read, such as a return that was done in that hour: there is
    no one truth of them.
    """

    days: int
    figures: int
    moved: int
    differences: list[str]


def share_left(row: Mapping[str, Any]) -> Decimal:
    """How much of a line is still sold; a request takes nothing from it, what was claimed before does."""
    quantity, left = Decimal(row["quantity"]), Decimal(row["remaining_quantity"])
    status = row["status"]
    if status == "EXCHANGED":
        return Decimal(1)
    if left >= quantity:
        return Decimal(0) if status in ("CANCELED", "RETURNED") else Decimal(1)
    return max(left, Decimal(0)) / quantity


def truth(url: str, shops: Iterable[Shop], first: date, last: date) -> Figures:
    """What the marts should hold of the days on which was paid, and on which people visited."""
    figures: Figures = {}
    for shop in shops:
        window = f"shop={shop.name}&from={first}&to={last}"
        sales: dict[tuple[str, str], Sales] = defaultdict(Sales)
        channels = [platform for platform in SELLING if platform in shop.accounts]
        if channels:
            asked = f"{url}/__sandbox/truth/orders?basis=paid&{window}"
            rows = asked_of(asked + "".join(f"&channel={name}" for name in channels))["rows"]
            for row in rows:
                # A SmartStore order that came into the mall as well is SmartStore's.
                is_double = row["place"] == IMPORTED and "naver" in channels
                if row["is_ever_paid"] and not (row["channel"] == "cafe24" and is_double):
                    sales[shop.accounts[row["channel"]], row["day"]].add(row)
        figures |= {key: of_day.figures for key, of_day in sales.items()}
        if "ga4" in shop.accounts:
            days = asked_of(f"{url}/__sandbox/truth/traffic?{window}")["days"]
            figures |= {
                (shop.accounts["ga4"], day.pop("day")): {
                    name: Decimal(number) for name, number in day.items()
                }
                for day in days
            }
    return figures


def marts(connection: Connection, first: date, last: date) -> Figures:
    """What the marts hold of those days."""
    days = f"BETWEEN '{first}' AND '{last}'"
    sold = query(
        connection,
        "SELECT account_id AS account, sales_date AS day, SUM(list_amount) AS list_amount,"
        " SUM(discount_amount) AS discount_amount, SUM(gross_amount) AS gross_amount,"
        " SUM(net_restated_amount) AS net_restated_amount, SUM(order_count) AS order_count,"
        " SUM(line_count) AS line_count, SUM(unit_count) AS unit_count"
        f" FROM mart.mart_sales_daily WHERE sales_date {days} AND line_count > 0 GROUP BY 1, 2",
    )
    visited = query(
        connection,
        "SELECT account_id AS account, traffic_date AS day, SUM(session_count) AS sessions,"
        " SUM(purchase_count) AS purchases, SUM(revenue_amount) AS revenue"
        f" FROM mart.mart_channel_traffic WHERE traffic_date {days} GROUP BY 1, 2",
    )
    return {
        (row.pop("account"), row.pop("day")): {name: Decimal(n) for name, n in row.items()}
        for row in sold + visited
    }


def compare(before: Figures, after: Figures, held: Figures) -> Compared:
    """Holds the marts to the truth as it was before and after the night, where that is one."""
    differences, moved, counted = [], 0, 0
    for key in sorted(before.keys() | after.keys() | held.keys()):
        of_before, of_after, of_mart = (some.get(key, {}) for some in (before, after, held))
        for name in sorted(of_before.keys() | of_after.keys() | of_mart.keys()):
            then, now = of_before.get(name, Decimal(0)), of_after.get(name, Decimal(0))
            if then != now:
                moved += 1
                continue
            counted += 1
            in_mart = of_mart.get(name, Decimal(0))
            if in_mart != now:
                differences.append(f"{' '.join(key)} {name}: {in_mart} (expected: {now})")
    return Compared(len(after), counted, moved, differences)


def limits(url: str, owned: Mapping[str, int]) -> list[Limit]:
    """What the sandbox counted, platform by platform.

    :param owned: how many accounts there are on each
    """
    stats = asked_of(f"{url}/__sandbox/truth/stats")["accounts"]
    return by_platform(owned, stats, journal(url))


def limits_after(url: str, owned: Mapping[str, int], number: int) -> list[Limit]:
    """As `limits`, of the calls after one of that number alone."""
    entries = journal(url, number)
    of_account: dict[tuple[str, str], list[Mapping[str, Any]]] = defaultdict(list)
    for entry in entries:
        of_account[entry["channel"], entry["account"]].append(entry)
    stats = [stats_of(channel, calls) for (channel, _), calls in of_account.items()]
    return by_platform(owned, stats, entries)


def last_call(url: str) -> int:
    """The number of the last call so far."""
    return max((entry["number"] for entry in journal(url)), default=0)


def journal(url: str, after: int = 0) -> list[Mapping[str, Any]]:
    """The calls after one, as the sandbox noted them."""
    return asked_of(f"{url}/__sandbox/journal?after={after}")["entries"]


def stats_of(channel: str, calls: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """An account's calls, counted as the sandbox counts all of them."""
    of_endpoint: dict[tuple[str, str], list[int]] = defaultdict(list)
    for call in calls:
        of_endpoint[call["method"], call["path"]].append(call["at_millis"])
    return {
        "channel": channel,
        "calls": len(calls),
        "throttled": sum(call["status"] == 429 for call in calls),
        "calls_while_blocked": sum(call["is_while_blocked"] for call in calls),
        "max_calls_per_second": most_in_a_second(call["at_millis"] for call in calls),
        "max_calls_per_second_of_endpoint": max(map(most_in_a_second, of_endpoint.values())),
    }


def by_platform(
    owned: Mapping[str, int],
    stats: Sequence[Mapping[str, Any]],
    entries: Sequence[Mapping[str, Any]],
) -> list[Limit]:
    return [
        limit(
            platform,
            accounts,
            [each for each in stats if each["channel"] == platform],
            [entry["at_millis"] for entry in entries if entry["channel"] == platform],
        )
        for platform, accounts in owned.items()
    ]


def limit(platform: str, accounts: int, stats: list[Mapping[str, Any]], times: list[int]) -> Limit:
    of_endpoint = "_of_endpoint" if platform in BY_ENDPOINT else ""
    return Limit(
        platform,
        accounts,
        sum(each["calls"] for each in stats),
        max((each[f"max_calls_per_second{of_endpoint}"] for each in stats), default=0),
        MOST_IN_A_SECOND.get(platform),
        sum(each["throttled"] for each in stats),
        sum(each["calls_while_blocked"] for each in stats),
        most_in_a_second(times),
    )


def most_in_a_second(millis: Iterable[int]) -> int:
    """The most calls in any second."""
    times = sorted(millis)
    first = most = 0
    for place, time in enumerate(times):
        while time - times[first] >= 1000:
            first += 1
        most = max(most, place - first + 1)
    return most


def unbalanced(connection: Connection) -> list[str]:
    """Books that do not balance, and why."""
    books = query(
        connection,
        "SELECT dataset, slice, business_date, state, reason FROM ops.v_books WHERE NOT balances",
    )
    return [
        f"{book['slice']} {book['dataset']} {book['business_date']}: {book['state']}, {book['reason']}"
        for book in books
    ]


def counted(connection: Connection) -> Counter[str]:
    """How much is loaded: orders, lines and account-days of visits."""
    row = query(
        connection,
        "SELECT (SELECT COUNT(*) FROM raw.sales_order) AS orders,"
        " (SELECT COUNT(*) FROM raw.order_item) AS lines,"
        " (SELECT COUNT(*) FROM raw.product) AS products,"
        " (SELECT COUNT(*) FROM raw.web_daily) AS visits,"
        " (SELECT COUNT(*) FROM ops.rebuilt_day) AS rebuilt",
    )[0]
    return Counter({name: int(number) for name, number in row.items()})


def query(connection: Connection, select: str) -> list[dict[str, Any]]:
    """The rows of a query, by psql."""
    asked = f"SELECT COALESCE(json_agg(row_to_json(found)), '[]') FROM ({select}) AS found"
    return json.loads(run_sql(connection, asked), parse_float=Decimal)


def run_sql(connection: Connection, statement: str) -> str:
    """What psql prints of a statement.

    :raises Refusal: psql is not installed, or the statement fails
    """
    program = shutil.which("psql")
    if program is None:
        raise Refusal("psql: not found (expected: PostgreSQL's client on the PATH)", USAGE)
    done = subprocess.run(
        [program, "-X", "-q", "-A", "-t", "-c", statement, connection.uri],
        env=os.environ | {"PGUSER": connection.user, "PGPASSWORD": connection.password},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise Refusal(f"psql: {done.stderr.strip()}")
    return done.stdout
