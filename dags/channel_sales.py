"""The shops' sales: each morning every account of every platform, then the marts, then one word of it to people."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pendulum
from airflow.sdk import DAG, Asset, Param, TaskGroup, task, task_group

from jangbu.account_steps import bring_in
from jangbu.accounts import CRAWLED, PLATFORMS, parts_of
from jangbu.alerts import account_summary, callbacks
from jangbu.business_date import ZONE, business_date
from jangbu.marts import SALES_MARTS, TRAFFIC_MARTS, asset_uri
from jangbu.operators import SETTINGS, AccountsOperator, BatchJobOperator
from jangbu.runners.job_run import CRAWL
from jangbu.texts import SALES_DOC, TASK_DOCS
from jangbu.timetable import BusinessDayTimetable

DAY = ["--ds", "{{ business_date(dag_run, params) }}"]
NAMED = "{{ task.slice }} {{ task.dataset }}"
# Whatever became of some accounts, the others' days are built, and people hear of it.
WHATEVER_FAILED = "all_done"


@task(retries=0, doc_md=TASK_DOCS["parts"])
def parts(accounts: list[dict[str, Any]], platform: str, **context: Any) -> list[dict[str, str]]:
    if platform in CRAWLED and not SETTINGS.is_ably_crawled:
        return []
    return parts_of(accounts, platform, business_date(context["dag_run"], context["params"]))


@task_group(group_id="account", tooltip="Once for each dataset of each account")
def bring(account: str, dataset: str, slice: str, reconcile: str, platform: str) -> None:
    bring_in(
        [dataset, "--account", account, *DAY, reconcile],
        pool=platform,
        extract_time=timedelta(hours=2),
        extract_doc=TASK_DOCS["extract_account"],
        extract_option=[CRAWL] if platform in CRAWLED else [],
        dataset=dataset,
        slice=slice,
        map_index_template=NAMED,
        on_failure_callback=callbacks.on_account_failure,
    )


with DAG(
    dag_id="channel_sales",
    description="Sales of every shop account: extract, check, load, marts, dashboard",
    doc_md=SALES_DOC,
    schedule=BusinessDayTimetable(starts_at="06:00", catch_up_days=1),
    start_date=pendulum.datetime(2020, 1, 1, tz=ZONE.key),
    # A run brings in all that changed since the last one, whatever days are between.
    catchup=False,
    # Without an account and the key of its credentials there is nothing to do.
    is_paused_upon_creation=True,
    max_active_runs=1,
    dagrun_timeout=timedelta(hours=8),
    user_defined_macros={"business_date": business_date},
    params={
        "business_date": Param(
            None,
            type=["null", "string"],
            format="date",
            title="Business date (Asia/Seoul)",
            description="Empty: the last whole day. It names the run; what is brought in is all that changed since each"
            " account's last load. So no day needs a backfill.",
        ),
    },
    default_args={
        "owner": "data-platform",
        # What is checked is loaded before more is extracted: the loads' two slots would wait until late otherwise.
        "weight_rule": "upstream",
        "retries": SETTINGS.retries,
        "retry_delay": SETTINGS.retry_delay,
        "retry_exponential_backoff": 2,
        "max_retry_delay": timedelta(minutes=15),
        "execution_timeout": timedelta(minutes=30),
        "on_failure_callback": callbacks.on_task_failure,
    },
    on_failure_callback=callbacks.on_run_failure,
    on_success_callback=callbacks.on_run_success,
    tags=["sales", "daily"],
) as dag:
    accounts = AccountsOperator(
        task_id="accounts",
        job="extract-job",
        dataset="accounts",
        arguments=["accounts", "list", "--json"],
        doc_md=TASK_DOCS["accounts"],
    )

    with TaskGroup(group_id="marts", tooltip="The marts of every day that changed") as marts:
        touched = [
            BatchJobOperator(
                task_id=dataset.replace("-", "_"),
                job="mart-job",
                dataset=dataset,
                slice="touched",
                arguments=["build", "--dataset", dataset, "--touched"],
                outlets=[Asset(name=f"mart.{mart}", uri=asset_uri(mart)) for mart in built],
                pool="jangbu_marts",
                trigger_rule=WHATEVER_FAILED,
                doc_md=TASK_DOCS["sales_marts"],
            )
            for dataset, built in (("orders", SALES_MARTS), ("web-traffic", TRAFFIC_MARTS))
        ]
        # One after the other: visits are put beside the orders of their day.
        touched[0] >> touched[1]

    for platform in PLATFORMS:
        with TaskGroup(group_id=platform, tooltip=f"The accounts on {platform}"):
            of_platform = parts(accounts.output, platform)
            bring.partial(platform=platform).expand_kwargs(of_platform) >> touched[0]

    dashboard = BatchJobOperator(
        task_id="dashboard",
        job="mart-job",
        dataset="orders",
        slice="dashboard",
        arguments=["sales-dashboard"],
        doc_md=TASK_DOCS["sales_dashboard"],
    )

    @task(retries=1, trigger_rule=WHATEVER_FAILED, doc_md=TASK_DOCS["summary"])
    def summary(**context: Any) -> list[str]:
        return account_summary.tell(context)

    @task(retries=0, doc_md=TASK_DOCS["verdict"])
    def verdict(failed: list[str]) -> None:
        from airflow.sdk.exceptions import AirflowFailException

        if failed:
            raise AirflowFailException(f"failed: {', '.join(failed)}")

    told = summary()
    ended = verdict(told)

    marts >> dashboard >> told
    # A run is as its leaves: red without its accounts or dashboard, and red with an account that failed.
    [accounts, *touched, dashboard] >> ended
