"""Runs a job in a hardened container of its own."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from airflow.providers.docker.operators.docker import DockerOperator
from airflow.sdk.exceptions import AirflowFailException
from docker.errors import APIError, ImageNotFound, NotFound
from docker.types import LogConfig, Mount
from requests.exceptions import ConnectionError as ConnectionLost
from urllib3.exceptions import HTTPError

from jangbu.exit_codes import ExitCode
from jangbu.runners.job_run import LABEL, STOP_SECONDS, Ended, JobRun, LastSummary, lines_of
from jangbu.settings import SPARK_JOB, Settings

JOB_USER = "10001:10001"
PROCESS_LIMIT = 256
# An erasure by Spark on two cores was seen with 313 threads.
SPARK_PROCESS_LIMIT = 1024
WORKSPACE = "/workspace"
SECRET = "/run/secrets/jangbu_db_password"
CREDENTIAL_KEY = "/run/secrets/jangbu_credential_key"
CERTIFICATES = "/certificates"
INPUT = "/input"
OUT_OF_MEMORY = 137
VERDICTS = (ExitCode.DONE, ExitCode.QUALITY_FAILED)
API_SECONDS = 60
# Reconnecting to a log that breaks off, and asking again how a container ended.
PAUSE_SECONDS = 1.0
MOST_FAILURES = 60


class DockerJobRunner(DockerOperator):
    """The Docker provider's operator, with what a job's container needs beyond it.

    * read-only root, no capabilities, no way to new privileges, limits on processes and memory, an ordinary user;
    * only a job that logs in to shops' accounts has the key of their credentials, who signed the certificates of their
      databases, and a network with a way out;
    * the exit code is read by inspect, never out of a message;
    * a try that finds its own task's container still running (its worker died) follows that one instead of a second;
    * a container that came to its verdict is removed, a failed one is kept for on call and removed `keep_failed` later.
    """

    template_fields = ()

    def __init__(self, *, settings: Settings, **arguments: Any) -> None:
        super().__init__(
            image="",
            mount_tmp_dir=False,
            mem_limit=settings.job_memory,
            network_mode=settings.network,
            user=JOB_USER,
            timeout=API_SECONDS,
            **arguments,
        )
        self.settings = settings

    def run_job(self, run: JobRun, context: Any) -> Ended:
        """Runs the job to its end.

        :raises docker.errors.DockerException: the engine cannot be reached, or refuses the container
        """
        self.image = self.settings.image(run.image)
        attempt = self._reattach(run) or self._start(run)
        identity = self.container["Id"]
        summary = LastSummary()
        for line in self._lines(identity):
            summary.see(line)
            self.log.info("%s", line)
        state = self._state(identity)
        code, note = end_of(state)
        if code in VERDICTS:
            self.cli.remove_container(identity)
        else:
            self.log.info("container %s is kept for a look: docker logs it", identity[:12])
        self._remove_old_failures()
        return Ended(code, attempt, summary.value, note, summary.listed)

    def on_kill(self) -> None:
        """Asks the job to stop; the engine ends it if it does not within seconds."""
        if self.hook.client_created and self.container is not None:
            self.log.info("stopping container %s", self.container["Id"][:12])
            self.cli.stop(self.container["Id"], timeout=STOP_SECONDS)

    def _reattach(self, run: JobRun) -> str | None:
        """Takes up the container an earlier try of this task left running; its attempt's name."""
        labels = [f"{name}={value}" for name, value in run.owner_labels.items()]
        running = self.cli.containers(filters={"label": labels, "status": ["running"]})
        if not running:
            return None
        self.container = running[0]
        attempt = running[0]["Labels"][f"{LABEL}.attempt"]
        self.log.info("following container %s of attempt %s", self.container["Id"][:12], attempt)
        return attempt

    def _start(self, run: JobRun) -> str:
        name = f"jangbu-{run.job}-{run.slice}-{run.business_date}-{secrets.token_hex(4)}"
        try:
            self.container = self.cli.create_container(
                image=self.image,
                name=name,
                command=run.command,
                user=self.user,
                environment=self._job_environment(run),
                labels=run.labels,
                host_config=self._host_config(run),
            )
        except ImageNotFound as missing:
            raise AirflowFailException(not_built(self.image, run)) from missing
        self.cli.start(self.container["Id"])
        self.log.info("started container %s from %s", name, self.image)
        return run.attempt

    def _job_environment(self, run: JobRun) -> dict[str, str]:
        key = {"JANGBU_CREDENTIAL_KEY_FILE": CREDENTIAL_KEY} if self._gets_key(run) else {}
        return (
            dict(self.settings.job_environment)
            | {"JANGBU_WORKSPACE": WORKSPACE, "JANGBU_DB_PASSWORD_FILE": SECRET}
            | key
        )

    def _gets_key(self, run: JobRun) -> bool:
        return run.asks_a_platform and bool(self.settings.credential_key)

    def _host_config(self, run: JobRun) -> dict[str, Any]:
        settings = self.settings
        memory = settings.memory(run.program)
        return self.cli.create_host_config(
            mounts=self._job_mounts(run),
            network_mode=settings.shops_network if run.asks_a_platform else settings.network,
            read_only=True,
            tmpfs={"/tmp": "size=256m,nosuid,nodev,noexec"},
            cap_drop=["ALL"],
            security_opt=["no-new-privileges:true"],
            pids_limit=SPARK_PROCESS_LIMIT if run.program == SPARK_JOB else PROCESS_LIMIT,
            mem_limit=memory,
            memswap_limit=memory,
            log_config=LogConfig(
                type=LogConfig.types.JSON, config={"max-size": "10m", "max-file": "1"}
            ),
        )

    def _job_mounts(self, run: JobRun) -> list[Mount]:
        settings = self.settings
        mounts = [Mount(WORKSPACE, settings.workspace_volume, type="volume")]
        if settings.secret_file:
            mounts.append(Mount(SECRET, settings.secret_file, type="bind", read_only=True))
        if self._gets_key(run):
            mounts.append(
                Mount(CREDENTIAL_KEY, settings.credential_key, type="bind", read_only=True)
            )
        if run.asks_a_platform and settings.certificates:
            mounts.append(Mount(CERTIFICATES, settings.certificates, type="bind", read_only=True))
        if settings.input_folder:
            mounts.append(Mount(INPUT, settings.input_folder, type="bind", read_only=True))
        return mounts

    def _lines(self, identity: str) -> Iterator[str]:
        """The container's output, line by line, until it has ended; a connection that breaks is made again."""
        since = 0
        for _ in range(MOST_FAILURES):
            try:
                stream = self.cli.logs(identity, stream=True, follow=True, since=since or None)
                yield from lines_of(stream)
                if not self._is_running(identity):
                    return
            except (APIError, ConnectionLost, HTTPError, OSError) as failure:
                self.log.warning("the log of %s broke off: %s", identity[:12], failure)
            since = int(time.time())
            time.sleep(PAUSE_SECONDS)
        raise ConnectionLost(f"container {identity[:12]}: its log broke off {MOST_FAILURES} times")

    def _is_running(self, identity: str) -> bool:
        return bool(self.cli.inspect_container(identity)["State"]["Running"])

    def _state(self, identity: str) -> dict[str, Any]:
        self.cli.wait(identity)
        return self.cli.inspect_container(identity)["State"]

    def _remove_old_failures(self) -> None:
        """Removes ended containers of these jobs after their time; a failure to do so fails no task."""
        try:
            for container in self.cli.containers(
                all=True, filters={"label": f"{LABEL}.job", "status": ["exited", "dead"]}
            ):
                self._remove_if_old(container["Id"])
        except (APIError, ConnectionLost, OSError) as failure:
            self.log.warning("old containers were not removed: %s", failure)

    def _remove_if_old(self, identity: str) -> None:
        try:
            ended = self.cli.inspect_container(identity)["State"]["FinishedAt"]
            if is_over(ended, self.settings.keep_failed):
                self.cli.remove_container(identity)
                self.log.info("removed container %s, which ended at %s", identity[:12], ended)
        except NotFound:
            pass  # another task removed it


def not_built(image: str, run: JobRun) -> str:
    """How to come by an image the engine does not have; no retry brings it."""
    switch = "JANGBU_SPARK=1 " if run.program == SPARK_JOB else ""
    return f"image {image}: not there (expected: built by `{switch}make images`)"


def end_of(state: dict[str, Any]) -> tuple[int, str]:
    """The exit code of an ended container, and in words what the code alone does not tell.

    The kernel may end a process other than the first; then the code is another than 137.
    """
    if state.get("OOMKilled"):
        return OUT_OF_MEMORY, "the container ran out of memory"
    return state["ExitCode"], ""


def is_over(moment: str, age: timedelta) -> bool:
    """Whether a moment as the engine writes it (RFC 3339, nanoseconds) is longer ago than an age."""
    return datetime.now(UTC) - datetime.fromisoformat(moment[:19] + "+00:00") > age
