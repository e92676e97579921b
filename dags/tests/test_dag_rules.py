"""What every DAG of this project keeps to, read off the DAG itself and its source."""

from __future__ import annotations

import ast
import importlib
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import CHECKOUT, DAGS

from jangbu.exit_codes import MEANINGS, ExitCode
from jangbu.marts import CARD_MARTS, MARTS, SALES_MARTS, TRAFFIC_MARTS

# Airflow's UTC dates, wrong for a business day of Seoul (see business_date.py).
UTC_NAMES = {
    "ds",
    "ds_nodash",
    "ts",
    "ts_nodash",
    "ts_nodash_with_tz",
    "logical_date",
    "data_interval_start",
    "data_interval_end",
}

COUNT_IO = """
import sys
import airflow.sdk, airflow.timetables.base, airflow.timetables.interval, airflow.utils.types
import airflow.providers.standard.operators.python, airflow.providers.standard.decorators.python
seen = []
def note(event, arguments):
    if event in ("socket.connect", "subprocess.Popen", "sqlite3.connect", "os.listdir", "os.scandir"):
        path = str(arguments[0]) if arguments else ""
        if "site-packages" not in path and "/python3" not in path and not path.endswith("__pycache__"):
            seen.append((event, path))
    elif event == "open":
        path = str(arguments[0])
        if not path.endswith((".py", ".pyc")) and not any(
            part in path for part in ("zoneinfo", "site-packages", ".pyc.")
        ):
            seen.append((event, path))
sys.addaudithook(note)
import time
began = time.perf_counter()
import card_sales, channel_sales, event_pipeline, retention
print(time.perf_counter() - began)
print(seen)
"""


@pytest.fixture(scope="module")
def dag():
    import event_pipeline

    return event_pipeline.dag


@pytest.fixture(scope="module", params=sorted(path.stem for path in DAGS.glob("*.py")))
def any_dag(request):
    return importlib.import_module(request.param).dag


def test_imports_within_a_second_and_without_input_or_output() -> None:
    done = subprocess.run(
        [sys.executable, "-c", COUNT_IO], capture_output=True, text=True, check=True, cwd=DAGS
    )
    seconds, seen = done.stdout.splitlines()[-2:]

    assert float(seconds) < 1.0
    assert [entry for entry in ast.literal_eval(seen) if not is_import_of(entry)] == []


def is_import_of(entry: tuple[str, str]) -> bool:
    """Python's own import system lists the folders it looks in."""
    event, path = entry
    return event in ("os.listdir", "os.scandir") and Path(path or DAGS).is_relative_to(DAGS)


def dag_sources() -> list[Path]:
    return sorted([*DAGS.glob("*.py"), *(DAGS / "jangbu").rglob("*.py")])


@pytest.mark.parametrize("source", dag_sources(), ids=lambda path: str(path.relative_to(DAGS)))
def test_no_template_takes_a_utc_date(source: Path) -> None:
    for node in ast.walk(ast.parse(source.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            for template in re.findall(r"{{(.*?)}}|{%(.*?)%}", node.value, re.DOTALL):
                names = set(re.findall(r"[A-Za-z_]+", "".join(template)))
                assert not names & UTC_NAMES, f"{source.name}: {node.value}"


def test_every_task_says_what_it_is_for(any_dag) -> None:
    assert any_dag.doc_md
    for task in any_dag.tasks:
        for part in ("**Output**", "**If it fails**", "**On call**"):
            assert part in (task.doc_md or ""), task.task_id


def test_every_task_ends_in_time(any_dag) -> None:
    assert all(task.execution_timeout for task in any_dag.tasks)
    assert any_dag.dagrun_timeout


def test_marts_are_those_of_the_project(dag) -> None:
    folders = sorted(path.name for path in (CHECKOUT / "sql" / "marts").iterdir() if path.is_dir())

    assert sorted([*MARTS, *SALES_MARTS, *TRAFFIC_MARTS, *CARD_MARTS]) == folders
    assert sorted(task.task_id for task in dag.tasks if task.task_id.startswith("marts.")) == [
        f"marts.{mart}" for mart in MARTS
    ]


def test_marts_are_built_by_the_dag_of_their_dataset() -> None:
    for dataset, marts in (
        ("events", MARTS),
        ("orders", SALES_MARTS),
        ("web-traffic", TRAFFIC_MARTS),
        ("card-sales", CARD_MARTS),
    ):
        for mart in marts:
            metadata = (CHECKOUT / "sql" / "marts" / mart / "metadata.yaml").read_text("utf-8")
            assert re.search(rf"^source:\n  dataset: {dataset}$", metadata, re.M), mart


def test_each_mart_is_an_asset_with_a_place(dag) -> None:
    for mart in MARTS:
        (asset,) = dag.get_task(f"marts.{mart}").outlets
        assert asset.name == f"mart.{mart}"
        assert re.fullmatch(rf"postgres://[^/]+:\d+/\w+/mart/{mart}", asset.uri)


def test_a_dag_is_called_as_its_file_and_states_its_limits(any_dag) -> None:
    assert any_dag.dag_id == Path(any_dag.fileloc).stem
    assert any_dag.max_active_runs
    assert all(task.retries is not None for task in any_dag.tasks)
    assert all(task.on_failure_callback for task in any_dag.tasks)


def test_retention_counts_back_from_the_business_date_one_run_at_a_time() -> None:
    import retention

    task = retention.dag.get_task("retain")
    assert task.arguments == ["retain", "--as-of", "{{ business_date(dag_run, params) }}"]
    assert task.slice == "retain"
    assert retention.dag.max_active_runs == 1
    assert not retention.dag.catchup
    assert retention.dag.is_paused_upon_creation


def test_the_lake_is_looked_at_only_where_load_job_found_one() -> None:
    import retention

    lake = retention.dag.get_task("retain_lake")
    assert lake.arguments == [
        *("lake", "retain", "events"),
        *("--as-of", "{{ business_date(dag_run, params) }}"),
    ]
    assert lake.upstream_task_ids == {"has_lake"}

    class Told:
        """What the task before has pushed."""

        def __init__(self, summary: dict | None) -> None:
            self.summary = summary

        def xcom_pull(self, task_ids: str) -> dict | None:
            assert task_ids == "retain"
            return self.summary

    has_lake = retention.dag.get_task("has_lake").python_callable
    assert has_lake(Told({"spark": ["lake", "lake-states"]}))
    assert not has_lake(Told({"spark": []}))
    assert not has_lake(Told(None))


def test_graph_has_the_two_ways(dag) -> None:
    below = {task.task_id: set(task.downstream_task_ids) for task in dag.tasks}
    marts = {f"marts.{mart}" for mart in MARTS}

    assert below["extract"] == {"quality_gate"}
    assert below["quality_gate"] == {"load", "quality_alert"}
    assert below["load"] == marts
    assert all(below[mart] == {"report"} for mart in marts)
    assert below["quality_alert"] == {"report", "day_refused"}
    assert below["report"] == {"notify"}
    assert dag.edge_info["quality_gate"]["load"]["label"] == "0: passed"
    assert dag.edge_info["quality_gate"]["quality_alert"]["label"] == "10: quality failed"


def test_pools_are_made_when_airflow_is_set_up(any_dag) -> None:
    pools = set(json.loads((DAGS / "pools.json").read_text("utf-8")))

    assert {task.pool for task in any_dag.tasks} <= pools | {"default_pool"}


def test_exit_codes_are_those_of_the_jobs() -> None:
    source = CHECKOUT / "job-kit/src/main/java/dev/jangbu/kit/exit/ExitCode.java"
    java = {
        name: int(code)
        for name, code in re.findall(r"^\s+([A-Z_]+)\((\d+)\)[,;]", source.read_text(), re.M)
    }

    assert java == {code.name: code.value for code in ExitCode}


def test_every_exit_code_is_in_the_runbook() -> None:
    runbook = (CHECKOUT / "docs" / "runbook.md").read_text("utf-8")

    for code in MEANINGS:
        assert re.search(rf"^\| `?{int(code)}`?\b", runbook, re.M), f"exit code {code}"


def test_backfilled_and_scheduled_runs_are_limited(dag) -> None:
    assert dag.max_active_runs == 4
    assert dag.catchup
