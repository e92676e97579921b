"""The settings and secrets of a server, made once with fresh random values; and a folder for certificates.

secrets/ is open to its owner only (0700). The files in it can be read by any user, because in a
container the reader is one the host does not know; a container sees only those compose gives it.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
import sys
from collections.abc import Callable
from pathlib import Path

from jangbu_run.project import Refusal

FOLDER = "secrets"
SETTINGS = ".env"
CERTIFICATES = "certificates"
FOLDER_MODE = 0o700
FILE_MODE = 0o644
SOCKET = "/var/run/docker.sock"
HEAD = "# What docker-compose.yml cannot know by itself. .env.example names every setting.\n"


def prepare(root: Path, environment: dict[str, str] | None = None) -> list[str]:
    """Makes what is missing and changes nothing that is there; a line for each thing made.

    :raises Refusal: a file cannot be written, or one that is there is empty
    """
    given = dict(os.environ) if environment is None else environment
    try:
        return (
            make_secrets(secrets_of(root, given))
            + make_settings(root, given)
            + make_certificates(certificates_of(root, given))
        )
    except OSError as failure:
        raise Refusal(
            f"{failure.filename}: {failure.strerror} (expected: it can be written)"
        ) from None


def secrets_of(root: Path, environment: dict[str, str]) -> Path:
    return root / (environment.get("JANGBU_SECRETS") or FOLDER)


def certificates_of(root: Path, environment: dict[str, str]) -> Path:
    return Path(environment.get("JANGBU_DOCKER_CERTIFICATES") or root / CERTIFICATES)


def make_secrets(folder: Path) -> list[str]:
    folder.mkdir(mode=FOLDER_MODE, exist_ok=True)
    made = []
    if folder.stat().st_mode & 0o077:
        folder.chmod(FOLDER_MODE)
        made.append(f"{folder.name}/: closed to other users (mode 0700)")
    for name, (content, purpose) in contents(folder).items():
        if write_new(folder / name, content):
            made.append(f"{folder.name}/{name}: {purpose}")
    return made


def contents(folder: Path) -> dict[str, tuple[Callable[[], str], str]]:
    """Each secret with how it is made and what it is for; later ones may read earlier ones."""
    return {
        "postgres_password": (password, "PostgreSQL's superuser"),
        "airflow_db_password": (password, "Airflow's log-in to its database"),
        "airflow_db_url": (
            lambda: (
                f"postgresql+psycopg2://airflow:{known(folder / 'airflow_db_password')}"
                "@postgres:5432/airflow"
            ),
            "the same as Airflow reads it",
        ),
        "airflow_fernet_key": (
            lambda: base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
            "encrypts connections in Airflow's database",
        ),
        "airflow_jwt_secret": (lambda: secrets.token_urlsafe(64), "signs Airflow's tokens"),
        "airflow_api_secret": (lambda: secrets.token_urlsafe(32), "signs Airflow's sessions"),
        "airflow_admin_password": (password, "user admin of Airflow's UI"),
        "jangbu_migrate_password": (password, "log-in that owns the jobs' database"),
        "jangbu_db_password": (password, "the jobs' log-in to their database"),
        "jangbu_search_password": (password, "the search's log-in to the jobs' database"),
        "jangbu_credential_key": (
            credential_key,
            "seals the log-ins of shops' accounts; lost with it, they are added again",
        ),
        "slack_webhook_url": (
            lambda: "",
            "empty: messages go to the log; put a Slack webhook's address here",
        ),
    }


def password() -> str:
    """Letters, digits, _ and -: it stands in an address without quoting."""
    return secrets.token_urlsafe(24)


def credential_key() -> str:
    """A keyset of one AES-256-GCM key, in Tink's JSON, as `extract-job accounts key --new` makes it."""
    number = secrets.randbelow(2**31 - 1) + 1
    # The field `key_value` of Google's AesGcmKey, and its length.
    value = b"\x1a\x20" + secrets.token_bytes(32)
    key = {
        "keyData": {
            "typeUrl": "type.googleapis.com/google.crypto.tink.AesGcmKey",
            "value": base64.b64encode(value).decode(),
            "keyMaterialType": "SYMMETRIC",
        },
        "status": "ENABLED",
        "keyId": number,
        "outputPrefixType": "TINK",
    }
    return json.dumps({"primaryKeyId": number, "key": [key]})


def known(file: Path) -> str:
    content = file.read_text().strip()
    if not content:
        raise Refusal(f"{file}: empty (expected: a password; delete it for a new one)")
    return content


def write_new(file: Path, content: Callable[[], str]) -> bool:
    """Writes a file whole, unless one is there."""
    if file.exists():
        return False
    unfinished = file.with_name(f".{file.name}.{os.getpid()}")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)
    try:
        with os.fdopen(descriptor, "w") as out:
            os.fchmod(out.fileno(), FILE_MODE)
            out.write(content())
        unfinished.rename(file)
    finally:
        unfinished.unlink(missing_ok=True)
    return True


def make_certificates(folder: Path) -> list[str]:
    """What the containers see as /certificates: the engine mounts no folder that is not there."""
    if folder.is_dir():
        return []
    folder.mkdir()
    folder.chmod(0o755)
    return [f"{folder.name}/: for those who signed the certificates of databases, as PEM files"]


def make_settings(root: Path, environment: dict[str, str]) -> list[str]:
    """Adds to .env the settings it lacks."""
    file = root / SETTINGS
    there = file.read_text() if file.is_file() else ""
    names = {line.partition("=")[0].removeprefix("export ").strip() for line in there.splitlines()}
    wanted = {
        "COMPOSE_PROJECT_NAME": "jangbu",
        "JANGBU_DOCKER_SECRET": str(secrets_of(root, environment) / "jangbu_db_password"),
        "JANGBU_DOCKER_CREDENTIAL_KEY": str(
            secrets_of(root, environment) / "jangbu_credential_key"
        ),
        "JANGBU_DOCKER_CERTIFICATES": str(certificates_of(root, environment)),
        "JANGBU_DOCKER_GROUP": str(socket_group(environment)),
    }
    missing = {name: value for name, value in wanted.items() if name not in names}
    if not missing:
        return []
    text = there if not there or there.endswith("\n") else there + "\n"
    text += HEAD + "".join(f"{name}={value}\n" for name, value in missing.items())
    unfinished = file.with_name(f"{SETTINGS}.{os.getpid()}")
    unfinished.write_text(text)
    unfinished.chmod(file.stat().st_mode & 0o777 if file.exists() else 0o600)
    unfinished.replace(file)
    return [f"{SETTINGS}: {name}={value}" for name, value in missing.items()]


def socket_group(environment: dict[str, str]) -> int:
    """The group that may use the engine's socket; 0 where the engine has a machine of its own."""
    socket = Path(environment.get("JANGBU_DOCKER_SOCKET") or SOCKET)
    if sys.platform != "linux" or not socket.exists():
        return 0
    return socket.stat().st_gid
