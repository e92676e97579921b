"""Makes the business-day timetable known to all of Airflow's processes; `jangbu` must be on PYTHONPATH there."""

from __future__ import annotations

from importlib import import_module

from airflow.plugins_manager import AirflowPlugin

from jangbu.settings import Settings
from jangbu.timetable import BusinessDayTimetable

# A task is a fork of a process that has loaded this: what is imported here, no task imports again. Kubernetes' client
# takes almost a second of a core. None of our own code: that is read anew by each task.
PROVIDERS = {"kubernetes": "airflow.providers.cncf.kubernetes.operators.pod"}

runner = Settings.from_environment().runner
if runner in PROVIDERS:
    import_module(PROVIDERS[runner])


class JangbuPlugin(AirflowPlugin):
    name = "jangbu"
    timetables = (BusinessDayTimetable,)
