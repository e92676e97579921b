"""The settings of the DAGs, from the environment of Airflow's processes. All of them see the same."""

from __future__ import annotations

import os
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
RUNNERS = ("local", "docker", "kubernetes")
SPARK_JOB = "spark-job"
JOB_SETTINGS = (
    "JANGBU_DB_URL",
    "JANGBU_DB_USER",
    "JANGBU_ZONE",
    "JANGBU_PROFILE",
    "JANGBU_ABLY_LAYOUT",
    "JANGBU_CAFE24_API_VERSION",
)


class SettingError(ValueError):
    """A setting that cannot be meant, told in one line."""


@dataclass(frozen=True)
class Settings:
    """What the environment says, read once when a DAG file is parsed.

    `workspace` is the jobs' shared folder as Airflow's processes see it; `job_environment` is handed to every job and
    holds no secret. Memory is in Docker's notation (`1g`), times are `timedelta`s.
    """

    runner: str
    workspace: Path
    alert_state: Path
    runbook_url: str
    search_url: str
    source_arguments: tuple[str, ...]
    contract: str
    is_ably_crawled: bool
    retries: int
    retry_delay: timedelta
    job_environment: Mapping[str, str]
    image_prefix: str
    image_tag: str
    network: str
    shops_network: str
    workspace_volume: str
    secret_file: str
    credential_key: str
    certificates: str
    input_folder: str
    job_memory: str
    spark_memory: str
    spark_master: str
    spark_conf: str
    keep_failed: timedelta
    pod_namespace: str
    pod_workspace_claim: str
    pod_secret: str
    pod_credential_secret: str
    pod_certificates: str
    pod_service_account: str
    pod_spark_service_account: str
    pod_cpu: str

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """Reads `JANGBU_*`.

        :raises SettingError: names the setting, its value and what was expected
        """

        def value(name: str, default: str = "") -> str:
            return environment.get(f"JANGBU_{name}", "").strip() or default

        workspace = Path(value("WORKSPACE", str(CHECKOUT / "data"))).expanduser()
        if not workspace.is_absolute():
            workspace = CHECKOUT / workspace
        return cls(
            runner=_one_of("JANGBU_RUNNER", value("RUNNER", "local"), RUNNERS),
            workspace=workspace,
            alert_state=Path(value("ALERT_STATE", str(workspace / "alerts"))),
            runbook_url=value("RUNBOOK_URL", "docs/runbook.md"),
            search_url=value("SEARCH_URL").rstrip("/"),
            source_arguments=tuple(
                shlex.split(value("SOURCE_ARGUMENTS", "--source simulator --users 500 --seed 7"))
            ),
            contract=value("CONTRACT"),
            is_ably_crawled=_one_of("JANGBU_ABLY_CRAWL", value("ABLY_CRAWL", "0"), ("0", "1"))
            == "1",
            retries=_whole("JANGBU_RETRIES", value("RETRIES", "3")),
            retry_delay=timedelta(
                seconds=_whole("JANGBU_RETRY_SECONDS", value("RETRY_SECONDS", "30"))
            ),
            job_environment={
                name: environment[name].strip() for name in JOB_SETTINGS if environment.get(name)
            },
            image_prefix=value("IMAGE_PREFIX", "jangbu/"),
            image_tag=value("IMAGE_TAG", "latest"),
            network=value("DOCKER_NETWORK", "jangbu_jobs"),
            shops_network=value("DOCKER_SHOPS_NETWORK", "jangbu_shops"),
            workspace_volume=value("DOCKER_WORKSPACE", "jangbu_workspace"),
            secret_file=value("DOCKER_SECRET"),
            credential_key=value("DOCKER_CREDENTIAL_KEY"),
            certificates=value("DOCKER_CERTIFICATES"),
            input_folder=value("DOCKER_INPUT"),
            job_memory=value("JOB_MEMORY", "1g"),
            spark_memory=value("SPARK_MEMORY", "3g"),
            spark_master=value("SPARK_MASTER"),
            spark_conf=value("SPARK_CONF"),
            keep_failed=timedelta(
                hours=_whole("JANGBU_KEEP_FAILED_HOURS", value("KEEP_FAILED_HOURS", "48"))
            ),
            pod_namespace=value("POD_NAMESPACE", "jangbu"),
            pod_workspace_claim=value("POD_WORKSPACE_CLAIM", "jangbu-workspace"),
            pod_secret=value("POD_SECRET", "jangbu-db-password"),
            pod_credential_secret=value("POD_CREDENTIAL_SECRET", "jangbu-credential-key"),
            pod_certificates=value("POD_CERTIFICATES", "jangbu-certificates"),
            pod_service_account=value("POD_SERVICE_ACCOUNT", "jangbu-jobs"),
            pod_spark_service_account=value("POD_SPARK_SERVICE_ACCOUNT", "jangbu-spark"),
            pod_cpu=value("POD_CPU", "500m"),
        )

    def image(self, name: str) -> str:
        """The full name of an image of ours."""
        return f"{self.image_prefix}{name}:{self.image_tag}"

    def memory(self, program: str) -> str:
        """What a job may take; Spark takes more than the others."""
        return self.spark_memory if program == SPARK_JOB else self.job_memory

    @property
    def contract_arguments(self) -> tuple[str, ...]:
        """The transform job's contract, where one was chosen."""
        return ("--contract", self.contract) if self.contract else ()


def _one_of(name: str, value: str, choices: tuple[str, ...]) -> str:
    if value not in choices:
        raise SettingError(f"{name}: {value} (expected: {', '.join(choices)})")
    return value


def _whole(name: str, value: str) -> int:
    if not value.isascii() or not value.isdigit():
        raise SettingError(f"{name}: {value} (expected: a whole number, 0 or more)")
    return int(value)
