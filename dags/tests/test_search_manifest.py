"""The search on Kubernetes, as its manifest has it: held to what it is on a server. No cluster is asked."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from conftest import DAGS

ROOT = DAGS.parent
LIMITS = {
    "allowPrivilegeEscalation": False,
    "readOnlyRootFilesystem": True,
    "capabilities": {"drop": ["ALL"]},
}
Manifest = dict[str, Any]


@pytest.fixture(scope="module")
def made() -> dict[str, Manifest]:
    documents = yaml.safe_load_all((ROOT / "kubernetes" / "search.yaml").read_text())
    return {document["kind"]: document for document in documents}


@pytest.fixture(scope="module")
def pod(made: dict[str, Manifest]) -> Manifest:
    return made["Deployment"]["spec"]["template"]["spec"]


@pytest.fixture(scope="module")
def container(pod: Manifest) -> Manifest:
    (only,) = pod["containers"]
    return only


@pytest.fixture(scope="module")
def service() -> Manifest:
    """The same on a server."""
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    return compose["services"]["search-api"]


def test_all_of_it_lies_in_a_namespace_of_its_own(made: dict[str, Manifest]) -> None:
    namespace = made["Namespace"]["metadata"]

    assert namespace["labels"]["pod-security.kubernetes.io/enforce"] == "restricted"
    assert {
        kind: each["metadata"]["namespace"] for kind, each in made.items() if kind != "Namespace"
    } == {
        "Deployment": namespace["name"],
        "Service": namespace["name"],
        "NetworkPolicy": namespace["name"],
    }
    # Airflow may start pods with any secret of its namespace.
    assert namespace["name"] != "jangbu"


def test_pod_has_the_limits_of_the_standard_restricted(pod: Manifest, container: Manifest) -> None:
    assert container["securityContext"] == LIMITS
    security = pod["securityContext"]
    assert (security["runAsNonRoot"], security["runAsUser"]) == (True, 10001)
    assert security["seccompProfile"] == {"type": "RuntimeDefault"}
    assert pod["automountServiceAccountToken"] is False
    assert pod["enableServiceLinks"] is False


def test_it_has_the_log_in_and_the_memory_it_has_on_a_server(
    container: Manifest, service: Manifest
) -> None:
    environment = {each["name"]: each.get("value") for each in container["env"]}
    for name in ("JANGBU_DB_USER", "JANGBU_DB_PASSWORD_FILE"):
        assert environment[name] == service["environment"][name]
    assert not [name for name in environment if name.endswith("PASSWORD")]
    assert environment["JANGBU_SEARCH_SECURE_COOKIE"] == "true"
    assert container["resources"]["limits"]["memory"] == "512Mi"
    assert service["mem_limit"] == "512m"
    assert container["image"] == "jangbu/search-api:latest"


def test_password_is_a_file_and_only_tmp_is_written(pod: Manifest, container: Manifest) -> None:
    mounts = {each["mountPath"]: each for each in container["volumeMounts"]}
    volumes = {each["name"]: each for each in pod["volumes"]}

    assert set(mounts) == {"/run/secrets", "/tmp"}
    assert mounts["/run/secrets"]["readOnly"] is True
    assert volumes["secrets"]["secret"]["secretName"] == "jangbu-search-password"
    assert volumes["tmp"]["emptyDir"] == {"sizeLimit": "64Mi"}


def test_service_leads_to_the_pod_and_each_probe_asks_whether_it_is_well(
    made: dict[str, Manifest], container: Manifest
) -> None:
    deployment, service = made["Deployment"]["spec"], made["Service"]["spec"]

    assert service["selector"] == deployment["selector"]["matchLabels"]
    assert service["selector"] == deployment["template"]["metadata"]["labels"]
    assert [port["targetPort"] for port in service["ports"]] == ["http"]
    assert container["ports"] == [{"name": "http", "containerPort": 8090}]
    asked = {
        container[f"{when}Probe"]["httpGet"]["path"]
        for when in ("startup", "readiness", "liveness")
    }
    assert asked == {"/health"}
    # Its sessions lie in memory.
    assert deployment["replicas"] == 1
