"""A run of the DAG channel_sales read back from Airflow: each task as a stage of a part, or as a step beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from statistics import median
from typing import Any

from jangbu_run.jobs import DONE, FAILED, Outcome
from jangbu_run.night import AFTERWARDS, STAGES, Brought, Part, command
from jangbu_run.nightly_watch import JobSeen
from jangbu_run.watched import Ended

# As Airflow's REST API gives it.
Task = Mapping[str, Any]
LISTED = ("extract-job", "accounts", "list", "--json")
STEPS = {
    "accounts": ("accounts", LISTED),
    **{
        task: (name, words)
        for task, (name, words) in zip(
            ("marts.orders", "marts.web_traffic", "dashboard"), AFTERWARDS.items(), strict=True
        )
    },
}
# It fails for others only.
VERDICT = "verdict"
DID_RUN = ("success", "failed")


@dataclass
class Tasks:
    """What became of a run's tasks, as a night's parts and steps.

    `missing` are parts that were never begun, or never came to their end though nothing of them failed.
    """

    brought: list[Brought]
    steps: dict[str, list[Ended]] = field(default_factory=dict)
    retried: list[str] = field(default_factory=list)
    states: dict[str, int] = field(default_factory=dict)
    # What a task took beside its job, one each.
    beside: list[float] = field(default_factory=list)

    @property
    def has_failed(self) -> bool:
        """Whether a part or a step tells of a failure."""
        steps = [ended for some in self.steps.values() for ended in some]
        return any(each.failure for each in self.brought) or not all(
            ended.outcome.is_done for ended in steps
        )

    @property
    def missing(self) -> list[str]:
        return [
            f"{each.name}: not brought in"
            for each in self.brought
            if not each.failure and len(each.stages) < len(STAGES)
        ]

    @property
    def beside_median(self) -> float:
        return median(self.beside) if self.beside else 0


def read(
    tasks: Iterable[Task],
    results: Mapping[str, Mapping[str, Any]],
    parts: Mapping[str, Sequence[Part]],
    seen: Mapping[str, Sequence[JobSeen]],
    day: date,
) -> Tasks:
    """Puts together what Airflow knows of each task and what was seen of its job.

    :param results: what failed tasks left of their jobs, by the tasks' ids
    :param parts: what was to be brought in, platform by platform
    :param seen: the jobs' processes by their command lines
    """
    found = Tasks([Brought(part) for some in parts.values() for part in some])
    named = {each.name: each for each in found.brought}
    for task in sorted(tasks, key=lambda task: task["start_date"] or ""):
        found.states[task["state"]] = found.states.get(task["state"], 0) + 1
        if task["try_number"] > 1:
            found.retried.append(f"{title(task)}: {task['try_number']} tries")
        if task["state"] not in DID_RUN or task["task_id"] == VERDICT:
            continue
        _, _, stage = task["task_id"].rpartition(".")
        part = named.get(task["rendered_map_index"] or "")
        name, words = STEPS.get(task["task_id"], (stage, ()))
        if part is not None and stage in STAGES:
            words = command(stage, part.part, day)
        job = seen.get(" ".join(words), ())
        ended = as_ended(task, results.get(task["id"], {}), job)
        if job:
            found.beside.append(ended.ended - ended.began - job[-1].seconds)
        if part is not None and stage in STAGES:
            part.stages[stage] = ended
        else:
            found.steps.setdefault(name, []).append(ended)
    return found


def as_ended(task: Task, result: Mapping[str, Any], job: Sequence[JobSeen]) -> Ended:
    """The last try of a task; processor time and memory are its job's, of all tries."""
    began, ended = seconds_of(task["start_date"]), seconds_of(task["end_date"])
    code, summary = DONE, {}
    if task["state"] != "success":
        code = result.get("exit_code") or FAILED
        summary = result.get("summary") or {"message": f"task {task['state']}"}
    return Ended(
        Outcome(code, summary, "", ended - began),
        began,
        ended,
        sum(each.processor_seconds for each in job),
        max((each.megabytes for each in job), default=0),
    )


def seconds_of(moment: str) -> float:
    return datetime.fromisoformat(moment).timestamp()


def title(task: Task) -> str:
    """A task for people: what it was mapped over and its stage, or its own name."""
    _, _, stage = task["task_id"].rpartition(".")
    mapped = task["rendered_map_index"]
    return f"{mapped}: {stage}" if mapped else task["task_id"]
