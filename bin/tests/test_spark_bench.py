"""The measurement of spark-job: what it runs, and that tables which are not the same fail it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from conftest import StubJobs

from jangbu_run import spark_bench

SAME_TABLES = spark_bench.YARDSTICKS / "same_tables.py"
DAY = "DATE '2025-06-14' AS event_date"
TABLES = {
    "funnel_conversion": f"SELECT {DAY}, 'web' AS platform, 3 AS step1_viewers, 33.33 AS conversion_rate",
    "hourly_traffic": f"SELECT {DAY}, 9 AS hour, 'web' AS platform, 7 AS event_count",
    "product_conversion": f"SELECT {DAY}, 'P1' AS product_id, CAST(10.5 AS DECIMAL(14, 2)) AS revenue",
    "session_sequences": f"SELECT {DAY}, 'S' || n AS session_id, n % 2 = 0 AS is_purchased FROM range(4) AS t(n)",
    "session_patterns": f"SELECT {DAY}, 'click' AS event_sequence, 1.234 AS mean_seconds",
}


def test_a_day_is_made_once_and_aggregated_as_often_as_asked(
    stub_jobs: StubJobs,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(spark_bench, "PYTHON", tmp_path / "none")
    stub_jobs.answer("extract-job", (0, {"rows": 1_000_994}))
    stub_jobs.answer("transform-job", (0, {"rows": 1_000_994}))

    asked = ["--workspace", str(tmp_path / "work"), "--master", "local[2]", "--runs", "2"]
    assert spark_bench.main([*asked, "--millions", "1", "3"]) == 0

    aggregates = [
        f"spark-job aggregate events --ds {day} --master local[2]"
        for day in ("2025-06-14", "2025-06-14", "2025-06-21", "2025-06-21")
    ]
    made = "extract-job events --ds {} --source simulator --users {} --seed 7"
    assert stub_jobs.calls == [
        made.format("2025-06-14", 239_000),
        "transform-job events --ds 2025-06-14",
        *aggregates[:2],
        made.format("2025-06-21", 717_000),
        "transform-job events --ds 2025-06-21",
        *aggregates[2:],
    ]
    assert "| 1,000,994 | spark-job | " in capfd.readouterr().out


def test_a_day_of_more_users_than_a_simulated_shop_has_is_made_of_several(
    stub_jobs: StubJobs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spark_bench, "PYTHON", tmp_path / "none")
    stub_jobs.answer("extract-job", (0, {}))
    stub_jobs.answer("transform-job", (0, {"rows": 5_000_000}))
    work = tmp_path / "work"
    part = work / "landing" / "events" / "2025-06-14" / "run" / "part-00000.jsonl"
    part.parent.mkdir(parents=True)
    part.write_text("{}\n")

    asked = ["--workspace", str(work), "--master", "local[2]", "--runs", "1", "--millions", "5"]
    assert spark_bench.main(asked) == 0

    simulated = "extract-job events --ds 2025-06-14 --source simulator --users 597500 --seed "
    *first, together, _, _ = stub_jobs.calls
    assert first == [simulated + "7", simulated + "8"]
    assert together.startswith(
        f"extract-job events --ds 2025-06-14 --source files --input {work}/bench-shops-"
    )
    assert [folder.name for folder in work.iterdir()] == ["landing"]


def test_a_day_that_cannot_be_checked_ends_it_with_the_reason(
    stub_jobs: StubJobs, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    stub_jobs.answer("extract-job", (0, {}))
    stub_jobs.answer("transform-job", (1, {"message": "no space"}))
    assert spark_bench.main(["--workspace", str(tmp_path)]) == 1
    assert capfd.readouterr().err == "no space (exit code 1: failed)\n"


def test_tables_of_the_same_rows_pass(tmp_path: Path) -> None:
    ended = compared(tmp_path, {})
    assert ended.returncode == 0, ended.stdout
    assert ended.stdout.splitlines() == [
        "funnel_conversion of other: 1 rows, the same; 0 of them rounded to the other side",
        "hourly_traffic of other: 1 rows, the same; 0 of them rounded to the other side",
        "product_conversion of other: 1 rows, the same; 0 of them rounded to the other side",
        "session_sequences of other: 4 rows, the same; 0 of them rounded to the other side",
        "session_patterns of other: 1 rows, the same; 0 of them rounded to the other side",
        "the tables are the same",
    ]


def test_what_is_rounded_to_the_other_side_passes_and_is_told(tmp_path: Path) -> None:
    other = TABLES["funnel_conversion"].replace("33.33", "CAST(33.34 AS DOUBLE)")
    ended = compared(tmp_path, {"funnel_conversion": other})
    assert ended.returncode == 0, ended.stdout
    assert "1 rows, the same; 1 of them rounded to the other side" in ended.stdout


@pytest.mark.parametrize(
    ("table", "ours", "theirs", "message"),
    [
        (
            "funnel_conversion",
            "33.33",
            "33.35",
            "funnel_conversion of other: 1 rows (expected: 1); 0 are missing, 0 are too many, 1 have other"
            " values, such as (datetime.date(2025, 6, 14), 'web', True, True, True, True)",
        ),
        (
            "funnel_conversion",
            "33.33",
            "NULL",
            "funnel_conversion of other: 1 rows (expected: 1); 0 are missing, 0 are too many, 1 have other",
        ),
        (
            "hourly_traffic",
            "7 AS",
            "8 AS",
            "hourly_traffic of other: 1 rows (expected: 1); 0 are missing, 0 are too many, 1 have other",
        ),
        (
            "session_sequences",
            "range(4)",
            "range(3)",
            "session_sequences of other: 3 rows (expected: 4); 1 are missing, 0 are too many, 0 have other",
        ),
        (
            "session_sequences",
            "'S' || n",
            "'S' || (n // 2)",
            "session_sequences of other: 4 rows (expected: 4); 2 are missing, 0 are too many, 2 have other",
        ),
        (
            "session_patterns",
            "mean_seconds",
            "seconds",
            "session_patterns of other: columns ['event_date', 'event_sequence', 'seconds'] (expected:"
            " ['event_date', 'event_sequence', 'mean_seconds'])",
        ),
    ],
)
def test_tables_that_differ_fail(
    tmp_path: Path, table: str, ours: str, theirs: str, message: str
) -> None:
    assert ours in TABLES[table]
    ended = compared(tmp_path, {table: TABLES[table].replace(ours, theirs)})
    assert ended.returncode == 1
    assert message in ended.stdout


def compared(folder: Path, changed: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Writes the tables twice, some of them otherwise the second time, and compares them."""
    if not spark_bench.PYTHON.is_file():
        pytest.skip("DuckDB is not installed (bin/venv spark)")
    queries = {"ours": TABLES, "other": TABLES | changed}
    write = """
import duckdb, json, pathlib, sys
for place, tables in json.loads(sys.argv[2]).items():
    for table, query in tables.items():
        folder = pathlib.Path(sys.argv[1], place, table)
        folder.mkdir(parents=True)
        duckdb.execute(f"COPY ({query}) TO '{folder}/part-0.parquet' (FORMAT parquet)")
"""
    python = str(spark_bench.PYTHON)
    subprocess.run([python, "-c", write, str(folder), json.dumps(queries)], check=True)
    places = [str(folder / place) for place in queries]
    return subprocess.run(
        [python, str(SAME_TABLES), *places], capture_output=True, text=True, check=False
    )
