"""The order of a day, what failures do to it, and what it says."""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import MARTS, StubJobs, built

from jangbu_run import day, request


def run(workspace: Path, *arguments: str) -> int:
    return day.main(request.parse(["--workspace", str(workspace), *arguments], {}))


def quality_report(workspace: Path, **report: object) -> None:
    file = workspace / "reports" / "quality" / "events" / "2026-01-15.json"
    file.parent.mkdir(parents=True)
    file.write_text(json.dumps(report))


def test_day_runs_in_the_order_of_the_dag(
    stub_jobs: StubJobs, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    quality_report(tmp_path, checks=[{"status": "pass"}] * 7, clean=10, rejected=1)
    stub_jobs.answer("extract-job", (0, {"rows": 1234}))

    assert run(tmp_path, "--ds", "2026-01-15", "--users", "20") == 0

    assert stub_jobs.calls == [
        "dev-database start",
        "load-job migrate",
        "extract-job events --ds 2026-01-15 --source simulator --users 20",
        "transform-job events --ds 2026-01-15",
        "load-job events --ds 2026-01-15",
        "mart-job build --mart all --parallel 2 --ds 2026-01-15",
        "mart-job report --ds 2026-01-15",
        f"mart-job dashboard --days 30 --to 2026-01-15 --out {tmp_path}/reports/dashboard.html",
    ]
    told = capfd.readouterr().out
    assert "s  1,234 events in the landing" in told
    assert "s  7 of 7 checks passed; 10 clean, 1 rejected" in told
    assert "mart_a                  1.0 s  3 rows\n" in told
    assert "\nthe report\n" in told
    assert f"s  {tmp_path}/reports/dashboard.html" in told


def test_failed_checks_skip_load_and_marts_but_not_the_report(
    stub_jobs: StubJobs, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    failed = {
        "name": "value_range",
        "status": "fail",
        "failed": 30,
        "counted": 1000,
        "pass_rate": 0.97,
        "threshold": 0.99,
    }
    quality_report(tmp_path, checks=[failed, {"status": "pass"}], clean=970, rejected=30)
    stub_jobs.answer("transform-job", (10, {"status": "quality_failed"}))

    assert run(tmp_path, "--ds", "2026-01-15") == 10

    assert not any(
        call.startswith(("load-job events", "mart-job build")) for call in stub_jobs.calls
    )
    assert "mart-job report --ds 2026-01-15" in stub_jobs.calls
    assert (
        "value_range: 30 of 1,000 failed, pass rate 0.97 (expected: 0.99 or more)"
        in capfd.readouterr().out
    )


def test_replay_stands_in_the_place_of_the_checks(
    stub_jobs: StubJobs, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    stub_jobs.answer("transform-job", (0, {"replayed": "2 of 2 selected lines put right"}))

    steps = ("replay", "load", "marts", "report")
    assert run(tmp_path, *steps, "--ds", "2026-01-15", "--mapping", "/fix.yml", "--by", "me") == 0

    assert [call for call in stub_jobs.calls if not call.startswith("dev-database")] == [
        "transform-job replay events --ds 2026-01-15 --mapping /fix.yml --by me",
        "load-job events --ds 2026-01-15",
        "mart-job build --mart all --parallel 2 --ds 2026-01-15",
        "mart-job report --ds 2026-01-15",
    ]
    assert "             2 of 2 selected lines put right\n" in capfd.readouterr().out


def test_replayed_day_that_still_fails_is_not_loaded(stub_jobs: StubJobs, tmp_path: Path) -> None:
    stub_jobs.answer("transform-job", (10, {"status": "quality_failed"}))

    assert run(tmp_path, "replay", "load", "marts", "report", "--ds", "2026-01-15") == 10

    assert not any(
        call.startswith(("load-job events", "mart-job build")) for call in stub_jobs.calls
    )


def test_exit_code_10_is_not_believed_without_its_summary(
    stub_jobs: StubJobs, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    stub_jobs.answer("transform-job", (10, {}))

    assert run(tmp_path, "--ds", "2026-01-15", "validate") == 1
    assert capfd.readouterr().err.startswith("validate failed after ")


@pytest.mark.parametrize(
    ("code", "meaning"),
    [
        (1, "failed"),
        (2, "wrong arguments or settings"),
        (11, "the database or a source is not available"),
    ],
)
def test_failure_stops_the_day_with_its_reason_and_code(
    code: int,
    meaning: str,
    stub_jobs: StubJobs,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    stub_jobs.answer("extract-job", (code, {"message": "what went wrong"}))

    assert run(tmp_path, "--ds", "2026-01-15") == code
    assert capfd.readouterr().err.endswith(f" what went wrong (exit code {code}: {meaning})\n")
    assert stub_jobs.calls[-1].startswith("extract-job")


def test_held_slice_is_tried_again(
    stub_jobs: StubJobs, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    held = (12, {"message": "load-job/events/all/2026-01-15: held by run r1"})
    stub_jobs.answer("load-job events", held, held, (0, {"rows": 5}))

    assert run(tmp_path, "--ds", "2026-01-15", "load") == 0
    assert stub_jobs.calls.count("load-job events --ds 2026-01-15") == 3
    assert (
        capfd.readouterr().out.count(
            "load: load-job/events/all/2026-01-15: held by run r1; waiting up to 600 s"
        )
        == 1
    )


def test_slice_held_for_too_long_is_told(
    stub_jobs: StubJobs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(day, "HELD_SECONDS", -1)
    stub_jobs.answer("load-job events", (12, {"message": "held"}))

    assert run(tmp_path, "--ds", "2026-01-15", "load") == 12


def test_day_held_by_another_run_is_told(
    stub_jobs: StubJobs,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(day, "HELD_SECONDS", 0)
    lock = tmp_path / "runs" / "run-day" / "2026-01-15.lock"
    lock.parent.mkdir(parents=True)
    lock.touch()
    program = f"import fcntl, os; fcntl.flock(os.open({str(lock)!r}, os.O_RDONLY), {fcntl.LOCK_EX})"
    other = subprocess.Popen(
        [sys.executable, "-c", f"{program}; print('held', flush=True); input()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        assert other.stdout is not None
        other.stdout.readline()
        assert run(tmp_path, "--ds", "2026-01-15", "load") == 12
    finally:
        other.communicate(b"\n")
    told = capfd.readouterr()
    assert "2026-01-15 is held by another run here; waiting up to 0 s for it" in told.out
    assert told.err.startswith("2026-01-15: still held by another run after 0 s;")


def test_named_database_is_used_as_it_is(
    stub_jobs: StubJobs,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("JANGBU_DB_URL", "jdbc:postgresql://db:5432/shop?sslmode=require")

    assert run(tmp_path, "--ds", "2026-01-15", "load") == 0
    assert stub_jobs.calls == ["load-job events --ds 2026-01-15"]
    assert "JANGBU_DB_URL jdbc:postgresql://db:5432/shop\n" in capfd.readouterr().out


def test_range_goes_on_after_a_day_of_bad_data(stub_jobs: StubJobs, tmp_path: Path) -> None:
    bad = (10, {"status": "quality_failed"})
    stub_jobs.answer("transform-job events --ds 2026-01-15", bad)

    assert run(tmp_path, "--from", "2026-01-15", "--to", "2026-01-16") == 10
    assert "load-job events --ds 2026-01-16" in stub_jobs.calls
    assert "load-job events --ds 2026-01-15" not in stub_jobs.calls


def test_failed_mart_is_told_after_the_others_ended(
    stub_jobs: StubJobs, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    failed = {"exit_code": 1, "status": "failed", "message": "does not reconcile"}
    lines = built(
        {"slice": "mart_a", **failed},
        {"slice": "mart_b", "status": "done", "rows": 1234, "seconds": 2.75},
        {"slice": "mart_c", "status": "not_built", "exit_code": 1},
    )
    stub_jobs.answer_lines(MARTS, (1, lines))

    assert run(tmp_path, "--ds", "2026-01-15", "marts") == 1
    told = capfd.readouterr()
    assert told.out.endswith("mart_b                  2.8 s  1,234 rows\n")
    assert told.err == ("mart_a failed after 1.0 s: does not reconcile (exit code 1: failed)\n")
    assert stub_jobs.calls[1:] == ["mart-job build --mart all --parallel 2 --ds 2026-01-15"]


def test_held_mart_is_built_again_and_then_what_waits_for_it(
    stub_jobs: StubJobs, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    held = {"exit_code": 12, "status": "held", "message": "mart_a: held by run r1"}
    lines = built(
        {"slice": "mart_a", **held},
        {"slice": "mart_b", "status": "not_built", "exit_code": 1},
        {"slice": "mart_c", "status": "done", "rows": 7},
    )
    stub_jobs.answer_lines(MARTS, (12, lines))
    stub_jobs.answer("mart-job build --mart mart_a", (12, held), (0, {"rows": 5}))
    stub_jobs.answer("mart-job build --mart mart_b", (0, {"rows": 6}))

    assert run(tmp_path, "--ds", "2026-01-15", "marts") == 0
    assert stub_jobs.calls[2:] == [
        "mart-job build --mart mart_a --ds 2026-01-15",
        "mart-job build --mart mart_a --ds 2026-01-15",
        "mart-job build --mart mart_b --ds 2026-01-15",
    ]
    told = capfd.readouterr().out
    assert "mart_a: mart_a: held by run r1; waiting up to 600 s\n" in told
    assert [line.split()[-2] for line in told.splitlines()[-3:]] == ["5", "6", "7"]


def test_mart_is_not_built_on_one_that_failed(
    stub_jobs: StubJobs, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    lines = built(
        {"slice": "mart_a", "exit_code": 12, "status": "held"},
        {"slice": "mart_b", "status": "not_built", "exit_code": 1},
    )
    stub_jobs.answer_lines(MARTS, (12, lines))
    stub_jobs.answer("mart-job build --mart mart_a", (11, {"message": "database away"}))

    assert run(tmp_path, "--ds", "2026-01-15", "marts") == 11
    assert capfd.readouterr().err.startswith("mart_a failed after ")
    assert stub_jobs.calls[-1] == "mart-job build --mart mart_a --ds 2026-01-15"


def test_killed_build_tells_the_marts_that_were_done(
    stub_jobs: StubJobs, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    stub_jobs.answer(
        MARTS, (137, {"slice": "mart_a", "status": "done", "rows": 3, "seconds": 1, "exit_code": 0})
    )

    assert run(tmp_path, "--ds", "2026-01-15", "marts") == 137
    told = capfd.readouterr()
    assert told.out.endswith("mart_a                  1.0 s  3 rows\n")
    assert told.err.startswith("marts failed after ")
    assert told.err.endswith("killed, most often for want of memory (exit code 137)\n")


def test_workspace_that_cannot_be_written_is_one_line(
    stub_jobs: StubJobs, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    blocked = tmp_path / "file"
    blocked.touch()

    assert run(blocked, "--ds", "2026-01-15", "load") == 1
    assert capfd.readouterr().err == (
        f"cannot write {blocked}/runs/run-day/2026-01-15.lock: {os.strerror(20)}\n"
    )
