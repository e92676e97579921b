"""Sends what an incident wants told, and says so in it; without the incidents it is sent all the same."""

from __future__ import annotations

import logging
from collections.abc import Callable

from jangbu.alerts import slack
from jangbu.alerts.incidents import Claim, Incidents
from jangbu.alerts.messages import Message

MOST_AT_ONCE = 20

log = logging.getLogger(__name__)


def tell(
    incidents: Incidents,
    claim: Callable[[], Claim | None],
    otherwise: Callable[[], Message] | None = None,
) -> bool:
    """Takes the claim and sends its message; whether one went out.

    Where the incidents cannot be read or written, the message of `otherwise` is sent without them: rather twice than
    never.
    """
    try:
        mine = claim()
    except OSError as failure:
        log.error("alert incidents=unusable reason=%s", failure.strerror or failure)
        return otherwise is not None and slack.send(otherwise())
    return mine is not None and send(incidents, mine)


def send(incidents: Incidents, claim: Claim) -> bool:
    """Sends a claimed message. One that does not go out stays in its incident, for whoever comes in two minutes."""
    if not slack.send(claim.message):
        return False
    log.info("alert told=%s incident=%s", claim.kind, claim.incident_id)
    try:
        incidents.sent(claim)
    except OSError as failure:
        log.error("alert incidents=unusable reason=%s", failure.strerror or failure)
    return True


def send_due(incidents: Incidents) -> int:
    """Sends what others left behind, until one does not go out; how many went."""
    for count in range(MOST_AT_ONCE):
        claim = incidents.due()
        if claim is None or not send(incidents, claim):
            return count
    return MOST_AT_ONCE
