"""A night of the DAG channel_sales without Airflow: its commands, in its order, with the slots of its pools."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from jangbu_run.project import ROOT
from jangbu_run.watched import Ended, Watched

DAGS = ROOT / "dags"
sys.path.insert(0, str(DAGS))

from jangbu.accounts import CRAWLED, PLATFORMS, Part, parts_of  # noqa: E402

# Each stage of a part, its job, and the pool it waits in beside the platform's; none is bound by the whole alone.
STAGES = {
    "extract": ("extract-job", "platform"),
    "check": ("transform-job", ""),
    "load": ("load-job", "jangbu_load"),
}
# After all parts, one behind the other, whatever became of some of them.
AFTERWARDS = {
    "marts of orders": ("mart-job", "build", "--dataset", "orders", "--touched"),
    "marts of web-traffic": ("mart-job", "build", "--dataset", "web-traffic", "--touched"),
    "dashboard": ("mart-job", "sales-dashboard"),
}


@dataclass
class Brought:
    """What became of a dataset of an account."""

    part: Part
    stages: dict[str, Ended] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return f"{self.part['slice']} {self.part['dataset']}"

    @property
    def failure(self) -> str:
        """Which stage failed and why; empty where none did."""
        for stage, ended in self.stages.items():
            if not ended.outcome.is_done:
                return f"{self.name}: {stage}: {ended.outcome.reason}"
        return ""


def parts(accounts: Iterable[Mapping[str, Any]], day: date) -> dict[str, list[Part]]:
    """What the DAG maps over, platform by platform; those that are read in a browser it leaves out."""
    listed = list(accounts)
    return {
        platform: parts_of(listed, platform, day)
        for platform in PLATFORMS
        if platform not in CRAWLED
    }


def command(stage: str, part: Part, day: date) -> list[str]:
    """The command line of a stage, as the DAG gives it."""
    job, _ = STAGES[stage]
    words = [part["dataset"], "--account", part["account"], "--ds", str(day), part["reconcile"]]
    return [job, *(word for word in words if word)]


def slots() -> dict[str, int]:
    """How many tasks of each of Airflow's pools run at once."""
    pools = json.loads((DAGS / "pools.json").read_text())
    return {name: pool["slots"] for name, pool in pools.items()}


class Night:
    """Brings in all parts, each stage in its pool; a part that fails stops no other.

    :param first: what is said to extract-job besides, such as `--from-date`
    """

    def __init__(
        self, watched: Watched, day: date, at_once: int, first: Sequence[str] = ()
    ) -> None:
        self.watched = watched
        self.day = day
        self.at_once = at_once
        self.first = tuple(first)

    def bring(self, of_platform: Mapping[str, Sequence[Part]]) -> list[Brought]:
        sizes = slots()
        with ExitStack() as open_pools:

            def pool(size: int) -> ThreadPoolExecutor:
                return open_pools.enter_context(ThreadPoolExecutor(size))

            shared = {
                stage: pool(sizes.get(name, self.at_once))
                for stage, (_, name) in STAGES.items()
                if name != "platform"
            }
            ends = [
                self.one(part, {"extract": extractions} | shared)
                for platform, some in of_platform.items()
                for extractions in [pool(sizes[platform])]
                for part in some
            ]
            try:
                return [end.result() for end in ends]
            except BaseException:
                self.watched.stop()
                raise

    def one(self, part: Part, pools: Mapping[str, ThreadPoolExecutor]) -> Future[Brought]:
        """Sends a part on its way through the stages."""
        brought = Brought(part)
        end: Future[Brought] = Future()
        rest = iter(STAGES)

        def go_on() -> None:
            stage = next(rest, None)
            if stage is None or brought.failure:
                end.set_result(brought)
                return
            pools[stage].submit(run, stage)

        def run(stage: str) -> None:
            try:
                more = self.first if stage == "extract" else ()
                words = [*command(stage, part, self.day), *more]
                brought.stages[stage] = self.watched.run(*words)
                go_on()
            except BaseException as problem:
                end.set_exception(problem)
                raise

        go_on()
        return end

    def finish(self) -> dict[str, Ended]:
        """Builds the marts of every day that changed, and the page."""
        return {name: self.watched.run(*words) for name, words in AFTERWARDS.items()}
