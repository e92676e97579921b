"""What was asked for: days, source and workspace, from make's variables or the command line."""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from jangbu_run.jobs import USAGE
from jangbu_run.project import ROOT, Refusal

STEPS = ("extract", "validate", "load", "marts", "report", "dashboard")
# In the place of validate, and only where it is asked for.
REPLAY = "replay"
SEOUL = timezone(timedelta(hours=9))
MOST_DAYS = 3_660


@dataclass(frozen=True)
class Request:
    """Days in order, the steps of each, and what the source is."""

    days: tuple[date, ...]
    steps: tuple[str, ...]
    source: tuple[str, ...]
    contract: str
    replay: tuple[str, ...]
    workspace: Path
    is_day_asked: bool

    @property
    def is_whole(self) -> bool:
        return self.steps == STEPS

    @property
    def dashboard(self) -> Path:
        return self.workspace / "reports" / "dashboard.html"


def parse(arguments: Sequence[str], settings: Mapping[str, str]) -> Request:
    """Reads the command line; what it leaves out comes from make's variables, then defaults."""
    parser = argparse.ArgumentParser(
        prog="bin/run-day",
        description="Runs a day from its source to the dashboard, or single steps of it.",
        epilog="Each option is also a variable of make: make run DS=2026-01-15 USERS=500",
    )
    parser.add_argument(
        "steps",
        nargs="*",
        metavar="STEP",
        help=f"{', '.join(STEPS)} (default: all), or {REPLAY} in the place of validate",
    )
    for name, meaning in (
        ("ds", "the business date, YYYY-MM-DD (default: yesterday in Seoul)"),
        ("from", "first business date of a range"),
        ("to", "last business date of the range"),
        ("source", "simulator or files (default: simulator, or files where --input is given)"),
        ("users", "simulator: how many users (default: 500)"),
        ("seed", "simulator: the seed (default: 7)"),
        ("defects", "simulator: share of planted defects (default: 0)"),
        ("input", "files: the file or folder to read"),
        ("mapping", "files: a mapping's name or file; replay: the file with the rules"),
        ("contract", "validate, replay: a contract profile's name or file"),
        ("reason", "replay: only lines that failed these checks, with commas between"),
        ("why", "replay: why, for the record"),
        ("by", "replay: who, for the record (default: the user)"),
        ("workspace", "where the jobs hand files over (default: data)"),
    ):
        given = settings.get(name.upper(), "").strip()
        parser.add_argument(f"--{name}", default=given, metavar=name.upper(), help=meaning)
    options = vars(parser.parse_args(arguments))
    steps = tuple(options["steps"]) or STEPS
    for step in steps:
        if step not in (*STEPS, REPLAY):
            raise Refusal(f"step: {step} (expected: {', '.join(STEPS)}, {REPLAY})", USAGE)
    require_day(steps, options)
    workspace = options["workspace"] or settings.get("JANGBU_WORKSPACE") or "data"
    return Request(
        days=days(options["ds"], options["from"], options["to"], settings),
        steps=steps,
        source=source(options),
        contract=options["contract"],
        replay=replay(options) if REPLAY in steps else (),
        workspace=(ROOT / Path(workspace).expanduser()).absolute(),
        is_day_asked=bool(options["ds"] or options["from"] or steps == STEPS),
    )


def days(ds: str, first: str, last: str, settings: Mapping[str, str]) -> tuple[date, ...]:
    """One day, a range, or yesterday in the business zone."""
    if ds and (first or last):
        raise Refusal(f"DS: {ds} beside FROM or TO (expected: DS, or FROM and TO)", USAGE)
    if bool(first) != bool(last):
        raise Refusal(
            "FROM and TO: one of them (expected: both, such as FROM=2026-01-01 TO=2026-01-31)",
            USAGE,
        )
    if not first:
        return (day("DS", ds) if ds else yesterday(settings),)
    begin, end = day("FROM", first), day("TO", last)
    count = (end - begin).days + 1
    if not 1 <= count <= MOST_DAYS:
        raise Refusal(f"TO: {last} (expected: {first} or later, at most {MOST_DAYS} days)", USAGE)
    return tuple(begin + timedelta(days=number) for number in range(count))


def day(name: str, value: str) -> date:
    """A calendar day, written in full."""
    try:
        parsed = date.fromisoformat(value)
    except ValueError:
        parsed = None
    if parsed is None or parsed.isoformat() != value:
        raise Refusal(f"{name}: {value} (expected: a date such as 2026-01-15)", USAGE)
    return parsed


def yesterday(settings: Mapping[str, str]) -> date:
    """The last whole business day."""
    name = settings.get("JANGBU_ZONE") or "Asia/Seoul"
    try:
        zone = ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        if name != "Asia/Seoul":
            raise Refusal(
                f"JANGBU_ZONE: {name} (expected: a time zone such as Asia/Seoul)", USAGE
            ) from None
        zone = SEOUL
    return datetime.now(zone).date() - timedelta(days=1)


def source(options: Mapping[str, str]) -> tuple[str, ...]:
    """The extract job's arguments."""
    name = options["source"] or ("files" if options["input"] else "simulator")
    if name == "files" and options["input"]:
        path = str((ROOT / Path(options["input"]).expanduser()).absolute())
        options = {**options, "input": path}
    arguments = ["--source", name]
    for option in ("users", "seed", "defects", "input", "mapping"):
        if options[option]:
            arguments += [f"--{option}", options[option]]
    return tuple(arguments)


def require_day(steps: Sequence[str], options: Mapping[str, str]) -> None:
    """Rejects are corrected for a day somebody named, never for whatever yesterday was."""
    if REPLAY in steps and not (options["ds"] or options["from"]):
        raise Refusal("DS: not set (expected: the day to replay, such as DS=2026-01-15)", USAGE)


def replay(options: Mapping[str, str]) -> tuple[str, ...]:
    """The arguments of a replay."""
    if options["mapping"]:
        path = str((ROOT / Path(options["mapping"]).expanduser()).absolute())
        options = {**options, "mapping": path}
    arguments = []
    for option in ("reason", "mapping", "why", "by"):
        if options[option]:
            arguments += [f"--{option}", options[option]]
    return tuple(arguments)


def from_process(arguments: Sequence[str]) -> Request:
    """The request of this process."""
    return parse(arguments, os.environ)
