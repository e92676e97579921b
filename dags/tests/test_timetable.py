"""Which runs the schedule and a backfill make."""

from __future__ import annotations

from datetime import date, timedelta

import pendulum
import pytest
from airflow.timetables.base import TimeRestriction
from airflow.utils.types import DagRunType

from jangbu.business_date import ZONE, day_of
from jangbu.timetable import BusinessDayTimetable, interval

TIMETABLE = BusinessDayTimetable(starts_at="02:00", catch_up_days=7)
START = pendulum.datetime(2020, 1, 1, tz="Asia/Seoul")


def yesterday() -> date:
    return pendulum.now(ZONE.key).date() - timedelta(days=1)


def asked(first: str, last: str) -> list[date]:
    """The business dates of a backfill, as Airflow asks for them: run after run."""
    bounds = TimeRestriction(pendulum.parse(first), pendulum.parse(last), catchup=True)
    days, info = [], None
    while info := TIMETABLE.next_dagrun_info_v2(last_dagrun_info=info, restriction=bounds):
        days.append(day_of(info.data_interval.start))
        assert info.logical_date == info.data_interval.start
    return days


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2026-01-01T00:00:00Z", "2026-01-31T00:00:00Z"),
        ("2026-01-01T00:00:00+09:00", "2026-01-31T00:00:00+09:00"),
        ("2026-01-01T00:00:00+09:00", "2026-01-31T23:59:59+09:00"),
        ("2025-12-31T15:00:00Z", "2026-01-31T14:59:59Z"),
        ("2026-01-01T02:00:00+09:00", "2026-01-31T02:00:00+09:00"),
    ],
)
def test_january_asked_is_january_built(first: str, last: str) -> None:
    assert asked(first, last) == [date(2026, 1, day) for day in range(1, 32)]


def test_one_day_asked_is_one_day_built() -> None:
    assert asked("2026-01-15T00:00:00Z", "2026-01-15T00:00:00Z") == [date(2026, 1, 15)]


def test_interval_is_the_business_date_from_midnight_to_midnight() -> None:
    day = interval(date(2026, 1, 15))

    assert day.start == pendulum.datetime(2026, 1, 15, tz="Asia/Seoul")
    assert day.end == pendulum.datetime(2026, 1, 16, tz="Asia/Seoul")


def test_first_scheduled_run_is_for_yesterday() -> None:
    first = TIMETABLE.next_dagrun_info(
        last_automated_data_interval=None, restriction=TimeRestriction(START, None, catchup=True)
    )

    assert day_of(first.data_interval.start) == yesterday()
    assert first.run_after.in_timezone("Asia/Seoul").format("HH:mm") == "02:00"
    assert day_of(first.run_after) == yesterday() + timedelta(days=1)


@pytest.mark.parametrize(
    ("days_ago", "next_days_ago"), [(1, 0), (2, 1), (3, 2), (7, 6), (8, 6), (300, 6)]
)
def test_missed_days_are_made_up_for_within_a_week(days_ago: int, next_days_ago: int) -> None:
    last = interval(yesterday() - timedelta(days=days_ago))

    following = TIMETABLE.next_dagrun_info(
        last_automated_data_interval=last, restriction=TimeRestriction(START, None, catchup=True)
    )

    expected = yesterday() - timedelta(days=next_days_ago)
    assert day_of(following.data_interval.start) == expected


def test_without_catch_up_the_schedule_goes_on_with_yesterday() -> None:
    following = TIMETABLE.next_dagrun_info(
        last_automated_data_interval=interval(yesterday() - timedelta(days=5)),
        restriction=TimeRestriction(START, None, catchup=False),
    )

    assert day_of(following.data_interval.start) == yesterday()


def test_after_yesterday_comes_today_once_it_is_over() -> None:
    following = TIMETABLE.next_dagrun_info(
        last_automated_data_interval=interval(yesterday()),
        restriction=TimeRestriction(START, None, catchup=True),
    )

    assert following.run_after > pendulum.now()
    assert day_of(following.data_interval.start) == yesterday() + timedelta(days=1)


def test_manual_run_is_about_the_last_whole_day() -> None:
    asked_at = pendulum.parse("2026-01-15T00:30:00+09:00")

    inferred = TIMETABLE.infer_manual_data_interval(run_after=asked_at)

    assert day_of(inferred.start) == date(2026, 1, 14)


def test_scheduled_run_is_named_after_its_business_date() -> None:
    name = TIMETABLE.generate_run_id(
        run_type=DagRunType.SCHEDULED,
        run_after=pendulum.parse("2026-01-15T17:00:00Z"),
        data_interval=interval(date(2026, 1, 15)),
    )

    assert name == "scheduled__2026-01-15"


def test_survives_serialization() -> None:
    again = BusinessDayTimetable.deserialize(BusinessDayTimetable("03:30", 2).serialize())

    assert again.summary == "03:30 Asia/Seoul"
    assert again.catch_up_days == 2
