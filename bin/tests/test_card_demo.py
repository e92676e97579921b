"""The demo of card sales and its measurement: what runs in which order, and that only what is ours is stopped."""

from __future__ import annotations

import os
import stat
import sys
from datetime import date
from pathlib import Path

import pytest
from conftest import StubJobs

from jangbu_run import card_bench, card_demo
from jangbu_run.card_bench import Latencies, Line
from jangbu_run.project import Refusal

FILL = "print('platform_sales: 268147 rows of 200 stores, 2026-01-01 to 2026-03-01, 9.1 s')"
SEARCH = "import time; print('search at http://127.0.0.1:8090', flush=True); time.sleep(600)"
CONNECTION = """host=127.0.0.1
port=3307
database=card_source
ca=/work space/ca.pem
reader=card_source_reader
reader_password_file=/reader
owner=card_source_owner
owner_password_file=/owner
"""


@pytest.fixture
def folder(stub_jobs: StubJobs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Programs that stand in for the sandbox and the search, and a source that is there."""
    for name, text in (("SANDBOX", FILL), ("SEARCH", SEARCH)):
        program = tmp_path / f"{name}.py"
        program.write_text(text)
        monkeypatch.setattr(card_demo, name, (sys.executable, str(program)))
    for name in ("JANGBU_PROFILE", "JANGBU_CREDENTIAL_KEY_FILE"):
        monkeypatch.setenv(name, "")
    for job in ("extract-job card-sales", "transform-job", "load-job card-sales"):
        stub_jobs.answer(job, (0, {"rows": {"card_sale": 268147}}))
    stub_jobs.answer_lines("search-api keys", (0, ["the-key"]))
    fresh = card_demo.fresh

    def with_source(workspace: Path) -> None:
        fresh(workspace)
        (workspace / "mariadb").mkdir()
        (workspace / "mariadb" / "connection.properties").write_text(CONNECTION)

    monkeypatch.setattr(card_demo, "fresh", with_source)
    return tmp_path


def test_sales_are_brought_from_the_source_to_the_search(
    stub_jobs: StubJobs, folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    work = folder / "work"
    asked = card_demo.parse(["--workspace", str(work)], date(2026, 3, 2))
    assert isinstance(asked, card_demo.Asked)

    assert card_demo.Demo(asked).run() == 0

    of_day = "card-sales --account mysql-acquirer --ds 2026-03-01"
    assert [call.replace(str(work), "WORK") for call in stub_jobs.calls] == [
        "dev-database start",
        "dev-source start",
        "load-job migrate",
        "extract-job accounts key --new WORK/secrets/key",
        "extract-job accounts add mysql --tenant acme --id acquirer --base-url"
        " mysql://card_source_reader@127.0.0.1:3307/card_source?ca=/work%20space/ca.pem"
        " --secret=password=/reader",
        "extract-job accounts test mysql-acquirer",
        f"extract-job {of_day}",
        f"transform-job {of_day}",
        f"load-job {of_day}",
        "mart-job build --dataset card-sales --touched --ds 2026-03-01",
        "search-api keys add demo --tenant acme --role reviewer",
    ]
    key = work / "secrets" / "search-key"
    assert (key.read_text(), stat.S_IMODE(key.stat().st_mode)) == ("the-key\n", 0o600)
    told = capfd.readouterr().out
    assert "268,147 rows" in told
    assert "  http://127.0.0.1:8090/stores/1 " in told
    assert "the-key" not in told
    process = int(card_demo.process_file(work).read_text())
    assert card_demo.is_search(process)

    card_demo.stop(work)

    assert not card_demo.is_search(process)
    assert "the search is stopped" in capfd.readouterr().out


def test_stopping_ends_no_process_of_anybody_else(folder: Path) -> None:
    card_demo.fresh(folder / "work")
    card_demo.process_file(folder / "work").write_text(f"{os.getpid()}\n")

    assert not card_demo.stop_search(folder / "work")


def test_stopping_where_there_is_no_demo_does_nothing(stub_jobs: StubJobs, folder: Path) -> None:
    assert card_demo.main(["--stop", "--workspace", str(folder)]) == 0

    assert not (stub_jobs.folder / "calls").exists()


def test_folder_of_something_else_is_left_alone(folder: Path) -> None:
    with pytest.raises(Refusal, match="expected: a folder of the demo's own"):
        card_demo.fresh(folder)


def test_latency_is_of_the_slowest_in_a_hundred() -> None:
    measured = Latencies([*range(1, 99), 700.0, 900.0], 0)

    assert (measured.at(0.5), measured.at(0.99)) == (51, 900.0)


def test_figures_stand_beside_their_goals() -> None:
    lines = [Line("sync", "49,000", "50,000", False), Line("load", "90,000", "", True)]

    told = card_bench.table(lines).splitlines()

    assert told[3:5] == ["| sync | 49,000 | 50,000 | missed |", "| load | 90,000 |  |  |"]
