"""Runs one job as a process and reads how it ended."""

from __future__ import annotations

import json
import os
import re
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jangbu_run.project import ROOT

DONE, FAILED, USAGE, QUALITY_FAILED, UNAVAILABLE, HELD = 0, 1, 2, 10, 11, 12
MEANING = {
    DONE: "done",
    FAILED: "failed",
    USAGE: "wrong arguments or settings",
    QUALITY_FAILED: "the day's data did not pass its checks",
    UNAVAILABLE: "the database or a source is not available",
    HELD: "another run holds it",
    130: "stopped by Ctrl-C",
    137: "killed, most often for want of memory",
    143: "asked to stop",
}
PROGRAM = ROOT / "bin" / "job"
LOG_LINE = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+\S* (TRACE|DEBUG|INFO|WARN|ERROR) ")


@dataclass(frozen=True)
class Outcome:
    """How a job ended.

    `summary` is the last JSON line it printed, empty where it printed none; `summaries` all of
    them, one a run where a process did several; `text` what it printed for people, without log
    lines and summaries.
    """

    code: int
    summary: Mapping[str, Any]
    text: str
    seconds: float
    summaries: tuple[Mapping[str, Any], ...] = ()

    @property
    def is_done(self) -> bool:
        return self.code == DONE

    @property
    def is_quality_failure(self) -> bool:
        """A verdict is believed only where the job itself says so."""
        return self.code == QUALITY_FAILED and self.summary.get("status") == "quality_failed"

    @property
    def reason(self) -> str:
        """Why it failed, in one line."""
        told = self.summary.get("message") or last_line(self.text)
        meaning = MEANING.get(self.code, f"ended with exit code {self.code}")
        return (
            f"{told} (exit code {self.code}: {meaning})"
            if told
            else f"{meaning} (exit code {self.code})"
        )


def run_job(job: str, *arguments: str, workspace: Path) -> Outcome:
    """Runs bin/job and waits for it."""
    began = time.monotonic()
    done = subprocess.run(
        [PROGRAM, job, *arguments],
        env=os.environ | {"JANGBU_WORKSPACE": str(workspace)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    code = done.returncode if done.returncode >= 0 else 128 - done.returncode
    return read_outcome(code, done.stdout, time.monotonic() - began)


def read_outcome(code: int, output: str, seconds: float) -> Outcome:
    """Takes a job's output apart."""
    summaries = []
    text = []
    for line in output.splitlines():
        parsed = json_object(line)
        if parsed is not None:
            summaries.append(parsed)
        elif not LOG_LINE.match(line):
            text.append(line)
    last = summaries[-1] if summaries else {}
    return Outcome(code, last, "\n".join(text).strip("\n"), seconds, tuple(summaries))


def json_object(line: str) -> Mapping[str, Any] | None:
    """The object on the line, if it is one."""
    if not line.startswith("{"):
        return None
    try:
        parsed = json.loads(line)
    except ValueError:
        return None
    return parsed if isinstance(parsed, dict) else None


def last_line(text: str) -> str:
    """The last line that is not empty and not picocli's pointer to --help."""
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("See `")]
    return lines[-1].strip() if lines else ""
