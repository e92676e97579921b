"""Card sales: every six hours what changed at the source; when a day is over, its marts and what does not fit."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pendulum
from airflow.sdk import DAG, Asset, Label, Param, TaskGroup, task, task_group
from airflow.timetables.interval import CronDataIntervalTimetable

from jangbu.account_steps import bring_in
from jangbu.accounts import CARD_SALES, CARD_SOURCE, card_parts_of
from jangbu.alerts import callbacks, card_summary
from jangbu.business_date import ZONE, business_date, is_day_over
from jangbu.marts import CARD_MARTS, asset_uri
from jangbu.operators import SETTINGS, AccountsOperator, BatchJobOperator
from jangbu.texts import CARD_DOC, TASK_DOCS

DAY = ["--ds", "{{ business_date(dag_run, params) }}"]
# Whatever became of one source, the days of the others are built.
WHATEVER_FAILED = "all_done"


@task(retries=0, doc_md=TASK_DOCS["card_parts"])
def parts(accounts: list[dict[str, Any]], **context: Any) -> list[dict[str, str]]:
    run, params = context["dag_run"], context["params"]
    return card_parts_of(accounts, business_date(run, params), is_day_over=is_day_over(run, params))


@task_group(group_id="source", tooltip="Once for each database card sales come from")
def bring(account: str, dataset: str, slice: str, reconcile: str) -> None:
    bring_in(
        [CARD_SALES, "--account", account, *DAY, reconcile],
        pool=CARD_SOURCE,
        extract_time=timedelta(hours=4),
        extract_doc=TASK_DOCS["extract_card_sales"],
        dataset=dataset,
        slice=slice,
        map_index_template="{{ task.slice }}",
    )


with DAG(
    dag_id="card_sales",
    description="Card sales: sync every six hours; daily and weekly spend and anomalies when a day is over",
    doc_md=CARD_DOC,
    # A run's interval begins on its business date; the day's last one, at 00:10, ends on the next.
    schedule=CronDataIntervalTimetable("10 0,6,12,18 * * *", timezone=ZONE.key),
    start_date=pendulum.datetime(2020, 1, 1, tz=ZONE.key),
    # A run brings in all that changed since the last one, whatever was missed between.
    catchup=False,
    # Without a source and the key of its password there is nothing to do.
    is_paused_upon_creation=True,
    max_active_runs=1,
    dagrun_timeout=timedelta(hours=5, minutes=50),
    user_defined_macros={"business_date": business_date},
    params={
        "business_date": Param(
            None,
            type=["null", "string"],
            format="date",
            title="Business date (Asia/Seoul)",
            description="Empty: the day the last six hours belong to. A date: the sync, and the marts and messages of"
            " that day. What is brought in is all that changed since the last run either way.",
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
    tags=["card-sales", "six-hourly"],
) as dag:
    accounts = AccountsOperator(
        task_id="accounts",
        job="extract-job",
        dataset="accounts",
        arguments=["accounts", "list", "--json"],
        doc_md=TASK_DOCS["accounts"],
    )
    of_sources = parts(accounts.output)
    brought = bring.expand_kwargs(of_sources)

    @task.short_circuit(
        retries=0,
        trigger_rule=WHATEVER_FAILED,
        ignore_downstream_trigger_rules=False,
        doc_md=TASK_DOCS["day_over"],
    )
    def day_over(**context: Any) -> bool:
        return is_day_over(context["dag_run"], context["params"])

    with TaskGroup(
        group_id="marts", tooltip="Of every day that changed; each reads the one before"
    ) as marts:
        built = {
            mart: BatchJobOperator(
                task_id=mart,
                job="mart-job",
                dataset=CARD_SALES,
                slice=mart,
                arguments=["build", "--mart", mart, "--touched", *DAY],
                outlets=[Asset(name=f"mart.{mart}", uri=asset_uri(mart))],
                pool="jangbu_marts",
                execution_timeout=timedelta(hours=1),
                doc_md=TASK_DOCS["card_marts"],
            )
            for mart in CARD_MARTS
        }
        for mart, read in CARD_MARTS.items():
            for other in read:
                built[other] >> built[mart]

    anomalies = BatchJobOperator(
        task_id="anomalies",
        job="mart-job",
        dataset=CARD_SALES,
        slice="anomalies",
        arguments=["anomalies", *DAY],
        doc_md=TASK_DOCS["anomalies"],
    )

    @task(retries=1, doc_md=TASK_DOCS["tell_stores"])
    def tell_stores(**context: Any) -> int:
        return card_summary.tell(context)

    @task(retries=0, trigger_rule="none_failed", doc_md=TASK_DOCS["card_verdict"])
    def verdict() -> None:
        """Runs where nothing before it failed: a run is as its leaves."""

    over = day_over()
    (
        brought
        >> over
        >> Label("00:10, the day is over")
        >> marts
        >> anomalies
        >> (told := tell_stores())
    )
    [brought, told] >> verdict()
