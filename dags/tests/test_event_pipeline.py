"""Whole runs of the DAG in this process: the real jars, the real PostgreSQL, both ways through the gate."""

from __future__ import annotations

import importlib
import json
from pathlib import Path

import psycopg2
import pytest

pytestmark = pytest.mark.usefixtures("airflow_database", "workspace")


def run_day(source: tuple[str, ...] = (), **params: object):
    """Runs a fresh copy of the DAG: a run's parameters stay in the one it ran."""
    import event_pipeline

    dag = importlib.reload(event_pipeline).dag
    dag.get_task("extract").arguments += source
    # A run in this process has no callbacks of its own; a real scheduler is tested with them.
    dag.on_failure_callback = dag.on_success_callback = None
    run = dag.test(run_conf=params)
    return run.state, {ti.task_id: str(ti.state) for ti in run.get_task_instances()}


def value(workspace: Path, sql: str) -> int:
    """One number out of the workspace's own database."""
    lines = (workspace / "postgres" / "connection.properties").read_text("utf-8").splitlines()
    found = dict(line.split("=", 1) for line in lines if "=" in line)
    address = found["url"].removeprefix("jdbc:")
    with (
        psycopg2.connect(address, user=found["user"], password=found["password"]) as database,
        database.cursor() as cursor,
    ):
        cursor.execute(sql)
        return cursor.fetchone()[0]


def test_day_that_passes_is_loaded_and_built(workspace: Path) -> None:
    state, tasks = run_day(business_date="2026-01-15")

    assert state == "success"
    assert {task for task, ended in tasks.items() if ended == "skipped"} == {
        "quality_alert",
        "day_refused",
    }
    report = json.loads((workspace / "reports/run/2026-01-15.json").read_text("utf-8"))
    loaded = "select count(*) from raw.raw_events where event_date = '2026-01-15'"
    assert value(workspace, loaded) == report["figures"]["events"] > 0
    orders = "select count(*) from mart.mart_orders where order_date = '2026-01-15'"
    assert value(workspace, orders) == report["figures"]["orders"] > 0


def test_day_with_defects_is_refused_and_the_run_is_red(workspace: Path) -> None:
    state, tasks = run_day(business_date="2026-01-16", defects=0.05)

    assert state == "failed"
    assert {task for task, ended in tasks.items() if ended == "failed"} == {"day_refused"}
    assert tasks["quality_gate"] == tasks["report"] == tasks["notify"] == "success"
    assert tasks["load"] == tasks["marts.mart_orders"] == "skipped"
    assert not (workspace / "runs/load-job/events/all/2026-01-16").exists()


def test_bad_setting_fails_at_once_and_nothing_follows(workspace: Path) -> None:
    state, tasks = run_day(business_date="2026-01-17", source=("--seed=none",))

    assert state == "failed"
    assert tasks["extract"] == "failed"
    assert tasks["quality_gate"] == tasks["load"] == "upstream_failed"
    assert not (workspace / "landing/events/2026-01-17").exists()
