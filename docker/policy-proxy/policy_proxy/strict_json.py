"""JSON as one reader and another cannot understand differently.

The engine's own decoder takes `hostconfig` for `HostConfig` and, of two equal keys, the later. A
request that leans on that is not the operator's.
"""

from __future__ import annotations

import json
from typing import NoReturn

from policy_proxy.refusal import Refusal, shown


def parse_object(body: bytes) -> dict[str, object]:
    """The object a body holds; refuses what is not plain JSON, and keys that differ only in case."""
    try:
        parsed = json.loads(
            body.decode("utf-8"), object_pairs_hook=distinct, parse_constant=no_constant
        )
    except (UnicodeDecodeError, json.JSONDecodeError) as problem:
        raise Refusal(f"body: {problem} (expected: JSON in UTF-8)", 400) from None
    except RecursionError:
        raise Refusal("body: nested too deeply (expected: a container's settings)", 400) from None
    if not isinstance(parsed, dict):
        raise Refusal(f"body: {shown(parsed)} (expected: a JSON object)", 400)
    return parsed


def distinct(pairs: list[tuple[str, object]]) -> dict[str, object]:
    seen: set[str] = set()
    for key, _ in pairs:
        if not key.isascii():
            raise Refusal(f"body: key {shown(key)} (expected: keys in ASCII)", 400)
        if key.lower() in seen:
            raise Refusal(f"body: key {shown(key)} twice (expected: each key once)", 400)
        seen.add(key.lower())
    return dict(pairs)


def no_constant(name: str) -> NoReturn:
    raise Refusal(f"body: {name} (expected: numbers as JSON has them)", 400)
