"""The shops' accounts, and what of each a run brings in: its parts, one a mapped task."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

# Also the names of the pools: how many extractions may ask a platform at once.
PLATFORMS = ("cafe24", "naver", "ably", "ga4")
# Platforms without an interface for programs: their pages are read in a browser, where somebody wants that.
CRAWLED = ("ably",)
# Orders of all accounts come before anything else of any.
DATASETS = ("orders", "refunds", "products", "coupons", "web-traffic")
# The databases card sales come from; also the name of their pool.
CARD_SOURCE = "mysql"
CARD_SALES = "card-sales"
ACTIVE = "ACTIVE"
RECONCILED = "orders"
SUNDAY = 6

Account = Mapping[str, Any]
Part = dict[str, str]


def parts_of(accounts: Iterable[Account], platform: str, day: date) -> list[Part]:
    """What a run for a business date brings in from a platform: each dataset of each active account.

    Of a Sunday the orders are read again far back, as a part of its own with a slice of its own.

    :param accounts: as `extract-job accounts list --json` prints them
    """
    active = [
        account
        for account in accounts
        if account["status"] == ACTIVE and account["channel"].lower() == platform
    ]
    daily = [
        part(account["account_id"], dataset)
        for dataset in DATASETS
        for account in active
        if dataset in account["datasets"]
    ]
    return daily + [
        part(account["account_id"], RECONCILED, is_reconcile=True)
        for account in active
        if day.weekday() == SUNDAY and RECONCILED in account["datasets"]
    ]


def card_parts_of(accounts: Iterable[Account], day: date, *, is_day_over: bool) -> list[Part]:
    """What a run brings in of card sales: what changed in each active account's table since the last run.

    With a Sunday over, the tables are also compared month by month, as a part of its own with a slice of its own.

    :param accounts: as `extract-job accounts list --json` prints them
    """
    active = [
        account["account_id"]
        for account in accounts
        if account["status"] == ACTIVE and account["channel"].lower() == CARD_SOURCE
    ]
    is_compared = is_day_over and day.weekday() == SUNDAY
    return [part(account, CARD_SALES) for account in active] + [
        part(account, CARD_SALES, is_reconcile=True) for account in active if is_compared
    ]


def part(account: str, dataset: str, *, is_reconcile: bool = False) -> Part:
    """One dataset of an account, as the operators of the mapped group take it."""
    return {
        "account": account,
        "dataset": dataset,
        "slice": f"{account}.reconcile" if is_reconcile else account,
        "reconcile": "--reconcile" if is_reconcile else "",
    }


def waiting_for_owners(accounts: Iterable[Account]) -> list[str]:
    """The accounts that are left out until their owner has acted."""
    return sorted(
        account["account_id"] for account in accounts if account["status"] == "NEEDS_ATTENTION"
    )
