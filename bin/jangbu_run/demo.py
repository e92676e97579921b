"""The shops' sales from made-up platforms to the page: one command, in a workspace and a database of its own."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit
from zoneinfo import ZoneInfo

from jangbu_run import jobs
from jangbu_run.day import failed, last_words, line, migrated, shown
from jangbu_run.jobs import DONE, FAILED, Outcome, run_job
from jangbu_run.project import ROOT, Refusal, say

SEOUL = ZoneInfo("Asia/Seoul")
TENANT = "hlogdemo"
MARK = ".demo-shops"
SANDBOX = ("java", "-Xmx512m", "-jar", str(ROOT / "sandbox" / "target" / "sandbox.jar"))
START_SECONDS = 60
ANSWER_SECONDS = 120
# What an account logs in with: the sandbox's word for each of its secrets.
SECRETS = {
    "cafe24": ("client_id", "client_secret"),
    "naver": ("client_id", "client_secret"),
    "ably": ("email", "password"),
    "ga4": ("service_account",),
}


@dataclass(frozen=True)
class Asked:
    """What the command line asks for."""

    workspace: Path
    day: date
    first_day: date
    seed: int
    platforms: tuple[str, ...]
    invoices: Path | None


def parse(arguments: Sequence[str], today: date | None = None) -> Asked:
    """Reads the command line.

    :raises SystemExit: it cannot be meant; argparse has said why
    """
    parser = argparse.ArgumentParser(prog="demo-shops", description=__doc__)
    parser.add_argument("--days", type=int, default=30, help="how far back (default: 30)")
    parser.add_argument("--seed", type=int, default=7, help="what the shops are drawn from")
    parser.add_argument("--platform", action="append", choices=SECRETS, help="only these")
    parser.add_argument("--invoices", type=Path, help="files of UCI Online Retail, to load as well")
    parser.add_argument("--workspace", type=Path, default=ROOT / "data" / "demo-shops")
    given = parser.parse_args(arguments)
    if not 1 <= given.days <= 365:
        parser.error(f"--days: {given.days} (expected: 1..365)")
    yesterday = (today or datetime.now(SEOUL).date()) - timedelta(days=1)
    return Asked(
        given.workspace.resolve(),
        yesterday,
        yesterday - timedelta(days=given.days - 1),
        given.seed,
        tuple(given.platform or SECRETS),
        given.invoices.resolve() if given.invoices else None,
    )


class Demo:
    """One run of it."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.workspace = asked.workspace
        self.secrets = asked.workspace / "secrets"
        self.failures: list[str] = []
        # What comes by files, as extract-job's source of that name reads them.
        self.inputs: dict[str, tuple[str, Path]] = {}
        self.began = time.monotonic()

    def run(self) -> int:
        """Runs everything; a dataset that fails is told and stops no other."""
        fresh(self.workspace)
        self.set_up()
        with sandbox(self.workspace / "sandbox.log", self.asked.seed) as url:
            say(f"the made-up shops are at {url} until the last of them is read")
            self.add_accounts(url)
            for account in self.accounts():
                for dataset in account["datasets"]:
                    self.bring(account["account_id"], dataset)
        # A seller's export names people.
        shutil.rmtree(self.workspace / "input", ignore_errors=True)
        self.build()
        for failure in self.failures:
            say(f"failed: {failure}")
        return FAILED if self.failures else DONE

    def set_up(self) -> None:
        key = self.secrets / "key"
        take_the_stage(key)
        self.step("database", "dev-database", "start", tell=last_words)
        self.step("migrate", "load-job", "migrate", tell=migrated)
        self.step("key", "extract-job", "accounts", "key", "--new", str(key))

    def add_accounts(self, url: str) -> None:
        """Adds the accounts of the sandbox's own shop, each with its secrets in files; and has the mall consent."""
        log_ins = asked_of(f"{url}/__sandbox/accounts")["accounts"][0]
        for platform in self.asked.platforms:
            log_in = log_ins[platform]
            files = secret_files(self.secrets, platform, log_in)
            name = external_id(platform, log_in)
            self.step(
                f"add {platform}",
                "extract-job",
                *("accounts", "add", platform, "--tenant", TENANT, "--id", name),
                *("--base-url", log_in["base_url"]),
                *(f"--secret={secret}={file}" for secret, file in files.items()),
            )
            if platform == "cafe24":
                ended = consent(self.workspace, f"cafe24-{name}", name, url)
                say(line(f"consent {name}", ended.seconds, last_words(ended)))
            if platform == "ably":
                file = self.workspace / "input" / "ably-orders.xlsx"
                download(log_in, self.asked.first_day, self.asked.day, file)
                self.inputs["ably"] = ("ably-export", file)
        if self.asked.invoices is not None:
            arguments = ("add", "file", "--tenant", TENANT, "--id", "online-retail")
            self.step("add file", "extract-job", "accounts", *arguments)
            self.inputs["file"] = ("online-retail", self.asked.invoices)

    def accounts(self) -> list[dict[str, Any]]:
        outcome = run_job(
            "extract-job", "accounts", "list", "--active", "--json", workspace=self.workspace
        )
        try:
            return json.loads(last_words(outcome))
        except ValueError:
            raise failed("accounts", outcome) from None

    def bring(self, account: str, dataset: str) -> None:
        """Extracts, checks and loads a dataset of an account."""
        day = ("--account", account, "--ds", str(self.asked.day))
        name, file = self.inputs.get(account.partition("-")[0], ("", None))
        first = ("--from-date", str(self.asked.first_day))
        source = ("--source", name, "--input", str(file)) if file else first
        seconds, told = 0.0, []
        for job, word, more in (
            ("extract-job", "landed", source),
            ("transform-job", "clean", ()),
            ("load-job", "loaded", ()),
        ):
            outcome = run_job(job, dataset, *day, *more, workspace=self.workspace)
            seconds += outcome.seconds
            if not outcome.is_done:
                self.failures.append(f"{account} {dataset}: {job}: {outcome.reason}")
                told.append(f"{job} failed")
                break
            told.append(f"{rows(outcome)} {word}")
        say(line(f"{account} {dataset}", seconds, ", ".join(told)))

    def build(self) -> None:
        page = self.workspace / "reports" / "sales-dashboard.html"
        for dataset in ("orders", "web-traffic"):
            touched = ("build", "--dataset", dataset, "--touched")
            self.step(f"marts of {dataset}", "mart-job", *touched, tell=built)
        self.step(
            "dashboard",
            *("mart-job", "sales-dashboard", "--out", str(page)),
            tell=lambda outcome: shown(page),
        )
        folder = shown(self.workspace)
        told = f"`make psql WORKSPACE={folder}` looks in, `make down WORKSPACE={folder}` stops it"
        say(line("in all", time.monotonic() - self.began, told))

    def step(self, name: str, job: str, *arguments: str, tell: Any = last_words) -> None:
        outcome = run_job(job, *arguments, workspace=self.workspace)
        if not outcome.is_done:
            raise failed(name, outcome)
        say(line(name, outcome.seconds, tell(outcome)))


def fresh(workspace: Path) -> None:
    """Makes the workspace anew; only one a demo made before is removed.

    :raises Refusal: something else is there
    """
    mark = workspace / MARK
    if workspace.exists() and any(workspace.iterdir()):
        if not mark.is_file():
            raise Refusal(f"--workspace: {workspace} (expected: a folder of the demo's own)", 2)
        run_job("dev-database", "stop", workspace=workspace)
        shutil.rmtree(workspace)
    (workspace / "secrets").mkdir(parents=True, mode=0o700)
    mark.touch()


@contextmanager
def sandbox(log: Path, seed: int) -> Iterator[str]:
    """Plays the platforms at the time it is, on a free port; stopped whatever happens.

    :raises Refusal: it does not start
    """
    now = datetime.now(SEOUL).isoformat(timespec="seconds")
    command = [*SANDBOX, "--control", "--port", "0", "--seed", str(seed), "--now", now]
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT
        )
    try:
        yield address_of(process, log)
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def address_of(process: subprocess.Popen[bytes], log: Path) -> str:
    """Where the sandbox listens, as soon as it says so."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        for spoken in log.read_text("utf-8").splitlines():
            if spoken.startswith("sandbox at http"):
                return spoken.split()[2].rstrip(",")
        time.sleep(0.1)
    raise Refusal(f"the sandbox does not start; see {log}")


def take_the_stage(key: Path) -> None:
    """Sets what jobs that play need: the workspace's own database and key, and leave to ask a sandbox."""
    # Set, though empty: neither the environment's database nor that of .env is the demo's.
    os.environ["JANGBU_DB_URL"] = ""
    os.environ["JANGBU_PROFILE"] = "sandbox"
    os.environ["JANGBU_CREDENTIAL_KEY_FILE"] = str(key)


def secret_files(folder: Path, platform: str, log_in: Mapping[str, Any]) -> dict[str, Path]:
    """Writes an account's secrets as files only this user reads."""
    files = {}
    for secret in SECRETS[platform]:
        text = json.dumps(log_in["key_file"]) if platform == "ga4" else log_in[secret]
        files[secret] = folder / f"{platform}-{secret}"
        files[secret].touch(mode=0o600)
        files[secret].write_text(text)
    return files


def consent(workspace: Path, account: str, mall: str, url: str) -> Outcome:
    """Plays the mall's operator: takes the address the job shows to the sandbox, and its answer back.

    :raises Refusal: the job does not end well
    """
    began = time.monotonic()
    with subprocess.Popen(
        [
            str(jobs.PROGRAM),
            *("extract-job", "accounts", "consent", account, "--port", "0"),
        ],
        env=os.environ | {"JANGBU_WORKSPACE": str(workspace)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as job:
        said = []
        for spoken in job.stdout or ():
            said.append(spoken)
            if spoken.startswith("http"):
                query = urlsplit(spoken.strip()).query
                opened(f"{url}/__sandbox/cafe24/{mall}/authorize?{query}")
    ended = jobs.read_outcome(job.returncode, "".join(said), time.monotonic() - began)
    if not ended.is_done:
        raise failed(f"consent {account}", ended)
    return ended


def external_id(platform: str, log_in: Mapping[str, Any]) -> str:
    """The platform's name of an account; the shop's where the log-in itself is secret."""
    return str(
        {"cafe24": log_in.get("mall_id"), "ga4": log_in.get("property_id")}.get(platform) or TENANT
    )


def download(log_in: Mapping[str, Any], first: date, last: date, file: Path) -> None:
    """Takes the seller's own export of orders, as a person would who is logged in."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    form = urlencode({name: log_in[name] for name in SECRETS["ably"]}).encode()
    base = log_in["base_url"]
    try:
        browser.open(f"{base}/login", form, timeout=30).close()
        with browser.open(
            f"{base}/sales/order/export?from={first}&to={last}", timeout=30
        ) as export:
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(export.read())
    except urllib.error.URLError as failure:
        raise Refusal(f"{base}: {getattr(failure, 'reason', failure)}") from None


def asked_of(address: str, wish: Mapping[str, Any] | None = None) -> Any:
    """The JSON an address answers; it is posted to where there is a wish."""
    return json.loads(opened(address, None if wish is None else json.dumps(wish).encode()))


def opened(address: str, body: bytes | None = None) -> bytes:
    """What an address answers, redirects followed."""
    try:
        with urllib.request.urlopen(address, body, timeout=ANSWER_SECONDS) as answer:
            return answer.read()
    except urllib.error.URLError as failure:
        place = address.partition("?")[0]
        raise Refusal(f"{place}: {getattr(failure, 'reason', failure)}") from None


def rows(outcome: Outcome) -> str:
    """How many rows a job made: of several tables, those of the one its dataset is named by, which comes first."""
    count = outcome.summary.get("rows", 0)
    first = next(iter(count.values()), 0) if isinstance(count, Mapping) else count
    return f"{first:,}"


def built(outcome: Outcome) -> str:
    """How many marts were built, and of how many days the one with the most."""
    days = [mart["days_built"] for mart in outcome.summaries if "days_built" in mart]
    return f"{len(days)} marts, {max(days)} days" if any(days) else ""


def main(arguments: Sequence[str]) -> int:
    """Runs the demo; a failure is one line on standard error."""
    try:
        return Demo(parse(arguments)).run()
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return refusal.code
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return 130
