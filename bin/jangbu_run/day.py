"""Runs days from their source to the dashboard: the jobs in the DAG's order, marts together."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from jangbu_run.jobs import DONE, FAILED, HELD, QUALITY_FAILED, Outcome, run_job
from jangbu_run.project import ROOT, Refusal, held, say
from jangbu_run.request import Request

HELD_SECONDS = 600
HELD_PAUSE = 2
MARTS_AT_ONCE = 2
NOT_BUILT = "not_built"
DASHBOARD_DAYS = 30


class Runner:
    """The jobs of one request."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self.workspace = request.workspace
        self.began = time.monotonic()

    def run(self) -> int:
        """Runs all days; a day of bad data does not stop the next, any other failure does."""
        self.prepare_database()
        failed_days = []
        for business_date in self.request.days:
            with self.day_alone(business_date):
                if self.run_day(business_date) == QUALITY_FAILED:
                    failed_days.append(str(business_date))
        self.finish()
        if failed_days:
            raise Refusal(f"not loaded, failed checks: {', '.join(failed_days)}", QUALITY_FAILED)
        return DONE

    def prepare_database(self) -> None:
        """Starts the embedded database, unless another is named, and migrates it."""
        url = os.environ.get("JANGBU_DB_URL", "").strip()
        if url:
            say(line("database", 0.0, f"JANGBU_DB_URL {url.partition('?')[0]}"))
        else:
            self.step("database", "dev-database", "start", tell=lambda outcome: last_words(outcome))
        if self.request.is_whole:
            self.step("migrate", "load-job", "migrate", tell=migrated)

    def day_alone(self, business_date: date) -> Any:
        """Two `make run` of one day work one after the other."""
        lock = self.workspace / "runs" / "run-day" / f"{business_date}.lock"
        try:
            lock.parent.mkdir(parents=True, exist_ok=True)
            lock.touch()
        except OSError as failure:
            raise Refusal(f"cannot write {lock}: {failure.strerror}") from failure
        return held(
            lock,
            f"{business_date} is held by another run here; waiting up to {HELD_SECONDS} s for it",
            HELD_SECONDS,
            f"{business_date}: still held by another run after {HELD_SECONDS} s;"
            " let it end, or end it, and run again",
        )

    def run_day(self, business_date: date) -> int:
        """Runs the steps of a day in order; bad data skips load and marts, not the report."""
        if self.request.is_whole or len(self.request.days) > 1:
            say(f"\n{business_date}")
        verdict = DONE
        for step in self.request.steps:
            if step == "dashboard" or (verdict == QUALITY_FAILED and step in ("load", "marts")):
                continue
            verdict = max(verdict, getattr(self, step)(business_date))
        return verdict

    def extract(self, business_date: date) -> int:
        arguments = ("events", "--ds", str(business_date), *self.request.source)
        self.step(
            "extract",
            "extract-job",
            *arguments,
            tell=lambda outcome: rows(outcome, "events in the landing"),
        )
        return DONE

    def validate(self, business_date: date) -> int:
        return self.check("validate", business_date)

    def replay(self, business_date: date) -> int:
        """Corrects rejected lines and checks the day again."""
        return self.check("replay", business_date, "replay", *self.request.replay)

    def check(self, step: str, business_date: date, *more: str) -> int:
        """Runs transform-job, and tells the verdict and why."""
        command, options = more[:1], more[1:]
        contract = ("--contract", self.request.contract) if self.request.contract else ()
        day = ("--ds", str(business_date))
        outcome = self.attempt(step, "transform-job", *command, "events", *day, *options, *contract)
        if not outcome.is_done and not outcome.is_quality_failure:
            raise failed(step, outcome)
        report = quality_report(self.workspace, business_date)
        say(line(step, outcome.seconds, checked(report)))
        if "replayed" in outcome.summary:
            say(f"             {outcome.summary['replayed']}")
        if outcome.is_done:
            return DONE
        for reason in failed_checks(report) or [outcome.reason]:
            say(f"             {reason}")
        say("             the day did not pass and is not loaded; what was loaded before stays")
        return QUALITY_FAILED

    def load(self, business_date: date) -> int:
        self.step(
            "load",
            "load-job",
            "events",
            "--ds",
            str(business_date),
            tell=lambda outcome: rows(outcome, "rows in raw_events"),
        )
        return DONE

    def marts(self, business_date: date) -> int:
        """Builds all marts in one process; those another run holds are built again, one by one."""
        outcomes = self.build_together(business_date)
        held_marts = [mart for mart, outcome in outcomes.items() if outcome.code == HELD]
        for mart in held_marts:
            outcomes[mart] = self.build_mart(mart, business_date)
        held_back = [mart for mart, outcome in outcomes.items() if is_held_back(outcome)]
        if held_marts and all(outcomes[mart].is_done for mart in outcomes.keys() - held_back):
            for mart in held_back:
                outcomes[mart] = self.build_mart(mart, business_date)
        for mart, outcome in outcomes.items():
            if outcome.is_done:
                say(line(mart, outcome.seconds, rows(outcome, "rows")))
        for mart, outcome in outcomes.items():
            if not outcome.is_done:
                raise failed(mart, outcome)
        return DONE

    def build_mart(self, mart: str, business_date: date) -> Outcome:
        """Builds one mart, again while another run holds it."""
        arguments = ("build", "--mart", mart, "--ds", str(business_date))
        return self.attempt(mart, "mart-job", *arguments)

    def build_together(self, business_date: date) -> dict[str, Outcome]:
        """How each mart ended, in the order mart-job knows them.

        A process that ended without its last line, which names them, is an outcome of its own
        behind those of the marts that were done before.
        """
        arguments = ("--parallel", str(MARTS_AT_ONCE), "--ds", str(business_date))
        whole = run_job("mart-job", "build", "--mart", "all", *arguments, workspace=self.workspace)
        by_mart = {str(summary.get("slice")): summary for summary in whole.summaries}
        if "marts" not in whole.summary:
            done = {mart: summary for mart, summary in by_mart.items() if is_done(summary)}
            return {mart: mart_outcome(summary) for mart, summary in done.items()} | {
                "marts": whole
            }
        return {
            entry["mart"]: mart_outcome({**entry, **by_mart.get(entry["mart"], {})})
            for entry in whole.summary["marts"]
        }

    def report(self, business_date: date) -> int:
        outcome = self.attempt("report", "mart-job", "report", "--ds", str(business_date))
        if not outcome.is_done:
            raise failed("report", outcome)
        say(
            line(
                "report",
                outcome.seconds,
                shown(self.workspace / "reports" / "run" / f"{business_date}.json"),
            )
        )
        say(f"\n{outcome.text}")
        return DONE

    def finish(self) -> None:
        """The dashboard over all days, and where to look."""
        if "dashboard" not in self.request.steps:
            return
        if self.request.is_whole:
            say("")
        page = str(self.request.dashboard)
        days = max(DASHBOARD_DAYS, len(self.request.days))
        last = ("--to", str(self.request.days[-1])) if self.request.is_day_asked else ()
        arguments = ("--days", str(days), *last, "--out", page)
        told = shown(self.request.dashboard)
        self.step("dashboard", "mart-job", "dashboard", *arguments, tell=lambda outcome: told)
        if self.request.is_whole:
            say(
                line("in all", time.monotonic() - self.began, "look into the data with `make psql`")
            )

    def step(self, name: str, job: str, *arguments: str, tell: Callable[[Outcome], str]) -> None:
        outcome = self.attempt(name, job, *arguments)
        if not outcome.is_done:
            raise failed(name, outcome)
        say(line(name, outcome.seconds, tell(outcome)))

    def attempt(self, name: str, job: str, *arguments: str) -> Outcome:
        """Runs a job, again while another run holds its slice."""
        deadline = time.monotonic() + HELD_SECONDS
        told = False
        while True:
            outcome = run_job(job, *arguments, workspace=self.workspace)
            if outcome.code != HELD or time.monotonic() > deadline:
                return outcome
            if not told:
                message = outcome.summary.get("message", "held by another run")
                say(f"{name}: {message}; waiting up to {HELD_SECONDS} s")
                told = True
            time.sleep(HELD_PAUSE)


def line(step: str, seconds: float, told: str) -> str:
    """One line a step."""
    return f"{step:<20} {seconds:6.1f} s  {told}".rstrip()


def shown(path: Path) -> str:
    """A path as people read it: from the checkout, where it lies in it."""
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)


def failed(step: str, outcome: Outcome) -> Refusal:
    """A step's failure, told in one line, with the job's exit code."""
    code = FAILED if outcome.code in (DONE, QUALITY_FAILED) else outcome.code
    return Refusal(f"{step} failed after {outcome.seconds:.1f} s: {outcome.reason}", code)


def is_done(summary: Mapping[str, Any]) -> bool:
    """Whether a run's summary says that it was done."""
    return summary.get("status") == "done"


def is_held_back(outcome: Outcome) -> bool:
    """Whether a mart was not begun, because one it depends on was not done."""
    return outcome.summary.get("status") == NOT_BUILT


def mart_outcome(summary: Mapping[str, Any]) -> Outcome:
    """How one of the marts of a process ended: by its own summary, or by the day's word on it."""
    if summary["status"] == NOT_BUILT:
        summary = {**summary, "message": "not built, because a mart it depends on was not"}
    return Outcome(summary["exit_code"], summary, "", summary.get("seconds", 0.0))


def last_words(outcome: Outcome) -> str:
    """The last line a job printed."""
    return outcome.text.splitlines()[-1] if outcome.text else ""


def migrated(outcome: Outcome) -> str:
    """What the migration did."""
    applied = outcome.summary.get("applied")
    count = len(applied) if isinstance(applied, list) else applied
    version = f"schema version {outcome.summary.get('schema_version', '?')}"
    return f"{version}, {count} migrations applied" if count else f"{version}, nothing to do"


def rows(outcome: Outcome, what: str) -> str:
    """The row count of a job's summary."""
    count = outcome.summary.get("rows")
    return f"{count:,} {what}" if isinstance(count, int) else ""


def quality_report(workspace: Path, business_date: date) -> dict[str, Any]:
    """The quality report of the day; empty where it cannot be read."""
    try:
        return json.loads(
            (workspace / "reports" / "quality" / "events" / f"{business_date}.json").read_text(
                "utf-8"
            )
        )
    except (OSError, ValueError):
        return {}


def checked(report: dict[str, Any]) -> str:
    """How many checks passed, and where the lines went."""
    checks = report.get("checks", [])
    passed = sum(check.get("status") == "pass" for check in checks)
    warned = sum(check.get("status") == "warn" for check in checks)
    warnings = f", {warned} warned" if warned else ""
    clean, rejected = report.get("clean", 0), report.get("rejected", 0)
    return (
        f"{passed} of {len(checks)} checks passed{warnings}; {clean:,} clean, {rejected:,} rejected"
    )


def failed_checks(report: dict[str, Any]) -> list[str]:
    """One line a failed check; none where the day failed for another reason, such as no events."""
    return [
        f"{check['name']}: {check['failed']:,} of {check['counted']:,} failed,"
        f" pass rate {check['pass_rate']} (expected: {check['threshold']} or more)"
        for check in report.get("checks", [])
        if is_failed(check)
    ]


def is_failed(check: dict[str, Any]) -> bool:
    return str(check.get("status", "")).startswith("fail")


def main(request: Request) -> int:
    """Runs the request; a failure is one line on standard error."""
    try:
        return Runner(request).run()
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return refusal.code
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return 130
