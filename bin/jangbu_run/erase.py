"""Removes a person: load-job erases, spark-job too where there is a lake, and marts are built again after it."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence

from jangbu_run.jobs import DONE, FAILED, LOG_LINE, PROGRAM, json_object, read_outcome
from jangbu_run.project import ROOT, Refusal, say

SPARK_JAR = ROOT / "spark-job" / "target" / "spark-job.jar"


def main(arguments: Sequence[str]) -> int:
    """Erases, tells what came of it, and builds what is behind; returns the exit code of what is not done."""
    code, summary = run("load-job", "erase", *arguments)
    if summary.get("spark"):
        code, summary = erase_by_spark(arguments, summary)
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


def erase_by_spark(arguments: Sequence[str], before: dict) -> tuple[int, dict]:
    """What only spark-job can look through, and then the proof, which is load-job's; how that ended."""
    spark = ["erase", *option("--subject", arguments), *workspace(arguments)]
    if before.get("dry_run"):
        code, _ = run_spark(*spark, "--dry-run")
        return code, before
    code, _ = run_spark(*spark)
    return run("load-job", "erase", *arguments) if code == DONE else (code, before)


def run_spark(*arguments: str) -> tuple[int, dict]:
    """Runs spark-job, which is built apart from the others; says so where it is not."""
    if not SPARK_JAR.is_file():
        say(f"{SPARK_JAR}: not built; `make spark-jar` does it, then the same command again")
        return FAILED, {}
    return run("spark-job", *arguments)


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
    return option("--workspace", arguments)


def option(name: str, arguments: Sequence[str]) -> list[str]:
    """An option with its value, as it was given; nothing where it was not."""
    for at, argument in enumerate(arguments):
        if argument == name:
            return list(arguments[at : at + 2])
        if argument.startswith(f"{name}="):
            return [argument]
    return []


def progress(line: str) -> str:
    """A log line without its head."""
    return LOG_LINE.sub("", line)
