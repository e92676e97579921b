"""The settings, from the environment. They have the names the DAG's own settings have."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

JOBS = ("extract-job", "transform-job", "load-job", "mart-job")
# The same job with a browser beside it; a server that crawls nothing does not have it.
WITH_BROWSER = {"extract-job-browser": "extract-job"}
# Done by Spark where a run asks for it: under the names of the jobs it stands in for, or its own.
SPARK = "spark-job"
STAND_IN = {SPARK: (SPARK, "transform-job", "mart-job")}
SECRET_TARGET = "/run/secrets/jangbu_db_password"
KEY_TARGET = "/run/secrets/jangbu_credential_key"
CERTIFICATES_TARGET = "/certificates"
# The only job that logs in to shops' accounts: it alone gets their key, and a network with a way out.
KEY_HOLDER = "extract-job"
UNITS = {"": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30}


class WrongSetting(Exception):
    """A setting the proxy cannot start with, in one line."""


@dataclass(frozen=True)
class Policy:
    """What a job container must look like.

    `images` maps each allowed image to the jobs it may be. `database` holds settings a container gets with
    exactly these values or not at all, so that nobody sends the jobs, and with them the password,
    to a database of his own.
    """

    images: Mapping[str, tuple[str, ...]]
    network: str
    workspace: str
    secret: str
    input: str | None
    max_memory: int
    max_running: int
    database: Mapping[str, str] = field(default_factory=dict)
    credential_key: str | None = None
    shops_network: str | None = None
    certificates: str | None = None


def policy_from(environment: Mapping[str, str]) -> Policy:
    prefix = environment.get("JANGBU_IMAGE_PREFIX", "jangbu/")
    tag = environment.get("JANGBU_IMAGE_TAG", "latest")
    database = {
        name: environment[name]
        for name in ("JANGBU_DB_URL", "JANGBU_DB_USER")
        if environment.get(name)
    }
    folder = environment.get("JANGBU_DOCKER_INPUT") or None
    key = environment.get("JANGBU_DOCKER_CREDENTIAL_KEY") or None
    shops = environment.get("JANGBU_DOCKER_SHOPS_NETWORK") or None
    certificates = environment.get("JANGBU_DOCKER_CERTIFICATES") or None
    return Policy(
        images={
            f"{prefix}{image}:{tag}": jobs
            for image, jobs in (
                {job: (job,) for job in JOBS}
                | {image: (job,) for image, job in WITH_BROWSER.items()}
                | STAND_IN
            ).items()
        },
        network=network(
            "JANGBU_DOCKER_NETWORK", environment.get("JANGBU_DOCKER_NETWORK", "jangbu_jobs")
        ),
        workspace=environment.get("JANGBU_DOCKER_WORKSPACE", "jangbu_workspace"),
        secret=host_path("JANGBU_DOCKER_SECRET", environment.get("JANGBU_DOCKER_SECRET", "")),
        input=host_path("JANGBU_DOCKER_INPUT", folder) if folder else None,
        max_memory=size(
            "JANGBU_PROXY_MAX_MEMORY", environment.get("JANGBU_PROXY_MAX_MEMORY", "4g")
        ),
        max_running=count(
            "JANGBU_PROXY_MAX_RUNNING", environment.get("JANGBU_PROXY_MAX_RUNNING", "16")
        ),
        database=database
        | {
            "JANGBU_DB_PASSWORD_FILE": SECRET_TARGET,
            # Without TLS only where the server itself plays the shops.
            "JANGBU_PROFILE": environment.get("JANGBU_PROFILE", ""),
        }
        | ({"JANGBU_CREDENTIAL_KEY_FILE": KEY_TARGET} if key else {}),
        credential_key=host_path("JANGBU_DOCKER_CREDENTIAL_KEY", key) if key else None,
        shops_network=network("JANGBU_DOCKER_SHOPS_NETWORK", shops) if shops else None,
        certificates=(
            host_path("JANGBU_DOCKER_CERTIFICATES", certificates) if certificates else None
        ),
    )


def network(setting: str, name: str) -> str:
    """A network of its own: `host` is no isolation, and `container:x` is another container's."""
    if not re.fullmatch(r"[a-zA-Z0-9][a-zA-Z0-9_.-]*", name) or name in (
        "host",
        "bridge",
        "none",
        "default",
    ):
        raise WrongSetting(f"{setting}: {name} (expected: the name of a network made for the jobs)")
    return name


def host_path(name: str, path: str) -> str:
    if not re.fullmatch(r"(/[^/:\0]+)+", path) or {".", ".."} & set(path.split("/")):
        raise WrongSetting(
            f"{name}: {path!r} (expected: an absolute path on the engine's host, without . and ..)"
        )
    return path


def size(name: str, text: str) -> int:
    """Bytes; `512m` and `2g` are understood."""
    found = re.fullmatch(r"([1-9]\d{0,14})([kmg]?)b?", text.lower())
    if not found:
        raise WrongSetting(f"{name}: {text} (expected: bytes, such as 1073741824, 512m or 2g)")
    return int(found[1]) * UNITS[found[2]]


def count(name: str, text: str) -> int:
    if not re.fullmatch(r"[1-9]\d{0,3}", text):
        raise WrongSetting(f"{name}: {text} (expected: 1..9999)")
    return int(text)
