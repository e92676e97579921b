"""Removes a person: the erasure itself is load-job's, the marts of its days are built again after it."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence

from jangbu_run.jobs import DONE, LOG_LINE, PROGRAM, json_object, read_outcome
from jangbu_run.project import Refusal, say


def main(arguments: Sequence[str]) -> int:
    """Erases, tells what came of it, and builds what is behind; returns load-job's exit code."""
    code, summary = run("load-job", "erase", *arguments)
    for day in summary.get("rebuild", []):
        build = ["build", "--mart", "all", "--parallel", "2", "--ds", day, *workspace(arguments)]
        built, _ = run("mart-job", *build, quiet=True)
        if built != DONE:
            raise Refusal(f"marts of {day} not built; `make marts DS={day}` does it again", built)
        say(f"marts of {day} built again")
    for dataset in summary.get("rebuild_touched", []):
        build = ["build", "--dataset", dataset, "--touched", *workspace(arguments)]
        built, _ = run("mart-job", *build, quiet=True)
        if built != DONE:
            raise Refusal(
                f"marts of {dataset} not built; `bin/job mart-job {' '.join(build)}` does it again",
                built,
            )
        say(f"marts of {dataset} built again")
    return code


def run(job: str, *arguments: str, quiet: bool = False) -> tuple[int, dict]:
    """Runs a job, showing what it says as it says it; its log on a long run tells how far it is."""
    with subprocess.Popen(
        [PROGRAM, job, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
    ) as process:
        lines = []
        for line in process.stdout or ():
            lines.append(line)
            if not quiet and json_object(line) is None:
                say(progress(line.rstrip("\n")))
    code = process.returncode if process.returncode >= 0 else 128 - process.returncode
    return code, dict(read_outcome(code, "".join(lines), 0.0).summary)


def workspace(arguments: Sequence[str]) -> list[str]:
    """The workspace that was asked for, as the jobs take it."""
    for at, argument in enumerate(arguments):
        if argument == "--workspace":
            return list(arguments[at : at + 2])
        if argument.startswith("--workspace="):
            return [argument]
    return []


def progress(line: str) -> str:
    """A log line without its head."""
    return LOG_LINE.sub("", line)
