"""Processes as Linux tells of them: who is below whom, and what each takes."""

from __future__ import annotations

import os
import signal
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")
TICKS = os.sysconf("SC_CLK_TCK")
KILOBYTE = 1024
MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Process:
    """A process as it was when it was looked at.

    `began` tells it from a later one of the same number; `megabytes` is its resident set.
    """

    pid: int
    parent: int
    began: int
    processor_seconds: float
    megabytes: float


def parsed(stat: str) -> Process:
    """A line of /proc/<pid>/stat; the program's name in it may hold blanks and brackets."""
    pid, _, rest = stat.partition(" (")
    words = rest.rpartition(") ")[2].split()
    return Process(
        int(pid),
        int(words[1]),
        int(words[19]),
        (int(words[11]) + int(words[12])) / TICKS,
        int(words[21]) * PAGE_BYTES / MEGABYTE,
    )


def all_processes() -> dict[int, Process]:
    """Those of the machine; none where the system does not tell."""
    found = {}
    for folder in os.listdir(PROC) if PROC.is_dir() else ():
        if folder.isdigit():
            # It may end while it is looked at.
            with suppress(OSError):
                found[int(folder)] = parsed((PROC / folder / "stat").read_text())
    return found


def children(processes: Mapping[int, Process]) -> Mapping[int, list[Process]]:
    """Each process's own, by its number."""
    below: dict[int, list[Process]] = defaultdict(list)
    for process in processes.values():
        below[process.parent].append(process)
    return below


def command(pid: int) -> list[str]:
    """Its command line; empty where it has ended."""
    try:
        return (PROC / str(pid) / "cmdline").read_text("utf-8", "replace").split("\0")[:-1]
    except OSError:
        return []


def most_megabytes(pid: int) -> float:
    """The largest resident set it ever had; 0 where it has ended."""
    return line_of(PROC / str(pid) / "status", "VmHWM:")


def own_megabytes(pid: int) -> float:
    """Its resident set, with its share only of what it shares with others; 0 where it has ended."""
    return line_of(PROC / str(pid) / "smaps_rollup", "Pss:")


def line_of(file: Path, name: str) -> float:
    with suppress(OSError):
        for line in file.read_text().splitlines():
            if line.startswith(name):
                return int(line.split()[1]) * KILOBYTE / MEGABYTE
    return 0


def end(some: Iterable[Process], seconds: float) -> None:
    """Asks those of them that still run to end, and kills what has not after so many seconds."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        deadline = time.monotonic() + seconds
        some = list(still_running(some))
        for process in some:
            with suppress(ProcessLookupError):
                os.kill(process.pid, number)
        while any(still_running(some)) and time.monotonic() < deadline:
            time.sleep(0.1)


def still_running(some: Iterable[Process]) -> Iterator[Process]:
    for process in some:
        with suppress(OSError):
            stat = (PROC / str(process.pid) / "stat").read_text()
            is_dead = stat.rpartition(") ")[2].startswith("Z")
            if parsed(stat).began == process.began and not is_dead:
                yield process
