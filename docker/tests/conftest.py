"""The images as `make images` builds them, on a real engine, and a server of the tests' own."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "bin"))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from pipeline import Pipeline
from server import Server, free_port, image_name

COMPOSE_FILES = (
    "docker-compose.yml",
    "docker/sandbox.yml",
    "docker/card-source.yml",
    "docker/tests/slack-sink.yml",
    "docker/tests/quick.yml",
)

JOBS = ("extract-job", "transform-job", "load-job", "mart-job")

docker = pytest.importorskip("docker", reason="docker-py is not installed")


@pytest.fixture(scope="session")
def engine() -> Iterator[Any]:
    """The Docker engine; without one, or without the images, these tests are skipped and say so."""
    try:
        client = docker.from_env()
        client.ping()
    except docker.errors.DockerException:
        pytest.skip("no Docker engine can be reached")
    for job in (*JOBS, "search-api", "airflow"):
        if not client.images.list(image_name(job)):
            pytest.skip(f"{image_name(job)} is not built (expected: `make images` first)")
    yield client
    client.close()


@pytest.fixture(scope="session")
def server(engine: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A whole server by docker-compose.yml, beside any other of this machine; nothing is left of it."""
    own = Server(
        tmp_path_factory.mktemp("server"),
        COMPOSE_FILE=":".join(COMPOSE_FILES),
        JANGBU_PROFILE="sandbox",
        JANGBU_SANDBOX_PORT=str(free_port()),
        JANGBU_CARD_SOURCE_STORES="12",
        JANGBU_CARD_SOURCE_DAYS="20",
        JANGBU_CARD_SOURCE_ENDING="2026-02-28",
        JANGBU_SEARCH_URL="https://search.example",
        JANGBU_RETRIES="1",
        JANGBU_RETRY_SECONDS="1",
    )
    own.secrets.mkdir(mode=0o700)
    (own.secrets / "slack_webhook_url").write_text("http://slack-sink:8098/services/T/B/X")
    try:
        own.up()
        yield own
    finally:
        own.remove()


@pytest.fixture(scope="session")
def pipeline(server: Server) -> Pipeline:
    """The pipeline on that server."""
    return Pipeline(server)
