"""What every message is made of: its text for a phone, and Block Kit within its limits for any input."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jangbu.alerts.causes import Cause
from jangbu.alerts.messages import wording
from jangbu.alerts.plain import CUT, code, first, length, link

HEADER_LIMIT = 150
SECTION_LIMIT = 3000
FIELD_LIMIT = 2000
FIELDS_LIMIT = 10
BLOCKS_LIMIT = 50
TEXT_LIMIT = 1000


@dataclass(frozen=True)
class Message:
    """One Slack message, as the webhook takes it."""

    text: str
    blocks: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class Continuing:
    """An incident that was told and goes on: a reminder says how many dates it has by now."""

    dates: tuple[str, ...]
    since: datetime


@dataclass(frozen=True)
class Links:
    """Where to look next; an empty address is left out, one that is no URL is shown as text."""

    runbook: str = ""
    log: str = ""


NO_LINKS = Links()


def message(
    title: str,
    facts: str,
    continuing: Continuing | None,
    body: list[dict[str, Any]],
    tail: list[dict[str, Any]],
) -> Message:
    reminder = _reminder(continuing)
    text = wording.joined(" — ", title, reminder, facts)
    head = [_header(title), *([section(f"*{reminder}*")] if reminder else [])]
    kept = body[: BLOCKS_LIMIT - len(head) - len(tail)]
    return Message(_cut_own(text, TEXT_LIMIT), (*head, *kept, *tail))


def section(text: str) -> dict[str, Any]:
    return {"type": "section", "text": _mrkdwn(_cut_own(text, SECTION_LIMIT))}


def fields(*facts: tuple[str, str]) -> dict[str, Any]:
    fields = [
        _mrkdwn(_cut_own(f"*{label}*\n{value}", FIELD_LIMIT))
        for label, value in facts[:FIELDS_LIMIT]
    ]
    return {"type": "section", "fields": fields}


def said(text: str) -> list[dict[str, Any]]:
    return [section(code(text, SECTION_LIMIT - 200))] if text.strip() else []


def small(*parts: str) -> list[dict[str, Any]]:
    elements = [_mrkdwn(part) for part in parts if part]
    return [{"type": "context", "elements": elements}] if elements else []


def context(
    links: Links, cause: Cause, run_id: str, *more: tuple[str, str]
) -> list[dict[str, Any]]:
    runbook = link(f"{links.runbook}#{cause.anchor}", "런북 runbook") if links.runbook else ""
    log = link(links.log, "로그 log") if links.log else ""
    run = f"run {code(run_id, 300)}" if run_id else ""
    places = [f"{label} {code(place, 400)}" for label, place in more if place]
    return small(runbook, log, *places, run)


def runbook(links: Links) -> str:
    return link(links.runbook, "런북 runbook") if links.runbook else ""


def _reminder(continuing: Continuing | None) -> str:
    if continuing is None:
        return ""
    dates, since = wording.shown_dates(continuing.dates), wording.clock(continuing.since)
    return f"아직 실패 중 (still failing): {dates}, {since}부터"


def _header(title: str) -> dict[str, Any]:
    text = {"type": "plain_text", "text": _cut_own(title, HEADER_LIMIT), "emoji": True}
    return {"type": "header", "text": text}


def _mrkdwn(text: str) -> dict[str, Any]:
    # verbatim: Slack links nothing by itself, neither addresses nor names in foreign text.
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def _cut_own(text: str, limit: int) -> str:
    """For text put together here, of parts that are bounded and escaped: never cuts inside an escape."""
    if length(text) <= limit:
        return text
    kept = first(text, limit - length(CUT))
    ampersand = kept.rfind("&")
    if ampersand >= 0 and ";" not in kept[ampersand:]:
        kept = kept[:ampersand]
    return kept + CUT
