"""What the proxy says no to."""

from __future__ import annotations

SHOWN = 80


class Refusal(Exception):
    """A request that goes no further: a status, and one line that says what was wanted."""

    def __init__(self, message: str, status: int = 403) -> None:
        super().__init__(message)
        self.message = message
        self.status = status


def shown(value: object) -> str:
    """A value as a message may hold it: one line of printable ASCII, cut."""
    text = ascii(value)
    return text if len(text) <= SHOWN else text[:SHOWN] + "..."
