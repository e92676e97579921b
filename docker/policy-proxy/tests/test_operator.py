"""What the operator does goes through: docker-py to the proxy, the proxy to a real engine."""

from __future__ import annotations

import contextlib
import http.client
import json
import threading
import time
import uuid
from collections.abc import Callable
from typing import Any

import docker
import pytest
from conftest import IMAGE, NETWORK, WORKSPACE, Setting
from docker.types import LogConfig, Mount

Start = Callable[[str], str]


def create(client: Any, proxy: Setting, script: str) -> str:
    settings = client.create_host_config(
        read_only=True,
        cap_drop=["ALL"],
        security_opt=["no-new-privileges:true"],
        pids_limit=256,
        mem_limit="256m",
        memswap_limit="256m",
        network_mode=NETWORK,
        tmpfs={"/tmp": "size=256m,nosuid,nodev,noexec"},
        mounts=[
            Mount(target="/workspace", source=WORKSPACE, type="volume"),
            Mount(
                target="/run/secrets/jangbu_db_password",
                source=str(proxy.secret),
                type="bind",
                read_only=True,
            ),
            Mount(target="/input", source=str(proxy.input), type="bind", read_only=True),
        ],
        log_config=LogConfig(type="json-file", config={"max-size": "10m", "max-file": "1"}),
        restart_policy={"Name": "no"},
        auto_remove=False,
        privileged=False,
    )
    made = client.create_container(
        image=IMAGE,
        command=[script],
        user="10001:10001",
        environment={"JANGBU_ZONE": "Asia/Seoul"},
        labels={"dev.jangbu.job": "extract-job", "dev.jangbu.business-date": "2026-01-15"},
        name=f"jangbu-extract-job-all-2026-01-15-{uuid.uuid4().hex[:8]}",
        host_config=settings,
    )
    return str(made["Id"])


@pytest.fixture
def start(client: Any, proxy: Setting, engine: Any) -> Any:
    """Makes and starts a container through the proxy; whatever is left of it is removed."""
    made: list[str] = []

    def make(script: str) -> str:
        made.append(create(client, proxy, script))
        client.start(made[-1])
        return made[-1]

    yield make
    for identifier in made:
        with contextlib.suppress(docker.errors.NotFound):
            engine.containers.get(identifier).remove(force=True)


def test_container_runs_from_create_to_remove(client: Any, start: Start, engine: Any) -> None:
    identifier = start("echo one; cat /run/secrets/jangbu_db_password; echo; exit 10")

    lines = b"".join(client.logs(identifier, stream=True, follow=True)).decode().splitlines()
    assert client.wait(identifier)["StatusCode"] == 10
    assert client.inspect_container(identifier)["State"]["ExitCode"] == 10
    client.remove_container(identifier)

    assert lines == ["one", "a password of the tests"]
    with pytest.raises(docker.errors.NotFound):
        engine.containers.get(identifier)


def test_engine_sees_the_contract(start: Start, engine: Any) -> None:
    container = engine.containers.get(start("sleep 20")).attrs

    host = container["HostConfig"]
    assert container["Config"]["User"] == "10001:10001"
    assert container["Config"]["Labels"]["dev.jangbu.policy"] == NETWORK
    assert host["ReadonlyRootfs"] is True
    assert host["CapDrop"] == ["ALL"]
    assert host["SecurityOpt"] == ["no-new-privileges:true"]
    assert (host["PidsLimit"], host["Memory"], host["MemorySwap"]) == (256, 1 << 28, 1 << 28)
    assert host["NetworkMode"] == NETWORK
    assert host["Privileged"] is False
    assert host["Binds"] is None
    assert sorted(mount["Destination"] for mount in container["Mounts"]) == [
        "/input",
        "/run/secrets/jangbu_db_password",
        "/workspace",
    ]
    assert container["AppArmorProfile"] != "unconfined"


def test_list_shows_only_containers_made_here(client: Any, start: Start, engine: Any) -> None:
    stranger = engine.containers.run(
        IMAGE, ["sleep 20"], detach=True, labels={"dev.jangbu.job": "extract-job"}
    )
    try:
        ours = start("sleep 20")

        found = client.containers(all=True, filters={"label": "dev.jangbu.job=extract-job"})

        assert [each["Id"] for each in found] == [ours]
    finally:
        stranger.remove(force=True)


def test_stop_and_kill_reach_the_container(client: Any, start: Start) -> None:
    trapped = start("trap 'exit 3' TERM; while :; do sleep 0.1; done")
    killed = start("sleep 60")
    time.sleep(0.5)

    client.stop(trapped, timeout=5)
    client.kill(killed, signal="SIGKILL")

    assert client.wait(trapped)["StatusCode"] == 3
    assert client.wait(killed)["StatusCode"] == 137


def test_wait_answers_when_the_container_ends(client: Any, start: Start) -> None:
    identifier = start("sleep 2; exit 4")
    began = time.monotonic()

    assert client.wait(identifier)["StatusCode"] == 4
    assert 1 < time.monotonic() - began < 6


def test_image_and_version_can_be_asked(client: Any) -> None:
    assert client.inspect_image(IMAGE)["Config"]["Entrypoint"] == ["/bin/sh", "-c"]
    assert client.ping() is True
    assert client.version()["ApiVersion"]


def test_missing_container_is_the_engines_own_404(client: Any) -> None:
    with pytest.raises(docker.errors.NotFound):
        client.inspect_container("0" * 64)


def test_two_of_one_name_are_the_engines_own_409(client: Any, proxy: Setting, engine: Any) -> None:
    identifier = create(client, proxy, "true")
    name = client.inspect_container(identifier)["Name"].lstrip("/")
    body = client.inspect_container(name)
    assert body["Id"] == identifier

    with pytest.raises(docker.errors.APIError, match="409"):
        client.create_container_from_config(
            {
                **{key: body["Config"][key] for key in ("Image", "Cmd", "User")},
                "Labels": {"dev.jangbu.job": "extract-job"},
                "HostConfig": {
                    "ReadonlyRootfs": True,
                    "CapDrop": ["ALL"],
                    "SecurityOpt": ["no-new-privileges"],
                    "PidsLimit": 10,
                    "Memory": 1 << 28,
                    "MemorySwap": 1 << 28,
                    "NetworkMode": NETWORK,
                    "Tmpfs": {"/tmp": "rw,size=1m,nosuid,nodev,noexec"},
                    "Mounts": [{"Type": "volume", "Source": WORKSPACE, "Target": "/workspace"}],
                    "LogConfig": {
                        "Type": "json-file",
                        "Config": {"max-size": "10m", "max-file": "1"},
                    },
                },
            },
            name=name,
        )
    engine.containers.get(identifier).remove(force=True)


def test_log_arrives_line_by_line_while_the_job_runs(client: Any, start: Start) -> None:
    identifier = start("echo first; sleep 3; echo second")

    times: dict[str, float] = {}
    for chunk in client.logs(identifier, stream=True, follow=True):
        for line in chunk.decode().split():
            times[line] = time.monotonic()

    assert times["second"] - times["first"] > 2


def test_slow_reader_costs_no_memory(client: Any, start: Start, proxy: Setting) -> None:
    identifier = start("yes 0123456789abcdef0123456789abcdef | head -c 9000000; sleep 1")
    client.wait(identifier)
    before = proxy.resident
    readers = [http.client.HTTPConnection("127.0.0.1", proxy.port, timeout=20) for _ in range(10)]
    for reader in readers:
        reader.request("GET", f"/v1.41/containers/{identifier}/logs?stdout=1&follow=1")
        reader.getresponse().read(10)
    time.sleep(2)
    after = proxy.resident
    for reader in readers:
        reader.close()

    assert after - before < 40 * 1024, f"{before} KiB, then {after} KiB with ten slow readers"


def test_reader_that_leaves_takes_its_connection_to_the_engine_along(
    start: Start, proxy: Setting
) -> None:
    identifier = start("sleep 30")
    connections = [
        http.client.HTTPConnection("127.0.0.1", proxy.port, timeout=20) for _ in range(5)
    ]
    idle = proxy.sockets
    for connection in connections:
        connection.request("POST", f"/v1.41/containers/{identifier}/wait")
    time.sleep(1)
    busy = proxy.sockets
    for connection in connections:
        connection.close()
    time.sleep(1)

    assert busy - idle >= 9
    assert proxy.sockets <= idle + 1


def test_no_more_than_so_many_run_at_once(
    client: Any, start: Start, proxy: Setting, engine: Any
) -> None:
    for _ in range(4):
        start("sleep 20")

    with pytest.raises(docker.errors.APIError, match=r"running containers: 4 \(expected: fewer"):
        start("sleep 20")


def test_many_ask_at_once(client: Any, start: Start, proxy: Setting) -> None:
    identifier = start("sleep 20")
    seen: list[int] = []

    def ask() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", proxy.port, timeout=20)
        connection.request("GET", f"/containers/{identifier}/json")
        answer = connection.getresponse()
        assert json.load(answer)["Id"] == identifier
        seen.append(answer.status)

    threads = [threading.Thread(target=ask) for _ in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert seen == [200] * 40
