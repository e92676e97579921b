"""Runs a job as a process of its own on Airflow's machine."""

from __future__ import annotations

import os
import signal
import subprocess
from typing import Any

from airflow.sdk import BaseOperator

from jangbu.runners.job_run import STOP_SECONDS, Ended, JobRun, LastSummary
from jangbu.settings import CHECKOUT, Settings

NOT_FOR_JOBS = ("AIRFLOW", "_AIRFLOW", "SLACK_", "PYTHON")
PROGRAM = CHECKOUT / "bin" / "job"


class LocalJobRunner(BaseOperator):
    """Starts `bin/job`, passes its lines on to the task's log, and stops it when the task is stopped.

    When the task's own process is killed the job runs on; the next try is held off by the job's lock (exit 12) until it
    has ended.
    """

    def __init__(self, *, settings: Settings, **arguments: Any) -> None:
        super().__init__(**arguments)
        self.settings = settings
        self._process: subprocess.Popen[str] | None = None

    def run_job(self, run: JobRun, context: Any) -> Ended:
        """Runs the job to its end.

        :raises OSError: the process cannot be started
        """
        summary = LastSummary()
        with subprocess.Popen(
            [str(PROGRAM), run.program, *run.command],
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
        ) as process:
            self._process = process
            for line in process.stdout or ():
                summary.see(line)
                self.log.info("%s", line.rstrip())
        code = process.returncode
        ended = 128 - code if code < 0 else code
        return Ended(ended, run.attempt, summary.value, listed=summary.listed)

    def _environment(self) -> dict[str, str]:
        """Airflow's environment without Airflow's own settings and secrets."""
        kept = {
            name: text for name, text in os.environ.items() if not name.startswith(NOT_FOR_JOBS)
        }
        kept |= self.settings.job_environment
        return kept | {"JANGBU_WORKSPACE": str(self.settings.workspace)}

    def on_kill(self) -> None:
        """Asks the job to stop, and ends it if it does not within seconds."""
        process = self._process
        if process is None or process.poll() is not None:
            return
        self.log.info("stopping the job, process %s", process.pid)
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
