"""A cluster of the tests' own, with the pipeline on it: Airflow beside it, each job a pod."""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from secrets import token_urlsafe

ROOT = Path(__file__).resolve().parents[2]
for folder in ("bin", "dags", "dags/tests", "docker/tests", "kubernetes/tests"):
    sys.path.insert(0, str(ROOT / folder))
HOME = Path(tempfile.mkdtemp(prefix="jangbu-kube-"))
# Before anything imports Airflow: it reads its settings once.
os.environ["AIRFLOW_HOME"] = str(HOME / "none")

import pytest  # noqa: E402
from airflow_processes import DAGS, RealAirflow, real_airflow  # noqa: E402
from alerts_support import SlackSink, slack_sink  # noqa: E402
from cluster import Cluster, image_identity  # noqa: E402
from pods import (  # noqa: E402
    ClusterServer,
    Database,
    PodPipeline,
    Runner,
    migrate,
    set_up,
    token_of,
)
from server import image_name  # noqa: E402

from jangbu.runners.kubernetes import PodJobRunner  # noqa: E402
from jangbu.settings import Settings  # noqa: E402
from jangbu_run.airflow_control import Airflow  # noqa: E402

JOBS = ("extract-job", "transform-job", "load-job", "mart-job", "spark-job")
POSTGRES = os.environ.get("JANGBU_POSTGRES_IMAGE", "postgres:17")
SMALL_EXECUTORS = "spark.executor.memory=600m spark.kubernetes.executor.request.cores=100m"
PASSWORDS = (
    "postgres_password",
    "airflow_db_password",
    "jangbu_migrate_password",
    "jangbu_db_password",
)


def pytest_sessionfinish() -> None:
    shutil.rmtree(HOME, ignore_errors=True)


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A cluster of one node, which has the jobs' images; nothing is left of it but its programs and images."""
    images = [*map(image_name, (*JOBS, "search-api")), POSTGRES]
    missing = [image for image in images if not image_identity(image)]
    assert not missing, f"{missing}: no such image (expected: `JANGBU_SPARK=1 make images` first)"
    folder = HOME / "cluster"
    folder.mkdir(mode=0o700)
    own = Cluster(folder)
    try:
        own.start(images)
        yield own
    finally:
        own.stop()


@pytest.fixture(scope="session")
def secrets() -> Path:
    """The passwords of a server, each in a file, as `make setup` makes them."""
    folder = HOME / "secrets"
    folder.mkdir(mode=0o700)
    for name in PASSWORDS:
        (folder / name).write_text(token_urlsafe(24))
    return folder


@pytest.fixture(scope="session")
def workspace() -> Path:
    return HOME / "workspace"


@pytest.fixture(scope="session")
def database(cluster: Cluster, workspace: Path, secrets: Path) -> Database:
    """The jobs' database, on a cluster that is ready for them."""
    made = set_up(cluster, workspace, secrets)
    migrate(cluster, image_name("load-job"))
    return made


@pytest.fixture(scope="session")
def airflow_account(cluster: Cluster, workspace: Path, database: Database) -> dict[str, str]:
    """The settings with which Airflow, as its service account, runs jobs on this cluster."""
    config = cluster.config_for("airflow", {"token": token_of(cluster, "airflow")})
    prefix, _, tag = image_name("").partition(":")
    return {
        "KUBECONFIG": str(config),
        "JANGBU_RUNNER": "kubernetes",
        "JANGBU_WORKSPACE": str(workspace),
        "JANGBU_ALERT_STATE": str(HOME / "alerts"),
        "JANGBU_DB_URL": database.url,
        "JANGBU_DB_USER": "jangbu_jobs",
        "JANGBU_IMAGE_PREFIX": prefix,
        "JANGBU_IMAGE_TAG": tag,
        "JANGBU_POD_CPU": "200m",
        "JANGBU_SPARK_MEMORY": "1500m",
    }


@pytest.fixture
def runner(airflow_account: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Runner:
    """Makes a runner with the account of Airflow, and other settings where a test needs them."""
    # The library has read KUBECONFIG already.
    extra = {"kube_config_path": airflow_account["KUBECONFIG"]}
    connection = json.dumps({"conn_type": "kubernetes", "extra": extra})
    monkeypatch.setenv("AIRFLOW_CONN_KUBERNETES_DEFAULT", connection)

    def made(**settings: str) -> PodJobRunner:
        chosen = Settings.from_environment(airflow_account | settings)
        return PodJobRunner(settings=chosen, task_id="probe")

    return made


@pytest.fixture(scope="session")
def slack() -> Iterator[SlackSink]:
    with slack_sink() as sink:
        yield sink


@pytest.fixture(scope="session")
def airflow(
    cluster: Cluster, airflow_account: dict[str, str], slack: SlackSink
) -> Iterator[RealAirflow]:
    """A real Airflow with the DAGs of this checkout."""
    home = HOME / "airflow"
    home.mkdir()
    settings = airflow_account | {
        "JANGBU_SPARK_MASTER": f"k8s://{cluster.url}",
        # Four marts at once have four of them.
        "JANGBU_SPARK_CONF": f"spark.executor.instances=1 {SMALL_EXECUTORS}",
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(DAGS / "plugins"),
        "AIRFLOW__CORE__DEFAULT_TIMEZONE": "Asia/Seoul",
        "AIRFLOW__CORE__PARALLELISM": "8",
        "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT": "60",
        "AIRFLOW_CONN_SLACK_WEBHOOK": slack.connection,
        "JANGBU_RETRIES": "1",
        "JANGBU_RETRY_SECONDS": "1",
    }
    with real_airflow(home, DAGS, settings) as started:
        yield started


@pytest.fixture(scope="session")
def pipeline(
    cluster: Cluster, database: Database, airflow: RealAirflow, slack: SlackSink
) -> PodPipeline:
    """The pipeline on that cluster."""
    server = ClusterServer(Airflow(airflow.address, (airflow.passwords_file,)), database)
    own = PodPipeline(server, cluster, slack)
    own.make_pools()
    airflow.unpause("event_pipeline")
    return own
