"""The measured night: whose commands it runs and in which order, and what makes it end as failed."""

from __future__ import annotations

import json
import os
import sys
import threading
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from conftest import StubJobs

from jangbu_run import demo, nightly, psql, verdict
from jangbu_run.jobs import Outcome
from jangbu_run.night import Night
from jangbu_run.watched import Ended

SANDBOX = """
import http.server, json, pathlib, sys
folder = pathlib.Path(sys.argv[1])
class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        wish = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        (folder / "wish").write_text(json.dumps(wish))
        self.do_GET()
    def do_GET(self):
        path = self.path.partition("?")[0].removeprefix("/__sandbox/")
        answer = json.loads((folder / "sandbox.json").read_text()).get(path, {})
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(body)
    def log_message(self, *arguments):
        pass
server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
print(f"sandbox at http://127.0.0.1:{server.server_port}, seed 7", flush=True)
server.serve_forever()
"""
# What a query finds, by the table it names.
PSQL = """#!/usr/bin/env python3
import json, pathlib, sys
asked = sys.argv[sys.argv.index("-c") + 1]
for table, found in json.loads((pathlib.Path(__file__).parent / "found.json").read_text()).items():
    if table in asked:
        print(json.dumps(found))
        break
"""
CONSENT = ["http://mall/oauth/authorize?client_id=a&state=s", "consented"]


def log_in(shop: str) -> dict[str, Any]:
    secrets = {"client_id": "planted-id", "client_secret": "planted", "base_url": "http://base"}
    return {
        "shop": shop,
        "cafe24": {"mall_id": shop, **secrets},
        "naver": secrets,
        "ga4": {"property_id": "4711", "base_url": "http://base", "key_file": {}},
    }


def account(name: str, *datasets: str) -> dict[str, Any]:
    channel = name.partition("-")[0]
    return {
        "account_id": name,
        "channel": channel,
        "status": "ACTIVE",
        "datasets": list(datasets),
    }


def sold(**changed: Any) -> dict[str, Any]:
    """A line as the sandbox knows it."""
    row = {
        "channel": "cafe24",
        "day": "2026-03-02",
        "order_id": "1",
        "place": "mobile",
        "quantity": 2,
        "remaining_quantity": 2,
        "line_gross": 30000,
        "line_discount": 2000,
        "allocated_discount": 1000,
        "line_net": 27000,
        "status": "PAID",
        "is_ever_paid": True,
    }
    return row | changed


def used(channel: str, **changed: Any) -> dict[str, Any]:
    """An account's calls as the sandbox counts them."""
    counted = {
        "channel": channel,
        "calls": 9,
        "throttled": 0,
        "calls_while_blocked": 0,
        "max_calls_per_second": 3,
        "max_calls_per_second_of_endpoint": 2,
    }
    return counted | changed


def called(number: int, at_millis: int, **changed: Any) -> dict[str, Any]:
    """A call as the sandbox notes it."""
    noted = {
        "number": number,
        "at_millis": at_millis,
        "channel": "cafe24",
        "account": "load-001",
        "method": "GET",
        "path": "/orders",
        "status": 200,
        "is_while_blocked": False,
    }
    return noted | changed


def mart(**changed: Any) -> dict[str, Any]:
    """A row of mart_sales_daily."""
    row = {
        "account": "cafe24-load-001",
        "day": "2026-03-02",
        "list_amount": 30000.00,
        "discount_amount": 3000.00,
        "gross_amount": 27000.00,
        "net_restated_amount": 27000.00,
        "order_count": 1,
        "line_count": 1,
        "unit_count": 2,
    }
    return row | changed


class Stage:
    """A sandbox, jobs and a database that answer as they are told."""

    def __init__(self, folder: Path, jobs: StubJobs) -> None:
        self.folder = folder
        self.jobs = jobs
        self.sandbox: dict[str, Any] = {
            "accounts": {"accounts": [log_in("load-001"), log_in("load-002")]},
            "truth/orders": {"rows": [sold()]},
            "truth/traffic": {"days": [{"day": "2026-03-02", "sessions": 40}]},
            "truth/stats": {"accounts": [used("cafe24"), used("naver"), used("ga4")]},
            "journal": {"entries": [called(1, 1000), called(2, 5000)]},
        }
        self.found: dict[str, Any] = {
            "mart_sales_daily": [mart(), mart(account="cafe24-load-002")],
            "mart_channel_traffic": [{"account": "ga4-4711", "day": "2026-03-02", "sessions": 40}],
            "v_books": [],
            "raw.sales_order": [
                {"orders": 1200, "lines": 2000, "products": 7, "visits": 3, "rebuilt": 5}
            ],
        }

    def play(self, *arguments: str) -> int:
        (self.folder / "sandbox.json").write_text(json.dumps(self.sandbox))
        (self.folder / "found.json").write_text(json.dumps(self.found))
        asked = ["--accounts", "4", "--workspace", str(self.folder / "work"), *arguments]
        return nightly.Nightly(nightly.parse(asked, date(2026, 3, 3))).run()


@pytest.fixture
def stage(stub_jobs: StubJobs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stage:
    (tmp_path / "sandbox.py").write_text(SANDBOX)
    command = (sys.executable, str(tmp_path / "sandbox.py"), str(tmp_path))
    monkeypatch.setattr(demo, "SANDBOX", command)
    (tmp_path / "psql").write_text(PSQL)
    (tmp_path / "psql").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    for name in ("JANGBU_PROFILE", "JANGBU_CREDENTIAL_KEY_FILE"):
        monkeypatch.setenv(name, "")
    connection = psql.Connection("postgresql://here", "jangbu", "", "")
    monkeypatch.setattr(psql, "embedded", lambda workspace: connection)
    listed = [
        account("cafe24-load-001", "orders", "coupons"),
        account("cafe24-load-002", "orders"),
        account("naver-load-001", "orders"),
        account("ga4-4711", "web-traffic"),
    ]
    stub_jobs.answer_lines("extract-job accounts list", (0, [json.dumps(listed)]))
    stub_jobs.answer_lines("extract-job accounts consent", (0, CONSENT))
    for job in ("extract-job", "transform-job", "load-job", "mart-job", "dev-database"):
        stub_jobs.answer(job, (0, {"status": "done"}))
    return Stage(tmp_path, stub_jobs)


def test_night_runs_the_dags_commands_and_is_told_in_figures(
    stage: Stage, capfd: pytest.CaptureFixture[str]
) -> None:
    assert stage.play("--history", "0", "--days", "3") == 0

    calls = [call.replace(str(stage.folder / "work"), "WORK") for call in stage.jobs.calls]
    assert json.loads((stage.folder / "wish").read_text()) == {
        "shop": "load",
        "count": 2,
        "channels": ["cafe24", "naver", "ga4"],
    }
    assert sorted(call.partition(" --base")[0] for call in calls if "accounts add" in call) == [
        "extract-job accounts add cafe24 --tenant load-001 --id load-001",
        "extract-job accounts add cafe24 --tenant load-002 --id load-002",
        "extract-job accounts add ga4 --tenant load-001 --id 4711",
        "extract-job accounts add naver --tenant load-001 --id load-001",
    ]
    begun = calls.index("extract-job accounts list --json")
    brought, afterwards = calls[begun + 1 : -3], calls[-3:]
    assert [call for call in brought if "coupons" in call] == [
        "extract-job coupons --account cafe24-load-001 --ds 2026-03-02 --from-date 2026-02-28",
        "transform-job coupons --account cafe24-load-001 --ds 2026-03-02",
        "load-job coupons --account cafe24-load-001 --ds 2026-03-02",
    ]
    assert len(brought) == 5 * 3
    assert afterwards == [
        "mart-job build --dataset orders --touched",
        "mart-job build --dataset web-traffic --touched",
        "mart-job sales-dashboard",
    ]
    told = capfd.readouterr().out
    assert "4 accounts, 5 datasets of them, 0 accounts failed" in told
    assert "| cafe24 | 2 | 9 | 3 | 42 | 0 | 0 | 1 | yes |" in told
    assert "| naver | 1 | 9 | 2 | 6 | 0 | 0 | 0 | yes |" in told
    assert "loaded: 1,200 orders with 2,000 lines, 7 products, 3 rows of visits" in told
    assert "15 figures of 3 days of accounts compared, 0 differ; 0 changed" in told
    assert "planted" not in told


def test_what_lies_before_the_night_is_loaded_first(stage: Stage) -> None:
    listed = [account("cafe24-load-001", "coupons")]
    stage.jobs.answer_lines("extract-job accounts list", (0, [json.dumps(listed)]))
    assert stage.play("--history", "3", "--days", "2") == 0

    asked = [call for call in stage.jobs.calls if "extract-job coupons" in call]
    assert [call.partition("load-001 ")[2] for call in asked] == [
        "--ds 2026-02-28 --from-date 2026-02-26 --to-date 2026-02-28",
        "--ds 2026-03-02",
    ]


def test_account_that_cannot_be_added_ends_it_at_once(stage: Stage) -> None:
    stage.jobs.answer_lines("extract-job accounts consent", (1, ["consent: none within 600 s"]))

    with pytest.raises(nightly.Refusal, match=r"consent cafe24-load-001 failed .* none within"):
        stage.play()

    assert not [call for call in stage.jobs.calls if call.startswith("transform-job")]


def test_account_that_fails_stops_no_other(stage: Stage, capfd: pytest.CaptureFixture[str]) -> None:
    answers = dict(stage.jobs.answers)
    stage.jobs.answers.clear()
    stage.jobs.answer("transform-job coupons", (10, {"message": "the day did not pass"}))
    stage.jobs.answers.update(answers)
    stage.jobs.write()

    assert stage.play("--history", "0", "--days", "3") == 1

    assert not [call for call in stage.jobs.calls if call.startswith("load-job coupons")]
    assert len([call for call in stage.jobs.calls if call.startswith("load-job")]) == 1 + 4
    told = capfd.readouterr().out
    assert "1 accounts failed" in told
    assert "failed: cafe24-load-001 coupons: check: the day did not pass (exit code 10" in told


def limit(**changed: int) -> verdict.Limit:
    return verdict.limit("naver", 1, [used("naver", **changed)], [])


@pytest.mark.parametrize(
    ("books", "differences", "limits", "said"),
    [
        (["orders: not loaded"], [], [limit()], "book: orders: not loaded\n"),
        ([], ["unit_count: 3"], [limit()], "differs: unit_count: 3\n"),
        ([], [], [limit(throttled=1)], "limit: naver was asked more than it allows\n"),
        ([], [], [limit(calls_while_blocked=1)], "limit: naver was asked more than it allows\n"),
        (
            [],
            [],
            [limit(max_calls_per_second_of_endpoint=7)],
            "limit: naver was asked more than it allows\n",
        ),
    ],
)
def test_books_marts_and_limits_fail_the_night(
    capsys: pytest.CaptureFixture[str],
    books: list[str],
    differences: list[str],
    limits: list[verdict.Limit],
    said: str,
) -> None:
    compared = verdict.Compared(1, 1, 0, differences)

    assert nightly.judge([], books, compared, limits) == 1

    assert capsys.readouterr().out == said
    assert nightly.judge([], [], verdict.Compared(1, 1, 0, []), [limit()]) == 0


def test_mart_that_differs_is_named() -> None:
    key = ("cafe24-one", "2026-03-02")
    true = {key: {"unit_count": Decimal(2)}}

    compared = verdict.compare(true, true, {key: {"unit_count": Decimal(3)}})

    assert compared.differences == ["cafe24-one 2026-03-02 unit_count: 3 (expected: 2)"]


def test_order_of_both_channels_counts_once(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [sold(place="shopn"), sold(channel="naver")]
    monkeypatch.setattr(verdict, "asked_of", lambda address: {"rows": rows})
    shop = verdict.Shop("one", {"cafe24": "cafe24-one", "naver": "naver-one"})
    alone = verdict.Shop("two", {"cafe24": "cafe24-two"})

    both = verdict.truth("url", [shop], date(2026, 3, 1), date(2026, 3, 2))
    del rows[1]
    one = verdict.truth("url", [alone], date(2026, 3, 1), date(2026, 3, 2))

    assert set(both) == {("naver-one", "2026-03-02")}
    assert set(one) == {("cafe24-two", "2026-03-02")}


@pytest.mark.parametrize(
    ("status", "remaining", "share"),
    [
        ("PAID", 4, "1"),
        ("CONFIRMED", 3, "0.75"),
        ("CANCELED", 4, "0"),
        ("RETURNED", 1, "0.25"),
        ("EXCHANGED", 0, "1"),
        ("RETURN_REQUESTED", 4, "1"),
        ("RETURN_REQUESTED", 2, "0.5"),
    ],
)
def test_what_is_left_of_a_line_is_as_the_marts_count_it(
    status: str, remaining: int, share: str
) -> None:
    line = sold(status=status, quantity=4, remaining_quantity=remaining)

    assert verdict.share_left(line) == Decimal(share)


def test_what_changed_while_it_was_read_has_no_one_truth() -> None:
    key = ("cafe24-one", "2026-03-02")
    before = {key: {"gross": Decimal(9), "net": Decimal(9)}}
    after = {key: {"gross": Decimal(9), "net": Decimal(5)}}

    compared = verdict.compare(before, after, {key: {"gross": Decimal(8), "net": Decimal(7)}})

    assert compared == verdict.Compared(1, 1, 1, ["cafe24-one 2026-03-02 gross: 8 (expected: 9)"])


def test_platform_that_may_mind_the_address_is_noted(capsys: pytest.CaptureFixture[str]) -> None:
    busy = verdict.limit("cafe24", 1, [used("cafe24")], [1000] * 11)

    assert nightly.judge([], [], verdict.Compared(1, 1, 0, []), [busy]) == 0

    assert capsys.readouterr().out == (
        "note: cafe24 was asked 11 times in a second by this address;"
        " it may take more than 10 for abnormal\n"
    )


def test_calls_of_the_night_are_counted_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = [
        called(4, 1000),
        called(5, 1400, path="/products"),
        called(6, 1900, status=429),
        called(7, 1950, account="load-002", is_while_blocked=True),
        called(8, 9000, channel="ga4"),
    ]
    asked = []
    monkeypatch.setattr(
        verdict, "asked_of", lambda address: asked.append(address) or {"entries": calls}
    )

    mall, visits = verdict.limits_after("http://sandbox", {"cafe24": 2, "ga4": 1}, 3)

    assert asked == ["http://sandbox/__sandbox/journal?after=3"]
    assert mall == verdict.Limit("cafe24", 2, 4, 3, 42, 1, 1, 4)
    assert (visits.calls, visits.most) == (1, 1)
    assert verdict.stats_of("cafe24", calls[:3])["max_calls_per_second_of_endpoint"] == 2


def test_busiest_second_begins_anywhere() -> None:
    assert verdict.most_in_a_second([0, 900, 1000, 1800, 1899, 5000]) == 4
    assert verdict.most_in_a_second([]) == 0


class Crowd:
    """Stands in for processes: how many of each kind there are at once."""

    def __init__(self) -> None:
        self.guard = threading.Lock()
        self.now: dict[str, int] = {}
        self.most: dict[str, int] = {}
        self.together = threading.Barrier(2)

    def run(self, *words: str) -> Ended:
        kind = words[3].partition("-")[0] if words[0] == "extract-job" else words[0]
        with self.guard:
            self.now[kind] = self.now.get(kind, 0) + 1
            self.most[kind] = max(self.most.get(kind, 0), self.now[kind])
        if kind == "load-job":
            # Ends with another only: two are at once for certain.
            self.together.wait(30)
        with self.guard:
            self.now[kind] -= 1
        return Ended(Outcome(0, {}, "", 0), 0, 0, 0, 0)

    def stop(self) -> None:
        pass


def test_no_more_at_once_than_the_pools_have_slots() -> None:
    crowd = Crowd()
    malls = [account(f"cafe24-{number}", "orders") for number in range(40)]
    stores = [account(f"naver-{number}", "orders") for number in range(20)]

    brought = Night(crowd, date(2026, 3, 2), 20).bring(
        nightly.night.parts(malls + stores, date(2026, 3, 2))
    )

    assert len(brought) == 60
    assert crowd.most["cafe24"] <= 8
    assert crowd.most["naver"] <= 6
    assert crowd.most["load-job"] == 2


def test_numbers_are_numbers_that_can_be_meant(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        nightly.parse(["--accounts", "0"])

    assert "--accounts: 0 (expected: 1..1000)" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        nightly.parse(["--history", "1"])

    assert "--days and --history: 2 days (expected: 3 or more" in capsys.readouterr().err
