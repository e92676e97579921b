"""The business date of each kind of run, in Seoul's days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import pytest
from airflow.utils.types import DagRunType

from jangbu.business_date import business_date


@dataclass
class Run:
    run_type: DagRunType
    data_interval_start: datetime | None
    run_after: datetime


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize("kind", [DagRunType.SCHEDULED, DagRunType.BACKFILL_JOB])
def test_is_the_day_the_interval_starts_on(kind: DagRunType) -> None:
    run = Run(kind, moment("2025-12-31T15:00:00+00:00"), moment("2026-01-01T17:00:00+00:00"))

    assert business_date(run, {}) == date(2026, 1, 1)


@pytest.mark.parametrize(
    ("asked_at", "expected"),
    [
        ("2026-01-15T14:59:59+00:00", date(2026, 1, 14)),
        ("2026-01-15T15:00:00+00:00", date(2026, 1, 15)),
        ("2026-01-15T23:59:59+09:00", date(2026, 1, 14)),
        ("2026-01-16T00:00:00+09:00", date(2026, 1, 15)),
    ],
)
def test_run_without_an_interval_is_about_the_day_before(asked_at: str, expected: date) -> None:
    run = Run(DagRunType.MANUAL, None, moment(asked_at))

    assert business_date(run, {"business_date": None}) == expected


def test_param_decides_for_a_manual_run() -> None:
    run = Run(DagRunType.MANUAL, moment("2026-01-13T15:00:00+00:00"), moment("2026-01-15T01:00Z"))

    assert business_date(run, {"business_date": "2024-02-29"}) == date(2024, 2, 29)


@pytest.mark.parametrize("kind", [DagRunType.SCHEDULED, DagRunType.BACKFILL_JOB])
def test_one_configuration_for_a_whole_backfill_does_not_move_its_dates(kind: DagRunType) -> None:
    run = Run(kind, moment("2025-12-31T15:00:00+00:00"), moment("2026-01-01T17:00:00+00:00"))

    assert business_date(run, {"business_date": "2024-02-29"}) == date(2026, 1, 1)


@pytest.mark.parametrize("text", ["20260115", "2026-1-5", "2026-02-30", "tomorrow", "2026-W03-4"])
def test_param_that_is_no_date_is_refused_by_name(text: str) -> None:
    run = Run(DagRunType.MANUAL, None, moment("2026-01-15T01:00Z"))

    with pytest.raises(ValueError, match=f"business_date: {text} "):
        business_date(run, {"business_date": text})
