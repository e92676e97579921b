"""What is told, as Slack messages: pure functions from what happened to text and blocks.

Korean first, then the facts. `Message.text` alone is what a phone shows, so it says what, which day and why.
All foreign text goes through `plain.escaped`; Block Kit's limits hold for any input.
"""

from jangbu.alerts.messages.accounts import (
    AccountsDay,
    Difference,
    FailedPart,
    Rejects,
    accounts_done,
)
from jangbu.alerts.messages.blocks import Continuing, Links, Message
from jangbu.alerts.messages.cards import (
    RULES,
    Break,
    DayAnomalies,
    OddSale,
    StoreAnomalies,
    more_anomalies,
    store_anomalies,
)
from jangbu.alerts.messages.runs import (
    EXAMPLES_SHOWN,
    CompletedDay,
    FailedCheck,
    LateDay,
    QualityFailure,
    Recovered,
    TaskFailure,
    UnhealthyAirflow,
    airflow_unhealthy,
    day_completed,
    day_late,
    quality_failed,
    recovered,
    task_failed,
)
from jangbu.alerts.messages.wording import percent

__all__ = [
    "EXAMPLES_SHOWN",
    "RULES",
    "AccountsDay",
    "Break",
    "CompletedDay",
    "Continuing",
    "DayAnomalies",
    "Difference",
    "FailedCheck",
    "FailedPart",
    "LateDay",
    "Links",
    "Message",
    "OddSale",
    "QualityFailure",
    "Recovered",
    "Rejects",
    "StoreAnomalies",
    "TaskFailure",
    "UnhealthyAirflow",
    "accounts_done",
    "airflow_unhealthy",
    "day_completed",
    "day_late",
    "more_anomalies",
    "percent",
    "quality_failed",
    "recovered",
    "store_anomalies",
    "task_failed",
]
