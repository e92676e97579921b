"""The process beside Airflow that tells what Airflow cannot: python -m jangbu.alerts.sentinel [--check]

Every 20 s it looks for failed runs nobody told (a killed worker never calls back), for messages that did
not go out, for a day that is late, and for Airflow itself, from which it only reads. `--check` ends with 0
while a sentinel lives.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from jangbu.alerts import slack
from jangbu.alerts.airflow_api import AirflowApi, AirflowAway
from jangbu.alerts.delivery import send_due
from jangbu.alerts.incidents import Incidents
from jangbu.alerts.watches import AirflowWatch, DayWatch, RunWatch
from jangbu.settings import Settings

PERIOD_SECONDS = 20.0
STALE_SECONDS = 120.0
PRUNE_SECONDS = 3600.0

log = logging.getLogger(__name__)


class SentinelSettingError(ValueError):
    """A setting that cannot be meant, told in one line."""


@dataclass(frozen=True)
class SentinelSettings:
    """What the sentinel reads of the environment, besides the DAGs' own settings.

    `shown_address` is Airflow as a browser reaches it, for links; `passwords_file` holds Airflow's own JSON of
    users and passwords, or the password alone.
    """

    address: str
    shown_address: str
    user: str
    passwords_file: Path
    dag_id: str
    heartbeat: Path
    settings: Settings

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> SentinelSettings:
        """Reads `JANGBU_AIRFLOW_URL`, `…_USER`, `…_PASSWORDS_FILE`, `JANGBU_SENTINEL_DAG`, `…_HEARTBEAT`.

        :raises SentinelSettingError: names the setting, its value and what was expected
        """
        settings = Settings.from_environment(environment)
        address = environment.get("JANGBU_AIRFLOW_URL", "").strip() or "http://127.0.0.1:8080"
        if not address.startswith(("http://", "https://")):
            raise SentinelSettingError(
                f"JANGBU_AIRFLOW_URL: {address} (expected: http://… or https://…)"
            )
        passwords_file = environment.get("JANGBU_AIRFLOW_PASSWORDS_FILE", "").strip()
        if not passwords_file:
            raise SentinelSettingError(
                "JANGBU_AIRFLOW_PASSWORDS_FILE: not set (expected: Airflow's file of passwords)"
            )
        return cls(
            address.rstrip("/"),
            environment.get("AIRFLOW__API__BASE_URL", "").strip().rstrip("/")
            or address.rstrip("/"),
            environment.get("JANGBU_AIRFLOW_USER", "").strip() or "admin",
            Path(passwords_file),
            environment.get("JANGBU_SENTINEL_DAG", "").strip() or "event_pipeline",
            heartbeat_file(environment),
            settings,
        )


class Sentinel:
    """Looks again and again until it is stopped; no failure of a look ends it."""

    def __init__(
        self,
        own: SentinelSettings,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        period: float = PERIOD_SECONDS,
    ):
        self._own = own
        self._period = period
        self._incidents = Incidents(own.settings.alert_state, clock)
        api = AirflowApi(own.address, own.user, own.passwords_file)
        runbook = own.settings.runbook_url
        self._airflow = AirflowWatch(api, self._incidents, runbook, clock)
        self._runs = RunWatch(api, self._incidents, own.shown_address, clock)
        self._day = DayWatch(
            api, self._incidents, own.dag_id, runbook, own.settings.alert_state, clock
        )
        self._pruned_at = float("-inf")

    def run(self, stop: threading.Event) -> None:
        """Looks every period until `stop` is set; the look under way is finished first."""
        log.info("sentinel started address=%s dag=%s", self._own.address, self._own.dag_id)
        while not stop.is_set():
            self.look()
            stop.wait(self._period)
        log.info("sentinel stopped")

    def look(self) -> None:
        """Looks once at everything."""
        self._beat()
        self._quietly("airflow", self._airflow.look)
        if self._airflow.is_reachable:
            self._quietly("runs", self._runs.look)
            self._quietly("day", self._day.look)
        self._quietly("sending", self._send)
        self._quietly("pruning", self._prune)
        self._beat()

    def _send(self) -> None:
        if count := send_due(self._incidents):
            log.info("sentinel sent=%d messages left behind", count)

    def _prune(self) -> None:
        if time.monotonic() - self._pruned_at < PRUNE_SECONDS:
            return
        self._pruned_at = time.monotonic()
        if count := self._incidents.prune():
            log.info("sentinel pruned=%d incidents", count)

    def _beat(self) -> None:
        try:
            self._own.heartbeat.parent.mkdir(parents=True, exist_ok=True)
            self._own.heartbeat.touch()
        except OSError as failure:
            log.error("sentinel heartbeat=not_written reason=%s", failure.strerror)

    def _quietly(self, name: str, look: Callable[[], None]) -> None:
        try:
            look()
        except AirflowAway as failure:
            log.warning("sentinel look=%s airflow=away reason=%s", name, failure)
        except OSError as failure:
            log.error("sentinel look=%s reason=%s", name, failure.strerror or failure)
        except Exception:
            log.exception("sentinel look=%s failed", name)


def heartbeat_file(environment: Mapping[str, str] = os.environ) -> Path:
    """The file whose age says when the sentinel last looked."""
    said = environment.get("JANGBU_SENTINEL_HEARTBEAT", "").strip()
    return (
        Path(said)
        if said
        else Settings.from_environment(environment).alert_state / "sentinel.heartbeat"
    )


def is_alive(heartbeat: Path) -> bool:
    """Whether a sentinel has looked lately."""
    try:
        return time.time() - heartbeat.stat().st_mtime < STALE_SECONDS
    except OSError:
        return False


def main(arguments: list[str]) -> int:
    """The exit code: 0 stopped as asked, or alive; 1 not alive; 2 a wrong setting or argument."""
    if arguments not in ([], ["--check"]):
        print(f"arguments: {' '.join(arguments)} (expected: none, or --check)", file=sys.stderr)
        return 2
    try:
        if arguments:
            return 0 if is_alive(heartbeat_file()) else 1
        own = SentinelSettings.from_environment()
    except ValueError as failure:
        print(failure, file=sys.stderr)
        return 2
    slack.make_ready()
    logging.basicConfig(
        stream=sys.stdout,
        level=logging.INFO,
        format="%(asctime)s %(levelname)s %(message)s",
        force=True,
    )
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    Sentinel(own).run(stop)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
