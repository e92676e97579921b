"""Which calls there are: a method, a path, the query it may have. Nothing else gets through."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import parse_qsl

from policy_proxy.contract import MADE_HERE
from policy_proxy.refusal import Refusal, shown
from policy_proxy.settings import Policy
from policy_proxy.strict_json import parse_object

# An older API took a container's settings at its start, too.
OLDEST_API = 41
CONTAINER = r"(?P<container>[0-9a-f]{64}|jangbu-[a-z0-9][a-z0-9_.-]{0,200})"
TRUTH = r"(?i:0|1|true|false)"
FALSE = r"(?i:0|false)"
NUMBER = r"\d{1,12}(\.\d{1,9})?"

Touches = Literal["nothing", "image", "list", "new", "own"]


@dataclass(frozen=True)
class Rule:
    """A call: what it looks like, what it touches, whether its answer takes a container's time."""

    method: str
    path: re.Pattern[str]
    touches: Touches
    query: dict[str, str]
    is_long: bool = False


def rule(method: str, path: str, touches: Touches, *, is_long: bool = False, **query: str) -> Rule:
    return Rule(method, re.compile(path), touches, query, is_long)


RULES = (
    rule("GET", r"/_ping", "nothing"),
    rule("GET", r"/version", "nothing"),
    rule("GET", r"/images/(?P<image>[a-z0-9][a-z0-9_.:/-]*)/json", "image"),
    rule(
        "GET",
        r"/containers/json",
        "list",
        all=TRUTH,
        limit=r"-1|\d{1,6}",
        size=FALSE,
        trunc_cmd=TRUTH,
        filters=r".{0,4096}",
    ),
    rule("POST", r"/containers/create", "new", name=r"jangbu-[a-z0-9][a-z0-9_.-]{0,200}"),
    rule("POST", rf"/containers/{CONTAINER}/start", "own"),
    rule("POST", rf"/containers/{CONTAINER}/stop", "own", is_long=True, t=r"\d{1,3}"),
    rule("POST", rf"/containers/{CONTAINER}/kill", "own", signal=r"(SIG)?(TERM|INT|KILL)|2|9|15"),
    rule(
        "POST",
        rf"/containers/{CONTAINER}/wait",
        "own",
        is_long=True,
        condition=r"not-running|next-exit|removed",
    ),
    rule("GET", rf"/containers/{CONTAINER}/json", "own", size=FALSE),
    rule(
        "GET",
        rf"/containers/{CONTAINER}/logs",
        "own",
        is_long=True,
        stdout=TRUTH,
        stderr=TRUTH,
        timestamps=TRUTH,
        follow=TRUTH,
        tail=r"all|\d{1,9}",
        since=NUMBER,
        until=NUMBER,
    ),
    rule("DELETE", rf"/containers/{CONTAINER}", "own", v=TRUTH, force=TRUTH, link=FALSE),
)
LIST_FILTERS = ("label", "status", "id", "name", "exited")


@dataclass(frozen=True)
class Call:
    """A request the rules know."""

    rule: Rule
    version: str
    path: str
    query: dict[str, str]
    container: str = ""
    image: str = ""


def understood(method: str, raw_path: bytes, raw_query: bytes) -> Call:
    """The call a request means, by its bytes as they came: nothing is decoded or mended before."""
    path = raw_path.decode("latin-1")
    version, rest = split_version(path)
    for each in RULES:
        found = each.path.fullmatch(rest) if each.method == method else None
        if found:
            names = found.groupdict()
            query = checked_query(each, raw_query)
            return Call(
                each, version, rest, query, names.get("container", ""), names.get("image", "")
            )
    raise Refusal(
        f"{shown(method)[1:-1]} {shown(path)[1:-1]}: not a call the jobs need "
        "(expected: create, start, stop, kill, wait, logs, list, inspect or remove a container)"
    )


def split_version(path: str) -> tuple[str, str]:
    found = re.fullmatch(r"(/v(\d)\.(\d{1,3}))(/.*)", path)
    if not found:
        return "", path
    if found[2] != "1" or int(found[3]) < OLDEST_API:
        raise Refusal(f"API version: {found[1][2:]} (expected: 1.{OLDEST_API} or newer)")
    return found[1], found[4]


def checked_query(of_rule: Rule, raw: bytes) -> dict[str, str]:
    query: dict[str, str] = {}
    try:
        pairs = parse_qsl(
            raw.decode("ascii"),
            keep_blank_values=True,
            strict_parsing=bool(raw),
            errors="strict",
            max_num_fields=16,
        )
    except ValueError:
        raise Refusal("query: not to be understood (expected: name=value&...)", 400) from None
    for name, value in pairs:
        if name in query:
            raise Refusal(f"query {shown(name)}: twice (expected: once)", 400)
        wanted = of_rule.query.get(name)
        if wanted is None:
            known = ", ".join(of_rule.query) or "no query"
            raise Refusal(f"query {shown(name)}: {shown(value)} (expected: {known})")
        if not re.fullmatch(wanted, value):
            raise Refusal(f"query {name}: {shown(value)} (expected: {wanted})")
        query[name] = value
    return query


def own_containers(query: dict[str, str], policy: Policy) -> dict[str, str]:
    """A list's query with a filter of ours added: only containers made here are shown."""
    filters = parse_object(query.get("filters", "{}").encode())
    kept: dict[str, list[str]] = {}
    for name, values in filters.items():
        if name not in LIST_FILTERS:
            raise Refusal(f"filters.{shown(name)} (expected: {', '.join(LIST_FILTERS)})")
        kept[name] = filter_values(name, values)
    kept["label"] = [*kept.get("label", []), f"{MADE_HERE}={policy.network}"]
    return query | {"filters": json.dumps(kept)}


def filter_values(name: str, values: object) -> list[str]:
    """The engine knows two forms: a list, and an object whose keys are the values."""
    if isinstance(values, dict):
        values = [value for value, wanted in values.items() if wanted]
    if not isinstance(values, list) or not all(isinstance(each, str) for each in values):
        raise Refusal(f"filters.{name}: {shown(values)} (expected: a list of text)")
    return values


def own_image(image: str, policy: Policy) -> None:
    if image not in policy.images:
        raise Refusal(f"image: {shown(image)} (expected: one of {', '.join(policy.images)})")
