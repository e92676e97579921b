"""The DAG of card sales: whole runs in this process, with scripts as the jobs."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from alerts_support import SlackSink
from scripted_jobs import Jobs, account, listed, run_dag

from jangbu.alerts import messages
from jangbu.alerts.reports import UnreadableReport, read_anomalies
from jangbu.business_date import ZONE, business_date, day_of, is_day_over
from jangbu.marts import CARD_MARTS

MONDAY, SUNDAY = "2026-01-12", "2026-01-11"


def broken(rule: str, score: str, unit: str, expected: str, expected_unit: str) -> dict[str, Any]:
    return {
        "rule": rule,
        "score": score,
        "score_unit": unit,
        "expected": expected,
        "expected_unit": expected_unit,
    }


OVER_TWICE = broken("over_twice_week", "23.6145", "times", "41500.0000", "won")
OUTSIDE = broken("outside_hours", "3.0000", "hours", "11.0000", "hour_of_day")


def sale(number: int, amount: int, *breaks: dict[str, Any]) -> dict[str, Any]:
    return {
        "sale_id": number,
        "sold_at": f"{MONDAY}T05:30:00Z",
        "amount_sale": str(amount),
        "breaks": list(breaks),
        "card_key": "never told",
    }


def store(number: int, *largest: dict[str, Any]) -> dict[str, Any]:
    return {
        "account_id": "mysql-one",
        "store_id": number,
        "sales": len(largest),
        "by_rule": {"over_twice_week": len(largest)},
        "largest": list(largest),
    }


def reported(workspace: Path, *stores: dict[str, Any], day: str = MONDAY) -> None:
    folder = workspace / "reports" / "anomalies"
    folder.mkdir(parents=True)
    (folder / f"{day}.json").write_text(json.dumps({"stores": list(stores)}))


@pytest.fixture
def workspace(jobs: Jobs, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("JANGBU_WORKSPACE", str(jobs.folder / "workspace"))
    monkeypatch.setenv("JANGBU_SEARCH_URL", "https://search.example/")
    return jobs.folder / "workspace"


@pytest.mark.usefixtures("airflow_database")
def test_a_day_that_is_over_is_built_in_order_and_each_store_is_told(
    jobs: Jobs, slack: SlackSink, workspace: Path
) -> None:
    listed(jobs, account("mysql-one", "ACTIVE", "card-sales"), account("cafe24-two"))
    reported(
        workspace,
        store(50, sale(7, 980000, OVER_TWICE, OUTSIDE)),
        store(8, sale(9, 300000, OVER_TWICE)),
    )

    state, tasks, names = run_dag("card_sales", business_date=MONDAY)

    assert state == "success"
    assert names["source.extract[0]"] == "mysql-one"
    assert set(tasks.values()) == {"success"}
    built = [call.split()[3] for call in jobs.called if call.startswith("mart-job build")]
    assert sorted(built) == sorted(CARD_MARTS)
    assert jobs.called[1:] == [
        f"extract-job card-sales --account mysql-one --ds {MONDAY}",
        f"transform-job card-sales --account mysql-one --ds {MONDAY}",
        f"load-job card-sales --account mysql-one --ds {MONDAY}",
        *(f"mart-job build --mart {mart} --touched --ds {MONDAY}" for mart in built),
        f"mart-job anomalies --ds {MONDAY}",
    ]
    # Each after those it reads.
    assert all(built.index(read) < built.index(mart) for mart in built for read in CARD_MARTS[mart])
    assert slack.texts == [
        "🔎 확인할 카드 매출 1건: 가맹점 50 (2026-01-12) — 주간 객단가 2배 초과 1건",
        "🔎 확인할 카드 매출 1건: 가맹점 8 (2026-01-12) — 주간 객단가 2배 초과 1건",
    ]
    told = json.dumps(slack.messages[0], ensure_ascii=False)
    assert (
        "• 980,000원 (01-12 14:30 KST): 주간 객단가 2배 초과 (23.61배, 평소 41,500원),"
        " 평소 영업시간 외 결제 (3시간, 평소 11시), 거래 7" in told
    )
    assert (
        "<https://search.example/anomalies?store_id=50&amp;from=2026-01-12&amp;to=2026-01-12|"
        in told
    )
    assert "never told" not in told


@pytest.mark.usefixtures("airflow_database", "slack", "workspace")
def test_a_source_that_fails_stops_no_other_and_reddens_the_run(
    jobs: Jobs, workspace: Path
) -> None:
    listed(
        jobs,
        account("mysql-one", "ACTIVE", "card-sales"),
        account("mysql-two", "ACTIVE", "card-sales"),
    )
    jobs.ends(f"extract-job card-sales --account mysql-one --ds {MONDAY}", 2, message="no")
    reported(workspace)

    state, tasks, _ = run_dag("card_sales", business_date=MONDAY)

    assert state == "failed"
    assert tasks["source.load[0]"] == tasks["verdict"] == "upstream_failed"
    assert tasks["source.load[1]"] == tasks["tell_stores"] == "success"


@pytest.mark.usefixtures("airflow_database", "slack")
def test_sundays_over_are_compared_month_by_month(jobs: Jobs, workspace: Path) -> None:
    listed(jobs, account("mysql-one", "ACTIVE", "card-sales"))
    reported(workspace, day=SUNDAY)

    state, _, _ = run_dag("card_sales", business_date=SUNDAY)

    assert state == "success"
    assert sorted(call for call in jobs.called if call.startswith("extract-job card")) == [
        f"extract-job card-sales --account mysql-one --ds {SUNDAY}",
        f"extract-job card-sales --account mysql-one --ds {SUNDAY} --reconcile",
    ]


def test_a_day_without_a_report_is_told_by_its_file(tmp_path: Path) -> None:
    day = day_of(datetime(2026, 1, 11, tzinfo=ZONE))

    with pytest.raises(UnreadableReport, match=r"2026-01-11.json: No such file"):
        read_anomalies(tmp_path, day, "")


def test_four_runs_share_a_business_date_and_the_last_closes_it() -> None:
    import card_sales

    moment = datetime(2026, 1, 11, 15, 10, tzinfo=UTC)
    runs = []
    for _ in range(5):
        info = card_sales.dag.timetable.infer_manual_data_interval(run_after=moment)
        run = SimpleNamespace(
            run_type="scheduled",
            data_interval_start=info.start,
            data_interval_end=info.end,
            run_after=moment,
        )
        runs.append((moment.astimezone(ZONE).strftime("%d %H:%M"), run))
        moment += timedelta(hours=6)

    assert [
        (due, business_date(run, {}).isoformat(), is_day_over(run, {})) for due, run in runs
    ] == [
        ("12 00:10", SUNDAY, True),
        ("12 06:10", MONDAY, False),
        ("12 12:10", MONDAY, False),
        ("12 18:10", MONDAY, False),
        ("13 00:10", MONDAY, True),
    ]


def test_more_stores_than_a_chat_bears_are_one_message() -> None:
    day = day_of(datetime(2026, 1, 12, tzinfo=ZONE))
    stores = tuple(
        messages.StoreAnomalies(day, "mysql-one", number, 2, (), ()) for number in range(60)
    )

    message = messages.more_anomalies(messages.DayAnomalies(day, stores), 50)

    assert message.text == "🔎 그 밖의 가맹점 10곳 (2026-01-12) — 확인할 카드 매출 20건"


def test_each_figure_is_told_with_what_it_counts() -> None:
    at = datetime(2026, 1, 12, 5, 30, tzinfo=UTC)
    breaks = (
        messages.Break("same_card_same_amount", Decimal("4.0000"), "nth", Decimal("2"), "payments"),
        messages.Break("card_burst", Decimal("5"), "approvals", Decimal("2"), "approvals"),
        messages.Break(
            "cancellation_share", Decimal("6.125"), "z", Decimal("1.5"), "cancellations"
        ),
        messages.Break("a_new_rule", Decimal("1200"), "days", Decimal("7"), "days"),
    )
    odd = messages.OddSale(7, at, Decimal(1000), breaks)
    day = day_of(at)

    message = messages.store_anomalies(
        messages.StoreAnomalies(day, "mysql-one", 50, 1, (("a_new_rule", 1),), (odd,))
    )

    assert (
        "• 1,000원 (01-12 14:30 KST): 같은 카드 같은 금액 반복 (4번째, 평소 2건까지),"
        " 짧은 시간 여러 가맹점 결제 (5건, 평소 2건까지), 취소 비율 급증 (6.12σ, 평소 1.5건),"
        " a_new_rule (1,200 days, 평소 7 days), 거래 7"
    ) in str(message.blocks)


def test_rules_are_called_as_the_database_calls_them() -> None:
    folder = Path(__file__).resolve().parents[2] / "sql" / "migrations"
    migrations = "".join(file.read_text(encoding="utf-8") for file in sorted(folder.iterdir()))

    assert [name for name in messages.RULES.values() if f"'{name}'" not in migrations] == []
