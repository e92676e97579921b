"""Which failures were told: one JSON file an incident, so that alerts work while every database is away.

A message is written into its incident (state `sending`) before it is sent, and taken out after. A process that dies
in between leaves it there, and whoever calls `due` two minutes later sends it: rather twice than never.
All changes happen under one file lock, held for milliseconds and never while sending.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, fields
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from jangbu.alerts.messages import Continuing, Message

RESEND_AFTER = timedelta(minutes=2)
LONGEST_RESEND = timedelta(hours=1)
REMIND_AFTER = timedelta(hours=12)
KEEP_CLOSED = timedelta(days=90)
SEEN_LIMIT = 5000
LOCK_SECONDS = 10.0

Teller = Callable[[Continuing | None], Message]


@dataclass(frozen=True)
class Key:
    """What makes two failures the same incident."""

    dag_id: str
    task_id: str
    cause: str


@dataclass(frozen=True)
class Attempt:
    """One try of one task of one run: told at most once, however often Airflow calls back."""

    run_id: str
    task_id: str
    number: int


@dataclass
class Sending:
    """A message that must go out. `due_at`: from then on somebody else may send it."""

    id: str
    kind: str
    text: str
    blocks: list[dict[str, Any]]
    due_at: str
    tries: int = 0


@dataclass
class Incident:
    """What its file holds. Open until `closed_at`; `dates` are those that have not passed since."""

    id: str
    dag_id: str
    task_id: str
    cause: str
    opened_at: str
    told_at: str = ""
    closed_at: str = ""
    dates: dict[str, dict[str, str]] = field(default_factory=dict)
    all_dates: list[str] = field(default_factory=list)
    seen: list[list[Any]] = field(default_factory=list)
    sending: list[Sending] = field(default_factory=list)

    def key(self) -> Key:
        return Key(self.dag_id, self.task_id, self.cause)

    def opened(self) -> datetime:
        return datetime.fromisoformat(self.opened_at)

    def has_seen(self, attempt: Attempt) -> bool:
        return [attempt.run_id, attempt.task_id, attempt.number] in self.seen


@dataclass(frozen=True)
class Claim:
    """The right to send one message of an incident, for two minutes."""

    incident_id: str
    sending_id: str
    kind: str
    message: Message


class Incidents:
    """The incidents of a folder, shared by all processes on the machine.

    Everything raises OSError where the folder cannot be used.
    """

    def __init__(self, folder: Path, clock: Callable[[], datetime] = lambda: datetime.now(UTC)):
        self._folder = folder / "incidents"
        self._clock = clock

    def failed(self, key: Key, date: str, attempt: Attempt, tell: Teller) -> Claim | None:
        """Records a failure; a claim when it has to be told: the first of its incident, or a reminder after 12 hours.

        `date` is the business date, or what stands for it where a run has none.
        """
        with self._locked() as incidents:
            if any(incident.has_seen(attempt) for incident in incidents):
                return None
            self._take_off_elsewhere(incidents, key, date, attempt.task_id)
            incident = _open_one(incidents, key) or self._new(key)
            self._add(incident, date, attempt)
            claim = self._telling(incident, tell)
            self._write(incident)
            return claim

    def passed(
        self, dag_id: str, dates: set[str], at: datetime, tell: Callable[[Incident], Message]
    ) -> list[Claim]:
        """Takes dates off the DAG's incidents that failed no later than `at`; claims for those that are over by it."""
        with self._locked() as incidents:
            return [
                claim
                for incident in incidents
                if incident.dag_id == dag_id and not incident.closed_at
                for claim in self._without(incident, dates, at, tell)
            ]

    def note(self, key: Key, date: str, attempt: Attempt, message: Message) -> Claim | None:
        """Something to tell once that is no failure; None when this attempt has told it."""
        with self._locked() as incidents:
            if any(incident.has_seen(attempt) for incident in incidents):
                return None
            incident = self._new(key)
            self._add(incident, date, attempt)
            incident.dates.clear()
            incident.closed_at = self._now()
            claim = self._claim(incident, "note", message)
            self._write(incident)
            return claim

    def due(self) -> Claim | None:
        """A claim for a message that somebody began to send and did not finish, in the order of its incident."""
        with self._locked() as incidents:
            for incident in incidents:
                if incident.sending and self._is_due(incident.sending[0]):
                    claim = self._lease(incident)
                    self._write(incident)
                    return claim
            return None

    def sent(self, claim: Claim) -> None:
        """The message is out; it is never sent again."""
        with self._locked() as incidents:
            for incident in incidents:
                if incident.id == claim.incident_id:
                    incident.sending = [
                        one for one in incident.sending if one.id != claim.sending_id
                    ]
                    self._write(incident)

    def knows(self, attempt: Attempt) -> bool:
        """Whether this very attempt was recorded, told or not."""
        with self._locked() as incidents:
            return any(incident.has_seen(attempt) for incident in incidents)

    def of_run(self, run_id: str) -> list[Incident]:
        """The incidents a run has failed into, open or closed."""
        with self._locked() as incidents:
            return [one for one in incidents if any(seen[0] == run_id for seen in one.seen)]

    def open_ones(self) -> list[Incident]:
        """The incidents that are not over."""
        with self._locked() as incidents:
            return [incident for incident in incidents if not incident.closed_at]

    def prune(self) -> int:
        """Removes incidents closed for 90 days; how many."""
        oldest = self._clock() - KEEP_CLOSED
        with self._locked() as incidents:
            old = [
                one
                for one in incidents
                if one.closed_at
                and not one.sending
                and datetime.fromisoformat(one.closed_at) < oldest
            ]
            for incident in old:
                self._file(incident).unlink(missing_ok=True)
            # Held under the lock, so whoever was writing these is dead.
            for left in self._folder.glob(".writing-*"):
                left.unlink(missing_ok=True)
            return len(old)

    def _telling(self, incident: Incident, tell: Teller) -> Claim | None:
        if not incident.told_at:
            incident.told_at = self._now()
            return self._claim(incident, "failed", tell(None))
        if self._clock() - datetime.fromisoformat(incident.told_at) <= REMIND_AFTER:
            return None
        incident.told_at = self._now()
        continuing = Continuing(tuple(sorted(incident.dates)), incident.opened())
        return self._claim(incident, "reminder", tell(continuing))

    def _claim(self, incident: Incident, kind: str, message: Message) -> Claim | None:
        """The claim, or None where an earlier message of the incident has to go out first."""
        is_first = not incident.sending
        due_at = (self._clock() + RESEND_AFTER).isoformat() if is_first else self._now()
        number = sha256(os.urandom(16)).hexdigest()[:12]
        sending = Sending(
            number, kind, message.text, list(message.blocks), due_at, 1 if is_first else 0
        )
        incident.sending.append(sending)
        return Claim(incident.id, number, kind, message) if is_first else None

    def _lease(self, incident: Incident) -> Claim:
        sending = incident.sending[0]
        wait = min(RESEND_AFTER * 2 ** min(sending.tries, 10), LONGEST_RESEND)
        sending.due_at = (self._clock() + wait).isoformat()
        sending.tries += 1
        message = Message(sending.text, tuple(sending.blocks))
        return Claim(incident.id, sending.id, sending.kind, message)

    def _is_due(self, sending: Sending) -> bool:
        return datetime.fromisoformat(sending.due_at) <= self._clock()

    def _without(
        self, incident: Incident, dates: set[str], at: datetime, tell: Callable[[Incident], Message]
    ) -> list[Claim]:
        over = [
            date
            for date, failure in incident.dates.items()
            if date in dates and datetime.fromisoformat(failure["at"]) <= at
        ]
        if not over:
            return []
        for date in over:
            del incident.dates[date]
        claim = None
        if not incident.dates:
            incident.closed_at = self._now()
            claim = self._claim(incident, "recovered", tell(incident))
        self._write(incident)
        return [claim] if claim else []

    def _take_off_elsewhere(
        self, incidents: list[Incident], key: Key, date: str, task_id: str
    ) -> None:
        """A date that fails at the same task for another cause belongs to the new incident only."""
        for incident in incidents:
            is_other = incident.dag_id == key.dag_id and incident.key() != key
            failure = incident.dates.get(date)
            if is_other and failure and failure["task_id"] == task_id:
                del incident.dates[date]
                incident.closed_at = incident.closed_at or ("" if incident.dates else self._now())
                self._write(incident)

    def _add(self, incident: Incident, date: str, attempt: Attempt) -> None:
        incident.dates[date] = {
            "at": self._now(),
            "run_id": attempt.run_id,
            "task_id": attempt.task_id,
        }
        if date not in incident.all_dates:
            incident.all_dates.append(date)
        incident.seen.append([attempt.run_id, attempt.task_id, attempt.number])
        del incident.seen[:-SEEN_LIMIT]

    def _new(self, key: Key) -> Incident:
        stamp = self._clock().strftime("%Y%m%dT%H%M%S%f")
        words = "-".join(word for word in (key.dag_id, key.task_id, key.cause) if word)
        slug = re.sub(r"[^A-Za-z0-9]+", "-", words)[:80].strip("-")
        number = sha256(repr((key, os.urandom(8))).encode()).hexdigest()[:8]
        return Incident(f"{stamp}-{slug}-{number}", key.dag_id, key.task_id, key.cause, self._now())

    def _now(self) -> str:
        return self._clock().isoformat()

    @contextmanager
    def _locked(self) -> Iterator[list[Incident]]:
        self._folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self._folder / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            _lock(descriptor)
            yield self._read_all()
        finally:
            os.close(descriptor)

    def _read_all(self) -> list[Incident]:
        incidents = [self._read(file) for file in sorted(self._folder.glob("*.json"))]
        return [incident for incident in incidents if incident is not None]

    def _read(self, file: Path) -> Incident | None:
        try:
            return _incident(json.loads(file.read_bytes()), file.stem)
        except FileNotFoundError:
            return None
        except (ValueError, TypeError, KeyError, AttributeError):
            # Not ours any more: put aside, so that one bad file never stops the alerts of all others.
            file.rename(file.with_suffix(".unreadable"))
            return None

    def _file(self, incident: Incident) -> Path:
        return self._folder / f"{incident.id}.json"

    def _write(self, incident: Incident) -> None:
        _write_atomically(
            self._file(incident), json.dumps(asdict(incident), ensure_ascii=False, indent=1)
        )


def _open_one(incidents: list[Incident], key: Key) -> Incident | None:
    return next((one for one in incidents if one.key() == key and not one.closed_at), None)


def _incident(content: dict[str, Any], name: str) -> Incident:
    names = {one.name for one in fields(Incident)}
    known = {name: value for name, value in content.items() if name in names}
    known["sending"] = [Sending(**sending) for sending in content["sending"]]
    incident = Incident(**known)
    if incident.id != name:
        raise ValueError(f"id: {incident.id} (expected: {name})")
    datetime.fromisoformat(incident.opened_at)
    return incident


def _lock(descriptor: int) -> None:
    deadline = time.monotonic() + LOCK_SECONDS
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise TimeoutError(
                    f"the incidents are locked for more than {LOCK_SECONDS:.0f} s"
                ) from None
            time.sleep(0.02)


def _write_atomically(file: Path, text: str) -> None:
    descriptor, temporary = tempfile.mkstemp(prefix=".writing-", dir=file.parent)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(temporary, file)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
