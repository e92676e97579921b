"""Starts the proxy: python -m policy_proxy"""

from __future__ import annotations

import logging
import os
import sys
import time

import uvicorn

from policy_proxy.engine import Engine
from policy_proxy.service import PolicyProxy
from policy_proxy.settings import WrongSetting, policy_from

CONNECTIONS = 128


def main() -> None:
    """Listens on JANGBU_PROXY_HOST and JANGBU_PROXY_PORT for whoever is in its network."""
    logging.Formatter.converter = time.gmtime
    logging.basicConfig(
        stream=sys.stdout,
        level=logging.INFO,
        format="%(asctime)s.%(msecs)03dZ %(message)s",
        datefmt="%Y-%m-%dT%H:%M:%S",
    )
    logging.getLogger("httpx").setLevel(logging.WARNING)
    try:
        policy = policy_from(os.environ)
    except WrongSetting as wrong:
        sys.exit(str(wrong))
    engine = Engine(
        os.environ.get("JANGBU_PROXY_SOCKET", "/var/run/docker.sock"), policy, CONNECTIONS
    )
    # h11 hands over the path's bytes as they came, and refuses what two servers could cut apart
    # differently.
    uvicorn.run(
        PolicyProxy(engine, policy),
        host=os.environ.get("JANGBU_PROXY_HOST", "127.0.0.1"),
        port=int(os.environ.get("JANGBU_PROXY_PORT", "2375")),
        http="h11",
        ws="none",
        limit_concurrency=CONNECTIONS,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=2,
        h11_max_incomplete_event_size=16 * 1024,
        access_log=False,
        log_level="warning",
        server_header=False,
    )


if __name__ == "__main__":
    main()
