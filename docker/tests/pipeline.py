"""A DAG on a test's own server: its runs, its jobs' containers, and what Slack is told of them."""

from __future__ import annotations

import json
import os
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from server import PROJECT, Server

from jangbu_run.airflow_control import DAG

RUN_SECONDS = 300
ENDED = ("success", "failed")


@dataclass
class Pipeline:
    """A DAG, driven and watched from outside as people and incidents do."""

    server: Server
    dag: str = field(default=DAG, kw_only=True)

    def call(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        status, answer = self.server.airflow.ask(method, path, body, self.server.airflow.token())
        assert status < 300, f"{method} {path}: {status} {answer}"
        return answer

    def trigger(self, **params: Any) -> str:
        """Starts a run; its id."""
        self.switch_on()
        body = {"logical_date": None, "conf": params}
        return str(self.call("POST", f"/api/v2/dags/{self.dag}/dagRuns", body)["dag_run_id"])

    def switch_on(self) -> None:
        self.call("PATCH", f"/api/v2/dags/{self.dag}", {"is_paused": False})

    def backfill(self, first: str, last: str, **params: Any) -> None:
        """Asks for a range as Airflow's dialog does, once the one before is over."""
        self.switch_on()
        wait_for(self._is_free_for_a_backfill, 180, "the earlier backfill to be over", 2)
        body = {
            "dag_id": self.dag,
            "from_date": first,
            "to_date": last,
            "max_active_runs": 3,
            "reprocess_behavior": "completed",
            "run_backwards": False,
            "dag_run_conf": params,
        }
        self.call("POST", "/api/v2/backfills", body)

    def _is_free_for_a_backfill(self) -> bool:
        found = self.call("GET", f"/api/v2/backfills?dag_id={self.dag}")["backfills"]
        return all(one["completed_at"] for one in found)

    def backfilled(self, ids: set[str], seconds: float = RUN_SECONDS) -> set[str]:
        """The states the named runs of a backfill ended in."""

        def states() -> list[str]:
            return [run["state"] for run in self.runs() if run["dag_run_id"] in ids]

        wait_for(
            lambda: len(states()) == len(ids) and set(states()) <= set(ENDED),
            seconds,
            f"{len(ids)} backfilled days; {[(r['dag_run_id'], r['state']) for r in self.runs()]}",
        )
        return set(states())

    def runs(self) -> list[dict[str, Any]]:
        return self.call("GET", f"/api/v2/dags/{self.dag}/dagRuns?limit=100")["dag_runs"]

    def ended(self, run: str, seconds: float = RUN_SECONDS) -> dict[str, Any]:
        """The run once it has ended."""
        path = f"/api/v2/dags/{self.dag}/dagRuns/{run}"
        wait_for(lambda: self.call("GET", path)["state"] in ENDED, seconds, f"{run} to end")
        return self.call("GET", path)

    def clear(self, run: str, task: str) -> None:
        """Clears a task and all that follows it."""
        body = {
            "dag_run_id": run,
            "task_ids": [task],
            "dry_run": False,
            "only_failed": False,
            "include_downstream": True,
            "reset_dag_runs": True,
        }
        self.call("POST", f"/api/v2/dags/{self.dag}/clearTaskInstances", body)

    def tasks(self, run: str) -> dict[str, dict[str, Any]]:
        path = f"/api/v2/dags/{self.dag}/dagRuns/{run}/taskInstances?limit=100"
        return {task["task_id"]: task for task in self.call("GET", path)["task_instances"]}

    def mapped(self, run: str, group: str) -> dict[str, str]:
        """The states of a mapped group's tasks, by the names people see: `extract cafe24-x orders`."""
        path = f"/api/v2/dags/{self.dag}/dagRuns/{run}/taskInstances?limit=100"
        return {
            f"{task['task_id'].rpartition('.')[2]} {task['rendered_map_index']}": str(task["state"])
            for task in self.call("GET", path)["task_instances"]
            if task["task_id"].startswith(f"{group}.") and task["map_index"] >= 0
        }

    def states(self, run: str) -> dict[str, str]:
        return {task_id: str(task["state"]) for task_id, task in self.tasks(run).items()}

    def result(self, run: str, task: str) -> dict[str, Any]:
        """What the task's job wrote about itself."""
        path = f"/api/v2/dags/{self.dag}/dagRuns/{run}/taskInstances/{task}/xcomEntries/job_result"
        return self.call("GET", path)["value"]["summary"]

    def loaded(self, day: str) -> int:
        return self._count(f"raw.raw_events WHERE event_date = '{day}'")

    def orders(self, day: str) -> int:
        return self._count(f"mart.mart_orders WHERE order_date = '{day}'")

    def _count(self, what: str) -> int:
        return int(self.server.sql(f"SELECT count(*) FROM {what}")[0])

    def messages(self, containing: str = "") -> list[dict[str, Any]]:
        """What Slack was sent, in order."""
        lines = self.server.run("docker", "logs", self.server.container("slack-sink")).splitlines()
        return [json.loads(line) for line in lines if line.startswith("{") and containing in line]

    def told(self, *words: str, seconds: float = 60) -> dict[str, Any]:
        """The first message with all these words, once it is there."""

        def found() -> list[dict[str, Any]]:
            return [one for one in self.messages() if all(word in str(one) for word in words)]

        wait_for(found, seconds, f"a message with {words}")
        return found()[0]

    @contextmanager
    def locked(self, table: str) -> Iterator[None]:
        """Holds a table of the jobs' database, so that a job must wait for it."""
        command = ["docker", "exec", "-i", self.server.container("postgres")]
        command += ["psql", "-U", "postgres", "-d", "jangbu", "-q"]
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as holder:
            assert holder.stdin
            assert holder.stdout
            holder.stdin.write(f"BEGIN; LOCK TABLE {table};\n\\echo held\n")
            holder.stdin.flush()
            assert holder.stdout.readline().strip() == "held"
            try:
                yield
            finally:
                holder.stdin.close()

    def containers(self, and_ended: bool = False, **labels: str) -> list[str]:
        """Ids of the jobs' containers with these labels: those that run, or all."""
        filters = [f"label=dev.jangbu.policy={PROJECT}_jobs"]
        filters += [f"label=dev.jangbu.{name}={text}" for name, text in labels.items()]
        options = [option for one in filters for option in ("--filter", one)]
        return self.server.run(
            "docker", "ps", "-q", *(["-a"] if and_ended else []), *options
        ).split()

    def container(self, **labels: str) -> str:
        """The id of a job's container as soon as it runs."""
        found: list[str] = []
        wait_for(
            lambda: found.extend(self.containers(**labels)) or bool(found),
            60,
            f"a container of {labels}",
            pause=0.02,
        )
        return found[0]

    def inspect(self, container: str) -> dict[str, Any]:
        return json.loads(self.server.run("docker", "inspect", container))[0]

    def kill_when_running(self, times: int, **labels: str) -> threading.Thread:
        """Kills so many containers with these labels, each as soon as it runs."""

        def kill() -> None:
            killed: set[str] = set()
            while len(killed) < times:
                for container in set(self.containers(**labels)) - killed:
                    self.server.run("docker", "kill", "--signal", "KILL", container)
                    killed.add(container)
                time.sleep(0.02)

        thread = threading.Thread(target=kill, daemon=True)
        thread.start()
        return thread

    def kill_worker(self, run: str, task: str) -> int:
        """Ends a task's processes in the scheduler's container with SIGKILL; how many."""
        instance = self.tasks(run)[task]["id"]
        scheduler = self.server.container("scheduler")
        listed = self.server.run("docker", "top", scheduler, "-eo", "pid,ppid,args")
        rows = [line.split(maxsplit=2) for line in listed.splitlines()[1:]]
        workers = [row[0] for row in rows if len(row) > 2 and instance in row[2]]
        doomed = set(workers) | {row[0] for row in rows if row[1] in workers}
        for process in doomed:
            os.kill(int(process), 9)
        return len(doomed)


def wait_for(
    condition: Callable[[], object], seconds: float, what: str, pause: float = 0.5
) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"waited {seconds:.0f} s for {what}"
        time.sleep(pause)
