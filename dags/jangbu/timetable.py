"""When the pipeline runs: each morning, for the business date before; and which runs a backfill means."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pendulum
from airflow.timetables.base import DagRunInfo, DataInterval, TimeRestriction, Timetable
from airflow.utils.types import DagRunType

from jangbu.business_date import ZONE, day_of, midnight

ONE_DAY = timedelta(days=1)


class BusinessDayTimetable(Timetable):
    """One run a business date, some hours after the day is over.

    A run's data interval is its business date, midnight to midnight in the business zone, so the logical date is the
    day's first moment. Airflow's own daily timetables either end the interval when the run starts (02:00 to 02:00 is no
    business date) or have none.

    * The first scheduled run is for yesterday. After it no day is left out: what a stopped scheduler missed is made up
      for, at most `catch_up_days` back.
    * A backfill from one moment to another means the calendar days of both in the business zone, and all between: 1 to
      31 January asked is 1 to 31 January built, whether the dialog sends midnights of Seoul or of UTC.
    * A manual run is about the last whole day before it.
    """

    description = "each business date (Asia/Seoul), the morning after"

    def __init__(self, starts_at: str = "02:00", catch_up_days: int = 7) -> None:
        self.starts_at = time.fromisoformat(starts_at)
        self.catch_up_days = catch_up_days

    @property
    def summary(self) -> str:
        return f"{self.starts_at:%H:%M} {ZONE.key}"

    def serialize(self) -> dict[str, Any]:
        return {
            "starts_at": self.starts_at.isoformat("minutes"),
            "catch_up_days": self.catch_up_days,
        }

    @classmethod
    def deserialize(cls, data: dict[str, Any]) -> Timetable:
        return cls(**data)

    def infer_manual_data_interval(self, *, run_after: datetime) -> DataInterval:
        return interval(day_of(run_after) - ONE_DAY)

    def next_dagrun_info(
        self,
        *,
        last_automated_data_interval: DataInterval | None,
        restriction: TimeRestriction,
    ) -> DagRunInfo | None:
        """The run after the last one: in a backfill's range where there is one, else in the schedule."""
        last = last_automated_data_interval
        following = None if last is None else day_of(last.start) + ONE_DAY
        if restriction.latest is not None:
            return self._within(following, restriction)
        day = self._scheduled(following, restriction)
        return run_of(day, datetime.combine(day + ONE_DAY, self.starts_at, tzinfo=ZONE))

    def _within(self, following: date | None, restriction: TimeRestriction) -> DagRunInfo | None:
        """The next day of a range, which is what has a last day.

        Airflow names a backfilled run after the moment it is due; here that is its day's first, so that the name says
        which business date it is about.
        """
        day = following or day_of(restriction.earliest or restriction.latest)
        return run_of(day, midnight(day)) if day <= day_of(restriction.latest) else None

    def _scheduled(self, following: date | None, restriction: TimeRestriction) -> date:
        """The next day of the schedule: none left out, but none from long ago."""
        today = day_of(pendulum.now("UTC"))
        yesterday = today - ONE_DAY
        if following is None:
            day = yesterday
        elif restriction.catchup:
            day = max(following, yesterday - (self.catch_up_days - 1) * ONE_DAY)
        else:
            day = max(following, yesterday)
        first = restriction.earliest
        return day if first is None else max(day, day_of(first))

    def generate_run_id(
        self,
        *,
        run_type: Any,
        run_after: datetime,
        data_interval: DataInterval | None,
        **extra: Any,
    ) -> str:
        """Names a scheduled run after its business date, as people look for it."""
        if data_interval is not None and run_type == DagRunType.SCHEDULED:
            return f"{run_type.value}__{day_of(data_interval.start)}"
        return super().generate_run_id(
            run_type=run_type, run_after=run_after, data_interval=data_interval, **extra
        )


def run_of(day: date, due: datetime) -> DagRunInfo:
    """The run about a business date, due at a moment."""
    return DagRunInfo(
        run_after=pendulum.instance(due),
        data_interval=interval(day),
        partition_key=None,
        partition_date=None,
    )


def interval(day: date) -> DataInterval:
    """A business date, midnight to midnight."""
    return DataInterval(
        pendulum.instance(midnight(day)), pendulum.instance(midnight(day + ONE_DAY))
    )
