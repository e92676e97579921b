"""Whole runs of a DAG in this process, with scripts as the jobs."""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from alerts_support import SlackSink, slack_sink

from jangbu import operators
from jangbu.runners import local

# What a job does here: it notes its command line, prints what lies for it, and ends so.
JOB = """#!/usr/bin/env bash
here=$(dirname "$0")
command="$*"
command=${command%% --attempt*}
echo "$command" >> "$here/called"
answer=$here/answers/${command// /_}
[ -f "$answer" ] || answer=$here/answers/otherwise
cat "$answer"
exit "$(sed -n 's/.*"exit_code":\\([0-9]*\\).*/\\1/p' "$answer" | tail -1)"
"""


@dataclass
class Jobs:
    """Scripts in place of the jobs, in a folder that holds their answers."""

    folder: Path

    def answer(self, command: str, *lines: Any) -> None:
        name = command.replace(" ", "_") or "otherwise"
        text = "".join(
            json.dumps(line, separators=(",", ":"), ensure_ascii=False) + "\n" for line in lines
        )
        (self.folder / "answers" / name).write_text(text)

    def ends(self, command: str, code: int, **facts: Any) -> None:
        words = {0: "done", 1: "failed", 2: "usage", 10: "quality_failed", 11: "unavailable"}
        self.answer(command, {"status": words[code], "exit_code": code, **facts})

    @property
    def called(self) -> list[str]:
        return (self.folder / "called").read_text().splitlines()


def account(name: str, status: str = "ACTIVE", *datasets: str) -> dict[str, Any]:
    """As the job lists it; its platform is the name's first word."""
    return {
        "account_id": name,
        "tenant_id": "hlog",
        "channel": name.partition("-")[0].upper(),
        "status": status,
        "datasets": list(datasets or ("orders",)),
    }


@pytest.fixture
def jobs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Jobs:
    made = Jobs(tmp_path)
    (tmp_path / "answers").mkdir()
    program = tmp_path / "job"
    program.write_text(JOB)
    program.chmod(0o755)
    made.ends("", 0)
    monkeypatch.setattr(local, "PROGRAM", program)
    monkeypatch.setenv("JANGBU_ALERT_STATE", str(tmp_path / "alerts"))
    settings = {"JANGBU_WORKSPACE": str(tmp_path / "workspace"), "JANGBU_RETRIES": "0"}
    monkeypatch.setattr(operators, "SETTINGS", operators.Settings.from_environment(settings))
    return made


@pytest.fixture
def slack(monkeypatch: pytest.MonkeyPatch) -> Iterator[SlackSink]:
    with slack_sink() as sink:
        monkeypatch.setenv("AIRFLOW_CONN_SLACK_WEBHOOK", sink.connection)
        yield sink


def listed(jobs: Jobs, *accounts: dict[str, Any]) -> None:
    jobs.answer("extract-job accounts list --json", list(accounts), {"exit_code": 0})


def run_dag(name: str, **conf: Any) -> tuple[str, dict[str, str], dict[str, str]]:
    """Runs a fresh copy of a DAG; how it ended, its tasks' states, and the names of the mapped ones."""
    dag = importlib.reload(importlib.import_module(name)).dag
    dag.on_failure_callback = dag.on_success_callback = None
    run = dag.test(run_conf=conf)
    tasks = run.get_task_instances()
    names = {
        f"{ti.task_id}[{ti.map_index}]": ti.rendered_map_index for ti in tasks if ti.map_index >= 0
    }
    states = {
        ti.task_id + (f"[{ti.map_index}]" if ti.map_index >= 0 else ""): str(ti.state)
        for ti in tasks
    }
    return run.state, states, names
