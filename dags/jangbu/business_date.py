"""The business date of a run: a calendar day in the shop's zone. The only place where it is computed.

Airflow's own `ds` is a UTC date: at 02:00 in Seoul it is still the day before, at 10:00 it is not.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, Protocol
from zoneinfo import ZoneInfo

ZONE = ZoneInfo(os.environ.get("JANGBU_ZONE") or "Asia/Seoul")
PARAM = "business_date"


class Run(Protocol):
    """What of Airflow's DAG run is looked at."""

    run_type: Any
    data_interval_start: datetime | None
    data_interval_end: datetime | None
    run_after: datetime


def business_date(dag_run: Run, params: Mapping[str, Any]) -> date:
    """The day a run is about.

    A manual run's Param `business_date` (YYYY-MM-DD) if it was given; else the day the run's data interval starts on;
    else, for a run without an interval, the day before it was asked for. A scheduled or backfilled run does not look at
    the Param: a backfill's one configuration would put all its runs on one day.

    :raises ValueError: the Param is no date
    """
    asked = params.get(PARAM)
    if asked and is_manual(dag_run):
        return parse(str(asked))
    if dag_run.data_interval_start is not None:
        return day_of(dag_run.data_interval_start)
    return day_of(dag_run.run_after) - timedelta(days=1)


def is_day_over(dag_run: Run, params: Mapping[str, Any]) -> bool:
    """Whether the run's business date has ended: its last run of several, or one that was asked for by its date."""
    day = business_date(dag_run, params)
    end = dag_run.data_interval_end or dag_run.run_after
    return (is_manual(dag_run) and bool(params.get(PARAM))) or day_of(end) > day


def is_manual(dag_run: Run) -> bool:
    """Whether a person or a program asked for this one run."""
    return _run_type(dag_run) == "manual"


def is_backfilled(dag_run: Run | None) -> bool:
    """Whether the run is one of a backfill."""
    return _run_type(dag_run) == "backfill"


def _run_type(dag_run: Run | None) -> str:
    kind = getattr(dag_run, "run_type", None)
    return str(getattr(kind, "value", kind))


def day_of(moment: datetime) -> date:
    """The calendar day of a moment in the business zone."""
    return moment.astimezone(ZONE).date()


def midnight(day: date) -> datetime:
    """The moment a business date begins."""
    return datetime(day.year, day.month, day.day, tzinfo=ZONE)


def parse(text: str) -> date:
    """A date as YYYY-MM-DD.

    :raises ValueError: names the value and what was expected
    """
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        raise ValueError(f"{PARAM}: {text} (expected: a date such as 2026-01-15)")
    return day
