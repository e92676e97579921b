"""The parts of the container runner that need no engine; the rest is in docker/tests."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from airflow.sdk.exceptions import AirflowFailException
from docker import APIClient
from docker.errors import ImageNotFound

from jangbu.exit_codes import meaning
from jangbu.runners.docker import DockerJobRunner, end_of, is_over
from jangbu.runners.job_run import LINE_BYTES, JobRun, lines_of
from jangbu.settings import Settings


@pytest.mark.parametrize("seed", range(20))
def test_lines_come_out_whole_however_the_stream_is_cut(seed: int) -> None:
    chance = random.Random(seed)
    lines = [
        "".join(chance.choices('ab{}:" 가나\r', k=chance.randrange(0, 30))).rstrip("\r")
        for _ in range(chance.randrange(1, 20))
    ]
    stream = "\n".join(lines).encode()
    pieces = []
    while stream:
        size = chance.randrange(1, 12)
        pieces.append(stream[:size])
        stream = stream[size:]

    read = list(lines_of(iter(pieces)))

    # The engine's stream does not say whether a last, empty line was begun.
    assert read == (lines if lines[-1] else lines[:-1])


def test_a_flood_in_one_line_is_cut_and_what_follows_is_read() -> None:
    def flood() -> Iterator[bytes]:
        yield b"before\nflood "
        for _ in range(2_000):
            yield b"x" * 10_000
        yield b' end\r\n{"exit_code": 1}\n'

    before, cut, after = lines_of(flood())

    assert (before, after) == ("before", '{"exit_code": 1}')
    assert cut.startswith("flood xxx")
    assert cut.endswith(f" … (cut at {LINE_BYTES} bytes)")
    assert len(cut) < LINE_BYTES + 100


@pytest.mark.parametrize("code", [0, 1, 137])
def test_a_container_the_kernel_ended_for_memory_says_so(code: int) -> None:
    assert end_of({"OOMKilled": True, "ExitCode": code}) == (137, "the container ran out of memory")
    assert end_of({"OOMKilled": False, "ExitCode": code}) == (code, "")
    assert "memory" in meaning(137)


def test_container_is_over_age_only_after_it() -> None:
    now = datetime.now(UTC)

    def told(age: timedelta) -> str:
        return (now - age).isoformat().replace("+00:00", "123Z")

    assert is_over(told(timedelta(hours=49)), timedelta(hours=48))
    assert not is_over(told(timedelta(hours=47)), timedelta(hours=48))
    assert is_over("0001-01-01T00:00:00Z", timedelta(hours=48))


@pytest.mark.parametrize(
    ("job", "dataset", "has_key"),
    [
        ("extract-job", "orders", True),
        ("extract-job", "card-sales", True),
        ("extract-job", "accounts", False),
        ("extract-job", "events", False),
        ("load-job", "orders", False),
    ],
)
def test_only_what_logs_in_to_a_shop_gets_the_key_and_the_way_out(
    job: str, dataset: str, has_key: bool
) -> None:
    settings = Settings.from_environment(
        {
            "JANGBU_DOCKER_CREDENTIAL_KEY": "/srv/secrets/key",
            "JANGBU_DOCKER_CERTIFICATES": "/srv/certificates",
        }
    )
    runner = DockerJobRunner(settings=settings, task_id="extract")
    run = JobRun(
        job, dataset, "cafe24-one", date(2026, 1, 15), (), "channel_sales", "run", "extract", 1, 0
    )

    target = "/run/secrets/jangbu_credential_key"
    mounts = {mount["Target"]: mount for mount in runner._job_mounts(run)}
    assert (target in mounts) == has_key
    assert runner._job_environment(run).get("JANGBU_CREDENTIAL_KEY_FILE") == (
        target if has_key else None
    )
    assert not has_key or mounts[target]["ReadOnly"] is True
    assert mounts.get("/certificates") == (
        {
            "Target": "/certificates",
            "Source": "/srv/certificates",
            "Type": "bind",
            "ReadOnly": True,
        }
        if has_key
        else None
    )
    assert run.asks_a_platform == has_key


@pytest.mark.parametrize(
    ("arguments", "image"),
    [(("orders",), "extract-job"), (("orders", "--crawl"), "extract-job-browser")],
)
def test_pages_are_read_by_the_image_with_a_browser(arguments: tuple[str, ...], image: str) -> None:
    run = JobRun(
        "extract-job", "orders", "ably-one", date(2026, 1, 15), arguments, "d", "r", "t", 1
    )

    assert run.image == image
    assert run.labels["dev.jangbu.job"] == "extract-job"


def stand_in() -> JobRun:
    return JobRun(
        *("mart-job", "events", "mart_orders", date(2026, 1, 15), ("mart", "events")),
        *("event_pipeline", "run", "marts.mart_orders", 1),
        stand_in="spark-job",
    )


def test_what_stands_in_for_a_job_has_its_own_image_and_memory_and_the_jobs_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Told its version, the client asks nobody: requests are only drawn up here.
    monkeypatch.setattr(DockerJobRunner, "cli", APIClient("tcp://127.0.0.1:9", version="1.41"))
    settings = Settings.from_environment({"JANGBU_SPARK_MEMORY": "5g"})
    runner = DockerJobRunner(settings=settings, task_id="marts.mart_orders")
    run = stand_in()

    host = runner._host_config(run)
    assert run.image == "spark-job"
    assert (host["Memory"], host["MemorySwap"]) == (5 << 30, 5 << 30)
    assert host["ReadonlyRootfs"] is True
    assert host["PidsLimit"] == 1024
    assert [mount["Target"] for mount in host["Mounts"]] == ["/workspace"]
    assert run.labels["dev.jangbu.job"] == "mart-job"
    assert settings.memory("mart-job") == "1g"


@pytest.mark.parametrize(
    ("run", "command"),
    [
        (stand_in(), "JANGBU_SPARK=1 make images"),
        (replace(stand_in(), stand_in=""), "make images"),
    ],
)
def test_an_image_the_engine_does_not_have_is_named_with_what_builds_it(
    monkeypatch: pytest.MonkeyPatch, run: JobRun, command: str
) -> None:
    class Engine:
        """Answers as an engine without images."""

        def create_host_config(self, **settings: object) -> dict[str, object]:
            return settings

        def create_container(self, **_: object) -> None:
            raise ImageNotFound("No such image")

    runner = DockerJobRunner(settings=Settings.from_environment({}), task_id="marts.mart_orders")
    monkeypatch.setattr(DockerJobRunner, "cli", Engine())
    runner.image = runner.settings.image(run.image)

    with pytest.raises(AirflowFailException) as refused:
        runner._start(run)
    assert str(refused.value) == (
        f"image jangbu/{run.program}:latest: not there (expected: built by `{command}`)"
    )
