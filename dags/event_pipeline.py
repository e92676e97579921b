"""The morning's work: a business date's events from their source to the marts, and word of it to people."""

from __future__ import annotations

from datetime import timedelta

import pendulum
from airflow.sdk import DAG, Asset, Label, Param, TaskGroup, task

from jangbu.alerts import callbacks
from jangbu.business_date import ZONE, business_date
from jangbu.marts import MARTS, asset_uri
from jangbu.operators import SETTINGS, SPARK, BatchJobOperator, QualityGateOperator
from jangbu.texts import DAG_DOC, MART_DOC, TASK_DOCS
from jangbu.timetable import BusinessDayTimetable

DAY = ["--ds", "{{ business_date(dag_run, params) }}"]
PLANTED_DEFECTS = "{{ '--defects=%s' % params.defects if params.defects else '' }}"

with DAG(
    dag_id="event_pipeline",
    description="Events of a business date: extract, check, load, four marts, report",
    doc_md=DAG_DOC,
    schedule=BusinessDayTimetable(starts_at="02:00"),
    start_date=pendulum.datetime(2020, 1, 1, tz=ZONE.key),
    catchup=True,
    max_active_runs=4,
    dagrun_timeout=timedelta(hours=6),
    user_defined_macros={"business_date": business_date},
    params={
        "business_date": Param(
            None,
            type=["null", "string"],
            format="date",
            title="Business date (Asia/Seoul)",
            description="Empty: the last whole day. Backfills choose their dates themselves.",
        ),
        "engine": Param(
            "jvm",
            enum=["jvm", SPARK],
            title="Engine of checks and marts",
            description="spark: for a day too large for one machine, with the same results.",
        ),
        "defects": Param(
            0,
            type="number",
            minimum=0,
            maximum=1,
            title="Share of planted defects",
            description="Simulated source only: 0.05 makes a day that fails its checks.",
        ),
    },
    default_args={
        "owner": "data-platform",
        "retries": SETTINGS.retries,
        "retry_delay": SETTINGS.retry_delay,
        "retry_exponential_backoff": 2,
        "max_retry_delay": timedelta(minutes=15),
        "execution_timeout": timedelta(minutes=30),
        "on_failure_callback": callbacks.on_task_failure,
    },
    on_failure_callback=callbacks.on_run_failure,
    on_success_callback=callbacks.on_run_success,
    tags=["events", "daily"],
) as dag:
    extract = BatchJobOperator(
        task_id="extract",
        job="extract-job",
        arguments=["events", *DAY, *SETTINGS.source_arguments, PLANTED_DEFECTS],
        execution_timeout=timedelta(hours=1),
        doc_md=TASK_DOCS["extract"],
    )

    quality_gate = QualityGateOperator(
        task_id="quality_gate",
        job="transform-job",
        arguments=["events", *DAY, *SETTINGS.contract_arguments],
        on_spark=["validate", "events", *DAY, *SETTINGS.contract_arguments],
        passed=["load"],
        refused=["quality_alert"],
        doc_md=TASK_DOCS["quality_gate"],
    )

    load = BatchJobOperator(
        task_id="load",
        job="load-job",
        arguments=["events", *DAY],
        pool="jangbu_load",
        doc_md=TASK_DOCS["load"],
    )

    with TaskGroup(group_id="marts", tooltip="The day's marts, side by side") as marts:
        for mart in MARTS:
            BatchJobOperator(
                task_id=mart,
                job="mart-job",
                slice=mart,
                arguments=["build", "--mart", mart, *DAY],
                on_spark=["mart", "events", "--mart", mart, *DAY],
                outlets=[Asset(name=f"mart.{mart}", uri=asset_uri(mart))],
                pool="jangbu_marts",
                doc_md=MART_DOC.format(mart=mart),
            )

    @task(retries=0, doc_md=TASK_DOCS["quality_alert"])
    def quality_alert(**context):
        callbacks.tell_quality_failure(context)

    report = BatchJobOperator(
        task_id="report",
        job="mart-job",
        slice="report",
        arguments=["report", *DAY],
        trigger_rule="none_failed_min_one_success",
        doc_md=TASK_DOCS["report"],
    )

    @task(retries=1, doc_md=TASK_DOCS["notify"])
    def notify(**context):
        callbacks.tell_completion(context)

    @task(retries=0, doc_md=TASK_DOCS["day_refused"])
    def day_refused():
        from airflow.sdk.exceptions import AirflowFailException

        raise AirflowFailException("the day did not pass its checks and is not loaded")

    alert, told, refused = quality_alert(), notify(), day_refused()

    extract >> quality_gate
    quality_gate >> Label("0: passed") >> load >> marts >> report
    quality_gate >> Label("10: quality failed") >> alert >> report >> told
    # A leaf of its own, and not below the other branch: a run's state is that of its leaves.
    alert >> refused
