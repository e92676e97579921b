"""Stands in for Slack: takes webhooks on port 8098 and prints each message as one line of JSON."""

from __future__ import annotations

import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Webhook(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        print(json.dumps(json.loads(body), ensure_ascii=False), flush=True)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, *_: object) -> None:
        """Standard output is for messages."""


if __name__ == "__main__":
    sys.exit(ThreadingHTTPServer(("0.0.0.0", 8098), Webhook).serve_forever())
