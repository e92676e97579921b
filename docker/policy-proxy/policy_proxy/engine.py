"""The engine behind its socket, and which of its containers are ours."""

from __future__ import annotations

import json
from collections import OrderedDict
from typing import Any

import httpx

from policy_proxy.contract import MADE_HERE
from policy_proxy.refusal import Refusal
from policy_proxy.settings import Policy

SHORT = httpx.Timeout(60, connect=5, pool=5)
LONG = httpx.Timeout(60, connect=5, pool=5, read=None)
REMEMBERED = 4096


class EngineAnswer(Exception):
    """An answer of the engine that ends the request, such as 404: it is passed on as it is."""

    def __init__(self, status: int, body: bytes) -> None:
        super().__init__(status)
        self.status = status
        self.body = body


class Engine:
    def __init__(self, socket: str, policy: Policy, connections: int) -> None:
        limits = httpx.Limits(max_connections=connections, max_keepalive_connections=8)
        self._client = httpx.AsyncClient(
            transport=httpx.AsyncHTTPTransport(uds=socket, limits=limits), base_url="http://engine"
        )
        self._policy = policy
        self._ours: OrderedDict[str, None] = OrderedDict()

    async def open(
        self,
        method: str,
        path: str,
        query: dict[str, str],
        body: dict[str, Any] | None = None,
        *,
        is_long: bool = False,
    ) -> httpx.Response:
        """Sends a request; returns at the head of the answer, which the caller reads and closes."""
        request = self._client.build_request(
            method, path, params=query, json=body, timeout=LONG if is_long else SHORT
        )
        return await self._client.send(request, stream=True)

    async def own(self, version: str, reference: str) -> str:
        """The full id of a container made here, by that id or the whole name; refuses any other.

        Labels do not change and ids are not used twice, so each id is looked at once.
        """
        if reference in self._ours:
            return reference
        answer = await self._read("GET", f"{version}/containers/{reference}/json", {})
        found = json.loads(answer)
        config = found.get("Config") or {}
        is_meant = reference in (found.get("Id"), str(found.get("Name")).removeprefix("/"))
        is_ours = (config.get("Labels") or {}).get(MADE_HERE) == self._policy.network
        if not (is_meant and is_ours and config.get("Image") in self._policy.images):
            raise Refusal(
                f"container: {reference} (expected: one that was made through this proxy)"
            )
        self._remember(found["Id"])
        return str(found["Id"])

    async def refuse_too_many(self, version: str) -> None:
        """Counts what runs before one more starts.

        Two starts at once may both pass: it is a brake, not a quota.
        """
        ours = [f"{MADE_HERE}={self._policy.network}"]
        query = {"filters": json.dumps({"label": ours, "status": ["running"]})}
        running = len(json.loads(await self._read("GET", f"{version}/containers/json", query)))
        if running >= self._policy.max_running:
            raise Refusal(
                f"running containers: {running} (expected: fewer than {self._policy.max_running})",
                429,
            )

    async def close(self) -> None:
        await self._client.aclose()

    async def _read(self, method: str, path: str, query: dict[str, str]) -> bytes:
        response = await self.open(method, path, query)
        try:
            body = await response.aread()
        finally:
            await response.aclose()
        if response.status_code != httpx.codes.OK:
            raise EngineAnswer(response.status_code, body)
        return body

    def _remember(self, identifier: str) -> None:
        self._ours[identifier] = None
        while len(self._ours) > REMEMBERED:
            self._ours.popitem(last=False)
