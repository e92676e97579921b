"""What a chat may show of the jobs' reports."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest

from jangbu.alerts.messages import CompletedDay, FailedCheck, Links
from jangbu.alerts.reports import UnreadableReport, read_day, read_quality_failure, shown_reason

DAY = date(2026, 1, 15)
HIDDEN = "값은 표시하지 않음"


@pytest.mark.parametrize(
    ("reason", "shown"),
    [
        (
            "page_type: landing (expected: home|category)",
            "page_type: landing (expected: home|category)",
        ),
        ("page_type: 김철수 (expected: home)", f"page_type: {HIDDEN} (expected: home)"),
        ("user_id: absent (expected: a value)", "user_id: absent (expected: a value)"),
        ("user_id: u-4711 (expected: a value)", f"user_id: {HIDDEN} (expected: a value)"),
        ("search_query: 당뇨 약 (expected: text)", f"search_query: {HIDDEN} (expected: text)"),
        ("position: -1 (expected: 0..9)", "position: -1 (expected: 0..9)"),
        ("position: 01012345678901 (expected: 0..9)", f"position: {HIDDEN} (expected: 0..9)"),
        (
            "timestamp: 2026-01-15T12:00:00.000+09:00 outside business date (expected: 2026-01-16)",
            "timestamp: 2026-01-15T12:00:00.000+09:00 outside business date (expected: 2026-01-16)",
        ),
        ("timestamp: call 010 (expected: a time)", f"timestamp: {HIDDEN} (expected: a time)"),
        ("platform: ios (expected: 홍길동, the first of its session)", f"platform: {HIDDEN}"),
        ("something of another version: 김철수", HIDDEN),
        ("user_id: absent (expected: x)\n김철수", HIDDEN),
    ],
)
def test_a_reason_shows_no_value_that_may_be_a_persons(reason, shown):
    assert shown_reason(reason) == shown


def test_only_failed_checks_are_kept_with_one_example_a_reason(tmp_path):
    write(tmp_path / "reports/quality/events/2026-01-15.json", quality_report())
    failure = read_quality_failure(tmp_path, "d", DAY, Links())
    assert (failure.counted, failure.rejected) == (100, 4)
    assert failure.checks == (
        FailedCheck(
            "required_fields",
            100,
            4,
            Decimal("0.96"),
            Decimal("0.99"),
            (
                "part-00000.jsonl:3 user_id: absent (expected: a value)",
                f"part-00000.jsonl:9 user_id: {HIDDEN} (expected: a value)",
            ),
        ),
    )


def test_a_completed_day_is_read_from_the_run_report(tmp_path):
    write(tmp_path / "reports/run/2026-01-15.json", run_report("passed"))
    assert read_day(tmp_path, DAY) == CompletedDay(
        DAY,
        1881,
        247,
        24,
        Decimal("1890400.00"),
        1,
        2,
        3,
        Decimal("3.5"),
        str(tmp_path / "reports/dashboard.html"),
    )


def test_a_refused_day_has_no_completion(tmp_path):
    write(tmp_path / "reports/run/2026-01-15.json", run_report("quality_failed"))
    assert read_day(tmp_path, DAY) is None


def test_an_incomplete_day_says_why(tmp_path):
    write(tmp_path / "reports/run/2026-01-15.json", run_report("incomplete") | {"reason": "why"})
    assert read_day(tmp_path, DAY).incomplete == "why"


def test_a_day_that_another_run_does_again_is_told_without_its_time(tmp_path):
    report = run_report("incomplete") | {"reason": "transform-job is running", "figures": None}
    report["steps"][0]["seconds"] = None
    write(tmp_path / "reports/run/2026-01-15.json", report)

    day = read_day(tmp_path, DAY)

    assert (day.incomplete, day.events) == ("transform-job is running", None)


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"counted": 1}', "[" * 100_000, '{"checks":1}']
)
def test_a_file_that_is_no_report_is_named(tmp_path, content):
    file = tmp_path / "reports/quality/events/2026-01-15.json"
    file.parent.mkdir(parents=True)
    file.write_text(content)
    with pytest.raises(UnreadableReport, match=str(file)):
        read_quality_failure(tmp_path, "d", DAY, Links())
    with pytest.raises(UnreadableReport, match="No such file"):
        read_day(tmp_path, DAY)


def quality_report():
    example = {"file": "run/part-00000.jsonl", "reason": "user_id: absent (expected: a value)"}
    quoting = {"line": 9, "reason": "user_id: u-1 (expected: a value)"}
    check = {"counted": 100, "threshold": 0.99}
    failed = check | {
        "name": "required_fields",
        "failed": 4,
        "pass_rate": 0.96,
        "status": "fail",
        "examples": [example | {"line": 3}, example | {"line": 5}, example | quoting],
    }
    passed = check | {"name": "x", "failed": 0, "pass_rate": 1, "status": "pass", "examples": []}
    return {"counted": 100, "rejected": 4, "checks": [passed, failed]}


def run_report(verdict):
    steps = [("extract-job", 1), ("mart-job", 2), ("mart-job", 2.5)]
    return {
        "verdict": verdict,
        "reason": "",
        "figures": {"events": 1881, "users": 247, "orders": 24, "revenue": Decimal("1890400.00")},
        "checks": [{"status": "pass"}, {"status": "warn"}],
        "ledger": {"rejected": 3},
        "steps": [{"job": job, "seconds": seconds} for job, seconds in steps],
    }


def write(file, content):
    file.parent.mkdir(parents=True)
    text = json.dumps(content, default=float).replace("1890400.0", "1890400.00")
    file.write_text(text, "utf-8")
