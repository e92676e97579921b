"""Airflow on a laptop: its processes as this user's, the DAGs in local mode, the workspace's own database."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from jangbu_run.jobs import USAGE, Outcome, run_job
from jangbu_run.project import ROOT, Refusal, held, say

VENV = ROOT / ".venv-airflow"
DAGS = ROOT / "dags"
USER = "admin"
READY_SECONDS = 120
STOP_SECONDS = 20
# The triggerer is left out: nothing waits in it, and it takes 240 MB.
PROCESSES = {
    "api-server": ("airflow", "api-server"),
    "scheduler": ("airflow", "scheduler"),
    "dag-processor": ("airflow", "dag-processor"),
    "alert-sentinel": ("python", "-m", "jangbu.alerts.sentinel"),
}


@dataclass(frozen=True)
class Place:
    """Where this Airflow keeps its things, and where it listens."""

    workspace: Path
    port: int

    @property
    def home(self) -> Path:
        return self.workspace / "airflow"

    @property
    def logs(self) -> Path:
        return self.home / "process-logs"

    @property
    def passwords(self) -> Path:
        return self.home / "passwords.json"

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"


def from_process(environment: dict[str, str]) -> Place:
    """The place the settings name: WORKSPACE and PORT."""
    workspace = environment.get("WORKSPACE") or environment.get("JANGBU_WORKSPACE") or "data"
    port = environment.get("PORT") or "8080"
    if not port.isascii() or not port.isdigit() or not 1024 <= int(port) <= 65_535:
        raise Refusal(f"PORT: {port} (expected: a number from 1024 to 65535)", USAGE)
    return Place((ROOT / Path(workspace).expanduser()).absolute(), int(port))


def run(place: Place) -> int:
    """Starts Airflow and stays until it is stopped by Ctrl-C or SIGTERM; then nothing is left running."""
    install()
    place.home.mkdir(parents=True, exist_ok=True)
    with held(place.home, "", 0.0, f"{place.home}: Airflow runs here already, or starts"):
        require_free(place.port)
        prepare_database(place)
        environment = settings(place)
        prepare_airflow(place, environment)
        return attend(place, environment)


def install() -> None:
    """Installs the locked requirements, where they are not installed yet."""
    if subprocess.run([ROOT / "bin" / "venv", "airflow"], check=False).returncode != 0:
        raise Refusal("Airflow was not installed; the lines above say why")


def require_free(port: int) -> None:
    """Refuses a port another process listens on."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise Refusal(
                f"PORT: {port} is taken (expected: a free one; make airflow PORT=8081)", USAGE
            ) from None


def free_ports(count: int) -> list[int]:
    """Ports nobody listens on at this moment."""
    with contextlib.ExitStack() as open_ones:
        sockets = [open_ones.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]


def prepare_database(place: Place) -> None:
    """Starts and migrates the jobs' database."""
    if not os.environ.get("JANGBU_DB_URL", "").strip():
        must(run_job("dev-database", "start", workspace=place.workspace), "the database")
    must(run_job("load-job", "migrate", workspace=place.workspace), "the migration")


def must(outcome: Outcome, what: str) -> None:
    """Refuses to go on after a job that failed."""
    if not outcome.is_done:
        raise Refusal(f"{what}: {outcome.reason}", outcome.code)


def settings(place: Place) -> dict[str, str]:
    """The environment of Airflow's processes."""
    home = place.home
    given = {n: v for n, v in os.environ.items() if n != "PYTHONDONTWRITEBYTECODE"}
    return (
        given
        | {
            "PATH": f"{VENV / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(DAGS),
            "JANGBU_RUNNER": "local",
            "JANGBU_WORKSPACE": str(place.workspace),
            "AIRFLOW_HOME": str(home),
            "AIRFLOW__CORE__DAGS_FOLDER": str(DAGS),
            "AIRFLOW__CORE__PLUGINS_FOLDER": str(DAGS / "plugins"),
            "AIRFLOW__CORE__LOAD_EXAMPLES": "false",
            "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
            "AIRFLOW__CORE__PARALLELISM": "4",
            "AIRFLOW__CORE__DEFAULT_TIMEZONE": "Asia/Seoul",
            "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "true",
            "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"{place.url}/execution/",
            "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": f"{USER}:admin",
            "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(place.passwords),
            "AIRFLOW__CORE__FERNET_KEY": "",
            "AIRFLOW__API__HOST": "127.0.0.1",
            "AIRFLOW__API__PORT": str(place.port),
            "AIRFLOW__API__BASE_URL": place.url,
            "AIRFLOW__API__WORKERS": "1",
            "AIRFLOW__API__SECRET_KEY": secret(home / "api-secret"),
            "AIRFLOW__API_AUTH__JWT_SECRET": secret(home / "jwt-secret"),
            "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{home / 'airflow.db'}",
            "AIRFLOW__LOGGING__BASE_LOG_FOLDER": str(home / "logs"),
            "AIRFLOW__SCHEDULER__SCHEDULER_IDLE_SLEEP_TIME": "0.2",
            "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT": "60",
            "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "false",
            "JANGBU_AIRFLOW_URL": place.url,
            "JANGBU_AIRFLOW_USER": USER,
            "JANGBU_AIRFLOW_PASSWORDS_FILE": str(place.passwords),
        }
        | slack_connection()
    )


def slack_connection() -> dict[str, str]:
    """Airflow's connection for SLACK_WEBHOOK_URL; none where it is not set."""
    url = os.environ.get("SLACK_WEBHOOK_URL", "").strip()
    return {"AIRFLOW_CONN_SLACK_WEBHOOK": slack_json(url)} if url else {}


def slack_json(url: str) -> str:
    """A webhook's URL as the Slack provider wants it: its server apart from its secret path."""
    scheme, _, rest = url.partition("://")
    server, _, path = rest.partition("/")
    if scheme not in ("http", "https") or not server or not path:
        raise Refusal("SLACK_WEBHOOK_URL: no webhook (expected: https://server/services/…)", USAGE)
    connection = {"conn_type": "slackwebhook", "host": f"{scheme}://{server}", "password": path}
    return json.dumps(connection)


def secret(file: Path) -> str:
    """A random word kept in a file that only this user reads."""
    if not file.is_file():
        write_private(file, secrets.token_urlsafe(64))
    return file.read_text("utf-8")


def write_private(file: Path, text: str) -> None:
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as stream:
        stream.write(text)


def prepare_airflow(place: Place, environment: dict[str, str]) -> None:
    """Brings Airflow's own database up to date, with a password that is nobody's default."""
    if not place.passwords.is_file():
        write_private(place.passwords, json.dumps({USER: secrets.token_urlsafe(12)}))
    place.logs.mkdir(exist_ok=True)
    for command in (
        ("airflow", "db", "migrate"),
        ("airflow", "pools", "import", str(DAGS / "pools.json")),
    ):
        with (place.logs / "prepare.log").open("ab") as log:
            done = subprocess.run(
                command, env=environment, stdout=log, stderr=subprocess.STDOUT, check=False
            )
        if done.returncode != 0:
            raise Refusal(f"{' '.join(command)} failed; see {place.logs / 'prepare.log'}")


def attend(place: Place, environment: dict[str, str]) -> int:
    """Runs the processes side by side until one ends or this one is told to stop."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        with running(place, environment, PROCESSES) as processes:
            tell(place)
            return wait_for_an_end(place, processes)
    except KeyboardInterrupt:
        return 0


@contextmanager
def running(
    place: Place, environment: dict[str, str], commands: Mapping[str, Sequence[str]]
) -> Iterator[dict[str, subprocess.Popen[bytes]]]:
    """Airflow's processes, from when all are well; stopped whatever happens."""
    processes: dict[str, subprocess.Popen[bytes]] = {}
    try:
        for name, command in commands.items():
            with (place.logs / f"{name}.log").open("ab") as log:
                processes[name] = subprocess.Popen(
                    command,
                    env=environment,
                    cwd=place.home,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                )
        wait_until_ready(place, processes)
        yield processes
    finally:
        stop(processes)


def wait_until_ready(place: Place, processes: dict[str, subprocess.Popen[bytes]]) -> None:
    """Until all parts of Airflow say that they are well."""
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        refuse_if_ended(place, processes)
        with contextlib.suppress(OSError, ValueError, urllib.error.URLError):
            with urllib.request.urlopen(f"{place.url}/api/v2/monitor/health", timeout=5) as answer:
                health = json.load(answer)
            parts = ("metadatabase", "scheduler", "dag_processor")
            if all(health[part]["status"] == "healthy" for part in parts):
                return
        time.sleep(0.5)
    raise Refusal(f"Airflow was not ready after {READY_SECONDS} s; see {place.logs}")


def refuse_if_ended(place: Place, processes: dict[str, subprocess.Popen[bytes]]) -> None:
    for name, process in processes.items():
        if process.poll() is not None:
            raise Refusal(
                f"{name} ended with exit code {process.returncode}; see {place.logs / name}.log"
            )


def tell(place: Place) -> None:
    """Where to look, and as whom."""
    password = json.loads(place.passwords.read_text("utf-8"))[USER]
    say(
        f"Airflow is at {place.url} (user {USER}, password {password})\n"
        "  switch event_pipeline on to run it each morning, or press Trigger and choose a business date\n"
        f"  the processes write to {place.logs}\n"
        "  Ctrl-C stops it"
    )


def wait_for_an_end(place: Place, processes: dict[str, subprocess.Popen[bytes]]) -> int:
    while True:
        refuse_if_ended(place, processes)
        time.sleep(1)


def stop(processes: dict[str, subprocess.Popen[bytes]]) -> None:
    """Asks all to stop, and ends those that do not within seconds."""
    say("stopping Airflow ...")
    for process in processes.values():
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
    deadline = time.monotonic() + STOP_SECONDS
    for process in processes.values():
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
