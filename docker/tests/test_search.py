"""The search as a container: what it reaches, who it is in the database, and how it ends."""

from __future__ import annotations

import time
import urllib.request
from typing import Any

import pytest
from server import Server, image_name

SERVICE = "search-api"
REACH = "exec 3<>/dev/tcp/$0/$1"


def test_it_answers_on_loopback_that_it_is_well(engine: Any, server: Server) -> None:
    with urllib.request.urlopen(
        f"http://127.0.0.1:{server.search_port}/health", timeout=30
    ) as answer:
        assert (answer.status, answer.read()) == (200, b"up\n")
    state = engine.containers.get(server.container(SERVICE)).attrs["State"]
    assert state["Health"]["Status"] == "healthy"


def test_its_sessions_are_of_its_own_log_in_with_the_rights_of_the_search(server: Server) -> None:
    assert server.sql(
        "SELECT DISTINCT usename FROM pg_stat_activity WHERE application_name LIKE 'jangbu:search%'"
    ) == ["jangbu_search_api"]
    assert server.sql(
        "SELECT string_agg(granted.rolname, ',') FROM pg_auth_members AS member"
        " JOIN pg_roles AS granted ON granted.oid = member.roleid"
        " WHERE member.member = 'jangbu_search_api'::regrole"
    ) == ["jangbu_search"]
    assert server.sql(
        "SELECT has_database_privilege('jangbu_search_api', 'airflow', 'CONNECT'),"
        " has_table_privilege('jangbu_search_api', 'raw.card_sale', 'INSERT'),"
        " has_any_column_privilege('jangbu_search_api', 'ops.api_key', 'INSERT')"
    ) == ["f|f|f"]


@pytest.mark.parametrize(
    ("host", "port", "code"),
    [("postgres", "5432", 0), ("policy-proxy", "2375", 1), ("api-server", "8080", 1)],
)
def test_it_reaches_the_database_and_nothing_else_of_the_server(
    server: Server, host: str, port: str, code: int
) -> None:
    assert server.inside(SERVICE, "bash", "-c", REACH, host, port)[0] == code


def test_log_in_is_made_again_where_it_is_missing(server: Server) -> None:
    """As on a server that is older than the search."""
    server.run("docker", "stop", "-t", "10", server.container(SERVICE))
    server.sql("DROP ROLE jangbu_search_api")

    server.run("bin/up")

    assert server.sql("SELECT count(*) FROM pg_roles WHERE rolname = 'jangbu_search_api'") == ["1"]


def test_stop_ends_it_in_order(engine: Any, server: Server) -> None:
    container = engine.containers.get(server.container(SERVICE))
    try:
        began = time.monotonic()
        container.stop(timeout=20)
        took = time.monotonic() - began
        container.reload()
        said = container.logs(tail=5).decode()
    finally:
        container.start()

    assert took < 12, said
    # 128 + SIGTERM, which Java ends with once its hooks are done.
    assert container.attrs["State"]["ExitCode"] == 143
    assert "ended amid answers" not in said
    server.run("bin/up")


def test_image_is_asked_whether_it_is_well(engine: Any) -> None:
    settings = engine.images.get(image_name(SERVICE)).attrs["Config"]

    assert settings["Healthcheck"]["Test"][0] == "CMD"
    assert "/health" in settings["Healthcheck"]["Test"][-1]
    assert settings["Cmd"] == ["--listen", "0.0.0.0"]
