"""A real engine, the proxy as a process before it, and a small image in place of the jobs'."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

docker = pytest.importorskip("docker", reason="docker-py is not installed")

PREFIX = "jangbu-proxytest/"
NETWORK = "jangbu_proxytest"
WORKSPACE = "jangbu_proxytest_workspace"
IMAGE = f"{PREFIX}extract-job:latest"
DOCKERFILE = b"""FROM debian:bookworm-slim
ENTRYPOINT ["/bin/sh", "-c"]
"""


@dataclass(frozen=True)
class Setting:
    """What the proxy of a test was told: where it listens, and the files it allows."""

    url: str
    port: int
    secret: Path
    input: Path
    log: Path
    process: subprocess.Popen[bytes]

    @property
    def told(self) -> list[str]:
        return self.log.read_text().splitlines()

    @property
    def resident(self) -> int:
        """KiB of memory the proxy holds."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0])

    @property
    def sockets(self) -> int:
        links = Path(f"/proc/{self.process.pid}/fd").iterdir()
        return sum(os.readlink(link).startswith("socket:") for link in links)


@pytest.fixture(scope="session")
def engine() -> Iterator[Any]:
    """The engine itself, behind the proxy's back."""
    client = docker.DockerClient.from_env() if has_engine() else None
    if client is None:
        pytest.skip("no Docker engine can be reached")
    try:
        prepare(client)
        yield client
    finally:
        tidy(client)
        client.close()


def has_engine() -> bool:
    try:
        client = docker.from_env()
        client.ping()
        client.close()
    except docker.errors.DockerException:
        return False
    return True


def prepare(client: Any) -> None:
    tidy(client)
    try:
        client.images.get("debian:bookworm-slim")
    except docker.errors.ImageNotFound:
        try:
            client.images.pull("debian:bookworm-slim")
        except docker.errors.APIError as problem:
            pytest.skip(f"debian:bookworm-slim cannot be had: {problem}")
    subprocess.run(
        ["docker", "build", "-q", "-t", IMAGE, "-"],
        input=DOCKERFILE,
        check=True,
        capture_output=True,
        env={**os.environ, "DOCKER_BUILDKIT": "0"},
    )
    client.networks.create(NETWORK, internal=True)


def tidy(client: Any) -> None:
    for container in client.containers.list(all=True, filters={"ancestor": IMAGE}):
        container.remove(force=True)
    for network in client.networks.list(names=[f"^{NETWORK}$"]):
        network.remove()
    for volume in client.volumes.list(filters={"name": f"^{WORKSPACE}$"}):
        volume.remove(force=True)


@pytest.fixture(scope="session")
def proxy(engine: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Setting]:
    """The proxy, started as in production, on a free port."""
    folder = tmp_path_factory.mktemp("proxy")
    (folder / "input").mkdir()
    secret = folder / "password"
    secret.write_text("a password of the tests")
    port = free_port()
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(HERE.parent),
        "JANGBU_IMAGE_PREFIX": PREFIX,
        "JANGBU_DOCKER_NETWORK": NETWORK,
        "JANGBU_DOCKER_WORKSPACE": WORKSPACE,
        "JANGBU_DOCKER_SECRET": str(secret),
        "JANGBU_DOCKER_INPUT": str(folder / "input"),
        "JANGBU_DB_URL": "jdbc:postgresql://postgres:5432/jangbu",
        "JANGBU_PROXY_PORT": str(port),
        "JANGBU_PROXY_MAX_RUNNING": "4",
    }
    told = folder / "proxy.log"
    with told.open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "policy_proxy"], env=environment, stdout=log, stderr=log
        )
    try:
        wait_for(port, process, told)
        yield Setting(f"tcp://127.0.0.1:{port}", port, secret, folder / "input", told, process)
    finally:
        process.terminate()
        process.wait(10)


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"the proxy does not listen: {log.read_text()}")


@pytest.fixture
def client(proxy: Setting) -> Iterator[Any]:
    """The operator's client, talking to the proxy."""
    api = docker.APIClient(base_url=proxy.url, version="auto", timeout=30)
    yield api
    api.close()


def request_body(setting: Setting, script: str = "true") -> dict[str, Any]:
    """A container the contract allows, as the operator asks for it."""
    return {
        "Image": IMAGE,
        "Cmd": [script],
        "User": "10001:10001",
        "Env": [
            "JANGBU_WORKSPACE=/workspace",
            "JANGBU_DB_URL=jdbc:postgresql://postgres:5432/jangbu",
            "JANGBU_DB_PASSWORD_FILE=/run/secrets/jangbu_db_password",
        ],
        "Labels": {"dev.jangbu.job": "extract-job", "dev.jangbu.business-date": "2026-01-15"},
        "HostConfig": {
            "ReadonlyRootfs": True,
            "CapDrop": ["ALL"],
            "SecurityOpt": ["no-new-privileges:true"],
            "PidsLimit": 256,
            "Memory": 268435456,
            "MemorySwap": 268435456,
            "NetworkMode": NETWORK,
            "Tmpfs": {"/tmp": "size=256m,nosuid,nodev,noexec"},
            "Mounts": [
                {
                    "Type": "volume",
                    "Source": WORKSPACE,
                    "Target": "/workspace",
                    "ReadOnly": False,
                },
                {
                    "Type": "bind",
                    "Source": str(setting.secret),
                    "Target": "/run/secrets/jangbu_db_password",
                    "ReadOnly": True,
                },
            ],
            "LogConfig": {"Type": "json-file", "Config": {"max-size": "10m", "max-file": "1"}},
        },
    }
