"""Removes what is out of time: from tables and files by load-job, from the lake, where there is one, by spark-job."""

from __future__ import annotations

from collections.abc import Sequence

from jangbu_run.erase import option, run, run_spark, workspace
from jangbu_run.jobs import DONE
from jangbu_run.project import say


def main(arguments: Sequence[str]) -> int:
    """Does both, the second also after a failure of the first; returns the first exit code that is not 0."""
    code, summary = run("load-job", "retain", *arguments)
    if not summary.get("spark"):
        return code
    asked = [*option("--as-of", arguments), *option("--policy", arguments), *workspace(arguments)]
    dry = ["--dry-run"] if summary.get("dry_run") else []
    of_lake, told = run_spark("lake", "retain", "events", *asked, *dry)
    if "states" in told:
        say(
            f"lake.events: {told['days']:,} days with {told['rows']:,} rows and {told['states']:,}"
            f" former states removed, {told['files']:,} files that no state named"
        )
    elif told.get("message"):
        say(str(told["message"]))
    return code if code != DONE else of_lake
