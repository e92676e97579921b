"""Makes the business-day timetable known to all of Airflow's processes; `jangbu` must be on PYTHONPATH there."""

from __future__ import annotations

from airflow.plugins_manager import AirflowPlugin

from jangbu.timetable import BusinessDayTimetable


class JangbuPlugin(AirflowPlugin):
    name = "jangbu"
    timetables = (BusinessDayTimetable,)
