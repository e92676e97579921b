"""What is kept no longer: what is older than the policy, in the lake too, and held records whose date has come."""

from __future__ import annotations

from datetime import timedelta

import pendulum
from airflow.sdk import DAG, task

from jangbu.alerts import callbacks
from jangbu.business_date import ZONE, business_date
from jangbu.operators import SETTINGS, BatchJobOperator
from jangbu.texts import RETENTION_DOC, TASK_DOCS
from jangbu.timetable import BusinessDayTimetable

AS_OF = ["--as-of", "{{ business_date(dag_run, params) }}"]

with DAG(
    dag_id="retention",
    description="Remove what is older than retention.yml keeps it",
    doc_md=RETENTION_DOC,
    schedule=BusinessDayTimetable(starts_at="05:00", catch_up_days=1),
    start_date=pendulum.datetime(2020, 1, 1, tz=ZONE.key),
    catchup=False,
    # What it removes is gone: somebody reads the policy and switches it on.
    is_paused_upon_creation=True,
    max_active_runs=1,
    dagrun_timeout=timedelta(hours=6),
    user_defined_macros={"business_date": business_date},
    default_args={
        "owner": "data-platform",
        "retries": SETTINGS.retries,
        "retry_delay": SETTINGS.retry_delay,
        "retry_exponential_backoff": 2,
        "max_retry_delay": timedelta(minutes=15),
        "on_failure_callback": callbacks.on_task_failure,
    },
    on_failure_callback=callbacks.on_run_failure,
    tags=["events", "daily"],
) as dag:
    retain = BatchJobOperator(
        task_id="retain",
        job="load-job",
        slice="retain",
        arguments=["retain", *AS_OF],
        execution_timeout=timedelta(hours=4),
        doc_md=TASK_DOCS["retain"],
    )

    @task.short_circuit(
        retries=0, execution_timeout=timedelta(minutes=5), doc_md=TASK_DOCS["has_lake"]
    )
    def has_lake(ti):
        """Whether load-job found a lake: nothing of Spark is started without one."""
        return bool((ti.xcom_pull(task_ids="retain") or {}).get("spark"))

    retain_lake = BatchJobOperator(
        task_id="retain_lake",
        job="spark-job",
        slice="lake-retain",
        arguments=["lake", "retain", "events", *AS_OF],
        execution_timeout=timedelta(hours=1),
        doc_md=TASK_DOCS["retain_lake"],
    )

    retain >> has_lake() >> retain_lake
