"""What `make setup` makes, and that it changes nothing that is there."""

from __future__ import annotations

import base64
import json
import re
import stat
from pathlib import Path

import pytest

from jangbu_run import server_setup
from jangbu_run.project import Refusal

SECRETS = [
    "airflow_admin_password",
    "airflow_api_secret",
    "airflow_db_password",
    "airflow_db_url",
    "airflow_fernet_key",
    "airflow_jwt_secret",
    "jangbu_credential_key",
    "jangbu_db_password",
    "jangbu_migrate_password",
    "jangbu_search_password",
    "postgres_password",
    "slack_webhook_url",
]


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def contents(root: Path) -> dict[str, str]:
    return {file.name: file.read_text() for file in (root / "secrets").iterdir()}


def test_secrets_are_fresh_and_closed_to_other_users(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    other.mkdir()
    server_setup.prepare(one, {})
    server_setup.prepare(other, {})

    made, others = contents(one), contents(other)
    assert sorted(made) == SECRETS
    assert mode(one / "secrets") == 0o700
    assert {mode(one / "secrets" / name) for name in made} == {0o644}
    shared = {name for name in made if made[name] == others[name]}
    assert shared == {"slack_webhook_url"}
    assert len(base64.urlsafe_b64decode(made["airflow_fernet_key"])) == 32
    assert len(made["airflow_jwt_secret"]) >= 64
    password = made["airflow_db_password"]
    assert (
        made["airflow_db_url"] == f"postgresql+psycopg2://airflow:{password}@postgres:5432/airflow"
    )


def test_credential_key_is_a_keyset_of_one_fresh_key(tmp_path: Path) -> None:
    server_setup.prepare(tmp_path, {})

    keyset = json.loads(contents(tmp_path)["jangbu_credential_key"])

    (key,) = keyset["key"]
    assert key["keyId"] == keyset["primaryKeyId"] > 0
    value = base64.b64decode(key["keyData"]["value"])
    assert value[:2] == b"\x1a\x20"
    assert len(value) == 34
    assert server_setup.credential_key() != server_setup.credential_key()


def test_second_time_changes_nothing(tmp_path: Path) -> None:
    server_setup.prepare(tmp_path, {})
    before = contents(tmp_path), (tmp_path / ".env").read_text()

    assert server_setup.prepare(tmp_path, {}) == []
    assert (contents(tmp_path), (tmp_path / ".env").read_text()) == before


def test_what_is_missing_is_made_and_named(tmp_path: Path) -> None:
    server_setup.prepare(tmp_path, {})
    (tmp_path / "secrets" / "jangbu_db_password").unlink()

    made = server_setup.prepare(tmp_path, {})

    assert made == ["secrets/jangbu_db_password: the jobs' log-in to their database"]


def test_settings_that_are_there_stay(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("JANGBU_ZONE=Asia/Seoul\nexport COMPOSE_PROJECT_NAME=mine")
    file.chmod(0o640)

    server_setup.prepare(tmp_path, {"JANGBU_DOCKER_SOCKET": "/nowhere"})

    lines = file.read_text().splitlines()
    assert lines[:2] == ["JANGBU_ZONE=Asia/Seoul", "export COMPOSE_PROJECT_NAME=mine"]
    assert lines[3:] == [
        f"JANGBU_DOCKER_SECRET={tmp_path}/secrets/jangbu_db_password",
        f"JANGBU_DOCKER_CREDENTIAL_KEY={tmp_path}/secrets/jangbu_credential_key",
        f"JANGBU_DOCKER_CERTIFICATES={tmp_path}/certificates",
        "JANGBU_DOCKER_GROUP=0",
    ]
    assert mode(file) == 0o640


def test_folder_of_certificates_is_where_the_setting_says(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    given = {"JANGBU_DOCKER_CERTIFICATES": str(elsewhere)}

    made = server_setup.prepare(tmp_path, given)

    told = "elsewhere/: for those who signed the certificates of databases, as PEM files"
    assert made[-1] == told
    # A container's user is one the host does not know.
    assert mode(elsewhere) == 0o755
    assert not (tmp_path / "certificates").exists()
    assert server_setup.prepare(tmp_path, given) == []


def test_open_folder_is_closed(tmp_path: Path) -> None:
    (tmp_path / "secrets").mkdir(mode=0o755)

    made = server_setup.prepare(tmp_path, {})

    assert made[0] == "secrets/: closed to other users (mode 0700)"
    assert mode(tmp_path / "secrets") == 0o700


def test_empty_password_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "secrets").mkdir()
    empty = tmp_path / "secrets" / "airflow_db_password"
    empty.touch()

    with pytest.raises(Refusal, match=f"{empty}: empty .expected: a password"):
        server_setup.prepare(tmp_path, {})
    assert not list((tmp_path / "secrets").glob(".*"))


def test_example_names_every_setting_of_compose() -> None:
    root = Path(__file__).resolve().parents[2]
    used = set(re.findall(r"\$\{(\w+)", (root / "docker-compose.yml").read_text()))
    named = set(re.findall(r"^#?(\w+)=", (root / ".env.example").read_text(), re.MULTILINE))

    assert used - named == set()
