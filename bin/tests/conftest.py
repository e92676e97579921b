"""Puts the runner on the path, and stands a scripted program in for the jobs."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from jangbu_run import day, jobs

STUB = """#!/usr/bin/env python3
import json, pathlib, sys
folder = pathlib.Path(__file__).parent
call = " ".join(sys.argv[1:])
with (folder / "calls").open("a") as calls:
    print(call, file=calls)
for prefix, answers in json.loads((folder / "answers").read_text()).items():
    if call.startswith(prefix):
        used = folder / prefix.replace("/", "_").replace(" ", "_")
        number = len(used.read_text()) if used.exists() else 0
        used.write_text("x" * (number + 1))
        code, lines = answers[min(number, len(answers) - 1)]
        print("\\n".join(lines))
        sys.exit(code)
"""
MARTS = "mart-job build --mart all"


def built(*marts: dict[str, Any]) -> list[str]:
    """What a build of several marts prints: a line for each that ran, and one for them all."""
    runs = [{"exit_code": 0, "seconds": 1.0, **mart} for mart in marts]
    lines = [json.dumps(run) for run in runs if run["status"] != "not_built"]
    ends = [{"mart": run["slice"], **run} for run in runs]
    return [*lines, json.dumps({"slice": "all", "marts": ends})]


class StubJobs:
    """A program in place of bin/job: it notes each call and answers by the call's first words."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.answers: dict[str, list[tuple[int, list[str]]]] = {
            MARTS: [(0, built({"slice": "mart_a", "status": "done", "rows": 3}))],
            "mart-job report": [(0, ["the report"])],
        }

    def answer(self, call: str, *answers: tuple[int, dict[str, Any]]) -> None:
        """The exit codes and summaries of one call after the other; the last one stays."""
        self.answer_lines(call, *[(code, [json.dumps(summary)]) for code, summary in answers])

    def answer_lines(self, call: str, *answers: tuple[int, list[str]]) -> None:
        """As `answer`, with all lines that are printed."""
        self.answers[call] = list(answers)
        self.write()

    def write(self) -> None:
        (self.folder / "answers").write_text(json.dumps(self.answers))

    @property
    def calls(self) -> list[str]:
        return (self.folder / "calls").read_text().splitlines()


@pytest.fixture
def stub_jobs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> StubJobs:
    folder = tmp_path / "stub"
    folder.mkdir()
    program = folder / "job"
    program.write_text(STUB)
    program.chmod(0o755)
    monkeypatch.setattr(jobs, "PROGRAM", program)
    monkeypatch.setattr(day, "HELD_PAUSE", 0)
    monkeypatch.setenv("JANGBU_DB_URL", "")
    stub = StubJobs(folder)
    stub.write()
    return stub
