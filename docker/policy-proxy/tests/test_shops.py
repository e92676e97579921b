"""Who may have the accounts' key, certificates and the network with a way out: by the contract, without an engine."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from policy_proxy.contract import container_request
from policy_proxy.refusal import Refusal
from policy_proxy.settings import WrongSetting, policy_from

KEY = {
    "Type": "bind",
    "Source": "/srv/secrets/credential_key",
    "Target": "/run/secrets/jangbu_credential_key",
    "ReadOnly": True,
}
CERTIFICATES = {
    "Type": "bind",
    "Source": "/srv/certificates",
    "Target": "/certificates",
    "ReadOnly": True,
}
SETTINGS = {
    "JANGBU_DOCKER_SECRET": "/srv/secrets/password",
    "JANGBU_DOCKER_CREDENTIAL_KEY": KEY["Source"],
    "JANGBU_DOCKER_SHOPS_NETWORK": "jangbu_shops",
    "JANGBU_DOCKER_CERTIFICATES": CERTIFICATES["Source"],
}
Body = dict[str, Any]


def body(job: str) -> Body:
    """What the operator asks for to run a job that logs in to an account."""
    return {
        "Image": f"jangbu/{job}:latest",
        "Cmd": ["orders", "--account", "cafe24-hlogdemo", "--ds", "2026-01-15", "--attempt", "a-1"],
        "User": "10001:10001",
        "Env": [
            "JANGBU_WORKSPACE=/workspace",
            "JANGBU_DB_PASSWORD_FILE=/run/secrets/jangbu_db_password",
            "JANGBU_CREDENTIAL_KEY_FILE=/run/secrets/jangbu_credential_key",
        ],
        "Labels": {"dev.jangbu.job": job, "dev.jangbu.map-index": "3"},
        "HostConfig": {
            "ReadonlyRootfs": True,
            "CapDrop": ["ALL"],
            "SecurityOpt": ["no-new-privileges:true"],
            "PidsLimit": 256,
            "Memory": 268435456,
            "MemorySwap": 268435456,
            "NetworkMode": "jangbu_shops",
            "Tmpfs": {"/tmp": "size=256m,nosuid,nodev,noexec"},
            "Mounts": [
                {"Type": "volume", "Source": "jangbu_workspace", "Target": "/workspace"},
                KEY,
            ],
            "LogConfig": {"Type": "json-file", "Config": {"max-size": "10m", "max-file": "1"}},
        },
    }


def test_extraction_gets_key_and_way_out() -> None:
    made = container_request(body("extract-job"), policy_from(SETTINGS))

    assert made["HostConfig"]["NetworkMode"] == "jangbu_shops"
    assert made["HostConfig"]["Mounts"][1] == KEY
    assert "JANGBU_CREDENTIAL_KEY_FILE=/run/secrets/jangbu_credential_key" in made["Env"]


def test_image_with_a_browser_is_an_extraction() -> None:
    asked = body("extract-job")
    asked["Image"] = "jangbu/extract-job-browser:latest"

    made = container_request(asked, policy_from(SETTINGS))

    assert made["HostConfig"]["NetworkMode"] == "jangbu_shops"
    asked["Labels"]["dev.jangbu.job"] = "load-job"
    with pytest.raises(Refusal, match=r"label dev\.jangbu\.job=extract-job"):
        container_request(asked, policy_from(SETTINGS))


def test_made_up_shops_are_for_the_servers_settings_to_allow() -> None:
    asked = body("extract-job")
    asked["Env"].append("JANGBU_PROFILE=sandbox")

    with pytest.raises(Refusal, match="JANGBU_PROFILE as the proxy's own settings have it"):
        container_request(asked, policy_from(SETTINGS))
    made = container_request(asked, policy_from(SETTINGS | {"JANGBU_PROFILE": "sandbox"}))
    assert "JANGBU_PROFILE=sandbox" in made["Env"]


def test_extraction_gets_the_certificates_of_databases() -> None:
    asked = body("extract-job")
    asked["HostConfig"]["Mounts"].append(CERTIFICATES)

    made = container_request(asked, policy_from(SETTINGS))

    assert made["HostConfig"]["Mounts"][2] == CERTIFICATES


@pytest.mark.parametrize(
    "change",
    [
        {"Source": "/srv"},
        {"Source": "/srv/certificates/acquirer.pem"},
        {"Source": "/srv/certificates/"},
        {"Target": "/app"},
        {"Target": "/certificates/own"},
        {"Type": "volume"},
        {"ReadOnly": False},
        {"Source": "/srv/secrets/credential_key"},
    ],
)
def test_another_folder_is_not_the_one_of_certificates(change: Body) -> None:
    asked = body("extract-job")
    asked["HostConfig"]["Mounts"].append(CERTIFICATES | change)

    with pytest.raises(Refusal, match=r"HostConfig\.Mounts\[2\]: .* or /srv/certificates at /cert"):
        container_request(asked, policy_from(SETTINGS))


def test_folder_of_certificates_is_an_absolute_path() -> None:
    with pytest.raises(WrongSetting, match=r"JANGBU_DOCKER_CERTIFICATES: '/srv/\.\./etc'"):
        policy_from(SETTINGS | {"JANGBU_DOCKER_CERTIFICATES": "/srv/../etc"})


def without_key(asked: Body) -> None:
    asked["HostConfig"]["Mounts"].remove(KEY)


def without_way_out(asked: Body) -> None:
    asked["HostConfig"]["NetworkMode"] = "jangbu_jobs"


def with_certificates_only(asked: Body) -> None:
    without_key(asked)
    without_way_out(asked)
    asked["HostConfig"]["Mounts"].append(CERTIFICATES)


@pytest.mark.parametrize("change", [without_key, without_way_out, with_certificates_only])
@pytest.mark.parametrize("job", ["transform-job", "load-job", "mart-job"])
def test_other_jobs_get_neither(job: str, change: Callable[[Body], None]) -> None:
    asked = body(job)
    change(asked)

    with pytest.raises(Refusal, match=r"their network with extract-job"):
        container_request(asked, policy_from(SETTINGS))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda asked: asked["HostConfig"]["Mounts"][1].update(ReadOnly=False), "Mounts"),
        (lambda asked: asked["HostConfig"]["Mounts"][1].update(Source="/etc/shadow"), "Mounts"),
        (
            lambda asked: asked["HostConfig"].update(NetworkMode="jangbu_control"),
            "expected: jangbu_jobs or jangbu_shops",
        ),
        (
            lambda asked: asked.update(Env=["JANGBU_CREDENTIAL_KEY_FILE=/workspace/key"]),
            "JANGBU_CREDENTIAL_KEY_FILE as the proxy's own settings have it",
        ),
        (lambda asked: asked.update(Env=["JANGBU_CREDENTIAL_KEY=secret"]), "no secrets here"),
    ],
)
def test_key_and_network_are_those_of_the_settings(
    change: Callable[[Body], None], said: str
) -> None:
    asked = body("extract-job")
    asked["HostConfig"]["Mounts"][1] = dict(KEY)
    change(asked)

    with pytest.raises(Refusal, match=said):
        container_request(asked, policy_from(SETTINGS))


def test_without_the_settings_nobody_gets_them() -> None:
    policy = policy_from({"JANGBU_DOCKER_SECRET": "/srv/secrets/password"})
    asked = body("extract-job")

    with pytest.raises(Refusal, match="JANGBU_CREDENTIAL_KEY_FILE"):
        container_request(asked, policy)
    asked["Env"].pop()
    with pytest.raises(Refusal, match=r"expected: jangbu_jobs\)"):
        container_request(asked, policy)
    without_way_out(asked)
    with pytest.raises(Refusal, match="Mounts"):
        container_request(asked, policy)
    without_key(asked)
    asked["HostConfig"]["Mounts"].append(CERTIFICATES)
    with pytest.raises(Refusal, match=r"HostConfig\.Mounts\[1\]"):
        container_request(asked, policy)


@pytest.mark.parametrize("job", ["spark-job", "transform-job", "mart-job"])
def test_spark_runs_under_its_name_and_those_it_stands_in_for(job: str) -> None:
    asked = body(job)
    asked["Image"] = "jangbu/spark-job:latest"
    asked["HostConfig"] |= {
        "NetworkMode": "jangbu_jobs",
        "Mounts": asked["HostConfig"]["Mounts"][:1],
        "Memory": 4 << 30,
        "MemorySwap": 4 << 30,
        "PidsLimit": 1024,
    }

    made = container_request(asked, policy_from(SETTINGS))

    assert made["Labels"]["dev.jangbu.job"] == job
    asked["Labels"]["dev.jangbu.job"] = "load-job"
    named = r"label dev\.jangbu\.job=spark-job or transform-job or mart-job with image jangbu/spark"
    with pytest.raises(Refusal, match=named):
        container_request(asked, policy_from(SETTINGS))


def test_as_many_processes_are_for_spark_alone() -> None:
    asked = body("extract-job")
    asked["HostConfig"]["PidsLimit"] = 257

    with pytest.raises(Refusal, match="PidsLimit of at most 256 with image jangbu/extract-job"):
        container_request(asked, policy_from(SETTINGS))


def test_spark_reaches_no_shop() -> None:
    asked = body("spark-job")

    with pytest.raises(Refusal, match="their network with extract-job"):
        container_request(asked, policy_from(SETTINGS))
