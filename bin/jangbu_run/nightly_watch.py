"""What a night of Airflow takes: the jobs its tasks start, and apart from them Airflow's own processes."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from jangbu_run import jobs, processes
from jangbu_run.processes import Process
from jangbu_run.watched import LOOK_SECONDS, Peaks

# It costs the system milliseconds a process, unlike the rest.
SHARES_SECONDS = 10
STOP_SECONDS = 10
ATTEMPT = "--attempt"


@dataclass
class JobSeen:
    """A job's process as it was last looked at; what it did in its last quarter of a second is not in it."""

    command: str
    first: float
    last: float = 0
    processor_seconds: float = 0
    megabytes: float = 0

    @property
    def seconds(self) -> float:
        return self.last - self.first


class Onlooker:
    """Looks at all processes below some, several times a second."""

    def __init__(self) -> None:
        self.of_jobs = Peaks()
        self.of_airflow = Peaks()
        # With what several processes share counted once.
        self.airflow_shared_once = 0.0
        self._roots: list[int] = []
        self._jobs: dict[tuple[int, int], JobSeen] = {}
        self._airflow: dict[tuple[int, int], Process] = {}
        self._all: dict[tuple[int, int], Process] = {}
        self._shares_at = 0.0
        self._before = 0.0

    @contextmanager
    def looking(self, roots: Iterable[int]) -> Iterator[None]:
        self._roots = list(roots)
        is_over = threading.Event()

        def look() -> None:
            while not is_over.wait(LOOK_SECONDS):
                self.look()

        thread = threading.Thread(target=look, daemon=True)
        self.look()
        self._before = self._airflow_lives()
        thread.start()
        try:
            yield
        finally:
            is_over.set()
            thread.join()
            self.look()

    def look(self) -> None:
        now = time.monotonic()
        running, own = self._split()
        self._all |= {(each.pid, each.began): each for each in (*running, *own)}
        self._airflow |= {(each.pid, each.began): each for each in own}
        for process in running:
            job = self._jobs[process.pid, process.began]
            job.last = now
            job.processor_seconds = process.processor_seconds
            job.megabytes = max(job.megabytes, processes.most_megabytes(process.pid))
        raise_to(self.of_jobs, running)
        raise_to(self.of_airflow, own)
        if now >= self._shares_at:
            self._shares_at = now + SHARES_SECONDS
            together = sum(processes.own_megabytes(each.pid) for each in own)
            self.airflow_shared_once = max(self.airflow_shared_once, together)

    @property
    def jobs(self) -> dict[str, list[JobSeen]]:
        """All that were seen, by their command line; several of one where it was tried again."""
        seen: dict[str, list[JobSeen]] = defaultdict(list)
        for job in self._jobs.values():
            seen[job.command].append(job)
        return seen

    @property
    def airflow_processor_seconds(self) -> float:
        """Of Airflow's own processes, since they are looked at."""
        return self._airflow_lives() - self._before

    @property
    def everyone(self) -> list[Process]:
        """All that were ever seen."""
        return list(self._all.values())

    def end_rest(self) -> None:
        """Ends what is left of all that was seen, such as a job whose task was killed."""
        processes.end(self.everyone, STOP_SECONDS)

    def _airflow_lives(self) -> float:
        return sum(process.processor_seconds for process in self._airflow.values())

    def _split(self) -> tuple[list[Process], list[Process]]:
        """The jobs that run, and Airflow's processes; what a job starts is the job's."""
        found = processes.all_processes()
        below = processes.children(found)
        waiting = [found[root] for root in self._roots if root in found]
        running, own = [], []
        while waiting:
            process = waiting.pop()
            if self._is_job(process):
                running.append(process)
                continue
            own.append(process)
            waiting += below[process.pid]
        return running, own

    def _is_job(self, process: Process) -> bool:
        key = (process.pid, process.began)
        if key not in self._jobs:
            command = job_of(processes.command(process.pid))
            if not command:
                return False
            self._jobs[key] = JobSeen(command, time.monotonic())
        return True


def job_of(words: Sequence[str]) -> str:
    """The job's command line without the name of its attempt; empty where a process is no job."""
    for place, word in enumerate(words):
        rest = words[place + 1 :]
        if word.endswith(".jar") and words[place - 1] == "-jar":
            rest = [Path(word).stem, *rest]
        elif word != str(jobs.PROGRAM):
            continue
        named = rest.index(ATTEMPT) if ATTEMPT in rest else len(rest)
        return " ".join(rest[:named])
    return ""


def raise_to(peaks: Peaks, some: Sequence[Process]) -> None:
    peaks.processes = max(peaks.processes, len(some))
    peaks.megabytes = max(peaks.megabytes, sum(process.megabytes for process in some))
