"""What follows an erasure: the lake and the aggregates are looked through, the marts of its days are built again."""

from __future__ import annotations

from pathlib import Path

import pytest

from jangbu_run import erase, retain
from jangbu_run.project import Refusal


@pytest.fixture
def job(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A bin/job that writes down how it was called and ends as its files say."""
    program = tmp_path / "job"
    program.write_text(
        f"#!/bin/sh\necho \"$@\" >>'{tmp_path}/calls'\ncat '{tmp_path}'/$1.out\n"
        f"exit $(cat '{tmp_path}'/$1.code)\n"
    )
    program.chmod(0o755)
    monkeypatch.setattr(erase, "PROGRAM", program)
    monkeypatch.setattr(erase, "SPARK_JAR", program)
    ends(tmp_path, "mart-job", 0, "{}")
    ends(tmp_path, "spark-job", 0, "{}")
    return tmp_path


def ends(folder: Path, job: str, code: int, output: str) -> None:
    (folder / f"{job}.out").write_text(output + "\n")
    (folder / f"{job}.code").write_text(str(code))


def test_marts_of_the_days_are_built_again_in_the_same_workspace(job: Path, capsys) -> None:
    ends(job, "load-job", 0, 'erasure 1: 3 lines\n{"rebuild": ["2026-01-15"]}')

    assert erase.main(["--subject", "U000123", "--workspace", "here"]) == 0
    assert (job / "calls").read_text().splitlines() == [
        "load-job erase --subject U000123 --workspace here",
        "mart-job build --mart all --parallel 2 --ds 2026-01-15 --workspace here",
    ]
    assert capsys.readouterr().out == "erasure 1: 3 lines\nmarts of 2026-01-15 built again\n"


def test_days_that_an_erasure_touched_are_built_again(job: Path, capsys) -> None:
    ends(job, "load-job", 0, '{"rebuild": [], "rebuild_touched": ["card-sales", "orders"]}')

    assert erase.main(["--subject", "a1" * 32]) == 0
    assert (job / "calls").read_text().splitlines()[1:] == [
        "mart-job build --dataset card-sales --touched",
        "mart-job build --dataset orders --touched",
    ]
    assert capsys.readouterr().out == (
        "marts of card-sales built again\nmarts of orders built again\n"
    )


def test_touched_days_that_cannot_be_built_say_how(job: Path) -> None:
    ends(job, "load-job", 0, '{"rebuild_touched": ["card-sales"]}')
    ends(job, "mart-job", 1, "{}")

    with pytest.raises(Refusal, match=r"`bin/job mart-job build --dataset card-sales --touched`"):
        erase.main(["--subject", "a1" * 32])


def test_the_rest_is_built_where_a_day_was_held(job: Path) -> None:
    ends(job, "load-job", 12, '{"rebuild": ["2026-01-15"]}')

    assert erase.main(["--subject", "U000123"]) == 12
    assert len((job / "calls").read_text().splitlines()) == 2


def test_marts_that_cannot_be_built_say_how_to_build_them(job: Path) -> None:
    ends(job, "load-job", 0, '{"rebuild": ["2026-01-15"]}')
    ends(job, "mart-job", 1, "{}")

    with pytest.raises(Refusal, match=r"marts of 2026-01-15 not built; `make marts DS=2026-01-15`"):
        erase.main(["--subject", "U000123"])


def test_where_there_is_a_lake_spark_job_erases_before_the_proof(job: Path, capsys) -> None:
    ends(job, "load-job", 1, 'lake.events: not looked through\n{"spark": ["lake.events"]}')

    assert erase.main(["--subject", "U000123", "--request", "letter 7", "--workspace=here"]) == 1
    assert (job / "calls").read_text().splitlines() == [
        "load-job erase --subject U000123 --request letter 7 --workspace=here",
        "spark-job erase --subject U000123 --workspace=here",
        "load-job erase --subject U000123 --request letter 7 --workspace=here",
    ]


def test_without_the_proof_of_spark_job_the_erasure_ends_as_that_did(job: Path) -> None:
    ends(job, "load-job", 1, '{"spark": ["aggregates"], "rebuild": ["2026-01-15"]}')
    ends(job, "spark-job", 12, "{}")

    assert erase.main(["--subject", "U000123"]) == 12
    assert [call.split()[0] for call in (job / "calls").read_text().splitlines()] == [
        "load-job",
        "spark-job",
        "mart-job",
    ]


def test_a_dry_run_only_looks_there_too(job: Path) -> None:
    ends(job, "load-job", 0, '{"dry_run": true, "spark": ["lake.events"]}')

    assert erase.main(["--subject", "U000123", "--dry-run"]) == 0
    assert (job / "calls").read_text().splitlines() == [
        "load-job erase --subject U000123 --dry-run",
        "spark-job erase --subject U000123 --dry-run",
    ]


def test_spark_job_that_is_not_built_says_how_to_build_it(
    job: Path, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    ends(job, "load-job", 1, '{"spark": ["lake.events"]}')
    monkeypatch.setattr(erase, "SPARK_JAR", job / "none.jar")

    assert erase.main(["--subject", "U000123"]) == 1
    assert (job / "calls").read_text().splitlines() == ["load-job erase --subject U000123"]
    assert capsys.readouterr().out == (
        f"{job}/none.jar: not built; `make spark-jar` does it, then the same command again\n"
    )


@pytest.mark.parametrize(
    ("of_load", "of_lake", "expected"), [(0, 0, 0), (12, 0, 12), (0, 12, 12), (1, 12, 1)]
)
def test_retention_goes_on_to_the_lake_where_there_is_one(
    job: Path, of_load: int, of_lake: int, expected: int
) -> None:
    ends(job, "load-job", of_load, '{"spark": ["lake", "lake-states"]}')
    ends(job, "spark-job", of_lake, "{}")

    assert retain.main(["--as-of", "2026-11-21"]) == expected
    assert (job / "calls").read_text().splitlines() == [
        "load-job retain --as-of 2026-11-21",
        "spark-job lake retain events --as-of 2026-11-21",
    ]


@pytest.mark.parametrize(
    ("summary", "told"),
    [
        (
            '{"days": 2, "rows": 1200, "states": 3, "files": 1}',
            "lake.events: 2 days with 1,200 rows and 3 former states removed,"
            " 1 files that no state named\n",
        ),
        ('{"message": "lake.events has a day on its way"}', "lake.events has a day on its way\n"),
    ],
)
def test_retention_says_what_went_from_the_lake(job: Path, capsys, summary: str, told: str) -> None:
    ends(job, "load-job", 0, '{"spark": ["lake"]}')
    ends(job, "spark-job", 0, summary)

    retain.main([])
    assert capsys.readouterr().out == told


def test_retention_starts_no_spark_where_there_is_no_lake(job: Path) -> None:
    ends(job, "load-job", 0, '{"spark": []}')

    assert retain.main([]) == 0
    assert (job / "calls").read_text().splitlines() == ["load-job retain"]


def test_retention_that_only_looks_does_so_in_the_lake(job: Path) -> None:
    ends(job, "load-job", 0, '{"dry_run": true, "spark": ["lake"]}')

    assert retain.main(["--dry-run"]) == 0
    assert (job / "calls").read_text().splitlines()[1:] == [
        "spark-job lake retain events --dry-run"
    ]
