"""How a job ends, as its exit code: the same table as the jobs' own `ExitCode` and the runbook's."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """The codes the jobs choose; whatever else comes is the JVM's, the shell's or the engine's."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    QUALITY_FAILED = 10
    UNAVAILABLE = 11
    HELD = 12


MEANINGS = {
    ExitCode.DONE: "done",
    ExitCode.FAILED: "failed",
    ExitCode.USAGE: "bad arguments, settings, or a database that was never migrated",
    ExitCode.QUALITY_FAILED: "the day's data did not pass its checks",
    ExitCode.UNAVAILABLE: "a dependency (database or source) is unavailable",
    ExitCode.HELD: "another run holds this slice",
    137: "killed, most often for want of memory",
    143: "stopped from outside",
}

NEVER_RETRIED = frozenset({ExitCode.USAGE, ExitCode.QUALITY_FAILED})


def meaning(code: int | None) -> str:
    """What a code says, in words; `None` is a job that ended without one."""
    if code is None:
        return "ended without a result"
    return MEANINGS.get(code, "ended in a way no job chooses")


def can_retry_help(code: int | None) -> bool:
    """Whether the same job may end better when it is run again."""
    return code not in NEVER_RETRIED
