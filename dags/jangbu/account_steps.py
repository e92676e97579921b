"""The three steps of a dataset of an account, in whatever DAG they stand: extract, check, load."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from jangbu.operators import BatchJobOperator, CheckOperator
from jangbu.texts import TASK_DOCS


def bring_in(
    asked: Sequence[str],
    *,
    pool: str,
    extract_time: timedelta,
    extract_doc: str,
    extract_option: Sequence[str] = (),
    **shared: Any,
) -> None:
    """Lays the steps down, each after the one before.

    :param asked: what all three jobs are asked for
    :param pool: where extractions of one kind wait for each other
    :param extract_option: what only the extraction is told besides
    :param shared: what all three tasks have, such as `dataset` and `slice`
    """
    extract = BatchJobOperator(
        task_id="extract",
        job="extract-job",
        arguments=[*asked, *extract_option],
        pool=pool,
        execution_timeout=extract_time,
        doc_md=extract_doc,
        **shared,
    )
    check = CheckOperator(
        task_id="check",
        job="transform-job",
        arguments=asked,
        doc_md=TASK_DOCS["check_account"],
        **shared,
    )
    load = BatchJobOperator(
        task_id="load",
        job="load-job",
        arguments=asked,
        pool="jangbu_load",
        doc_md=TASK_DOCS["load_account"],
        **shared,
    )
    extract >> check >> load
