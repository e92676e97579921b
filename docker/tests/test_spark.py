"""spark-job in containers: its image, a run of the DAG with it, and a person taken out of what only it reads."""

from __future__ import annotations

import json
import subprocess
from typing import Any

import pytest
from pipeline import Pipeline
from server import ROOT, Server, image_name
from test_job_image import HARDENED

DAY = "2026-02-20"
MARTS = ("mart_funnel_daily", "mart_orders", "mart_product_daily", "mart_user_daily")
# Two cores do four Sparks at a time here.
RUN_SECONDS = 900


@pytest.fixture(autouse=True)
def has_image(engine: Any) -> None:
    if not engine.images.list(image_name("spark-job")):
        pytest.skip(
            f"{image_name('spark-job')} is not built (expected: `JANGBU_SPARK=1 make images` first)"
        )


def rows(server: Server) -> dict[str, list[str]]:
    """The day's rows of the marts; the schedule builds other days beside it."""
    query = "SELECT t FROM mart.{} AS t WHERE strpos(CAST(t AS TEXT), '{}') > 0 ORDER BY CAST(t AS TEXT)"
    return {mart: server.sql(query.format(mart, DAY)) for mart in MARTS}


def by_hand(server: Server, job: str, *arguments: str) -> tuple[int, list[str]]:
    """Runs a job as people do; its exit code and its lines."""
    done = subprocess.run(
        ["bin/compose", "run", "--rm", "-T", job, *arguments],
        cwd=ROOT,
        env=server.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout.splitlines()


def test_image_is_what_the_contract_says(engine: Any) -> None:
    settings = engine.images.get(image_name("spark-job")).attrs["Config"]

    assert settings["User"] == "10001:10001"
    assert settings["Entrypoint"] == ["/app/entrypoint"]
    assert settings["WorkingDir"] == "/workspace"
    assert settings["Labels"]["org.opencontainers.image.title"] == "jangbu spark-job"
    assert not [line for line in settings["Env"] if "PASSWORD" in line]


def test_it_starts_under_the_hardest_settings(engine: Any) -> None:
    told = engine.containers.run(image_name("spark-job"), ["--version"], remove=True, **HARDENED)

    assert told.decode() == "spark-job 0.1.0\n"


def test_marts_of_a_run_on_spark_are_those_of_the_jobs(server: Server, pipeline: Pipeline) -> None:
    run = pipeline.trigger(business_date=DAY)
    assert pipeline.ended(run)["state"] == "success"
    by_jvm = rows(server)
    assert all(by_jvm.values())
    server.sql("; ".join(f"DELETE FROM mart.{mart}" for mart in MARTS))

    run = pipeline.trigger(business_date=DAY, engine="spark")
    gate = pipeline.inspect(pipeline.container(run=run, task="quality_gate"))
    assert pipeline.ended(run, RUN_SECONDS)["state"] == "success"

    assert gate["Config"]["Image"] == image_name("spark-job")
    assert gate["Config"]["Labels"]["dev.jangbu.job"] == "transform-job"
    assert gate["HostConfig"]["Memory"] == 3 << 30
    assert gate["HostConfig"]["ReadonlyRootfs"] is True
    tasks = ("quality_gate", *(f"marts.{mart}" for mart in MARTS))
    results = {task: pipeline.result(run, task) for task in tasks}
    assert {result["engine"] for result in results.values()} == {"spark"}
    print({task: result["seconds"] for task, result in results.items()})
    assert rows(server) == by_jvm
    assert pipeline.containers(and_ended=True, run=run) == []
    assert server.inside("scheduler", "ls", "/workspace/spark/scratch") == (0, "")


def test_a_person_goes_from_lake_and_aggregates_too(server: Server) -> None:
    (person,) = server.sql(
        f"SELECT user_id FROM raw.raw_events WHERE event_date = '{DAY}' ORDER BY 1 LIMIT 1"
    )
    days = ("events", "--ds", DAY)
    assert by_hand(server, "spark-job", "aggregate", *days)[0] == 0
    assert by_hand(server, "spark-job", "lake", "put", *days)[0] == 0

    code, told = by_hand(server, "load-job", "erase", "--subject", person)
    assert code == 1
    assert json.loads(told[-1])["spark"] == ["lake.events", "aggregates"]
    code, told = by_hand(server, "spark-job", "erase", "--subject", person)
    assert code == 0
    assert json.loads(told[-1])["lake_days"] == json.loads(told[-1])["aggregated"] == [DAY]
    code, told = by_hand(server, "load-job", "erase", "--subject", person)
    assert code == 0

    assert server.sql("SELECT place FROM ops.erasure_search ORDER BY 1") == [
        "aggregates",
        "lake.events",
    ]
    query = f"SELECT count_if(user_id = '{person}'), count(*) > 0 FROM events"
    _, told = by_hand(server, "spark-job", "sql", "-e", query)
    assert [line for line in told if line.startswith("|0 ")], told
