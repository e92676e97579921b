"""Days run by the real scheduler in real containers, with what goes wrong on real servers. In this order."""

from __future__ import annotations

import itertools
import re
import statistics
import time
from datetime import datetime
from typing import Any

from pipeline import Pipeline, wait_for
from server import PROJECT, Server

from jangbu_run import airflow_control
from jangbu_run.airflow_control import DAG, day

MARTS = ("mart_funnel_daily", "mart_orders", "mart_product_daily", "mart_user_daily")
JOBS = ("extract", "quality_gate", "load", *(f"marts.{mart}" for mart in MARTS), "report")
SECONDS_FROM_FAILURE_TO_SLACK = 60


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_day_goes_from_its_source_to_the_marts(server: Server, pipeline: Pipeline) -> None:
    place = airflow_control.trigger(server.airflow, day("DS", "2026-01-15"))
    run = place.rpartition("/")[2]

    assert pipeline.ended(run)["state"] == "success"
    states = pipeline.states(run)
    assert {task for task, state in states.items() if state == "skipped"} == {
        "quality_alert",
        "day_refused",
    }
    assert {states[job] for job in JOBS} == {"success"}
    ledger = server.sql(
        "SELECT lines_read, clean + rejected, copied, in_table FROM ops.load_log"
        " WHERE business_date = '2026-01-15'"
    )
    assert pipeline.loaded("2026-01-15") == 1881
    assert ledger == ["1881|1881|1881|1881"]
    assert pipeline.orders("2026-01-15") > 0
    assert "1,881" in pipeline.told("처리 완료", "2026-01-15")["text"]
    assert pipeline.containers(and_ended=True, run=run) == []
    tell_overhead(pipeline, run)


def tell_overhead(pipeline: Pipeline, run: str) -> None:
    """Prints what Airflow and the containers add to the jobs' own time."""
    tasks = pipeline.tasks(run)
    order = ("extract", "quality_gate", "load", "marts.mart_orders")
    gaps = [
        (moment(tasks[after]["start_date"]) - moment(tasks[before]["end_date"])).total_seconds()
        for before, after in itertools.pairwise(order)
    ]
    over = [
        tasks[job]["duration"] - float(pipeline.result(run, job)["seconds"])
        for job in ("extract", "quality_gate", "load", "report")
    ]
    whole = pipeline.ended(run)["duration"]
    print(
        f"\nwhole DAG {whole:.1f} s; from a task's end to the next one's start"
        f" {statistics.median(gaps):.2f} s (most {max(gaps):.2f}); over the job's own time"
        f" {statistics.median(over):.2f} s a task (most {max(over):.2f})"
    )


def test_day_with_defects_is_refused(pipeline: Pipeline) -> None:
    run = pipeline.trigger(business_date="2026-01-16", defects=0.05)

    assert pipeline.ended(run)["state"] == "failed"
    states = pipeline.states(run)
    assert {task for task, state in states.items() if state == "failed"} == {"day_refused"}
    assert states["load"] == states["marts.mart_orders"] == "skipped"
    assert states["report"] == states["notify"] == "success"
    assert pipeline.loaded("2026-01-16") == 0
    message = pipeline.told("품질 실패", "2026-01-16")
    assert re.search(r"\d+\.\d+ %", message["text"])
    assert "usr_" not in str(message), "a user's id"
    assert len(pipeline.messages("2026-01-16")) == 1


def test_refused_day_that_passes_later_is_told_as_recovered(pipeline: Pipeline) -> None:
    run = pipeline.trigger(business_date="2026-01-16")

    assert pipeline.ended(run)["state"] == "success"
    assert pipeline.loaded("2026-01-16") > 1_000
    pipeline.told("복구됨", "2026-01-16")


def test_crashed_job_is_tried_again(pipeline: Pipeline) -> None:
    run = pipeline.trigger(business_date="2026-01-17")
    pipeline.kill_when_running(1, run=run, task="quality_gate").join(60)

    assert pipeline.ended(run)["state"] == "success"
    assert pipeline.tasks(run)["quality_gate"]["try_number"] == 2
    assert pipeline.loaded("2026-01-17") > 1_000
    (kept,) = pipeline.containers(and_ended=True, run=run)
    assert pipeline.inspect(kept)["State"]["ExitCode"] == 137


def test_finished_day_may_be_cleared_whole(pipeline: Pipeline) -> None:
    before = pipeline.loaded("2026-01-17"), pipeline.orders("2026-01-17")
    (run,) = [
        one["dag_run_id"]
        for one in pipeline.runs()
        if one["conf"].get("business_date") == "2026-01-17"
    ]

    pipeline.clear(run, "extract")

    assert pipeline.ended(run)["state"] == "success"
    assert (pipeline.loaded("2026-01-17"), pipeline.orders("2026-01-17")) == before


def test_job_that_keeps_crashing_fails_the_run_and_slack_hears_of_it(pipeline: Pipeline) -> None:
    run = pipeline.trigger(business_date="2026-01-18")
    pipeline.kill_when_running(2, run=run, task="quality_gate").join(60)

    assert pipeline.ended(run)["state"] == "failed"
    ended = moment(pipeline.tasks(run)["quality_gate"]["end_date"])
    text = pipeline.told("quality_gate", "2026-01-18", seconds=SECONDS_FROM_FAILURE_TO_SLACK)
    print(f"\nfailure to Slack: at most {time.time() - ended.timestamp():.1f} s")
    assert "137" in str(text)
    assert pipeline.states(run)["load"] == "upstream_failed"

    pipeline.clear(run, "quality_gate")

    assert pipeline.ended(run)["state"] == "success"
    assert pipeline.loaded("2026-01-18") > 1_000
    pipeline.told("복구됨", "2026-01-18")


def test_job_container_is_hardened(server: Server, pipeline: Pipeline) -> None:
    with pipeline.locked("ops.quality_check_log"):
        run = pipeline.trigger(business_date="2026-01-19")
        container = pipeline.inspect(pipeline.container(run=run, task="quality_gate"))
    assert pipeline.ended(run)["state"] == "success"

    host, config = container["HostConfig"], container["Config"]
    assert config["User"] == "10001:10001"
    assert host["ReadonlyRootfs"] is True
    assert host["Privileged"] is False
    assert host["CapDrop"] == ["ALL"]
    assert not host["CapAdd"]
    assert host["SecurityOpt"] == ["no-new-privileges:true"]
    assert host["PidsLimit"] == 256
    assert host["Memory"] == host["MemorySwap"] == 2**30
    assert host["NetworkMode"] == f"{PROJECT}_jobs"
    assert not host["Binds"]
    assert not host["PortBindings"]
    assert {mount["Destination"]: mount["RW"] for mount in container["Mounts"]} == {
        "/workspace": True,
        "/run/secrets/jangbu_db_password": False,
    }
    assert config["Labels"]["dev.jangbu.business-date"] == "2026-01-19"
    assert (server.secrets / "jangbu_db_password").read_text().strip() not in str(container)


def test_killed_worker_leaves_its_job_to_the_next_try(pipeline: Pipeline) -> None:
    with pipeline.locked("ops.quality_check_log"):
        run = pipeline.trigger(business_date="2026-01-20")
        container = pipeline.container(run=run, task="quality_gate")
        assert pipeline.kill_worker(run, "quality_gate") >= 2
        killed = time.monotonic()
        wait_for(lambda: is_second_try_running(pipeline, run), 180, "the second try")
        print(f"\na killed worker's task ran again after {time.monotonic() - killed:.0f} s")
        time.sleep(3)
        assert pipeline.containers(run=run, task="quality_gate") == [container]

    assert pipeline.ended(run)["state"] == "success"
    assert pipeline.tasks(run)["quality_gate"]["try_number"] == 2
    assert pipeline.loaded("2026-01-20") > 1_000
    assert pipeline.containers(and_ended=True, run=run) == []


def is_second_try_running(pipeline: Pipeline, run: str) -> bool:
    task = pipeline.tasks(run)["quality_gate"]
    return bool(task["try_number"] == 2 and task["state"] == "running")


def test_stopped_task_stops_its_container(pipeline: Pipeline) -> None:
    with pipeline.locked("ops.quality_check_log"):
        run = pipeline.trigger(business_date="2026-01-21")
        container = pipeline.container(run=run, task="quality_gate")
        path = f"/api/v2/dags/{DAG}/dagRuns/{run}/taskInstances/quality_gate"
        began = time.monotonic()
        pipeline.call("PATCH", path, {"new_state": "failed"})
        wait_for(lambda: not is_alive(pipeline, container), 30, "the container to end", 0.1)
        print(f"\na stopped task's container ended after {time.monotonic() - began:.1f} s")
    pipeline.ended(run)


def is_alive(pipeline: Pipeline, container: str) -> bool:
    return bool(pipeline.inspect(container)["State"]["Running"])


def test_backfill_of_three_days_builds_these_three(server: Server, pipeline: Pipeline) -> None:
    asked = [f"2026-01-0{number}" for number in (1, 2, 3)]

    pipeline.backfill("2026-01-01T00:00:00Z", "2026-01-03T00:00:00Z")

    ids = {f"backfill__{date}T00:00:00+09:00" for date in asked}
    assert pipeline.backfilled(ids) == {"success"}
    days = server.sql(
        "SELECT DISTINCT event_date FROM raw.raw_events WHERE event_date < '2026-01-10' ORDER BY 1"
    )
    assert days == asked
    assert pipeline.messages("처리 완료: 2026-01-0") == []


# Between the two backfills: Airflow takes its time to see that the first is over.
def test_two_runs_of_one_day_at_once(server: Server, pipeline: Pipeline) -> None:
    runs = [pipeline.trigger(business_date="2026-01-22") for _ in range(2)]

    assert [pipeline.ended(run)["state"] for run in runs] == ["success", "success"]
    twice = server.sql(
        "SELECT count(*) - count(DISTINCT event_id) FROM raw.raw_events"
        " WHERE event_date = '2026-01-22'"
    )
    assert twice == ["0"]
    assert pipeline.loaded("2026-01-22") > 1_000


def test_failing_days_of_a_backfill_are_one_message(pipeline: Pipeline) -> None:
    pipeline.backfill("2025-12-01T00:00:00+09:00", "2025-12-04T00:00:00+09:00", defects=0.2)

    ids = {f"backfill__2025-12-0{number}T00:00:00+09:00" for number in range(1, 5)}
    assert pipeline.backfilled(ids) == {"failed"}
    time.sleep(25)  # the sentinel looks every 20 s, and has nothing to add
    # Of these days: those of the last week, which Airflow catches up on, may come in between.
    told: list[Any] = [one["text"] for one in pipeline.messages("2025-12-0")]
    assert len(told) == 1, told


def test_what_airflow_takes(server: Server, pipeline: Pipeline) -> None:
    parsed = pipeline.call("GET", f"/api/v2/dags/{DAG}/details")["last_parse_duration"]
    ids = server.run("bin/compose", "ps", "-q").split()
    shown = server.run(
        "docker", "stats", "--no-stream", "--format", "{{.Name}} {{.MemUsage}}", *ids
    )

    print(f"\nthe DAG file is parsed in {parsed * 1000:.0f} ms\n{shown}")
    assert parsed < 5
