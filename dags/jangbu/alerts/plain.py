"""Foreign text made harmless for Slack: what a job, a file or a person wrote is shown, never obeyed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import quote

CUT = "…(잘림)"
HIDDEN = "***"

_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "`": "\u02cb"}
# Resident registration numbers, card numbers, mobile numbers, e-mail addresses; as the jobs mask them.
_PERSONAL = re.compile(
    r"(?<![\w-])\d{6}-?[1-8]\d{6}(?![\w-])"
    r"|(?<![\w-])\d{4}[- ]?\d{4}[- ]?\d{4}[- ]?\d{4}(?![\w-])"
    r"|(?<![\w-])(?:\+82[- ]?|0)1[016789][- ]?\d{3,4}[- ]?\d{4}(?![\w-])"
    r"|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+"
)
_SECRET = re.compile(
    r"(?i)(?P<name>(?:password|passwd|secret|token|api[_-]?key)[\w-]*['\"]?\s*[=:]\s*)"
    r"(?P<value>\"[^\"]*\"|'[^']*'|[^\s,;&)]+)"
)
_LOGIN_IN_URL = re.compile(r"(?<=://)[^\s/@]{1,200}@")
_WEBHOOK = re.compile(r"(?i)https?://[^\s]*/services/[^\s]+")


def length(text: str) -> int:
    """Characters as Slack's limits count them: UTF-16 units, an emoji is two."""
    return len(text) + sum(1 for character in text if character > "\uffff")


def first(units: Iterable[str], room: int) -> str:
    """As many of the units, in order, as there is room for; a unit is never cut."""
    kept: list[str] = []
    for unit in units:
        room -= length(unit)
        if room < 0:
            break
        kept.append(unit)
    return "".join(kept)


def masked(text: str) -> str:
    """The text with personal data of a known shape, passwords and webhook addresses struck out."""
    text = _WEBHOOK.sub(HIDDEN, text)
    text = _LOGIN_IN_URL.sub(HIDDEN + "@", text)
    text = _SECRET.sub(lambda found: found["name"] + HIDDEN, text)
    return _PERSONAL.sub(HIDDEN, text)


def one_line(text: str) -> str:
    """Line breaks and blanks become one space; what would not be seen is shown as its number."""
    return "".join(_visible(character) for character in " ".join(text.split()))


def escaped(text: str, limit: int) -> str:
    """Foreign text for a mrkdwn field or a code span: one line, masked, at most `limit` long and visibly cut.

    Nothing in it is a mention, a link, a line break or the end of a code span.
    """
    units = [_ESCAPES.get(unit, unit) for unit in one_line(masked(text[: 4 * limit]))]
    if len(text) <= 4 * limit and sum(map(length, units)) <= limit:
        return "".join(units)
    return first(units, limit - length(CUT)) + CUT


def code(text: str, limit: int) -> str:
    """Foreign text in a code span, in which `*`, `_` and `~` are only characters. `limit` counts the backticks."""
    inner = escaped(text, limit - 2)
    return f"`{inner}`" if inner.strip() else "-"


def link(address: str, label: str) -> str:
    """A link to an http(s) address; any other address is shown and not linked. `label` is our own text."""
    if not re.match(r"https?://[^\s/]", address):
        return f"{label} {code(address, 300)}"
    safe = quote(address, safe="/:?#[]@!$&'()*+,;=%~-._")
    if length(safe) > 1000:
        return f"{label} {code(address, 300)}"
    return f"<{safe.replace('&', '&amp;')}|{label}>"


def _visible(character: str) -> str:
    if character == " " or unicodedata.category(character) not in _INVISIBLE:
        return character
    return f"\\u{ord(character):04x}"
