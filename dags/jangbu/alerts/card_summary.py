"""Tells of card sales that do not fit: one message for each store and day, read off the report of mart-job."""

from __future__ import annotations

import functools
import logging
from collections.abc import Mapping
from typing import Any

from jangbu.alerts import callbacks, messages
from jangbu.alerts.delivery import tell as tell_once
from jangbu.alerts.incidents import Attempt, Key
from jangbu.alerts.reports import UnreadableReport, read_anomalies
from jangbu.business_date import is_backfilled
from jangbu.settings import Settings

CAUSE = "anomalies"
# A chat of hundreds of messages is read by nobody; the rest is one message.
STORES_TOLD = 50

log = logging.getLogger(__name__)


def tell(context: Mapping[str, Any]) -> int:
    """Sends the messages of the run's day, each once a run however often the task is tried; how many there are.

    Stores come by their largest sale. A backfilled day is told in the log only.

    :raises UnreadableReport: the day has no report
    """
    run = callbacks.run_of(context)
    if run.business_date is None:
        raise UnreadableReport("the run has no business date (expected: one with a report)")
    settings = Settings.from_environment()
    day = read_anomalies(settings.workspace, run.business_date, settings.search_url)
    told = [(each.name, messages.store_anomalies(each)) for each in day.stores[:STORES_TOLD]]
    if len(day.stores) > STORES_TOLD:
        told.append(("others", messages.more_anomalies(day, STORES_TOLD)))
    incidents = None if is_backfilled(context.get("dag_run")) else callbacks.open_incidents()
    for name, message in told:
        if incidents is None:
            log.info("alert anomalies=logged: %s", message.text)
            continue
        # Not the try's number: what an earlier try has told is not told again.
        attempt = Attempt(run.run_id, f"{context['ti'].task_id} {name}", 1)
        key = Key(run.dag_id, name, CAUSE)
        note = functools.partial(incidents.note, key, run.date, attempt, message)
        tell_once(incidents, note, functools.partial(_as_it_is, message))
    return len(told)


def _as_it_is(message: messages.Message) -> messages.Message:
    return message
