"""A night of many made-up shops, measured: each account from its platform to the marts, and what it took."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from jangbu_run import demo, night, nightly_airflow, psql, verdict
from jangbu_run.day import failed, last_words, migrated
from jangbu_run.demo import SEOUL
from jangbu_run.jobs import DONE, FAILED
from jangbu_run.night import Brought, Night, Part
from jangbu_run.project import ROOT, Refusal, say
from jangbu_run.verdict import Compared, Limit, Shop
from jangbu_run.watched import Ended, Peaks, Watched

# Account by account in turn; one that is read in a browser is left out by the DAG.
PLATFORMS = ("cafe24", "naver", "ga4")
SCRIPT, AIRFLOW = "script", "airflow"
SETTING_UP = 4
# Who pays late does so within 40 hours; a day whose orders were read from the one before is whole on the third.
PAID_WITHIN = timedelta(days=2)
SHOWN = 20


@dataclass(frozen=True)
class Asked:
    """What the command line asks for.

    `day` is the night's business date, and `first_day` the first one whose orders are read; before the night all of
    them but the last `days` are loaded. `orchestrator` plays the night: the script, or Airflow.
    """

    workspace: Path
    accounts: int
    day: date
    days: int
    first_day: date
    seed: int
    at_once: int
    orchestrator: str = SCRIPT

    @property
    def loaded_before(self) -> date | None:
        """The last day that is loaded before the night; none where the night is the accounts' first."""
        before = self.day - timedelta(days=self.days)
        return before if before >= self.first_day else None


def parse(arguments: Sequence[str], today: date | None = None) -> Asked:
    """Reads the command line.

    :raises SystemExit: it cannot be meant; argparse has said why
    """
    parser = argparse.ArgumentParser(prog="nightly", description=__doc__)
    parser.add_argument("--accounts", type=int, default=100, help="how many (default: 100)")
    parser.add_argument("--days", type=int, default=1, help="days the night brings (default: 1)")
    parser.add_argument(
        "--history", type=int, default=14, help="days loaded before the night (default: 14)"
    )
    parser.add_argument("--at-once", type=int, default=20, help="processes (default: 20)")
    parser.add_argument("--seed", type=int, default=7, help="what the shops are drawn from")
    parser.add_argument("--workspace", type=Path, default=ROOT / "data" / "nightly")
    parser.add_argument(
        "--orchestrator",
        choices=(SCRIPT, AIRFLOW),
        default=SCRIPT,
        help="what plays the night (default: script)",
    )
    given = parser.parse_args(arguments)
    for name, least, most in (
        ("accounts", 1, 1000),
        ("days", 1, 80),
        ("history", 0, 80),
        ("at_once", 1, 100),
    ):
        if not least <= getattr(given, name) <= most:
            option = name.replace("_", "-")
            parser.error(f"--{option}: {getattr(given, name)} (expected: {least}..{most})")
    least = PAID_WITHIN.days + 1
    if given.days + given.history < least:
        parser.error(
            f"--days and --history: {given.days + given.history} days (expected: {least} or more,"
            " so that all payments of one of them are read)"
        )
    if given.orchestrator == AIRFLOW and given.history == 0:
        parser.error("--history: 0 (expected: 1 or more, as the DAG is no accounts' first load)")
    yesterday = (today or datetime.now(SEOUL).date()) - timedelta(days=1)
    return Asked(
        given.workspace.resolve(),
        given.accounts,
        yesterday,
        given.days,
        yesterday - timedelta(days=given.days + given.history - 1),
        given.seed,
        given.at_once,
        given.orchestrator,
    )


@dataclass(frozen=True)
class Measured:
    """One night: what became of each part and step, how long it took, and the most there was at one time.

    Each is a process of a job, or a task of Airflow's. `besides` are failures of neither, `told` what there is to tell
    beside the table, `retried` tasks that were tried again.
    """

    brought: list[Brought]
    steps: dict[str, list[Ended]]
    seconds: float
    peaks: Peaks
    unit: str = "processes"
    besides: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    retried: list[str] = field(default_factory=list)

    @property
    def ended(self) -> dict[str, list[Ended]]:
        """All of them, stage by stage, in the order of their beginnings."""
        stages = {
            stage: [each.stages[stage] for each in self.brought if stage in each.stages]
            for stage in night.STAGES
        }
        begun = {name: some for name, some in (stages | self.steps).items() if some}
        return dict(sorted(begun.items(), key=lambda item: min(each.began for each in item[1])))

    @property
    def failures(self) -> list[str]:
        parts = [each.failure for each in self.brought if each.failure]
        steps = [
            f"{name}: {ended.outcome.reason}"
            for name, some in self.steps.items()
            for ended in some
            if not ended.outcome.is_done
        ]
        return parts + steps + self.besides

    @property
    def failed_accounts(self) -> set[str]:
        return {each.part["account"] for each in self.brought if each.failure}


class Nightly:
    """One run of it."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.watched = Watched(asked.workspace, asked.at_once)
        self.secrets = asked.workspace / "secrets"
        # The last call to a platform before the night itself; none where nothing was loaded before it.
        self.calls_before = 0

    def run(self) -> int:
        """Sets all up, plays the night, and judges it."""
        asked = self.asked
        demo.fresh(asked.workspace)
        self.set_up()
        with demo.sandbox(asked.workspace / "sandbox.log", asked.seed) as url:
            shops = self.open_shops(url)
            say(f"{asked.accounts} accounts of {len(shops)} shops are there")
            database = psql.embedded(asked.workspace)
            first = asked.first_day + PAID_WITHIN
            before = verdict.truth(url, shops, first, asked.day)
            nights = dict(self.nights(url))
            after = verdict.truth(url, shops, first, asked.day)
            owned = Counter(platform for shop in shops for platform in shop.accounts)
            limits = verdict.limits(url, owned)
            of_night = verdict.limits_after(url, owned, self.calls_before)
        compared = verdict.compare(before, after, verdict.marts(database, first, asked.day))
        books = verdict.unbalanced(database)
        for name, measured in nights.items():
            say("\n".join(("", name, "", table(measured), *measured.told)))
        say(f"\n{table_of_limits(limits)}")
        if self.calls_before:
            say(f"\nof these in the night:\n\n{table_of_limits(of_night)}")
        say(f"\n{loaded(verdict.counted(database))}")
        say(told(compared))
        tell("tried again", [task for each in nights.values() for task in each.retried])
        failures = [failure for each in nights.values() for failure in each.failures]
        return judge(failures, books, compared, limits)

    def set_up(self) -> None:
        key = self.secrets / "key"
        if self.asked.orchestrator == AIRFLOW:
            nightly_airflow.prepare(self.asked.workspace)
        demo.take_the_stage(key)
        self.step("dev-database", "start")
        say(migrated(self.step("load-job", "migrate").outcome))
        self.step("extract-job", "accounts", "key", "--new", str(key))

    def step(self, job: str, *arguments: str) -> Ended:
        ended = self.watched.run(job, *arguments)
        if not ended.outcome.is_done:
            raise failed(" ".join((job, *arguments[:3])), ended.outcome)
        return ended

    def open_shops(self, url: str) -> list[Shop]:
        """Opens the shops in the sandbox, and adds an account for each of their platforms in turn."""
        count = -(-self.asked.accounts // len(PLATFORMS))
        wish = {"shop": "load", "count": count, "channels": PLATFORMS}
        log_ins = demo.asked_of(f"{url}/__sandbox/accounts", wish)["accounts"]
        wanted = [(log_in, platform) for log_in in log_ins for platform in PLATFORMS]
        wanted = wanted[: self.asked.accounts]
        with ThreadPoolExecutor(SETTING_UP) as some:
            try:
                names = list(some.map(lambda one: self.add(url, *one), wanted))
            except BaseException:
                # The rest of them is not begun.
                self.watched.stop()
                raise
        accounts: dict[str, dict[str, str]] = {}
        for (log_in, platform), name in zip(wanted, names, strict=True):
            accounts.setdefault(log_in["shop"], {})[platform] = name
        return [Shop(shop, of_shop) for shop, of_shop in accounts.items()]

    def add(self, url: str, log_in: dict[str, Any], platform: str) -> str:
        """Adds an account, and has the mall consent; its name."""
        shop, own = log_in["shop"], log_in[platform]
        folder = self.secrets / shop
        folder.mkdir(mode=0o700, exist_ok=True)
        files = demo.secret_files(folder, platform, own)
        given = own["property_id"] if platform == "ga4" else shop
        self.step(
            "extract-job",
            *("accounts", "add", platform, "--tenant", shop, "--id", given),
            *("--base-url", own["base_url"]),
            *(f"--secret={secret}={file}" for secret, file in files.items()),
        )
        name = f"{platform}-{given}"
        if platform == "cafe24":
            demo.consent(self.asked.workspace, name, shop, url)
        return name

    def nights(self, url: str) -> Iterable[tuple[str, Measured]]:
        """The first load of what lies before the night, where there is any; then the night."""
        asked = self.asked
        start = ("--from-date", str(asked.first_day))
        before = asked.loaded_before
        if before is not None:
            name = f"first load, {asked.first_day} to {before}"
            yield name, self.night(name, before, (*start, "--to-date", str(before)))
            start = ()
            self.calls_before = verdict.last_call(url)
        name = f"night, business date {asked.day}"
        if asked.orchestrator == AIRFLOW:
            yield name, self.night_of_airflow(name)
            return
        yield name, self.night(name, asked.day, start)

    def night(self, name: str, day: date, first: Sequence[str]) -> Measured:
        say(f"{name} ...")
        began = time.monotonic()
        with self.watched.looking() as peaks:
            parts = self.parts(day)
            of_day = Night(self.watched, day, self.asked.at_once, first)
            brought = of_day.bring(parts)
            steps = {name: [ended] for name, ended in of_day.finish().items()}
        seconds = time.monotonic() - began
        say(f"{sum(map(len, parts.values()))} datasets in {seconds:.0f} s")
        return Measured(brought, steps, seconds, peaks)

    def night_of_airflow(self, name: str) -> Measured:
        asked = self.asked
        say(f"{name}, by Airflow ...")
        connection = psql.embedded(asked.workspace)
        parts = self.parts(asked.day)
        played = nightly_airflow.play(asked.workspace, connection, parts, asked.day, asked.at_once)
        tasks = played.tasks
        say(f"{len(tasks.brought)} datasets in {played.seconds:.0f} s")
        return Measured(
            tasks.brought,
            tasks.steps,
            played.seconds,
            played.onlooker.of_jobs,
            "tasks",
            played.failures,
            played.told,
            tasks.retried,
        )

    def parts(self, day: date) -> dict[str, list[Part]]:
        """What is to be brought in, platform by platform."""
        listed = self.step("extract-job", "accounts", "list", "--json")
        return night.parts(json.loads(last_words(listed.outcome)), day)


def table(measured: Measured) -> str:
    """The night in figures, stage by stage; stages of accounts run at the same time."""
    rows = [
        f"| stage | {measured.unit} | begun s | ended s | median s | longest s | processor s | largest MB |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    every = [ended for some in measured.ended.values() for ended in some]
    start = min(ended.began for ended in every)
    rows += [row(stage, some, start) for stage, some in [*measured.ended.items(), ("all", every)]]
    accounts = {each.part["account"] for each in measured.brought}
    peaks = measured.peaks
    return "\n".join(
        [
            *rows,
            "",
            f"{len(accounts)} accounts, {len(measured.brought)} datasets of them,"
            f" {len(measured.failed_accounts)} accounts failed;"
            f" {measured.seconds:.0f} s on {os.cpu_count()} processors;"
            f" at most {peaks.processes} processes of jobs at once, with {peaks.megabytes:,.0f} MB together",
        ]
    )


def row(stage: str, some: Sequence[Ended], start: float) -> str:
    took = [ended.ended - ended.began for ended in some]
    first, last = min(each.began for each in some), max(each.ended for each in some)
    cells = [
        stage,
        str(len(some)),
        f"{first - start:.0f}",
        f"{last - start:.0f}",
        f"{median(took):.1f}",
        f"{max(took):.1f}",
        f"{sum(each.processor_seconds for each in some):,.0f}",
        f"{max(each.megabytes for each in some):.0f}",
    ]
    return f"| {' | '.join(cells)} |"


def table_of_limits(limits: Sequence[Limit]) -> str:
    rows = [
        "| platform | accounts | calls | most in a second of an account | allowed | 429 | while shut out"
        " | most in a second of all | kept |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for each in limits:
        cells = [
            each.platform,
            each.accounts,
            f"{each.calls:,}",
            each.most,
            "not by seconds" if each.allowed is None else each.allowed,
            each.throttled,
            each.while_blocked,
            each.of_address,
            "yes" if each.is_kept else "no",
        ]
        rows.append(f"| {' | '.join(map(str, cells))} |")
    return "\n".join(rows)


def loaded(counts: Counter[str]) -> str:
    return (
        f"loaded: {counts['orders']:,} orders with {counts['lines']:,} lines, {counts['products']:,} products,"
        f" {counts['visits']:,} rows of visits"
    )


def told(compared: Compared) -> str:
    return (
        f"marts and truth: {compared.figures:,} figures of {compared.days:,} days of accounts compared,"
        f" {len(compared.differences):,} differ; {compared.moved:,} changed while they were read"
    )


def judge(
    failures: Sequence[str], books: Sequence[str], compared: Compared, limits: Sequence[Limit]
) -> int:
    """Tells what went wrong, and what that makes of the night."""
    broken = [
        f"{each.platform} was asked more than it allows" for each in limits if not each.is_kept
    ]
    tell("note", [each.note for each in limits if each.note])
    wrong = {"failed": failures, "book": books, "differs": compared.differences, "limit": broken}
    for what, lines in wrong.items():
        tell(what, lines)
    return FAILED if any(wrong.values()) else DONE


def tell(what: str, lines: Sequence[str]) -> None:
    """The first of many."""
    for each in lines[:SHOWN]:
        say(f"{what}: {each}")
    if len(lines) > SHOWN:
        say(f"{what}: and {len(lines) - SHOWN:,} more")


def main(arguments: Sequence[str]) -> int:
    """Plays it; a failure is one line on standard error. Told to end, it starts no more and stops the sandbox."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        return Nightly(parse(arguments)).run()
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return refusal.code
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return 130
