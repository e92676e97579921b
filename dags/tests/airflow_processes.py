"""A real Airflow for a test: api-server, scheduler and dag-processor on SQLite in a folder of its own."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DAGS = Path(__file__).resolve().parents[1]
USER, PASSWORD = "admin", "only-for-this-test"
PROCESSES = ("api-server", "scheduler", "dag-processor")
READY_SECONDS = 120


@dataclass
class RealAirflow:
    """Airflow's REST API, as a person with a script would use it."""

    address: str
    home: Path
    token: str = ""

    @property
    def passwords_file(self) -> Path:
        return self.home / "passwords.json"

    def ask(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        headers = {"Content-Type": "application/json"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.address + path, data, headers, method=method)
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.load(answer)

    def log_in(self) -> None:
        self.token = self.ask("POST", "/auth/token", {"username": USER, "password": PASSWORD})[
            "access_token"
        ]

    def trigger(self, dag_id: str, **conf: Any) -> str:
        """Starts a run; its id."""
        body = {"logical_date": None, "conf": conf}
        return self.ask("POST", f"/api/v2/dags/{dag_id}/dagRuns", body)["dag_run_id"]

    def state(self, dag_id: str, run_id: str, seconds: float = 60) -> str:
        """How a run ended; what it is after so many seconds otherwise."""
        deadline = time.monotonic() + seconds
        while True:
            state = self.ask("GET", f"/api/v2/dags/{dag_id}/dagRuns/{run_id}")["state"]
            if state in ("success", "failed") or time.monotonic() > deadline:
                return state
            time.sleep(0.2)

    def unpause(self, dag_id: str, seconds: float = 60) -> None:
        """Switches a DAG on as soon as it has been parsed."""
        deadline = time.monotonic() + seconds
        while True:
            try:
                self.ask("PATCH", f"/api/v2/dags/{dag_id}", {"is_paused": False})
                return
            except urllib.error.HTTPError:
                assert time.monotonic() < deadline, self.logs()
                time.sleep(0.5)

    def logs(self) -> str:
        """All that was written, by the processes and in the tasks' own logs."""
        files = [*self.home.glob("*.out"), *(self.home / "logs").rglob("*.log")]
        return "\n".join(f"--- {file}\n{file.read_text('utf-8', 'replace')}" for file in files)


@contextmanager
def real_airflow(home: Path, dags: Path, settings: Mapping[str, str]) -> Iterator[RealAirflow]:
    """Starts Airflow, and leaves nothing of it running."""
    port, log_port = free_ports(2)
    airflow = RealAirflow(f"http://127.0.0.1:{port}", home)
    environment = environment_of(airflow, dags, log_port) | dict(settings)
    airflow.passwords_file.write_text(json.dumps({USER: PASSWORD}))
    command = [sys.executable, "-m", "airflow"]
    migrated = subprocess.run(
        [*command, "db", "migrate"], env=environment, cwd=home, capture_output=True, text=True, check=False
    )  # fmt: skip
    assert migrated.returncode == 0, migrated.stdout + migrated.stderr
    processes = []
    try:
        for name in PROCESSES:
            with (home / f"{name}.out").open("wb") as out:
                processes.append(
                    subprocess.Popen(
                        [*command, name],
                        env=environment,
                        cwd=home,
                        stdin=subprocess.DEVNULL,
                        stdout=out,
                        stderr=subprocess.STDOUT,
                        start_new_session=True,
                    )
                )
        wait_until_ready(airflow)
        airflow.log_in()
        yield airflow
    finally:
        stop(processes)


def environment_of(airflow: RealAirflow, dags: Path, log_port: int) -> dict[str, str]:
    kept = {name: text for name, text in os.environ.items() if not name.startswith("AIRFLOW")}
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    return kept | {
        "AIRFLOW_HOME": str(airflow.home),
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "PYTHONPATH": str(DAGS),
        "AIRFLOW__CORE__DAGS_FOLDER": str(dags),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "false",
        "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
        "AIRFLOW__CORE__PARALLELISM": "4",
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"{airflow.address}/execution/",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": f"{USER}:admin",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(airflow.passwords_file),
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{airflow.home / 'airflow.db'}",
        "AIRFLOW__API__HOST": "127.0.0.1",
        "AIRFLOW__API__PORT": airflow.address.rsplit(":", 1)[1],
        "AIRFLOW__API__BASE_URL": airflow.address,
        "AIRFLOW__API__WORKERS": "1",
        "AIRFLOW__API__SECRET_KEY": "k" * 64,
        "AIRFLOW__API_AUTH__JWT_SECRET": "j" * 64,
        "AIRFLOW__LOGGING__BASE_LOG_FOLDER": str(airflow.home / "logs"),
        "AIRFLOW__LOGGING__WORKER_LOG_SERVER_PORT": str(log_port),
        "AIRFLOW__SCHEDULER__SCHEDULER_IDLE_SLEEP_TIME": "0.2",
        "AIRFLOW__DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL": "5",
        "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "false",
    }


def wait_until_ready(airflow: RealAirflow) -> None:
    deadline = time.monotonic() + READY_SECONDS
    parts = ("metadatabase", "scheduler", "dag_processor")
    while time.monotonic() < deadline:
        try:
            health = airflow.ask("GET", "/api/v2/monitor/health")
            if all(health[part]["status"] == "healthy" for part in parts):
                return
        except (OSError, ValueError):
            pass
        time.sleep(0.3)
    raise AssertionError(f"Airflow is not ready after {READY_SECONDS} s\n{airflow.logs()}")


def stop(processes: list[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
    for process in processes:
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports
