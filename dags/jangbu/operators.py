"""The operators of the DAGs: a job, and the job whose verdict decides the way on."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from airflow.sdk import BranchMixIn
from airflow.sdk.exceptions import AirflowException, AirflowFailException

from jangbu.business_date import business_date
from jangbu.exit_codes import ExitCode, can_retry_help, meaning
from jangbu.runners import runner_class
from jangbu.runners.job_run import Ended, JobRun
from jangbu.settings import SPARK_JOB, Settings

SETTINGS = Settings.from_environment()
RESULT_KEY = "job_result"
SPARK = "spark"


class JobFailed(AirflowException):
    """A job that ended otherwise than well, and may end better the next time."""

    def __init__(self, message: str, exit_code: int | None, summary: dict[str, Any]) -> None:
        super().__init__(message)
        self.exit_code = exit_code
        self.summary = summary


class JobRefused(JobFailed, AirflowFailException):
    """A job that would end the same way each time: Airflow does not try again."""


class BatchJobOperator(runner_class(SETTINGS)):
    """Runs one job for the run's business date, where `JANGBU_RUNNER` says.

    The job's arguments are a list of templates; one that renders empty is left out. In a mapped task group dataset and
    slice are what the group was mapped over. How the run ended is read from the
    summary the job wrote (`runs/…/<attempt>.json` in the workspace), and if that cannot be read from the last JSON line
    it printed; the exit code is the process's own. XCom `job_result` holds `exit_code`, `summary` and `attempt`, also
    of a job that failed.

    :param job: the job's name, such as `load-job`
    :param arguments: its command line, without `--attempt`
    :param dataset: what kind of records, as in the job's own words
    :param slice: `all`, or the part of the day's work that is this task's
    :param on_spark: the command line of spark-job that does the same in the job's place, where
        the run's parameter `engine` says `spark`
    :raises JobFailed: exit codes a retry may help against
    :raises JobRefused: exit codes it cannot
    """

    template_fields: Sequence[str] = ("arguments", "dataset", "slice", "on_spark")
    ui_color = "#e8f1fa"

    def __init__(
        self,
        *,
        job: str,
        arguments: Sequence[str],
        dataset: str = "events",
        slice: str = "all",
        on_spark: Sequence[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(settings=SETTINGS, **kwargs)
        self.job = job
        self.arguments = list(arguments)
        self.dataset = dataset
        self.slice = slice
        self.on_spark = list(on_spark)

    def execute(self, context: Any) -> Any:
        run = self._job_run(context)
        ended = self.run_job(run, context)
        summary = self._summary(run, ended)
        result = {"exit_code": ended.exit_code, "summary": summary, "attempt": ended.attempt}
        context["ti"].xcom_push(key=RESULT_KEY, value=result)
        return self.conclude(context, run, ended, summary)

    def conclude(
        self, context: Any, run: JobRun, ended: Ended, summary: dict[str, Any]
    ) -> dict[str, Any]:
        """The summary of a job that is done; anything else is raised."""
        if ended.exit_code == ExitCode.DONE:
            return summary
        raise failure(run, ended, summary)

    def _job_run(self, context: Any) -> JobRun:
        ti = context["ti"]
        is_on_spark = bool(self.on_spark) and context["params"].get("engine") == SPARK
        arguments = self.on_spark if is_on_spark else self.arguments
        return JobRun(
            job=self.job,
            dataset=self.dataset,
            slice=self.slice,
            business_date=business_date(context["dag_run"], context["params"]),
            arguments=tuple(argument for argument in arguments if argument),
            dag_id=ti.dag_id,
            run_id=ti.run_id,
            task_id=ti.task_id,
            try_number=ti.try_number,
            map_index=ti.map_index,
            stand_in=SPARK_JOB if is_on_spark else "",
        )

    def _summary(self, run: JobRun, ended: Ended) -> dict[str, Any]:
        """What the job wrote about its run; empty where it wrote nothing final."""
        file = run.summary_file(self.settings.workspace, ended.attempt)
        try:
            written = json.loads(file.read_text("utf-8"))
        except (OSError, ValueError) as problem:
            self.log.info("no summary in %s (%s); taking the last line", file, problem)
            written = ended.printed or {}
        return written if isinstance(written, dict) and "exit_code" in written else {}


class AccountsOperator(BatchJobOperator):
    """Lists the shops' accounts: the JSON array the job prints, as it is, for what follows.

    :raises JobFailed: also when it printed none
    """

    def conclude(
        self, context: Any, run: JobRun, ended: Ended, summary: dict[str, Any]
    ) -> list[dict[str, Any]]:
        if ended.exit_code != ExitCode.DONE:
            raise failure(run, ended, summary)
        if ended.listed is None:
            raise JobFailed(f"{told(run)}: no list printed (expected: a JSON array)", None, summary)
        return ended.listed


class CheckOperator(BatchJobOperator):
    """The job that checks a slice: refused data fails the task, without another try, and what is after it does not run.

    Exit code 10 is believed only with a summary that says `quality_failed`; without it the job has crashed.
    """

    def conclude(
        self, context: Any, run: JobRun, ended: Ended, summary: dict[str, Any]
    ) -> dict[str, Any]:
        believe(run, ended, summary)
        return super().conclude(context, run, ended, summary)


class QualityGateOperator(BatchJobOperator, BranchMixIn):
    """The job whose verdict decides the way on: passed, or refused.

    Exit code 10 is believed only with a summary that says `quality_failed`; without it the job has crashed.

    :param passed: the tasks or task groups after a day that passed
    :param refused: those after a day that did not
    """

    inherits_from_skipmixin = True
    ui_color = "#fff4d6"

    def __init__(self, *, passed: Sequence[str], refused: Sequence[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.passed = list(passed)
        self.refused = list(refused)

    def conclude(
        self, context: Any, run: JobRun, ended: Ended, summary: dict[str, Any]
    ) -> dict[str, Any]:
        believe(run, ended, summary)
        is_refused = ended.exit_code == ExitCode.QUALITY_FAILED
        if not is_refused:
            super().conclude(context, run, ended, summary)
        # Branching ends the task by an exception, which would lose a returned value.
        context["ti"].xcom_push(key="return_value", value=summary)
        self.do_branch(context, self.refused if is_refused else self.passed)
        return summary


def believe(run: JobRun, ended: Ended, summary: dict[str, Any]) -> None:
    """Lets any end pass but exit code 10 without its summary.

    :raises JobFailed: the job has crashed with that code
    """
    is_refused = ended.exit_code == ExitCode.QUALITY_FAILED
    if is_refused and summary.get("status") != "quality_failed":
        raise JobFailed(
            f"{told(run)}: exit code 10 without a summary that says quality_failed", None, summary
        )


def failure(run: JobRun, ended: Ended, summary: dict[str, Any]) -> JobFailed:
    """A job's failure in one line, as an exception that says whether a retry may help.

    It does not where the account's owner must act first.
    """
    code = ended.exit_code
    words = summary.get("message") or ended.note
    message = f"{told(run)}: exit code {code}, {meaning(code)}" + (f": {words}" if words else "")
    may_help = can_retry_help(code) and not summary.get("needs_attention")
    kind = JobFailed if may_help else JobRefused
    return kind(message, code, summary)


def told(run: JobRun) -> str:
    """Whose run it is, for people."""
    part = "" if run.slice == "all" else f" {run.slice}"
    return f"{run.job} {run.dataset}{part} {run.business_date}"
