"""The search over card sales, as kubernetes/search.yaml deploys it and docs/airflow.md says."""

from __future__ import annotations

import json
import os
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from secrets import token_urlsafe

import pytest
from cluster import Cluster
from pods import MANIFESTS, ROOT, Database, make_secret
from server import image_name

NAMESPACE = "jangbu-search"
JAR = ROOT / "search-api" / "target" / "search-api.jar"


@pytest.fixture(scope="module")
def address(cluster: Cluster, database: Database, secrets: Path) -> Iterator[str]:
    """Where the deployed search answers, as soon as the cluster calls it available."""
    password = secrets / "jangbu_search_password"
    password.write_text(token_urlsafe(24))
    # What docker/postgres/search.sh does.
    with closing(database.connect()) as connection, connection, connection.cursor() as cursor:
        cursor.execute(
            "CREATE ROLE jangbu_search_api LOGIN IN ROLE jangbu_search PASSWORD %s",
            (password.read_text(),),
        )
    manifest = (MANIFESTS / "search.yaml").read_text()
    deployed = manifest.replace("jangbu/search-api:latest", image_name("search-api"))
    cluster.kubectl("apply", "-f", "-", given=deployed)
    make_secret(cluster, NAMESPACE, "jangbu-search-password", password)
    cluster.kubectl(
        "-n", NAMESPACE, "create", "configmap", "jangbu-database", f"--from-literal=url={database.url}"
    )  # fmt: skip
    cluster.kubectl(
        "-n", NAMESPACE, "wait", "--for=condition=available", "deployment/search-api",
        "--timeout=180s",
    )  # fmt: skip
    (pod,) = cluster.get("pods", "-n", NAMESPACE)["items"]
    yield f"http://{pod['status']['podIP']}:8090"
    cluster.kubectl("delete", "namespace", NAMESPACE)


def asked(url: str, key: str = "") -> int:
    request = urllib.request.Request(url, headers={"X-API-Key": key} if key else {})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refusal:
        with refusal:
            return refusal.code


def test_it_answers_who_has_a_key(address: str, database: Database, secrets: Path) -> None:
    day = f"{address}/api/v1/unit-prices?date=2026-01-20"
    assert asked(f"{address}/health") == 200
    assert asked(day) in (401, 302)

    made = subprocess.run(
        ["java", "-jar", str(JAR), "keys", "add", "kim", "--tenant", "acme"],
        env={
            **os.environ,
            "JANGBU_DB_URL": database.url,
            "JANGBU_DB_USER": "jangbu_jobs",
            "JANGBU_DB_PASSWORD_FILE": str(secrets / "jangbu_db_password"),
        },
        capture_output=True,
        text=True,
        check=True,
    )

    assert asked(day, made.stdout.split()[-1]) == 200
    assert asked(day, "jangbu_nobodys") == 401


@pytest.mark.usefixtures("address")
def test_its_pod_is_one_the_standard_lets_through_and_without_a_token(
    cluster: Cluster, secrets: Path
) -> None:
    (pod,) = cluster.get("pods", "-n", NAMESPACE)["items"]
    (container,) = pod["spec"]["containers"]
    assert pod["spec"]["automountServiceAccountToken"] is False
    assert container["securityContext"]["readOnlyRootFilesystem"] is True
    (status,) = pod["status"]["containerStatuses"]
    assert (status["ready"], status["restartCount"]) == (True, 0)
    assert (secrets / "jangbu_search_password").read_text() not in json.dumps(pod)
