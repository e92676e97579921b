"""A job's image: what it is made of, how it starts, and that it stops."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from server import image_name

JOBS = ("extract-job", "transform-job", "load-job", "mart-job", "search-api")
HARDENED: dict[str, Any] = {
    "read_only": True,
    "cap_drop": ["ALL"],
    "security_opt": ["no-new-privileges:true"],
    "pids_limit": 256,
    "mem_limit": "1g",
    "memswap_limit": "1g",
    "network_mode": "none",
    "tmpfs": {"/tmp": "size=256m,nosuid,nodev,noexec"},
}


@pytest.fixture
def start(engine: Any) -> Iterator[Any]:
    made = []

    def make(image: str, *command: str, **settings: Any) -> Any:
        container = engine.containers.run(
            image, list(command), detach=True, **(HARDENED | settings)
        )
        made.append(container)
        return container

    yield make
    for container in made:
        container.remove(force=True, v=True)


@pytest.mark.parametrize("job", JOBS)
def test_image_is_what_the_contract_says(engine: Any, job: str) -> None:
    settings = engine.images.get(image_name(job)).attrs["Config"]

    assert settings["User"] == "10001:10001"
    assert settings["Entrypoint"] == ["/opt/java/openjdk/bin/java", "@/app/command"]
    assert settings["WorkingDir"] == "/workspace"
    assert settings["Labels"]["org.opencontainers.image.title"] == f"jangbu {job}"
    assert settings["Labels"]["org.opencontainers.image.licenses"] == "Apache-2.0"
    assert not [line for line in settings["Env"] if "PASSWORD" in line]


@pytest.mark.parametrize("job", JOBS)
def test_job_starts_under_the_hardest_settings(start: Any, job: str) -> None:
    container = start(image_name(job), "--version")

    assert container.wait()["StatusCode"] == 0
    assert container.logs().decode() == f"{job} 0.1.0\n"


@pytest.mark.parametrize("job", JOBS)
def test_trained_cache_is_used(start: Any, job: str) -> None:
    """Java says where each class came from; nearly all of them must come out of the cache."""
    options = ["@/app/options", "-Xlog:class+load:stdout", f"-XX:AOTCache=/app/{job}/{job}.aot"]
    container = start(
        image_name(job),
        *options,
        "-jar",
        f"/app/{job}/{job}.jar",
        "--version",
        entrypoint=["/opt/java/openjdk/bin/java"],
    )
    container.wait()
    lines = container.logs().decode().splitlines()
    cached = sum("source: shared objects file" in line for line in lines)
    others = sum("source: " in line for line in lines) - cached

    assert cached > 10 * others, f"{cached} from the cache, {others} from elsewhere"


def test_program_cannot_be_changed_by_the_job(start: Any) -> None:
    script = """
        id -u
        touch /app/x || echo no
        touch /app/load-job/load-job.jar || echo no
        touch /workspace/x && echo yes
    """
    container = start(image_name("load-job"), "-c", script, entrypoint=["/bin/sh"], read_only=False)
    container.wait()

    assert container.logs(stderr=False).decode().splitlines() == ["10001", "no", "no", "yes"]


def test_stop_ends_a_job_by_its_own_hand(start: Any) -> None:
    """Java is process 1 and takes SIGTERM: a job that waits for a database is gone in seconds."""
    container = start(
        image_name("load-job"),
        "events",
        "--ds",
        "2026-01-15",
        environment={"JANGBU_DB_URL": "jdbc:postgresql://192.0.2.1:5432/x", "JANGBU_DB_USER": "x"},
    )
    time.sleep(3)
    began = time.monotonic()
    container.stop(timeout=10)

    assert time.monotonic() - began < 8
    assert container.wait()["StatusCode"] != 137
