"""How often, and how long, a message to Slack is tried again before it is left for later."""

from __future__ import annotations

import time

from slack_sdk.http_retry import HttpRequest, HttpResponse, RetryHandler, RetryState

TRIES = 3
LONGEST_WAIT_SECONDS = 20.0


class BoundedRetries(RetryHandler):
    """Tries again after 429, 5xx and a lost connection; waits as Slack asks, unless it asks for too long."""

    def __init__(self):
        super().__init__(max_retry_count=TRIES - 1)

    def _can_retry(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        if response is None:
            return isinstance(error, OSError)
        passing = response.status_code == 429 or response.status_code >= 500
        return passing and _wait(response, state) <= LONGEST_WAIT_SECONDS

    def prepare_for_next_attempt(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> None:
        time.sleep(_wait(response, state))
        state.next_attempt_requested = True
        state.increment_current_attempt()


def _wait(response: HttpResponse | None, state: RetryState) -> float:
    for name, values in (response.headers if response is not None else {}).items():
        if name.lower() == "retry-after" and values and values[0].strip().isdigit():
            return float(values[0])
    return 1.0 * 2**state.current_attempt
