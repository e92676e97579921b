"""The checkout: where it is, which jobs it has, and a lock for one build at a time."""

from __future__ import annotations

import fcntl
import math
import os
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
JOBS = ("dev-database", "extract-job", "transform-job", "load-job", "mart-job", "search-api")


class Refusal(Exception):
    """What cannot be done, in one line that says what to do about it."""

    def __init__(self, message: str, code: int = 1) -> None:
        super().__init__(message)
        self.code = code


def with_settings() -> None:
    """Starts this program again with the settings of .env, unless it has them."""
    if os.environ.get("JANGBU_SETTINGS_READ") != "1":
        os.environ["JANGBU_SETTINGS_READ"] = "1"
        os.execv(ROOT / "bin" / "with-env", ["with-env", sys.executable, *sys.argv])


@contextmanager
def held(path: Path, waiting: str, seconds: float = math.inf, gave_up: str = "") -> Iterator[None]:
    """Holds a file or folder alone; the system frees it when the holder dies.

    Says `waiting` where another holds it; after so many seconds refuses with `gave_up` and code 12.
    """
    descriptor = os.open(path, os.O_RDONLY)
    try:
        deadline = time.monotonic() + seconds
        if not try_lock(descriptor):
            say(waiting)
            while not try_lock(descriptor):
                if time.monotonic() > deadline:
                    raise Refusal(gave_up, 12)
                time.sleep(0.2)
        yield
    finally:
        os.close(descriptor)


def try_lock(descriptor: int) -> bool:
    """Whether this process now holds it."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def building_alone() -> AbstractContextManager[None]:
    """One build of this checkout at a time."""
    return held(ROOT / "bin", "another build is under way; waiting for it")


def say(line: str) -> None:
    print(line, flush=True)
