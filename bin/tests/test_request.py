"""What was asked for."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from jangbu_run.project import ROOT, Refusal
from jangbu_run.request import STEPS, parse


def test_defaults() -> None:
    asked = parse([], {})

    assert asked.days == (datetime.now(ZoneInfo("Asia/Seoul")).date() - timedelta(days=1),)
    assert asked.steps == STEPS
    assert asked.source == ("--source", "simulator")
    assert asked.workspace == ROOT / "data"


def test_variables_of_make_are_read_and_the_command_line_wins() -> None:
    settings = {"DS": "2026-01-15", "USERS": "20", "SEED": "3", "WORKSPACE": "/w"}

    asked = parse(["--seed", "4", "extract"], settings)

    assert asked.days == (date(2026, 1, 15),)
    assert asked.steps == ("extract",)
    assert asked.source == ("--source", "simulator", "--users", "20", "--seed", "4")
    assert str(asked.workspace) == "/w"


def test_input_means_files() -> None:
    asked = parse(["--input", "some file.csv", "--mapping", "rees46"], {})

    assert asked.source == (
        "--source",
        "files",
        "--input",
        str(ROOT / "some file.csv"),
        "--mapping",
        "rees46",
    )


def test_replay_takes_its_rules_from_the_variables_of_make() -> None:
    settings = {"DS": "2026-01-15", "MAPPING": "fix.yml", "REASON": "value_range", "WHY": "an app"}

    asked = parse(["replay", "load"], settings)

    assert asked.replay == (
        "--reason",
        "value_range",
        "--mapping",
        str(ROOT / "fix.yml"),
        "--why",
        "an app",
    )


def test_range() -> None:
    asked = parse(["--from", "2026-01-30", "--to", "2026-02-01"], {})

    assert asked.days == (date(2026, 1, 30), date(2026, 1, 31), date(2026, 2, 1))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--ds", "2026-1-5"], "DS: 2026-1-5 (expected: a date such as 2026-01-15)"),
        (["--ds", "20260115"], "DS: 20260115 (expected: a date such as 2026-01-15)"),
        (["--ds", "2026-02-30"], "DS: 2026-02-30 (expected: a date such as 2026-01-15)"),
        (
            ["--ds", "2026-01-15", "--to", "2026-01-16"],
            "DS: 2026-01-15 beside FROM or TO (expected: DS, or FROM and TO)",
        ),
        (
            ["--from", "2026-01-15"],
            "FROM and TO: one of them (expected: both, such as FROM=2026-01-01 TO=2026-01-31)",
        ),
        (
            ["--from", "2026-01-15", "--to", "2026-01-14"],
            "TO: 2026-01-14 (expected: 2026-01-15 or later, at most 3660 days)",
        ),
        (["trransform"], "step: trransform (expected: " + ", ".join(STEPS) + ", replay)"),
        (["replay"], "DS: not set (expected: the day to replay, such as DS=2026-01-15)"),
    ],
)
def test_wrong_request_is_one_line(arguments: list[str], message: str) -> None:
    with pytest.raises(Refusal) as refusal:
        parse(arguments, {})

    assert str(refusal.value) == message
    assert refusal.value.code == 2


def test_unknown_zone_is_refused() -> None:
    with pytest.raises(Refusal, match=r"JANGBU_ZONE: Mars/Base \(expected: "):
        parse([], {"JANGBU_ZONE": "Mars/Base"})
