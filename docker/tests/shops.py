"""The made-up shops beside a test's server, and their accounts as people add them there."""

from __future__ import annotations

import json
import subprocess
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from server import ROOT, Server

TENANT = "hlogtest"
# As the jobs' containers reach it; what it says of itself follows the name it is called by.
NAME = "sandbox:9500"


class _StayHere(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


@dataclass
class Shops:
    """The sandbox of `docker/sandbox.yml`, and a folder the secrets of its accounts lie in."""

    server: Server
    folder: Path

    def ask(self, path: str, body: Any = None) -> Any:
        with urllib.request.urlopen(self._request(path, body), timeout=30) as answer:
            return json.load(answer)

    def _request(self, path: str, body: Any = None) -> urllib.request.Request:
        port = self.server.settings["JANGBU_SANDBOX_PORT"]
        data = None if body is None else json.dumps(body).encode()
        headers = {"Host": NAME, "Content-Type": "application/json"}
        return urllib.request.Request(f"http://127.0.0.1:{port}/__sandbox{path}", data, headers)

    def open(self, shop: str, *channels: str, **settings: Any) -> dict[str, Any]:
        """A shop of its own, and what its accounts log in with."""
        asked = {"shop": shop, "channels": channels, **settings}
        return self.ask("/accounts", asked)["accounts"][0]

    def add(self, platform: str, name: str, log_in: dict[str, Any], *secrets: str) -> str:
        """Adds an account by the command people use; Jangbu's name of it."""
        for secret in secrets:
            file = self.folder / f"{platform}-{name}-{secret}"
            file.write_text(log_in[secret])
            file.chmod(0o644)
        self.by_hand(
            *("add", platform, "--tenant", TENANT, "--id", name),
            *("--base-url", log_in["base_url"]),
            *(f"--secret={each}=/given/{platform}-{name}-{each}" for each in secrets),
        )
        return f"{platform}-{name}"

    def consent(self, account: str, mall: str) -> None:
        """Plays the mall's operator, whose browser is elsewhere: pastes the address it ends at."""
        with subprocess.Popen(
            self._command("consent", account),
            cwd=ROOT,
            env=self.server.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as job:
            assert job.stdin
            assert job.stdout
            said: list[str] = []
            for line in job.stdout:
                said.append(line)
                if line.startswith("http"):
                    query = urlsplit(line.strip()).query
                    job.stdin.write(self._back_from(mall, query) + "\n")
                    job.stdin.flush()
        assert job.returncode == 0, said

    def _back_from(self, mall: str, query: str) -> str:
        """Where the mall sends a browser that agreed."""
        request = self._request(f"/cafe24/{mall}/authorize?{query}")
        try:
            urllib.request.build_opener(_StayHere).open(request, timeout=30)
        except urllib.error.HTTPError as redirect:
            return str(redirect.headers["Location"])
        raise AssertionError(f"no redirect of {mall}")

    def by_hand(self, *arguments: str) -> str:
        return self.server.run(*self._command(*arguments))

    def _command(self, *arguments: str) -> list[str]:
        return [
            *("bin/compose", "run", "--rm", "--no-deps", "-T", "-v", f"{self.folder}:/given:ro"),
            *("extract-job", "accounts", *arguments),
        ]

    def truth(self, shop: str, first: Any, last: Any, basis: str) -> list[dict[str, Any]]:
        """The shop's lines as the unified model should have them."""
        query = urlencode({"shop": shop, "from": first, "to": last, "basis": basis})
        return self.ask(f"/truth/orders?{query}")["rows"]
