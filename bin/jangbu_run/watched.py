"""Jobs as processes that are watched: how many at once, and what memory and processor time they take."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from jangbu_run import jobs
from jangbu_run.jobs import Outcome
from jangbu_run.project import Refusal

LOOK_SECONDS = 0.25
PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")
MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Ended:
    """How a job ended, and what it took.

    `began` and `ended` are of the monotonic clock; `megabytes` is its largest resident set.
    """

    outcome: Outcome
    began: float
    ended: float
    processor_seconds: float
    megabytes: float


@dataclass
class Peaks:
    """The most there was at one time: processes, and the sum of their resident sets.

    Pages that processes share, such as those of the archive of classes, are counted in each.
    """

    processes: int = 0
    megabytes: float = 0


class Watched:
    """Starts jobs, never more than so many at once. For many threads."""

    def __init__(self, workspace: Path, at_once: int) -> None:
        self.peaks = Peaks()
        self._workspace = workspace
        self._free = threading.BoundedSemaphore(at_once)
        self._guard = threading.Lock()
        self._alive: set[int] = set()
        self._is_stopped = False

    def run(self, job: str, *arguments: str) -> Ended:
        """Runs bin/job and waits for it.

        :raises Refusal: after `stop`
        """
        with self._free:
            if self._is_stopped:
                raise Refusal("stopped")
            began = time.monotonic()
            process = subprocess.Popen(
                [jobs.PROGRAM, job, *arguments],
                env=os.environ | {"JANGBU_WORKSPACE": str(self._workspace)},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                encoding="utf-8",
                errors="replace",
            )
            with self._alive_one(process.pid), process.stdout as stream:
                output = stream.read()
                # Popen's own wait would not tell what the process took.
                _, status, usage = os.wait4(process.pid, 0)
            ended = time.monotonic()
        code = os.waitstatus_to_exitcode(status)
        process.returncode = code
        return Ended(
            jobs.read_outcome(128 - code if code < 0 else code, output, ended - began),
            began,
            ended,
            usage.ru_utime + usage.ru_stime,
            usage.ru_maxrss * 1024 / MEGABYTE,
        )

    def stop(self) -> None:
        """Starts no more; what runs goes on to its end."""
        self._is_stopped = True

    @contextmanager
    def looking(self) -> Iterator[Peaks]:
        """Looks at the processes that are alive, several times a second, with peaks of its own."""
        self.peaks = Peaks()
        is_over = threading.Event()

        def look() -> None:
            while not is_over.wait(LOOK_SECONDS):
                self._look()

        thread = threading.Thread(target=look, daemon=True)
        thread.start()
        try:
            yield self.peaks
        finally:
            is_over.set()
            thread.join()

    @contextmanager
    def _alive_one(self, pid: int) -> Iterator[None]:
        with self._guard:
            self._alive.add(pid)
            self.peaks.processes = max(self.peaks.processes, len(self._alive))
        try:
            yield
        finally:
            with self._guard:
                self._alive.discard(pid)

    def _look(self) -> None:
        with self._guard:
            alive = list(self._alive)
        self.peaks.megabytes = max(self.peaks.megabytes, sum(map(resident_megabytes, alive)))


def resident_megabytes(pid: int) -> float:
    """What a process has in memory; 0 where it has ended, or where the system does not tell."""
    try:
        pages = Path(f"/proc/{pid}/statm").read_text().split()[1]
    except (OSError, IndexError):
        return 0
    return int(pages) * PAGE_BYTES / MEGABYTE
