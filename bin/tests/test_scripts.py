"""The shell scripts, run as they are in a small checkout of their own."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from jangbu_run.project import ROOT, Refusal
from jangbu_run.psql import connect, psql_uri


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    root = tmp_path / "check out"
    (root / "bin").mkdir(parents=True)
    for name in ("environment.sh", "with-env", "job", "jangbu"):
        shutil.copy(ROOT / "bin" / name, root / "bin" / name)
    return root


def run(*command: str | Path, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], **settings}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_settings_are_read_from_the_file_and_the_environment_wins(checkout: Path) -> None:
    (checkout / ".env").write_text(
        "# a comment\nA=from file\nexport B='quoted # value'\nC=\"x=y\"\r\n"
        "D=$(touch never)\nbad name=1\nE=last"
    )

    shown = run(checkout / "bin" / "with-env", "env", A="from environment").stdout.splitlines()

    assert "A=from environment" in shown
    assert "B=quoted # value" in shown
    assert "C=x=y" in shown
    assert "D=$(touch never)" in shown
    assert "E=last" in shown
    assert not any(line.startswith("bad") for line in shown)


def test_setting_that_is_set_to_nothing_stays_so(checkout: Path) -> None:
    (checkout / ".env").write_text("JANGBU_DB_URL=jdbc:postgresql://db/shop\n")

    shown = run(checkout / "bin" / "with-env", "env", JANGBU_DB_URL="").stdout

    assert "JANGBU_DB_URL=\n" in shown


def test_unknown_job_is_a_usage_error(checkout: Path) -> None:
    ended = run(checkout / "bin" / "job", "no-job")

    assert ended.returncode == 2
    assert ended.stderr == (
        "job: no-job (expected: a job's folder, such as bin/job load-job events --ds 2026-01-15)\n"
    )


def test_job_that_is_not_built_is_a_usage_error(checkout: Path) -> None:
    (checkout / "some-job").mkdir()
    (checkout / "some-job" / "pom.xml").touch()

    ended = run(checkout / "bin" / "job", "some-job")

    assert ended.returncode == 2
    assert ended.stderr == (
        f"{checkout}/some-job/target/some-job.jar: not built (expected: `make build` first)\n"
    )


def test_short_command_runs_the_job_that_tells_what_ran(checkout: Path) -> None:
    home = fake_java(checkout.parent / "jdk", "17.0.15")
    for job in ("mart-job", "load-job"):
        (checkout / job / "target").mkdir(parents=True)
        (checkout / job / "pom.xml").touch()
        (checkout / job / "target" / f"{job}.jar").touch()
    program = checkout / "bin" / "jangbu"

    jobs = run(program, "jobs", "show", "--ds", "2026-01-15", JAVA_HOME=home).stdout.splitlines()
    load = run(program, "load-job", "migrate", JAVA_HOME=home).stdout.splitlines()

    jar = str(checkout / "mart-job" / "target" / "mart-job.jar")
    assert jobs[-6:] == ["-jar", jar, "jobs", "show", "--ds", "2026-01-15"]
    assert load[-2:] == [str(checkout / "load-job" / "target" / "load-job.jar"), "migrate"]


@pytest.mark.parametrize(("given", "told"), [((), "none"), (("job",), "job")])
def test_unknown_short_command_is_a_usage_error(
    checkout: Path, given: tuple[str, ...], told: str
) -> None:
    ended = run(checkout / "bin" / "jangbu", *given)

    assert ended.returncode == 2
    assert ended.stderr == (
        f"command: {told} (expected: jobs list, jobs show --ds 2026-01-15,"
        " gaps or plan --from D --to D, erase --subject ID, retain, or a job such as load-job)\n"
    )


def fake_java(home: Path, version: str) -> str:
    """A JVM that prints its arguments."""
    (home / "bin").mkdir(parents=True)
    program = home / "bin" / "java"
    program.write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n')
    program.chmod(0o755)
    (home / "release").write_text(f'JAVA_VERSION="{version}"\n')
    return str(home)


@pytest.mark.parametrize(
    ("version", "option"), [("17.0.15", "-XX:SharedArchiveFile="), ("25.0.3", "-XX:AOTCache=")]
)
def test_archive_is_used_while_it_is_newer_than_the_jar(
    checkout: Path, version: str, option: str
) -> None:
    home = fake_java(checkout.parent / "jdk", version)
    name = "java-" + version + "".join(each if each.isalnum() else "-" for each in home)
    run_folder = checkout / "load-job" / "target" / "run" / "0123"
    run_folder.mkdir(parents=True)
    (checkout / "load-job" / "pom.xml").touch()
    jar = checkout / "load-job" / "target" / "load-job.jar"
    jar.touch()
    (run_folder / name).touch()
    (run_folder / "stamp").touch()
    (run_folder.parent / "current").symlink_to("0123")

    fast = run(checkout / "bin" / "job", "load-job", "events", JAVA_HOME=home).stdout.splitlines()
    assert f"{option}{run_folder / name}" in fast
    assert fast[-3:] == ["-jar", str(run_folder / "load-job.jar"), "events"]

    jar.write_text("built again")
    plain = run(checkout / "bin" / "job", "load-job", "events", JAVA_HOME=home).stdout.splitlines()
    assert not any(line.startswith(option) for line in plain)
    assert plain[-3:] == ["-jar", str(jar), "events"]


def test_jdbc_url_is_told_as_psql_reads_it() -> None:
    url = "jdbc:postgresql://db:5432/shop?currentSchema=mart&sslmode=require"

    assert psql_uri(url) == "postgresql://db:5432/shop?sslmode=require"
    with pytest.raises(Refusal, match="JANGBU_DB_URL: not a PostgreSQL URL"):
        psql_uri("mysql://db")


def test_password_of_a_named_database_comes_from_its_file(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text("secret\n")
    settings = {
        "JANGBU_DB_URL": "jdbc:postgresql://db/shop",
        "JANGBU_DB_PASSWORD_FILE": str(file),
    }

    connection = connect(settings)

    assert (connection.user, connection.password) == ("jangbu", "secret")
    with pytest.raises(Refusal, match="JANGBU_DB_PASSWORD_FILE: /none"):
        connect(settings | {"JANGBU_DB_PASSWORD_FILE": "/none"})
