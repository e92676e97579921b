"""An Airflow of the tests' own: SQLite in a temporary folder, the DAGs of this checkout, jobs as local processes."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

DAGS = Path(__file__).resolve().parents[1]
CHECKOUT = DAGS.parent
HOME = Path(tempfile.mkdtemp(prefix="jangbu-airflow-"))

# A cluster that is never asked: pods are only drawn up here.
KUBE_CONFIG = """
apiVersion: v1
kind: Config
current-context: none
contexts: [{name: none, context: {cluster: none, user: none}}]
clusters: [{name: none, cluster: {server: "http://127.0.0.1:9"}}]
users: [{name: none, user: {}}]
"""
(HOME / "kubeconfig").write_text(KUBE_CONFIG)

# Before anything imports Airflow: it reads its settings once.
os.environ.update(
    {
        "AIRFLOW_HOME": str(HOME),
        "AIRFLOW__CORE__DAGS_FOLDER": str(DAGS),
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(DAGS / "plugins"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "false",
        "AIRFLOW__CORE__UNIT_TEST_MODE": "false",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{HOME / 'airflow.db'}",
        "AIRFLOW__LOGGING__BASE_LOG_FOLDER": str(HOME / "logs"),
        "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "false",
        "PYTHONPATH": str(DAGS),
        "KUBECONFIG": str(HOME / "kubeconfig"),
        "JANGBU_RUNNER": "local",
        "JANGBU_WORKSPACE": str(HOME / "workspace"),
        "JANGBU_RETRY_SECONDS": "0",
        "JANGBU_DB_URL": "",
    }
)
os.environ.pop("SLACK_WEBHOOK_URL", None)
sys.path.insert(0, str(DAGS))

import shutil  # noqa: E402
import subprocess  # noqa: E402
from collections.abc import Iterator  # noqa: E402

import pytest  # noqa: E402


def pytest_sessionfinish() -> None:
    shutil.rmtree(HOME, ignore_errors=True)


@pytest.fixture(scope="session")
def airflow_database() -> None:
    """Airflow's own tables."""
    from airflow.utils.db import initdb

    initdb()


@pytest.fixture(scope="session")
def workspace() -> Iterator[Path]:
    """A workspace with its own migrated PostgreSQL, and the jobs' jars built."""
    folder = HOME / "workspace"
    run("build")
    run("job", "dev-database", "start")
    run("job", "load-job", "migrate")
    yield folder
    run("job", "dev-database", "stop")


def run(program: str, *arguments: str) -> None:
    """Runs one of the checkout's programs on the tests' workspace."""
    done = subprocess.run(
        [CHECKOUT / "bin" / program, *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


# Behind the environment above, which they need.
from scripted_jobs import jobs, slack  # noqa: E402, F401
