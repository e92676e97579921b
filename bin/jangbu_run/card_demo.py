"""Card sales from a made-up acquirer's database to the search page: one command, in a workspace of its own."""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jangbu_run import demo
from jangbu_run.day import failed, last_words, line, migrated, shown
from jangbu_run.demo import SANDBOX, SEOUL
from jangbu_run.jobs import DONE, USAGE, Outcome, read_outcome, run_job
from jangbu_run.project import ROOT, Refusal, say

WORKSPACE = ROOT / "data" / "card-demo"
MARK = ".card-demo"
TENANT = "acme"
ACCOUNT = "mysql-acquirer"
DATASET = "card-sales"
SEARCH_JAR = ROOT / "search-api" / "target" / "search-api.jar"
SEARCH = ("java", "-XX:+UseSerialGC", "-Xmx256m", "-jar", str(SEARCH_JAR))
START_SECONDS = 60
STOP_SECONDS = 30


@dataclass(frozen=True)
class Asked:
    """What the command line asks for."""

    workspace: Path
    day: date
    stores: int
    days: int
    seed: int
    sales: int | None
    port: int


def parse(arguments: Sequence[str], today: date | None = None) -> Asked | Path:
    """Reads the command line; a folder alone is one to stop what runs of.

    :raises SystemExit: it cannot be meant; argparse has said why
    """
    parser = argparse.ArgumentParser(prog="card-demo", description=__doc__)
    parser.add_argument("--stores", type=int, default=200, help="default: 200")
    parser.add_argument("--days", type=int, default=60, help="how far back (default: 60)")
    parser.add_argument("--seed", type=int, default=7, help="what the sales are drawn from")
    parser.add_argument("--sales", type=int, help="rows in all (default: what so many stores take)")
    parser.add_argument("--port", type=int, default=8090, help="of the search (default: 8090)")
    parser.add_argument("--workspace", type=Path, default=WORKSPACE)
    parser.add_argument("--stop", action="store_true", help="stop what runs of it; the data stays")
    given = parser.parse_args(arguments)
    if given.stop:
        return given.workspace.resolve()
    if not 10 <= given.days <= 365:
        parser.error(f"--days: {given.days} (expected: 10..365)")
    yesterday = (today or datetime.now(SEOUL).date()) - timedelta(days=1)
    return Asked(
        given.workspace.resolve(),
        yesterday,
        given.stores,
        given.days,
        given.seed,
        given.sales,
        given.port,
    )


@dataclass(frozen=True)
class Source:
    """The acquirer's database, as dev-source tells of it."""

    facts: dict[str, str]

    @property
    def place(self) -> str:
        return f"{self.facts['host']}:{self.facts['port']}/{self.facts['database']}"

    @property
    def jdbc_url(self) -> str:
        return f"jdbc:mariadb://{self.place}?sslMode=verify-full&serverSslCert={self.facts['ca']}"

    @property
    def address(self) -> str:
        """As accounts have it; the reader's."""
        authority = quote(self.facts["ca"], safe="/")
        return f"mysql://{self.facts['reader']}@{self.place}?ca={authority}"


class Stage:
    """A workspace with both databases, and an account of the one in the other."""

    def __init__(self, workspace: Path) -> None:
        self.workspace = workspace
        self.secrets = workspace / "secrets"
        self.key = self.secrets / "search-key"

    def set_up(self) -> Source:
        """Starts both databases, with all tables of ours."""
        key = self.secrets / "key"
        demo.take_the_stage(key)
        self.step("database", "dev-database", "start")
        self.step("source", "dev-source", "start")
        self.step("migrate", "load-job", "migrate", tell=migrated)
        self.step("key", "extract-job", "accounts", "key", "--new", str(key))
        file = self.workspace / "mariadb" / "connection.properties"
        pairs = (each.split("=", 1) for each in file.read_text("utf-8").splitlines() if each)
        return Source(dict(pairs))

    def fill(self, source: Source, *wanted: str) -> None:
        """Makes the acquirer's table."""
        began = time.monotonic()
        command = [
            *(*SANDBOX, "card-sales", *wanted, "--url", source.jdbc_url),
            *("--user", source.facts["owner"]),
            *("--password-file", source.facts["owner_password_file"]),
            *("--planted", str(self.workspace / "planted.jsonl")),
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        outcome = read_outcome(done.returncode, done.stdout + done.stderr, time.monotonic() - began)
        if not outcome.is_done:
            raise failed("fill", outcome)
        say(line("fill", outcome.seconds, outcome.text.splitlines()[0].rpartition(",")[0]))

    def add_account(self, source: Source) -> None:
        password = source.facts["reader_password_file"]
        self.step(
            "account",
            "extract-job",
            *("accounts", "add", "mysql", "--tenant", TENANT, "--id", "acquirer"),
            *("--base-url", source.address, f"--secret=password={password}"),
        )
        self.step("account's test", "extract-job", "accounts", "test", ACCOUNT)

    def give_key(self) -> None:
        """Makes a reviewer's key for the search, in a file of this user's."""
        outcome = self.step(
            "key of the search",
            "search-api",
            *("keys", "add", "demo", "--tenant", TENANT, "--role", "reviewer"),
            tell=lambda _: shown(self.key),
        )
        self.key.touch(mode=0o600)
        self.key.write_text(last_words(outcome) + "\n")

    def search(self, port: int) -> str:
        """Starts the search, which goes on after this program; its address."""
        log = self.workspace / "search-api.log"
        began = time.monotonic()
        with log.open("wb") as out:
            process = subprocess.Popen(
                [*SEARCH, "--port", str(port)],
                env=os.environ | {"JANGBU_WORKSPACE": str(self.workspace)},
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        process_file(self.workspace).write_text(f"{process.pid}\n")
        while time.monotonic() < began + START_SECONDS and process.poll() is None:
            for spoken in log.read_text("utf-8", errors="replace").splitlines():
                if spoken.startswith("search at http"):
                    address = spoken.split()[2]
                    say(line("search", time.monotonic() - began, address))
                    return address
            time.sleep(0.1)
        process.kill()
        told = [each for each in log.read_text("utf-8", errors="replace").splitlines() if each]
        raise Refusal(f"the search does not start: {told[-1] if told else 'no word'}; see {log}")

    def step(self, name: str, job: str, *arguments: str, tell: Any = last_words) -> Outcome:
        outcome = run_job(job, *arguments, workspace=self.workspace)
        if not outcome.is_done:
            raise failed(name, outcome)
        say(line(name, outcome.seconds, tell(outcome)))
        return outcome


class Demo:
    """One run of it."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.stage = Stage(asked.workspace)

    def run(self) -> int:
        began = time.monotonic()
        asked, stage = self.asked, self.stage
        fresh(asked.workspace)
        source = stage.set_up()
        wanted = ["--stores", str(asked.stores), "--days", str(asked.days)]
        wanted += ["--seed", str(asked.seed), "--ending", str(asked.day)]
        if asked.sales is not None:
            wanted += ["--sales", str(asked.sales)]
        stage.fill(source, *wanted)
        stage.add_account(source)
        of_day = ("--account", ACCOUNT, "--ds", str(asked.day))
        for job, word in (
            ("extract-job", "landed"),
            ("transform-job", "clean"),
            ("load-job", "loaded"),
        ):
            stage.step(
                word,
                job,
                *(DATASET, *of_day),
                tell=lambda outcome: f"{demo.rows(outcome)} rows",
            )
        stage.step(
            "marts",
            "mart-job",
            *("build", "--dataset", DATASET, "--touched", "--ds", str(asked.day)),
            tell=demo.built,
        )
        stage.give_key()
        address = stage.search(asked.port)
        say(line("in all", time.monotonic() - began, f"up to {asked.day}"))
        folder = shown(asked.workspace)
        say(f"\nopen, with the key in {shown(stage.key)}:")
        say(f"  {address}/                 the unit prices of a day")
        say(f"  {address}/stores/1         a store's curve by day and week")
        say(f"  {address}/anomalies        what does not fit, and why")
        say(f"\n`make psql WORKSPACE={folder}` looks into PostgreSQL; the acquirer's MariaDB is at")
        say(f"{source.place}; what was planted is in {folder}/planted.jsonl; `make down` stops all")
        return DONE


def fresh(workspace: Path) -> None:
    """Makes the workspace anew; only one a demo made before is removed.

    :raises Refusal: something else is there
    """
    mark = workspace / MARK
    if workspace.exists() and any(workspace.iterdir()):
        if not mark.is_file():
            raise Refusal(f"--workspace: {workspace} (expected: a folder of the demo's own)", USAGE)
        stop(workspace)
        shutil.rmtree(workspace)
    (workspace / "secrets").mkdir(parents=True, mode=0o700)
    mark.touch()


def stop(workspace: Path) -> None:
    """Stops what runs of a demo; its data stays. Nothing is done where there is none."""
    if not (workspace / MARK).is_file():
        return
    if stop_search(workspace):
        say("the search is stopped")
    for job in ("dev-source", "dev-database"):
        if (ROOT / job / "target" / f"{job}.jar").is_file():
            say(last_words(run_job(job, "stop", workspace=workspace)))


def stop_search(workspace: Path) -> bool:
    """Whether there was one to stop."""
    file = process_file(workspace)
    if not file.is_file():
        return False
    process = int(file.read_text())
    is_running = is_search(process)
    if is_running:
        os.kill(process, signal.SIGTERM)
        deadline = time.monotonic() + STOP_SECONDS
        while is_search(process):
            if time.monotonic() > deadline:
                os.kill(process, signal.SIGKILL)
            time.sleep(0.1)
    file.unlink()
    return is_running


def is_search(process: int) -> bool:
    """Numbers of processes are used again: only one of our program is it."""
    told = subprocess.run(
        ["ps", "-ww", "-o", "stat=", "-o", "args=", "-p", str(process)],
        capture_output=True,
        text=True,
        check=False,
    )
    return SEARCH[-1] in told.stdout and not told.stdout.lstrip().startswith("Z")


def process_file(workspace: Path) -> Path:
    return workspace / "search-api.process"


def main(arguments: Sequence[str]) -> int:
    asked = parse(arguments)
    try:
        if isinstance(asked, Path):
            stop(asked)
            return DONE
        return Demo(asked).run()
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return refusal.code
    except KeyboardInterrupt:
        print("stopped; `make down` stops what runs of it", file=sys.stderr)
        return 130
