"""The DAG of the shops' sales: mapped over accounts in whole runs in this process, with scripts as the jobs."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from alerts_support import SlackSink
from conftest import CHECKOUT, DAGS
from scripted_jobs import Jobs, account, listed, run_dag

from jangbu import operators
from jangbu.accounts import PLATFORMS, parts_of, waiting_for_owners

sys.path.append(str(CHECKOUT / "bin"))

from jangbu_run import night

MONDAY, SUNDAY = "2026-01-12", "2026-01-11"


def different(days: int, unknown: int, unread: int, gross: float, currency: str) -> dict[str, Any]:
    """What the load of a weekly reading says it found."""
    return {
        "different_days": days,
        "unknown_orders": unknown,
        "unread_orders": unread,
        "gross_difference": gross,
        "difference_currency": currency,
    }


def run_day(day: str) -> tuple[str, dict[str, str], dict[str, str]]:
    return run_dag("channel_sales", business_date=day)


@pytest.mark.usefixtures("airflow_database")
def test_every_account_is_brought_in_and_named(jobs: Jobs, slack: SlackSink) -> None:
    accounts = [
        account("cafe24-one", "ACTIVE", "orders", "coupons"),
        account("cafe24-two"),
        account("naver-three"),
        account("ga4-1234", "ACTIVE", "web-traffic"),
    ]
    listed(jobs, *accounts)

    state, tasks, names = run_day(MONDAY)

    assert state == "success"
    assert {name for task, name in names.items() if task.startswith("cafe24.account.extract")} == {
        "cafe24-one orders",
        "cafe24-two orders",
        "cafe24-one coupons",
    }
    assert [tasks[f"{platform}.account.load[0]"] for platform in ("cafe24", "naver", "ga4")] == [
        "success"
    ] * 3
    assert tasks["ably.account.load"] == "skipped"
    loads = [call for call in jobs.called if call.startswith("load-job")]
    assert sorted(loads) == [
        "load-job coupons --account cafe24-one --ds 2026-01-12",
        "load-job orders --account cafe24-one --ds 2026-01-12",
        "load-job orders --account cafe24-two --ds 2026-01-12",
        "load-job orders --account naver-three --ds 2026-01-12",
        "load-job web-traffic --account ga4-1234 --ds 2026-01-12",
    ]
    assert jobs.called[-3:] == [
        "mart-job build --dataset orders --touched",
        "mart-job build --dataset web-traffic --touched",
        "mart-job sales-dashboard",
    ]
    assert slack.texts == ["✅ 채널 매출 처리 완료: 2026-01-12 — 계정 4개 중 4개 완료"]
    # `make nightly` measures these commands without Airflow.
    of_platform = night.parts(accounts, date.fromisoformat(MONDAY))
    measured = [
        " ".join(night.command(stage, part, date.fromisoformat(MONDAY)))
        for some in of_platform.values()
        for part in some
        for stage in night.STAGES
    ]
    assert sorted(jobs.called[1:-3]) == sorted(measured)
    assert jobs.called[-3:] == [" ".join(words) for words in night.AFTERWARDS.values()]


@pytest.mark.usefixtures("airflow_database")
def test_one_accounts_failure_stops_no_other_and_is_told_once(jobs: Jobs, slack: SlackSink) -> None:
    listed(
        jobs,
        account("cafe24-gone", "ACTIVE", "orders", "refunds"),
        account("cafe24-bad"),
        account("cafe24-well"),
        account("naver-well"),
        account("ably-left", "NEEDS_ATTENTION"),
    )
    for dataset in ("orders", "refunds"):
        jobs.ends(
            f"extract-job {dataset} --account cafe24-gone --ds {MONDAY}",
            1,
            needs_attention="REAUTH_REQUIRED",
            message="the refresh token is over",
        )
    jobs.ends(f"transform-job orders --account cafe24-bad --ds {MONDAY}", 10)

    state, tasks, _ = run_day(MONDAY)

    assert state == "failed"
    assert {task for task, ended in tasks.items() if ended == "failed"} == {
        "cafe24.account.extract[0]",
        "cafe24.account.extract[3]",
        "cafe24.account.check[1]",
        "verdict",
    }
    assert tasks["cafe24.account.check[0]"] == tasks["cafe24.account.load[1]"] == "upstream_failed"
    assert tasks["cafe24.account.load[2]"] == tasks["naver.account.load[0]"] == "success"
    assert tasks["marts.orders"] == tasks["dashboard"] == tasks["summary"] == "success"
    assert slack.texts == [
        "🟠 채널 매출 일부 실패: 2026-01-12 — 계정 4개 중 2개 완료, 실패: cafe24-bad, cafe24-gone, "
        "주인 확인 필요: ably-left, cafe24-gone"
    ]
    blocks = [block["text"]["text"] for block in slack.messages[0]["blocks"] if "text" in block]
    assert blocks[1:] == [
        "*cafe24-gone*\n🔑 `REAUTH_REQUIRED` 다시 동의해야 합니다: accounts consent",
        "*cafe24-bad*\n• orders 검사 check: 그날 데이터가 품질 검사를 통과하지 못함 (exit code 10)",
        "🔑 *주인이 조치할 때까지 제외* (left out): ably-left",
    ]


@pytest.mark.usefixtures("airflow_database")
def test_what_the_weekly_reading_found_is_told_by_account(jobs: Jobs, slack: SlackSink) -> None:
    names = ("cafe24-less", "cafe24-more", "cafe24-same", "cafe24-two", "cafe24-worse")
    listed(jobs, *map(account, names))
    for name, code, found in (
        ("cafe24-less", 0, different(2, 3, 0, 12000.5, "KRW")),
        ("cafe24-more", 0, different(1, 0, 1, -10000.0, "KRW")),
        ("cafe24-same", 0, different(0, 0, 0, 0, "")),
        ("cafe24-two", 0, different(1000, 1, 0, 3.25, "KRW,USD")),
        # Nothing was stored, whatever it found.
        ("cafe24-worse", 1, different(1, 1, 0, 1, "KRW")),
    ):
        reading = f"load-job orders --account {name} --ds {SUNDAY} --reconcile"
        jobs.ends(reading, code, slice=f"{name}.reconcile", **found)

    state, _, _ = run_day(SUNDAY)

    assert state == "failed"
    assert slack.texts == [
        "🟠 채널 매출 일부 실패: 2026-01-11 — 계정 5개 중 4개 완료, 실패: cafe24-worse, "
        "대조 차이: cafe24-less, cafe24-more, cafe24-two"
    ]
    blocks = [block["text"]["text"] for block in slack.messages[0]["blocks"] if "text" in block]
    assert blocks[2:] == [
        "🔎 *주간 대조에서 저장된 것과 달랐음* (weekly reading)\n"
        "• cafe24-more: 1일 다름, 읽히지 않은 주문 1건, 합계 10,000원 많았음"
        " → 바로잡음, 읽히지 않은 주문은 남겨 둠: 확인 필요\n"
        "• cafe24-less: 2일 다름, 빠진 주문 3건, 합계 12,000.50원 적었음 → 바로잡음\n"
        "• cafe24-two: 1,000일 다름, 빠진 주문 1건 → 바로잡음"
    ]


@pytest.mark.usefixtures("airflow_database")
def test_what_was_rejected_is_told_though_the_account_was_brought_in(
    jobs: Jobs, slack: SlackSink
) -> None:
    listed(jobs, account("cafe24-one", "ACTIVE", "orders", "refunds"), account("naver-two"))
    for name, dataset, lines, reasons in (
        ("cafe24-one", "orders", 1000, {"value_range": 2, "timestamp_valid": 1, "unique_item": 1}),
        ("cafe24-one", "refunds", 7, {}),
        ("naver-two", "orders", 2, {"value_range": 1}),
    ):
        jobs.ends(
            f"transform-job {dataset} --account {name} --ds {MONDAY}",
            0,
            dataset=dataset,
            slice=name,
            lines=lines,
            rejected=sum(reasons.values()),
            rejected_by_reason=reasons,
        )

    state, _, _ = run_day(MONDAY)

    assert state == "success"
    assert slack.texts == ["✅ 채널 매출 처리 완료: 2026-01-12 — 계정 2개 중 2개 완료, 거부 5줄"]
    blocks = [block["text"]["text"] for block in slack.messages[0]["blocks"] if "text" in block]
    assert blocks[1:] == [
        "🧾 *거부된 줄: 나머지는 적재됨* (rejected)\n"
        "• cafe24-one orders: 1,000줄 중 4줄 (value_range 2, timestamp_valid 1 외 1가지)\n"
        "• naver-two orders: 2줄 중 1줄 (value_range 1)"
    ]


@pytest.mark.usefixtures("airflow_database")
def test_marts_that_fail_are_told_with_the_accounts(jobs: Jobs, slack: SlackSink) -> None:
    listed(jobs, account("cafe24-one"))
    jobs.ends("mart-job build --dataset orders --touched", 2, message="--touched: no")

    state, tasks, _ = run_day(MONDAY)

    assert state == "failed"
    assert tasks["cafe24.account.load[0]"] == tasks["summary"] == "success"
    assert tasks["verdict"] == "upstream_failed"
    # Its own trigger rule: what the other marts have is shown.
    assert tasks["marts.web_traffic"] == tasks["dashboard"] == "success"
    assert [text for text in slack.texts if "채널 매출" in text] == [
        "🟠 채널 매출 일부 실패: 2026-01-12 — 계정 1개 중 1개 완료, 마트·대시보드 미완료: marts.orders"
    ]


@pytest.mark.usefixtures("airflow_database")
@pytest.mark.parametrize("answer", [{"status": "usage", "exit_code": 2}, {"exit_code": 0}])
def test_without_the_list_of_accounts_nothing_is_brought_in(
    jobs: Jobs, slack: SlackSink, answer: dict[str, Any]
) -> None:
    jobs.answer("extract-job accounts list --json", answer)

    state, tasks, _ = run_day(MONDAY)

    assert state == "failed"
    assert tasks["verdict"] == "upstream_failed"
    # What an earlier run left unbuilt is built all the same.
    assert jobs.called == [
        "extract-job accounts list --json",
        "mart-job build --dataset orders --touched",
        "mart-job build --dataset web-traffic --touched",
        "mart-job sales-dashboard",
    ]
    assert not [text for text in slack.texts if "채널 매출" in text]


@pytest.mark.usefixtures("airflow_database")
@pytest.mark.parametrize("crawled", [False, True])
def test_pages_are_read_in_a_browser_only_where_somebody_wants_that(
    jobs: Jobs, slack: SlackSink, monkeypatch: pytest.MonkeyPatch, crawled: bool
) -> None:
    monkeypatch.setattr(operators, "SETTINGS", replace(operators.SETTINGS, is_ably_crawled=crawled))
    listed(jobs, account("ably-one"))

    state, _, _ = run_day(MONDAY)

    assert state == "success"
    assert [call for call in jobs.called if call.startswith(("extract-job o", "load-job"))] == (
        [
            "extract-job orders --account ably-one --ds 2026-01-12 --crawl",
            "load-job orders --account ably-one --ds 2026-01-12",
        ]
        if crawled
        else []
    )


@pytest.mark.usefixtures("airflow_database")
def test_without_accounts_nobody_is_told(jobs: Jobs, slack: SlackSink) -> None:
    listed(jobs)

    state, tasks, _ = run_day(MONDAY)

    assert state == "success"
    assert {tasks[f"{platform}.account.extract"] for platform in PLATFORMS} == {"skipped"}
    assert slack.texts == []


def test_a_sundays_orders_are_read_again_in_a_slice_of_their_own() -> None:
    accounts = [account("cafe24-one", "ACTIVE", "orders", "products"), account("naver-two")]

    daily = parts_of(accounts, "cafe24", date.fromisoformat(MONDAY))
    weekly = parts_of(accounts, "cafe24", date.fromisoformat(SUNDAY))

    assert [(part["dataset"], part["slice"], part["reconcile"]) for part in daily] == [
        ("orders", "cafe24-one", ""),
        ("products", "cafe24-one", ""),
    ]
    assert weekly[:2] == daily
    assert weekly[2:] == [
        {
            "account": "cafe24-one",
            "dataset": "orders",
            "slice": "cafe24-one.reconcile",
            "reconcile": "--reconcile",
        }
    ]


def test_all_accounts_orders_come_before_anything_else() -> None:
    accounts = [
        account("cafe24-one", "ACTIVE", "products", "orders"),
        account("cafe24-two", "ACTIVE", "orders", "products"),
        account("cafe24-three", "NEEDS_ATTENTION"),
        account("file-four"),
    ]

    parts = parts_of(accounts, "cafe24", date.fromisoformat(MONDAY))

    assert [(part["dataset"], part["account"]) for part in parts] == [
        ("orders", "cafe24-one"),
        ("orders", "cafe24-two"),
        ("products", "cafe24-one"),
        ("products", "cafe24-two"),
    ]
    assert waiting_for_owners(accounts) == ["cafe24-three"]


def test_a_pool_for_each_platform_and_twenty_at_once() -> None:
    import channel_sales

    pools = json.loads((DAGS / "pools.json").read_text("utf-8"))
    for platform in PLATFORMS:
        extract = channel_sales.dag.get_task(f"{platform}.account.extract")
        assert extract.pool == platform
    assert sum(pools[platform]["slots"] for platform in PLATFORMS) == 20


def test_graph_lets_a_platform_fail_alone() -> None:
    import channel_sales

    dag = channel_sales.dag
    below = {task.task_id: set(task.downstream_task_ids) for task in dag.tasks}

    for platform in PLATFORMS:
        # Each step of the group takes what the group is mapped over.
        assert below[f"{platform}.parts"] == {
            f"{platform}.account.{step}" for step in ("extract", "check", "load")
        }
        assert below[f"{platform}.account.extract"] == {f"{platform}.account.check"}
        assert below[f"{platform}.account.check"] == {f"{platform}.account.load"}
        assert below[f"{platform}.account.load"] == {"marts.orders"}
    assert "verdict" in below["accounts"]
    assert below["marts.orders"] == {"marts.web_traffic", "verdict"}
    assert below["marts.web_traffic"] == {"dashboard", "verdict"}
    assert below["dashboard"] == {"summary", "verdict"}
    assert below["summary"] == {"verdict"}
    assert dag.max_active_runs == 1
    assert not dag.catchup
