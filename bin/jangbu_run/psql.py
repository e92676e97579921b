"""Opens psql where it is installed, else prints the connection."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

from jangbu_run.jobs import USAGE, run_job
from jangbu_run.project import ROOT, Refusal, say

SHARED_OPTIONS = ("sslmode", "sslrootcert", "sslcert", "sslkey")


@dataclass(frozen=True)
class Connection:
    """Where the database is, as psql wants it; the password apart."""

    uri: str
    user: str
    password: str
    password_place: str


def open_shell(arguments: Sequence[str]) -> None:
    """Becomes psql; returns only where it is not installed."""
    connection = connect(os.environ)
    program = shutil.which("psql")
    if program is None:
        say("psql is not installed; any PostgreSQL client will do:")
        say(f"  {connection.uri}")
        say(f"  user {connection.user}, password in {connection.password_place}")
        return
    environment = os.environ | {"PGUSER": connection.user}
    if connection.password:
        environment["PGPASSWORD"] = connection.password
    os.execve(program, ["psql", *arguments, connection.uri], environment)


def connect(settings: Mapping[str, str]) -> Connection:
    """The named database, else the workspace's own, started if it does not run."""
    url = settings.get("JANGBU_DB_URL", "").strip()
    if url:
        return named(url, settings)
    workspace = settings.get("WORKSPACE") or settings.get("JANGBU_WORKSPACE") or "data"
    return embedded((ROOT / Path(workspace).expanduser()).absolute())


def named(url: str, settings: Mapping[str, str]) -> Connection:
    """The database of JANGBU_DB_URL."""
    file = settings.get("JANGBU_DB_PASSWORD_FILE", "")
    try:
        password = (
            Path(file).read_text("utf-8").strip()
            if file
            else settings.get("JANGBU_DB_PASSWORD", "")
        )
    except OSError as failure:
        raise Refusal(
            f"JANGBU_DB_PASSWORD_FILE: {file} (expected: a file this user may read)", USAGE
        ) from failure
    return Connection(
        psql_uri(url),
        settings.get("JANGBU_DB_USER") or "jangbu",
        password,
        file or "JANGBU_DB_PASSWORD",
    )


def embedded(workspace: Path) -> Connection:
    """The workspace's own database."""
    outcome = run_job("dev-database", "start", workspace=workspace)
    if not outcome.is_done:
        raise Refusal(outcome.reason, outcome.code)
    file = workspace / "postgres" / "connection.properties"
    found = dict(line.split("=", 1) for line in file.read_text("utf-8").splitlines() if "=" in line)
    return Connection(psql_uri(found["url"]), found["user"], found["password"], str(file))


def psql_uri(url: str) -> str:
    """A JDBC URL as psql reads it, with the options both know."""
    if not url.startswith("jdbc:postgresql:"):
        raise Refusal(
            "JANGBU_DB_URL: not a PostgreSQL URL (expected: jdbc:postgresql://host:port/database)",
            USAGE,
        )
    place, _, options = url.removeprefix("jdbc:").partition("?")
    kept = [(name, value) for name, value in parse_qsl(options) if name in SHARED_OPTIONS]
    return place + (f"?{urlencode(kept)}" if kept else "")
