"""The whole server by docker-compose.yml: a day through it, and what its parts may and may not do."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from server import Server

SERVICES = (
    "postgres",
    "api-server",
    "scheduler",
    "dag-processor",
    "policy-proxy",
    "alert-sentinel",
    "search-api",
)
CONNECT = "import socket, sys; socket.create_connection((sys.argv[1], int(sys.argv[2])), 3)"


def attributes(engine: Any, server: Server, service: str) -> dict[str, Any]:
    return engine.containers.get(server.container(service)).attrs


@pytest.mark.parametrize("service", SERVICES)
def test_service_is_hardened(engine: Any, server: Server, service: str) -> None:
    host = attributes(engine, server, service)["HostConfig"]

    assert host["ReadonlyRootfs"] is True
    assert host["CapDrop"] == ["ALL"]
    assert host["SecurityOpt"] == ["no-new-privileges:true"]
    assert host["Privileged"] is False
    assert host["Memory"] > 0
    assert host["PidsLimit"] == 256
    if service != "postgres":
        assert host["CapAdd"] is None


@pytest.mark.parametrize("service", SERVICES)
def test_no_secret_is_shown_by_inspect(engine: Any, server: Server, service: str) -> None:
    shown = json.dumps(attributes(engine, server, service))

    for file in server.secrets.iterdir():
        secret = file.read_text().strip()
        assert not secret or secret not in shown, file.name


@pytest.mark.parametrize("service", SERVICES)
def test_only_the_proxy_sees_the_socket(engine: Any, server: Server, service: str) -> None:
    mounts = [each["Destination"] for each in attributes(engine, server, service)["Mounts"]]

    assert ("/var/run/docker.sock" in mounts) == (service == "policy-proxy")


@pytest.mark.parametrize(
    ("service", "own"),
    [
        ("api-server", {"admin_password", "api_secret", "db_url", "fernet_key", "jwt_secret"}),
        ("scheduler", {"api_secret", "db_url", "fernet_key", "jwt_secret", "webhook_url"}),
        ("dag-processor", {"db_url", "fernet_key", "webhook_url"}),
        ("policy-proxy", set()),
        ("alert-sentinel", {"admin_password", "webhook_url"}),
        ("search-api", {"jangbu_search_password"}),
    ],
)
def test_service_gets_its_own_secrets_only(
    engine: Any, server: Server, service: str, own: set[str]
) -> None:
    mounts = [each["Destination"] for each in attributes(engine, server, service)["Mounts"]]
    names = {
        re.sub("^(airflow|slack)_", "", each.removeprefix("/run/secrets/"))
        for each in mounts
        if each.startswith("/run/secrets/")
    }

    assert names == own


def test_nothing_listens_beyond_loopback(engine: Any, server: Server) -> None:
    published = {
        (service, binding["HostIp"], binding["HostPort"])
        for service in SERVICES
        for bindings in attributes(engine, server, service)["NetworkSettings"]["Ports"].values()
        for binding in bindings or []
    }

    assert published == {
        ("api-server", "127.0.0.1", str(server.port)),
        ("search-api", "127.0.0.1", str(server.search_port)),
    }


def test_airflow_cannot_ask_the_engine_for_more(server: Server) -> None:
    asked = (
        "import docker; c = docker.APIClient('tcp://policy-proxy:2375', version='auto')\n"
        "for ask in (lambda: c.create_container('postgres:17', name='jangbu-x'), c.info):\n"
        "    try: ask()\n"
        "    except docker.errors.APIError as refused: print(refused.explanation)\n"
    )
    _, told = server.inside("scheduler", "python", "-c", asked)

    first, second = told.splitlines()
    assert first.startswith("policy-proxy: Image: 'postgres:17' (expected: one of jangbu/")
    assert second.startswith("policy-proxy: GET /v1.")


@pytest.mark.parametrize(
    ("service", "host", "port"),
    [
        ("api-server", "policy-proxy", "2375"),
        ("dag-processor", "policy-proxy", "2375"),
        ("policy-proxy", "postgres", "5432"),
        ("policy-proxy", "1.1.1.1", "443"),
    ],
)
def test_networks_keep_apart_what_need_not_meet(
    server: Server, service: str, host: str, port: str
) -> None:
    code, _ = server.inside(service, "python", "-c", CONNECT, host, port)

    assert code == 1


def test_jobs_log_in_owns_nothing(server: Server) -> None:
    owned = server.sql(
        "SELECT count(*) FROM pg_class WHERE pg_get_userbyid(relowner) = 'jangbu_jobs'"
    )
    owners = server.sql(
        "SELECT DISTINCT pg_get_userbyid(relowner) FROM pg_class"
        " WHERE relnamespace IN ('raw'::regnamespace, 'mart'::regnamespace)"
    )
    databases = server.sql(
        "SELECT has_database_privilege('jangbu_jobs', 'airflow', 'CONNECT'),"
        " has_database_privilege('airflow', 'jangbu', 'CONNECT')"
    )

    assert (owned, owners, databases) == (["0"], ["jangbu_owner"], ["f|f"])


def test_restarted_service_comes_back(server: Server) -> None:
    server.run("docker", "restart", "-t", "5", server.container("api-server"))
    server.run("bin/up")

    assert server.get("/api/v2/dags/event_pipeline")["dag_id"] == "event_pipeline"
