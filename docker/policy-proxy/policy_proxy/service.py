"""The service: understand, decide, write the request anew, pass the answer on as it comes."""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections.abc import AsyncIterator, Coroutine
from typing import Any

import httpx
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from policy_proxy.calls import Call, own_containers, own_image, understood
from policy_proxy.contract import container_request
from policy_proxy.engine import Engine, EngineAnswer
from policy_proxy.refusal import Refusal, shown
from policy_proxy.settings import Policy
from policy_proxy.strict_json import parse_object

MAX_BODY = 64 * 1024
PASSED_ON = ("content-type", "content-length", "api-version", "ostype")
FULL_ID = re.compile(r"([0-9a-f]{12})[0-9a-f]{52}")
log = logging.getLogger("policy_proxy")


class Gone(Exception):
    """The client closed its connection before there was an answer."""


class PolicyProxy:
    """An ASGI application. Holds one answer at a time and connection, never a whole log."""

    def __init__(self, engine: Engine, policy: Policy) -> None:
        self._engine = engine
        self._policy = policy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
            return
        if scope["type"] != "http":
            return
        began = time.monotonic()
        request = Request(scope, receive)
        try:
            response = await self._answer(request)
        except Gone:
            return
        told = told_of(request.method, scope["raw_path"].decode("latin-1"))
        milliseconds = (time.monotonic() - began) * 1000
        if isinstance(response, Refused):
            log.warning("refused %s %d: %s", told, response.status_code, response.reason)
        elif not told.endswith("/_ping"):
            log.info("allowed %s %d %.0f ms", told, response.status_code, milliseconds)
        await response(scope, receive, send)

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            await send({"type": message["type"] + ".complete"})
            if message["type"] == "lifespan.shutdown":
                await self._engine.close()
                return

    async def _answer(self, request: Request) -> Response:
        try:
            call = understood(
                request.method, request.scope["raw_path"], request.scope["query_string"]
            )
            body = await bounded_body(request)
            return await unless_gone(request, self._carry_out(call, body))
        except Refusal as refusal:
            return Refused(refusal.message, refusal.status)
        except EngineAnswer as answer:
            return Response(answer.body, answer.status, media_type="application/json")
        except httpx.TimeoutException:
            return Refused("the Docker engine does not answer in time", 504)
        except httpx.HTTPError as problem:
            return Refused(f"the Docker engine cannot be reached: {shown(str(problem))}", 502)

    async def _carry_out(self, call: Call, body: bytes) -> Response:
        path, query, request = call.path, call.query, None
        match call.rule.touches:
            case "new":
                if "name" not in query:
                    raise Refusal("query name: missing (expected: jangbu-...)")
                request = container_request(parse_object(body), self._policy)
            case "own":
                identifier = await self._engine.own(call.version, call.container)
                path = path.replace(call.container, identifier, 1)
                if path.endswith("/start"):
                    await self._engine.refuse_too_many(call.version)
            case "list":
                query = own_containers(query, self._policy)
            case "image":
                own_image(call.image, self._policy)
        if body and request is None:
            raise Refusal(f"body: {len(body)} bytes (expected: none)")
        answer = await self._engine.open(
            call.rule.method, call.version + path, query, request, is_long=call.rule.is_long
        )
        headers = {name: answer.headers[name] for name in PASSED_ON if name in answer.headers}
        return StreamingResponse(stream(answer), answer.status_code, headers)


def told_of(method: str, path: str) -> str:
    """A request as the log has it: a container's id as people write it, nothing that breaks a line."""
    short = FULL_ID.sub(r"\1", path)
    return f"{shown(method)[1:-1]} {shown(short)[1:-1]}"


class Refused(JSONResponse):
    """An answer in the form the engine gives its own errors, so that a client shows the line."""

    def __init__(self, reason: str, status: int) -> None:
        super().__init__({"message": f"policy-proxy: {reason}"}, status)
        self.reason = reason


async def stream(answer: httpx.Response) -> AsyncIterator[bytes]:
    """The answer's bytes as they come. The next ones are read when the client took these."""
    try:
        async for chunk in answer.aiter_raw():
            yield chunk
    finally:
        await answer.aclose()


async def bounded_body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            raise Refusal(
                f"body: larger than {MAX_BODY} bytes (expected: a container's settings)", 413
            )
    return bytes(body)


async def unless_gone(request: Request, answer: Coroutine[Any, Any, Response]) -> Response:
    """The answer, given up when the client closes its connection first: a wait may take hours."""
    asked = asyncio.ensure_future(answer)
    gone = asyncio.ensure_future(request.receive())
    try:
        await asyncio.wait((asked, gone), return_when=asyncio.FIRST_COMPLETED)
        if not asked.done():
            raise Gone
        return asked.result()
    finally:
        for task in (asked, gone):
            task.cancel()
        await asyncio.gather(asked, gone, return_exceptions=True)
