"""A server by docker-compose.yml under a name of its own, with its own secrets, port and volumes."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import time
from pathlib import Path
from typing import Any

from jangbu_run import server_setup
from jangbu_run.airflow_control import Airflow

ROOT = Path(__file__).resolve().parents[2]
PREFIX = os.environ.get("JANGBU_IMAGE_PREFIX", "jangbu/")
TAG = os.environ.get("JANGBU_IMAGE_TAG", "latest")
PROJECT = "jangbutest"


def image_name(job: str) -> str:
    return f"{PREFIX}{job}:{TAG}"


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


class Server:
    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder = folder
        self.secrets = folder / "secrets"
        self.certificates = folder / "certificates"
        self.port = free_port()
        self.search_port = free_port()
        self.settings = settings
        self.url = f"http://127.0.0.1:{self.port}"
        self.airflow = Airflow(self.url, (self.secrets / "airflow_admin_password",))

    @property
    def environment(self) -> dict[str, str]:
        group = server_setup.socket_group(dict(os.environ))
        return {
            **os.environ,
            "COMPOSE_PROJECT_NAME": PROJECT,
            "JANGBU_SECRETS": str(self.secrets),
            "JANGBU_DOCKER_SECRET": str(self.secrets / "jangbu_db_password"),
            "JANGBU_DOCKER_CREDENTIAL_KEY": str(self.secrets / "jangbu_credential_key"),
            "JANGBU_DOCKER_CERTIFICATES": str(self.certificates),
            "JANGBU_DOCKER_GROUP": str(group),
            "JANGBU_HTTP_PORT": str(self.port),
            "JANGBU_SEARCH_PORT": str(self.search_port),
            "JANGBU_IMAGE_PREFIX": PREFIX,
            "JANGBU_IMAGE_TAG": TAG,
            **self.settings,
        }

    def up(self) -> None:
        """Makes the secrets, starts everything and waits until all is healthy."""
        server_setup.make_secrets(self.secrets)
        server_setup.make_certificates(self.certificates)
        self.remove()
        self.run("bin/up")

    def remove(self) -> None:
        """Stops and deletes all of it, data included."""
        label = f"label=dev.jangbu.policy={PROJECT}_jobs"
        jobs = self.run("docker", "ps", "-aq", "--filter", label).split()
        if jobs:
            self.run("docker", "rm", "-f", *jobs)
        self.run("bin/compose", "down", "-v", "-t", "1", "--remove-orphans")

    def run(self, *command: str) -> str:
        done = subprocess.run(
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
        return done.stdout

    def container(self, service: str) -> str:
        return self.run("bin/compose", "ps", "-q", service).strip()

    def inside(self, service: str, *command: str) -> tuple[int, str]:
        """Runs a command in a service's container; its exit code and what it wrote."""
        done = subprocess.run(
            ["docker", "exec", self.container(service), *command],
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    def sql(self, statement: str, database: str = "jangbu") -> list[str]:
        """Lines of an answer, as the superuser."""
        code, text = self.inside(
            "postgres", "psql", "-U", "postgres", "-d", database, "-Atc", statement
        )
        assert code == 0, text
        return text.splitlines()

    def get(self, path: str) -> dict[str, Any]:
        status, answer = self.airflow.ask("GET", path, None, self.airflow.token())
        assert status == 200, answer
        return answer

    def wait_for_run(self, run_id: str, seconds: float = 240) -> str:
        """The state a run of the pipeline ends in."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            state = str(self.get(f"/api/v2/dags/event_pipeline/dagRuns/{run_id}")["state"])
            if state in ("success", "failed"):
                return state
            time.sleep(1)
        raise AssertionError(
            f"{run_id} did not end within {seconds} s: {json.dumps(self.tasks(run_id))}"
        )

    def tasks(self, run_id: str) -> dict[str, str]:
        found = self.get(f"/api/v2/dags/event_pipeline/dagRuns/{run_id}/taskInstances?limit=100")
        return {each["task_id"]: each["state"] for each in found["task_instances"]}
