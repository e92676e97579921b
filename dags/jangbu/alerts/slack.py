"""Sends a message by Airflow's Slack provider, or writes it to the log where no connection is set.

The webhook's address is a password: it is in no log line and no exception that leaves this module.
"""

from __future__ import annotations

import logging

from jangbu.alerts.messages import Message

CONNECTION = "slack_webhook"
TIMEOUT_SECONDS = 10

log = logging.getLogger(__name__)


def send(message: Message) -> bool:
    """Whether the message is out, in Slack or, without a connection, in the log. Never raises; at most about 70 s."""
    from airflow.sdk.exceptions import AirflowNotFoundException

    try:
        _hook().client  # noqa: B018  reads the connection
    except AirflowNotFoundException:
        log.warning("alert slack=absent text=%s", message.text)
        return True
    except Exception as failure:
        log.error("alert sent=no reason=%s while reading the connection", type(failure).__name__)
        return False
    return _post(message)


def make_ready() -> None:
    """Loads the provider now: Airflow's first import sets up logging its own way."""
    import airflow.providers.slack.hooks.slack_webhook  # noqa: F401


def _post(message: Message) -> bool:
    try:
        answer = _hook().client.send(
            text=message.text,
            blocks=list(message.blocks),
            unfurl_links=False,
            unfurl_media=False,
        )
    except Exception as failure:
        # Not the exception's text: it may quote the address.
        log.error("alert sent=no reason=%s", type(failure).__name__)
        return False
    if answer.status_code != 200:
        log.error("alert sent=no status=%s", answer.status_code)
        return False
    log.info("alert sent=yes text=%s", message.text)
    return True


def _hook():
    # Imported only when something is told: a DAG file that is parsed pays nothing for it.
    from airflow.providers.slack.hooks.slack_webhook import SlackWebhookHook

    from jangbu.alerts.slack_retries import BoundedRetries

    return SlackWebhookHook(
        slack_webhook_conn_id=CONNECTION,
        timeout=TIMEOUT_SECONDS,
        retry_handlers=[BoundedRetries()],
        logger=_silent(),
    )


def _silent() -> logging.Logger:
    """slack_sdk logs the address when it retries and when it refuses it."""
    silent = logging.getLogger("jangbu.alerts.slack.client")
    silent.setLevel(logging.CRITICAL + 1)
    silent.propagate = False
    return silent
