"""Builds the jars where a source changed, and makes them start fast."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from jangbu_run import fast_start
from jangbu_run.project import JOBS, ROOT, Refusal, building_alone, say

STAMP = ROOT / "target" / "build.json"
SHARED = ("job-kit",)


def build() -> None:
    """Leaves every jar and archive up to date; a fraction of a second where nothing changed."""
    with building_alone():
        jobs = [job for job in JOBS if has_sources(job)]
        state = sources_digest()
        if not is_built(jobs, state):
            package(jobs)
            STAMP.parent.mkdir(exist_ok=True)
            STAMP.write_text(json.dumps({"sources": state}))
        fast_start.prepare(jobs)


def has_sources(job: str) -> bool:
    return (ROOT / job / "src" / "main").is_dir()


def is_built(jobs: list[str], state: str) -> bool:
    if not all(fast_start.fat_jar(job).is_file() for job in jobs):
        return False
    try:
        return json.loads(STAMP.read_text())["sources"] == state
    except (OSError, ValueError, KeyError):
        return False


def sources_digest() -> str:
    """Changes when a file that goes into a jar is edited, added or deleted."""
    digest = hashlib.sha256()
    for path in sorted(source_files()):
        known = path.stat()
        digest.update(f"{path.relative_to(ROOT)} {known.st_size} {known.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def source_files() -> Iterator[Path]:
    yield ROOT / "pom.xml"
    for module in (*SHARED, *JOBS):
        if (ROOT / module / "pom.xml").is_file():
            yield ROOT / module / "pom.xml"
        yield from files_below(ROOT / module / "src" / "main")
    yield from files_below(ROOT / "sql")


def files_below(folder: Path) -> Iterator[Path]:
    for parent, _, names in os.walk(folder):
        yield from (Path(parent, name) for name in names)


def package(jobs: list[str]) -> None:
    say("building the jars (the first time Maven also fetches what they need) ...")
    began = time.monotonic()
    command = [
        "mvn",
        "-B",
        "-q",
        "-T",
        "1C",
        "-Dstyle.color=never",
        "-DskipTests",
        "-DskipLint",
        "package",
        "-am",
        "-pl",
        ",".join(jobs),
    ]
    try:
        done = subprocess.run(
            command,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
    except FileNotFoundError:
        raise Refusal("mvn: not found (expected: Maven 3.8 or newer on the PATH)", 2) from None
    if done.returncode != 0:
        say(done.stdout.rstrip())
        raise Refusal(f"the build failed; the lines above say where ({' '.join(command)})")
    say(f"built in {time.monotonic() - began:.0f} s")
