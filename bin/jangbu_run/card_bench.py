"""Measures card sales from the source to the search against their goals: time, memory, latency."""

from __future__ import annotations

import argparse
import http.client
import os
import platform
import sys
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from jangbu_run import card_demo
from jangbu_run.card_demo import ACCOUNT, DATASET, Stage
from jangbu_run.day import MARTS_AT_ONCE, failed
from jangbu_run.jobs import DONE, FAILED
from jangbu_run.project import ROOT, Refusal, say
from jangbu_run.watched import MEGABYTE, Ended, Watched

WORKSPACE = ROOT / "data" / "card-bench"
# The generator's last day: the same table wherever it is measured.
LAST_DAY = date(2026, 3, 1)
AT_ONCE = 16
WARM_SECONDS = 5


@dataclass(frozen=True)
class Line:
    """A figure beside its goal."""

    what: str
    measured: str
    goal: str
    is_met: bool


@dataclass(frozen=True)
class Latencies:
    """How long answers took, in milliseconds, from when each was due."""

    took: Sequence[float]
    failures: int

    def at(self, share: float) -> float:
        return sorted(self.took)[min(len(self.took) - 1, int(share * len(self.took)))]


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench-card", description=__doc__)
    parser.add_argument("--sales", type=int, default=1_000_000, help="default: 1000000")
    parser.add_argument("--stores", type=int, default=500, help="default: 500")
    parser.add_argument("--days", type=int, default=60, help="default: 60")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--requests", type=int, default=50, help="a second (default: 50)")
    parser.add_argument("--seconds", type=int, default=30, help="of requests (default: 30)")
    parser.add_argument("--port", type=int, default=8091)
    parser.add_argument("--workspace", type=Path, default=WORKSPACE)
    given = parser.parse_args(arguments)
    given.workspace = given.workspace.resolve()
    return given


class Bench:
    """One measurement of it, in a workspace of its own."""

    def __init__(self, asked: argparse.Namespace) -> None:
        self.asked = asked
        self.stage = Stage(asked.workspace)
        self.watched = Watched(asked.workspace, 1)
        self.lines: list[Line] = []

    def run(self) -> int:
        asked = self.asked
        card_demo.fresh(asked.workspace)
        try:
            source = self.stage.set_up()
            wanted = ("--stores", asked.stores, "--days", asked.days, "--seed", asked.seed)
            wanted += ("--sales", asked.sales, "--ending", LAST_DAY)
            self.stage.fill(source, *map(str, wanted))
            self.stage.add_account(source)
            self.sync()
            self.marts()
            self.stage.give_key()
            self.search()
        finally:
            card_demo.stop(asked.workspace)
        say(table(self.lines))
        return DONE if all(each.is_met for each in self.lines) else FAILED

    def sync(self) -> None:
        """The first load of all rows, from the source to PostgreSQL."""
        account = (DATASET, "--account", ACCOUNT, "--ds", str(LAST_DAY))
        ended = {
            job: self.job(job, *account) for job in ("extract-job", "transform-job", "load-job")
        }
        seconds = sum(each.outcome.seconds for each in ended.values())
        for job, each in ended.items():
            pace = self.asked.sales / each.outcome.seconds
            self.add(f"{job}, rows/s", f"{pace:,.0f}", "", True)
        pace = self.asked.sales / seconds
        self.add("sync in all, rows/s", f"{pace:,.0f}", "50,000", pace >= 50_000)
        for job, each in ended.items():
            self.add_memory(job, each.megabytes)

    def marts(self) -> None:
        """All marts of all days, then those of the last day once more, as `make` builds a day."""
        every = self.job(
            "mart-job", "build", "--dataset", DATASET, "--touched", "--ds", str(LAST_DAY)
        )
        self.add(
            f"all marts of {self.asked.days} days, s", f"{every.outcome.seconds:.1f}", "", True
        )
        day = ("--mart", "all", "--parallel", str(MARTS_AT_ONCE), "--dataset", DATASET)
        ended = self.job("mart-job", "build", *day, "--ds", str(LAST_DAY))
        # The last line is of all of them: two at once are not counted twice.
        took = ended.outcome.summary["seconds"]
        self.add("all marts of a day, s", f"{took:.2f}", "2", took <= 2)
        self.add(
            "the same with the start of the process, s", f"{ended.outcome.seconds:.2f}", "", True
        )
        self.add_memory("mart-job", ended.megabytes)

    def search(self) -> None:
        """A day's unit prices, and a filtered search, at a steady pace of requests."""
        address = self.stage.search(self.asked.port)
        key = self.stage.key.read_text().strip()
        days = [str(LAST_DAY - timedelta(days=back)) for back in range(min(14, self.asked.days))]
        prices = [f"/api/v1/unit-prices?{urlencode({'date': day})}" for day in days]
        for what, paths, goal in (
            ("a day's unit prices", prices, 50),
            ("a filtered search", list(searches(self.asked.stores, days)), 200),
        ):
            asked_of(address, key, paths, self.asked.requests, WARM_SECONDS)
            measured = asked_of(address, key, paths, self.asked.requests, self.asked.seconds)
            p99 = measured.at(0.99)
            is_met = p99 <= goal and measured.failures == 0
            told = f"{p99:.1f} (median {measured.at(0.5):.1f}, failed {measured.failures})"
            self.add(f"{what}, p99 ms at {self.asked.requests}/s", told, str(goal), is_met)
        process = int(card_demo.process_file(self.asked.workspace).read_text())
        self.add_memory("search-api", largest(process))

    def job(self, job: str, *arguments: str) -> Ended:
        ended = self.watched.run(job, *arguments)
        if not ended.outcome.is_done:
            raise failed(" ".join((job, *arguments[:3])), ended.outcome)
        say(f"{job:<14} {ended.outcome.seconds:7.1f} s {ended.megabytes:6.0f} MB")
        return ended

    def add(self, what: str, measured: str, goal: str, is_met: bool) -> None:
        self.lines.append(Line(what, measured, goal, is_met))

    def add_memory(self, what: str, megabytes: float) -> None:
        self.add(f"{what}, largest MB", f"{megabytes:.0f}", "512", megabytes <= 512)


def searches(stores: int, days: Sequence[str]) -> Sequence[str]:
    """Filters as an analyst sets them."""
    first, last = days[-1], days[0]
    some = [
        {"store_id": 1 + 7 * i % stores, "from": first, "to": last, "min": 10_000}
        for i in range(20)
    ]
    some += [
        {"q": word, "from": first, "to": last} for word in ("단체", "예약", "직원 할인", "취소")
    ]
    some += [{"company": "현대카드", "from": day, "to": day, "canceled": "true"} for day in days]
    return [f"/api/v1/sales?{urlencode(each)}" for each in some]


def asked_of(address: str, key: str, paths: Sequence[str], pace: int, seconds: int) -> Latencies:
    """Asks at a steady pace, whether or not the answers before are there.

    An answer's time counts from when its request was due: a server that falls behind is not spared.
    """
    place = urlsplit(address)
    own = threading.local()
    took: list[float] = []
    failures = []

    def ask(due: float, path: str) -> None:
        wait = due - time.monotonic()
        if wait > 0:
            time.sleep(wait)
        try:
            if not hasattr(own, "connection"):
                own.connection = http.client.HTTPConnection(
                    place.hostname or "", place.port, timeout=30
                )
            own.connection.request("GET", path, headers={"X-API-Key": key})
            answer = own.connection.getresponse()
            answer.read()
            if answer.status != 200:
                failures.append(f"{path}: {answer.status}")
        except (OSError, http.client.HTTPException) as failure:
            own.connection.close()
            failures.append(f"{path}: {failure}")
        took.append((time.monotonic() - due) * 1000)

    begin = time.monotonic() + 0.1
    with ThreadPoolExecutor(AT_ONCE) as some:
        for i in range(pace * seconds):
            some.submit(ask, begin + i / pace, paths[i % len(paths)])
    for failure in failures[:3]:
        say(f"not answered: {failure}")
    return Latencies(took, len(failures))


def largest(process: int) -> float:
    """The largest resident set a running process had, in MB."""
    for each in Path(f"/proc/{process}/status").read_text().splitlines():
        if each.startswith("VmHWM:"):
            return int(each.split()[1]) * 1024 / MEGABYTE
    raise Refusal(f"/proc/{process}/status: no VmHWM (expected: Linux)")


def table(lines: Sequence[Line]) -> str:
    rows = [f"| {each.what} | {each.measured} | {each.goal} | {verdict(each)} |" for each in lines]
    machine = f"{os.cpu_count()} processors, {platform.system()} on {platform.machine()}"
    return "\n".join(
        ["", "| figure | measured | goal | |", "| --- | --- | --- | --- |", *rows, "", machine]
    )


def verdict(line: Line) -> str:
    if not line.goal:
        return ""
    return "met" if line.is_met else "missed"


def main(arguments: Sequence[str]) -> int:
    try:
        return Bench(parse(arguments)).run()
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return refusal.code
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return 130
