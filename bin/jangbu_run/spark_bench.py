"""Measures spark-job's aggregations: against the same in PySpark and DuckDB, and as days grow.

Days are those of the simulator; each is made and checked once, and taken again afterwards. The tables that come out are
compared: figures of programs that do not do the same say nothing.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from jangbu_run import jobs, processes
from jangbu_run.project import ROOT, Refusal, say

# A Saturday; longer days are Saturdays after it, when as many users of a shop are active.
FIRST_DAY = date(2025, 6, 14)
USERS_A_MILLION = 239_000
# The simulator has 999,999 users at most.
MILLIONS_A_SHOP = 4
SEED = 7
LOOK_SECONDS = 0.1
GOAL = 0.4
PYTHON = ROOT / ".venv-spark" / "bin" / "python"
YARDSTICKS = ROOT / "benchmark" / "spark"


@dataclass
class Measured:
    """What runs of one thing took: seconds by the clock and of processors, and the most memory."""

    seconds: list[float] = field(default_factory=list)
    processor_seconds: list[float] = field(default_factory=list)
    megabytes: float = 0

    def add(self, seconds: float, processor_seconds: float, megabytes: float) -> None:
        self.seconds.append(seconds)
        self.processor_seconds.append(processor_seconds)
        self.megabytes = max(self.megabytes, megabytes)

    def __str__(self) -> str:
        median = statistics.median(self.seconds)
        spread = f"{min(self.seconds):.1f} to {max(self.seconds):.1f}"
        processor = statistics.median(self.processor_seconds)
        return f"{median:.1f} ({spread}) | {processor:.1f} | {self.megabytes:,.0f}"


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench-spark", description=__doc__)
    parser.add_argument(
        "--millions", type=int, nargs="+", default=[1], help="sizes of days (default: 1)"
    )
    parser.add_argument("--runs", type=int, default=3, help="of each (default: 3)")
    parser.add_argument("--master", default=f"local[{os.cpu_count()}]")
    parser.add_argument(
        "--pyspark", type=int, default=1, help="largest day for PySpark, in millions (default: 1)"
    )
    parser.add_argument(
        "--workspace", type=Path, default=Path(os.environ.get("JANGBU_WORKSPACE", "data"))
    )
    given = parser.parse_args(arguments)
    given.workspace = given.workspace.resolve()
    return given


def main(arguments: Sequence[str]) -> int:
    try:
        return bench(parse(arguments))
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return refusal.code
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return 130


def bench(asked: argparse.Namespace) -> int:
    lines = [
        "| day | what | seconds: median (least to most) | processor seconds | peak MB |",
        "| --- | --- | --- | --- | --- |",
    ]
    is_met = True
    load = os.getloadavg()[0]
    for place, millions in enumerate(asked.millions):
        day = FIRST_DAY + timedelta(weeks=place)
        rows = make(asked.workspace, day, millions)
        ours, other, duck = Measured(), Measured(), Measured()
        for _ in range(asked.runs):
            run(ours, asked, [jobs.PROGRAM, *aggregate(day, asked.master)])
            if PYTHON.is_file():
                run(duck, asked, yardstick("duckdb", asked.workspace, str(os.cpu_count()), day))
            if PYTHON.is_file() and millions <= asked.pyspark:
                run(other, asked, yardstick("pyspark", asked.workspace, asked.master, day))
        for what, measured in (("spark-job", ours), ("PySpark", other), ("DuckDB", duck)):
            if measured.seconds:
                lines.append(f"| {rows:,} | {what} | {measured} |")
        if other.seconds:
            ratio = statistics.median(ours.seconds) / statistics.median(other.seconds)
            is_met &= ratio <= GOAL
            lines.append(f"| {rows:,} | spark-job / PySpark | {ratio:.2f} (goal: {GOAL}) | | |")
        measured = {"duckdb": duck, "pyspark": other}
        is_met &= are_same(asked, day, [name for name, each in measured.items() if each.seconds])
    say("\n".join(["", *lines, "", machine(load)]))
    return jobs.DONE if is_met else jobs.FAILED


def are_same(asked: argparse.Namespace, day: date, others: Sequence[str]) -> bool:
    """Whether ours and theirs have the same tables of the day; says where not."""
    if not others:
        return True
    published = asked.workspace / "aggregates" / "events" / str(day)
    ours = published / json.loads((published / "manifest.json").read_text())["run_id"]
    folders = [out_folder(asked.workspace, name) for name in others]
    compared = subprocess.run(
        [PYTHON, YARDSTICKS / "same_tables.py", ours, *folders],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    say(compared.stdout.rstrip())
    return compared.returncode == jobs.DONE


def make(workspace: Path, day: date, millions: int) -> int:
    """Leaves the day's landing and clean files there; returns its events."""
    if not (workspace / "clean" / "events" / str(day) / "manifest.json").is_file():
        say(f"making {day} of about {millions} million events ...")
        shops = math.ceil(millions / MILLIONS_A_SHOP)
        if shops == 1:
            simulate(workspace, day, USERS_A_MILLION * millions, SEED)
        else:
            simulate_together(workspace, day, USERS_A_MILLION * millions // shops, shops)
    # Also where it is there: how many rows it has is the summary's.
    checked = jobs.run_job("transform-job", "events", "--ds", str(day), workspace=workspace)
    done(checked)
    return int(checked.summary["rows"])


def simulate(workspace: Path, day: date, users: int, seed: int) -> None:
    extract(workspace, day, "simulator", "--users", str(users), "--seed", str(seed))


def simulate_together(workspace: Path, day: date, users: int, shops: int) -> None:
    """The simulator has no more users: the same ones come to several shops, and all their files are one day's."""
    with tempfile.TemporaryDirectory(dir=workspace, prefix="bench-shops-") as together:
        for shop in range(shops):
            simulate(workspace, day, users, SEED + shop)
            for part in landed(workspace, day):
                os.link(part, Path(together, f"{shop}-{part.name}"))
        extract(workspace, day, "files", "--input", together)


def extract(workspace: Path, day: date, source: str, *settings: str) -> None:
    asked = ("events", "--ds", str(day), "--source", source, *settings)
    done(jobs.run_job("extract-job", *asked, workspace=workspace))


def landed(workspace: Path, day: date) -> list[Path]:
    """The parts of the day's landing."""
    landing = workspace / "landing" / "events" / str(day)
    newest = max(folder for folder in landing.iterdir() if folder.is_dir())
    return sorted(newest.glob("part-*"))


def done(outcome: jobs.Outcome) -> None:
    if not outcome.is_done:
        raise Refusal(outcome.reason, outcome.code)


def aggregate(day: date, master: str) -> list[str]:
    return ["spark-job", "aggregate", "events", "--ds", str(day), "--master", master]


def yardstick(name: str, workspace: Path, setting: str, day: date) -> list[str | Path]:
    program = YARDSTICKS / f"{name}_aggregations.py"
    return [PYTHON, program, out_folder(workspace, name), setting, *landed(workspace, day)]


def out_folder(workspace: Path, name: str) -> Path:
    return workspace / "bench-spark" / name


def run(measured: Measured, asked: argparse.Namespace, command: Sequence[str | Path]) -> None:
    """Runs it, and watches it and all it starts."""
    began = time.monotonic()
    with subprocess.Popen(
        list(map(str, command)),
        env=os.environ | {"JANGBU_WORKSPACE": str(asked.workspace)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    ) as process:
        seen: dict[tuple[int, int], float] = {}
        peaks = [0.0]
        is_over = threading.Event()
        thread = threading.Thread(target=watch, args=(process.pid, seen, peaks, is_over))
        thread.start()
        output = process.stdout.read()
        code = process.wait()
        seconds = time.monotonic() - began
        is_over.set()
        thread.join()
    if code != jobs.DONE:
        raise Refusal(f"{' '.join(map(str, command))}: exit code {code}\n{output[-2000:]}", code)
    measured.add(seconds, sum(seen.values()), peaks[0])
    say(f"{Path(command[1]).name}: {seconds:.1f} s")


def watch(
    pid: int, seen: dict[tuple[int, int], float], peaks: list[float], is_over: threading.Event
) -> None:
    while not is_over.wait(LOOK_SECONDS):
        found = processes.all_processes()
        below = processes.children(found)
        waiting = [found[pid]] if pid in found else []
        together = 0.0
        while waiting:
            process = waiting.pop()
            seen[process.pid, process.began] = process.processor_seconds
            # A process that is being started still has its parent's memory, and shows it as its own.
            parent = found.get(process.parent)
            if parent is None or process.megabytes != parent.megabytes:
                together += process.megabytes
            waiting += below[process.pid]
        peaks[0] = max(peaks[0], together)


def machine(load: float) -> str:
    """Load is of the machine's last minute; runs of ours alone come to about the number of processors."""
    return (
        f"{os.cpu_count()} processors, {platform.system()} on {platform.machine()};"
        f" load {load:.1f} before the first run, {os.getloadavg()[0]:.1f} after the last"
    )
