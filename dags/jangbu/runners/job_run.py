"""One try of a job: what the runners get, and what they give back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

STOP_SECONDS = 7
LABEL = "dev.jangbu"
LINE_BYTES = 64 * 1024
# What is behind a log-in of an account; events come from files.
PLATFORM_DATASETS = frozenset(
    {"orders", "refunds", "products", "coupons", "web-traffic", "card-sales"}
)
# Of a platform without an interface for programs: its pages are read in a browser.
CRAWL = "--crawl"


@dataclass(frozen=True)
class JobRun:
    """A job's command line and whose try it is.

    `slice` is `all` or what may run beside its brothers, such as a mart's name or an account's. `attempt` names the
    try's summary file. `map_index` tells the brothers of a mapped task apart; -1 is a task that has
    none. `stand_in` is the job that does the work in this one's place and under its name.
    """

    job: str
    dataset: str
    slice: str
    business_date: date
    arguments: tuple[str, ...]
    dag_id: str
    run_id: str
    task_id: str
    try_number: int
    map_index: int = -1
    stand_in: str = ""

    @property
    def program(self) -> str:
        """The job whose jar is run."""
        return self.stand_in or self.job

    @property
    def asks_a_platform(self) -> bool:
        """Whether it logs in to a shop's account: then it needs the key of the credentials, and a way out."""
        return self.job == "extract-job" and self.dataset in PLATFORM_DATASETS

    @property
    def image(self) -> str:
        """What the program's image is called: a browser comes with one of its own, larger than all the rest."""
        return f"{self.program}-browser" if CRAWL in self.arguments else self.program

    @property
    def attempt(self) -> str:
        """Unique among all tries of all DAG runs, and a name the jobs accept."""
        of_run = hashlib.sha256(f"{self.dag_id}/{self.run_id}".encode()).hexdigest()[:12]
        return f"{of_run}-{self.try_number}"

    @property
    def command(self) -> list[str]:
        """The job's arguments with the try's name."""
        return [*self.arguments, "--attempt", self.attempt]

    @property
    def owner_labels(self) -> dict[str, str]:
        """The same for all tries of one task of one DAG run."""
        mapped = {} if self.map_index < 0 else {f"{LABEL}.map-index": str(self.map_index)}
        return {
            f"{LABEL}.dag": self.dag_id,
            f"{LABEL}.run": self.run_id,
            f"{LABEL}.task": self.task_id,
        } | mapped

    @property
    def labels(self) -> dict[str, str]:
        return self.owner_labels | {
            f"{LABEL}.job": self.job,
            f"{LABEL}.dataset": self.dataset,
            f"{LABEL}.slice": self.slice,
            f"{LABEL}.business-date": str(self.business_date),
            f"{LABEL}.try": str(self.try_number),
            f"{LABEL}.attempt": self.attempt,
        }

    def summary_file(self, workspace: Path, attempt: str) -> Path:
        """Where the job writes how its run ended."""
        folder = workspace / "runs" / self.job / self.dataset / self.slice
        return folder / str(self.business_date) / f"{attempt}.json"


@dataclass(frozen=True)
class Ended:
    """How the process ended: its exit code, the attempt it ran as, and the summary it printed last, if any.

    `listed` is the last list it printed, which is what a command that lists things has to say.
    """

    exit_code: int | None
    attempt: str
    printed: dict[str, Any] | None = None
    note: str = ""
    listed: list[Any] | None = None


class LastSummary:
    """Keeps the last JSON object among a job's lines that is a summary, the last JSON array, and no other line."""

    def __init__(self) -> None:
        self.value: dict[str, Any] | None = None
        self.listed: list[Any] | None = None

    def see(self, line: str) -> None:
        if not line.startswith(("{", "[")):
            return
        try:
            value = json.loads(line)
        except ValueError:
            return
        if isinstance(value, list):
            self.listed = value
        elif "status" in value:
            self.value = value


def lines_of(chunks: Iterator[bytes]) -> Iterator[str]:
    """Lines out of pieces of a stream, which end where they will.

    A job's lines end at 16 kB; what else may print beside it is cut at `LINE_BYTES`,
    so that no line costs memory.
    """
    rest = b""
    for chunk in chunks:
        *lines, rest = (rest + chunk).split(b"\n")
        for line in lines:
            yield _text(line).rstrip("\r")
        rest = rest[: LINE_BYTES + 1]
    if rest:
        yield _text(rest)


def _text(line: bytes) -> str:
    text = line[:LINE_BYTES].decode("utf-8", "replace")
    return text if len(line) <= LINE_BYTES else f"{text} … (cut at {LINE_BYTES} bytes)"
