"""A run over shops' accounts by the real scheduler in real containers: one account of three needs its owner."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from pipeline import Pipeline, wait_for
from server import PROJECT, Server
from shops import TENANT, Shops

DAG = "channel_sales"
SHOP = "small"
# Some thirty containers, eight at once.
A_BUSY_MACHINE_SECONDS = 900
# A first load begins so many days before its business date, and ends two minutes before now.
LOADED_DAYS = 90
CAFE24, NAVER, ABLY, GONE = "cafe24-small", "naver-small", "ably-small", "cafe24-gone"
DATASETS_OF_CAFE24 = ("orders", "refunds", "products", "coupons")
WELL = {CAFE24: DATASETS_OF_CAFE24, NAVER: ("orders", "products")}
# `JANGBU_ABLY_CRAWL=1 make test-docker` builds the image that has a browser: then the pages of a seller are read, too.
if os.environ.get("JANGBU_ABLY_CRAWL") == "1":
    WELL[ABLY] = ("orders",)


@pytest.fixture(scope="module")
def shops(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Shops:
    folder = tmp_path_factory.mktemp("given")
    folder.chmod(0o755)
    return Shops(server, folder)


def add_accounts(shops: Shops) -> None:
    """A small shop on two platforms, and a mall nobody has consented to."""
    shop = shops.open(SHOP, "cafe24", "naver", "ably", products=5, orders_per_day=1)
    gone = shops.open("gone", "cafe24", products=5, orders_per_day=1)
    keys = ("client_id", "client_secret")
    mall = shop["cafe24"]["mall_id"]
    assert shops.add("cafe24", mall, shop["cafe24"], *keys) == CAFE24
    shops.consent(CAFE24, mall)
    assert shops.add("naver", SHOP, shop["naver"], *keys) == NAVER
    if ABLY in WELL:
        assert shops.add("ably", SHOP, shop["ably"], "email", "password") == ABLY
    assert shops.add("cafe24", gone["cafe24"]["mall_id"], gone["cafe24"], *keys) == GONE


def run_of(pipeline: Pipeline) -> str:
    """Switches the DAG on: its run for yesterday, where it is due already, or else one by hand."""
    due = pipeline.call("GET", f"/api/v2/dags/{DAG}")["next_dagrun_run_after"]
    if datetime.fromisoformat(due) > datetime.now(UTC) + timedelta(seconds=5):
        return pipeline.trigger()
    pipeline.switch_on()
    wait_for(pipeline.runs, 60, "the scheduled run")
    return str(pipeline.runs()[0]["dag_run_id"])


def test_one_account_that_needs_its_owner_stops_no_other(server: Server, shops: Shops) -> None:
    add_accounts(shops)
    pipeline = Pipeline(server, dag=DAG)
    began = datetime.now(UTC)

    run = run_of(pipeline)

    assert pipeline.ended(run, A_BUSY_MACHINE_SECONDS)["state"] == "failed"
    tasks = {
        name: state
        for platform in ("cafe24", "naver", "ably")
        for name, state in pipeline.mapped(run, platform).items()
    }
    expected = {
        f"{step} {account} {dataset}": "success"
        for account, datasets in WELL.items()
        for dataset in datasets
        for step in ("extract", "check", "load")
    } | {f"extract {GONE} {dataset}": "failed" for dataset in DATASETS_OF_CAFE24}
    # The run of a Sunday has more; what never began has no name.
    assert tasks | expected == tasks
    assert {state for name, state in tasks.items() if name[-1].isdigit()} == {"upstream_failed"}
    tables_hold_what_was_sold(server, shops, began)
    marts_hold_what_the_tables_do(server)
    code, page = server.inside("scheduler", "cat", "/workspace/reports/sales-dashboard.html")
    assert (code, TENANT in page) == (0, True)
    told = f"계정 {len(WELL) + 1}개 중 {len(WELL)}개 완료, 실패: {GONE}, 주인 확인 필요: {GONE}"
    assert [one["text"].partition(" — ")[2] for one in pipeline.messages("채널 매출")] == [told]
    assert pipeline.messages(DAG) == []
    log_in_had_key_and_way_out(pipeline, server, run)


def tables_hold_what_was_sold(server: Server, shops: Shops, began: datetime) -> None:
    """Orders, lines and their worth, but for what came in while it was read."""
    today = began.astimezone(ZoneInfo("Asia/Seoul")).date()
    first, last = today - timedelta(days=LOADED_DAYS - 1), began - timedelta(minutes=3)
    for channel in ("cafe24", "naver"):
        lines = [
            line
            for line in shops.truth(SHOP, first, today, "ordered")
            # What the mall imported from SmartStore is SmartStore's.
            if line["channel"] == channel
            and line["place"] != "shopn"
            and datetime.fromisoformat(line["ordered_at"]) < last
        ]
        orders = {line["order_id"] for line in lines}
        assert len(orders) > LOADED_DAYS / 2
        assert server.sql(
            "SELECT count(DISTINCT order_id), count(*), sum(line_gross)::bigint"
            " FROM raw.sales_order JOIN raw.order_item USING (account_id, order_id)"
            f" WHERE channel_code = '{channel.upper()}'"
            f" AND ordered_on >= '{first}' AND ordered_at < '{last.isoformat()}'"
        ) == [f"{len(orders)}|{len(lines)}|{sum(line['line_gross'] for line in lines)}"]


def marts_hold_what_the_tables_do(server: Server) -> None:
    of_marts = server.sql(
        "SELECT account_id, sum(order_count), sum(gross_amount) FROM mart.mart_sales_daily"
        " GROUP BY account_id ORDER BY account_id"
    )
    assert [line.partition("|")[0] for line in of_marts] == sorted(WELL)
    assert of_marts == server.sql(
        "SELECT account_id, count(DISTINCT order_id), sum(line_net) FROM raw.order_item"
        " WHERE ever_paid GROUP BY account_id ORDER BY account_id"
    )


def log_in_had_key_and_way_out(pipeline: Pipeline, server: Server, run: str) -> None:
    """Seen on what is left of the account that failed."""
    kept = pipeline.containers(and_ended=True, run=run)
    assert len(kept) >= len(DATASETS_OF_CAFE24)
    for container in map(pipeline.inspect, kept):
        host = container["HostConfig"]
        assert host["NetworkMode"] == f"{PROJECT}_shops"
        assert {mount["Destination"]: mount["RW"] for mount in container["Mounts"]} == {
            "/workspace": True,
            "/run/secrets/jangbu_db_password": False,
            "/run/secrets/jangbu_credential_key": False,
            "/certificates": False,
        }
        assert "client_secret" not in str(container)
