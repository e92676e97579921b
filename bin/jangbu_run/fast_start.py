"""Unpacks each job's jar and trains an archive of its classes, for starts in half the time.

<job>/target/run/<digest>/      one unpacked jar: <job>.jar, lib/, an archive per JVM
<job>/target/run/current        the one bin/job uses
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
import time
import zipfile
from contextlib import suppress
from pathlib import Path

from jangbu_run.project import ROOT, say

KEPT = 2
TRAINING_DAY = "2026-01-15"
TRAINING_SECONDS = 120


def prepare(jobs: list[str]) -> None:
    java = java_id()
    if os.environ.get("JANGBU_FAST_START") == "0" or not java:
        return
    folders = {job: unpacked(job) for job in jobs}
    if all(
        (folder / java).is_file() or (folder / f"{java}.failed").is_file()
        for folder in folders.values()
    ):
        return
    say("preparing fast starts (once a build and JVM) ...")
    began = time.monotonic()
    train(folders, java)
    say(f"prepared in {time.monotonic() - began:.0f} s")


def fat_jar(job: str) -> Path:
    return ROOT / job / "target" / f"{job}.jar"


def java_id() -> str:
    """The name bin/job gives this machine's JVM; empty where it cannot tell."""
    script = f'. "{ROOT}/bin/environment.sh"; find_java; echo "$java_id"'
    found = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False)
    return found.stdout.strip()


def unpacked(job: str) -> Path:
    """The folder of the jar as it is now, unpacked if it was not, and made the current one."""
    digest = hashlib.sha256(fat_jar(job).read_bytes()).hexdigest()[:16]
    runs = ROOT / job / "target" / "run"
    folder = runs / digest
    if not folder.is_dir():
        unpack(job, folder)
    (folder / "stamp").touch()
    point(runs / "current", digest)
    remove_old(runs, folder)
    return folder


def unpack(job: str, folder: Path) -> None:
    folder.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix="new-") as unfinished:
        target = Path(unfinished) / "jar"
        if not has_nested_jars(job):
            target.mkdir()
            shutil.copy(fat_jar(job), target)
            target.rename(folder)
            return
        script = f'. "{ROOT}/bin/environment.sh"; find_java; exec "$java" "$@"'
        arguments = ["-Djarmode=tools", "-jar", fat_jar(job)]
        arguments += ["extract", "--destination", target]
        subprocess.run(
            ["bash", "-c", script, "bash", *arguments], check=True, stdout=subprocess.DEVNULL
        )
        target.rename(folder)


def has_nested_jars(job: str) -> bool:
    with zipfile.ZipFile(fat_jar(job)) as jar:
        return any(name.startswith("BOOT-INF/") for name in jar.namelist())


def point(link: Path, target: str) -> None:
    if link.is_symlink() and os.readlink(link) == target:
        return
    fresh = link.with_name(f"current.{os.getpid()}")
    fresh.symlink_to(target)
    fresh.replace(link)


def remove_old(runs: Path, current: Path) -> None:
    """Keeps the folder before this one: a job may still run from it."""
    others = [
        each
        for each in runs.iterdir()
        if each.is_dir() and not each.is_symlink() and each != current
    ]
    for old in sorted(others, key=lambda each: each.stat().st_mtime, reverse=True)[KEPT - 1 :]:
        shutil.rmtree(old, ignore_errors=True)


def train(folders: dict[str, Path], java: str) -> None:
    """Runs a small day on a database of its own, and keeps what each JVM learned."""
    scratch_parent = ROOT / "target"
    scratch_parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=scratch_parent, prefix="training-") as scratch:
        training = Training(folders, java, Path(scratch))
        try:
            training.run()
        finally:
            training.stop()


class Training:
    def __init__(self, folders: dict[str, Path], java: str, scratch: Path) -> None:
        self.folders = folders
        self.java = java
        self.scratch = scratch
        environment = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("JANGBU_DB_", "JANGBU_WORKSPACE", "JANGBU_TRAIN"))
        }
        self.environment = environment | {"JANGBU_DB_URL": "", "JANGBU_WORKSPACE": str(scratch)}

    def run(self) -> None:
        day = ("--ds", TRAINING_DAY)
        # Trained or not: the others need what these leave.
        self.job("dev-database", "start")
        self.job("load-job", "migrate", learn=False)
        self.job(
            "extract-job", "events", *day, "--source", "simulator", "--users", "50", "--seed", "7"
        )
        self.job("transform-job", "events", *day)
        self.trained("load-job", "events", *day)
        self.trained("mart-job", "build", *day, "--mart", "all", "--parallel", "2")
        self.trained("search-api", "--port", "0", "--dry-run")
        self.trained("spark-job", "aggregate", "events", *day, "--master", "local[2]")

    def stop(self) -> None:
        self.job("dev-database", "stop", learn=False)

    def trained(self, job: str, *arguments: str) -> None:
        if job in self.folders:
            self.job(job, *arguments)

    def job(self, job: str, *arguments: str, learn: bool = True) -> None:
        """Runs a job; one that cannot be trained runs without an archive, until its jar changes."""
        if job not in self.folders:
            run_quietly([ROOT / "bin" / "job", job, *arguments], self.environment)
            return
        archive = self.folders[job] / self.java
        unfinished = archive.with_name(f"{self.java}.new")
        environment = self.environment
        if learn and not archive.is_file():
            environment = environment | {"JANGBU_TRAIN": str(unfinished)}
        run_quietly([ROOT / "bin" / "job", job, *arguments], environment)
        if "JANGBU_TRAIN" not in environment:
            return
        if unfinished.is_file():
            unfinished.replace(archive)
            return
        unfinished.unlink(missing_ok=True)
        archive.with_name(f"{self.java}.failed").touch()
        say(f"{job}: no fast start; it runs all the same")


def run_quietly(command: list[str | Path], environment: dict[str, str]) -> None:
    """Runs a command for what its JVM learns; how it ends does not matter."""
    with suppress(subprocess.TimeoutExpired):
        subprocess.run(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=TRAINING_SECONDS,
            check=False,
        )
