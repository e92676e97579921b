"""Days run by the real scheduler in real pods, with what goes wrong on real clusters. In this order."""

from __future__ import annotations

import itertools
import re
import statistics
import time
from datetime import datetime
from pathlib import Path
from typing import Any

from pipeline import wait_for
from pods import NAMESPACE, PodPipeline, ended, name_of, processes_of, wait_until

from jangbu_run.airflow_control import DAG

MARTS = ("mart_funnel_daily", "mart_orders", "mart_product_daily", "mart_user_daily")
JOBS = ("extract", "quality_gate", "load", *(f"marts.{mart}" for mart in MARTS), "report")
STOPPED_WITHIN = 8
A_BUSY_MACHINE = 4


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def run_of(pipeline: PodPipeline, day: str, **params: Any) -> str:
    return pipeline.trigger(business_date=day, **params)


def printed(pipeline: PodPipeline, pod: dict[str, Any]) -> str:
    """What a job has printed so far; nothing where it has not begun."""
    return pipeline.cluster.try_kubectl("logs", "-n", NAMESPACE, name_of(pod)).stdout


def test_day_goes_from_its_source_to_the_marts(pipeline: PodPipeline) -> None:
    run = run_of(pipeline, "2026-01-15")

    assert pipeline.ended(run)["state"] == "success"
    states = pipeline.states(run)
    assert {task for task, state in states.items() if state == "skipped"} == {
        "quality_alert",
        "day_refused",
    }
    assert {states[job] for job in JOBS} == {"success"}
    ledger = pipeline.server.sql(
        "SELECT lines_read, clean + rejected, copied, in_table FROM ops.load_log"
        " WHERE business_date = '2026-01-15'"
    )
    assert pipeline.loaded("2026-01-15") == 1881
    assert ledger == ["1881|1881|1881|1881"]
    assert pipeline.orders("2026-01-15") > 0
    assert "1,881" in pipeline.told("처리 완료", "2026-01-15")["text"]
    wait_for(lambda: not pipeline.pods(**{"business-date": "2026-01-15"}), 30, "no pod to be left")


def test_what_the_cluster_adds_to_a_job(pipeline: PodPipeline) -> None:
    run = run_of(pipeline, "2026-01-15")
    whole = pipeline.ended(run)["duration"]
    tasks = pipeline.tasks(run)

    over = {
        job: tasks[job]["duration"] - float(pipeline.result(run, job)["seconds"]) for job in JOBS
    }
    order = ("extract", "quality_gate", "load", "marts.mart_orders")
    gaps = [
        (moment(tasks[after]["start_date"]) - moment(tasks[before]["end_date"])).total_seconds()
        for before, after in itertools.pairwise(order)
    ]
    print(
        f"\nwhole DAG {whole:.1f} s; from a task's end to the next one's start"
        f" {statistics.median(gaps):.2f} s (most {max(gaps):.2f}); over the job's own time: "
        + ", ".join(f"{job.removeprefix('marts.')} {seconds:.2f}" for job, seconds in over.items())
    )
    assert pipeline.states(run)["report"] == "success"


def test_day_with_defects_is_refused(pipeline: PodPipeline) -> None:
    run = run_of(pipeline, "2026-01-16", defects=0.05)

    assert pipeline.ended(run)["state"] == "failed"
    states = pipeline.states(run)
    assert {task for task, state in states.items() if state == "failed"} == {"day_refused"}
    assert states["load"] == states["marts.mart_orders"] == "skipped"
    assert states["report"] == states["notify"] == "success"
    assert pipeline.loaded("2026-01-16") == 0
    message = pipeline.told("품질 실패", "2026-01-16")
    assert re.search(r"\d+\.\d+ %", message["text"])
    assert "usr_" not in str(message), "a user's id"
    assert len(pipeline.messages("2026-01-16")) == 1


def test_crashed_job_is_tried_again(pipeline: PodPipeline) -> None:
    day = "2026-01-17"
    with pipeline.locked("ops.quality_check_log"):
        run = run_of(pipeline, day)
        pod = pipeline.running(task="quality_gate", **{"business-date": day})
        wait_for(lambda: "state=started" in printed(pipeline, pod), 60, "the job's first line")
        pipeline.kill_job(pod)
        wait_for(lambda: pipeline.tasks(run)["quality_gate"]["try_number"] == 2, 60, "a second try")

    assert pipeline.ended(run)["state"] == "success"
    assert pipeline.loaded(day) > 1_000
    wait_for(lambda: len(pipeline.pods(**{"business-date": day})) == 1, 30, "one pod to be left")
    (kept,) = pipeline.pods(**{"business-date": day})
    assert (name_of(kept), ended(kept)["exitCode"]) == (name_of(pod), 137)
    assert "state=started" in printed(pipeline, kept)


def test_job_that_keeps_crashing_fails_the_run_and_slack_hears_of_it(
    pipeline: PodPipeline,
) -> None:
    day = "2026-01-18"
    with pipeline.locked("ops.quality_check_log"):
        run = run_of(pipeline, day)
        pipeline.kill_jobs(2, task="quality_gate", **{"business-date": day}).join(120)

    assert pipeline.ended(run)["state"] == "failed"
    assert "137" in str(pipeline.told("quality_gate", day))
    assert pipeline.states(run)["load"] == "upstream_failed"

    pipeline.clear(run, "quality_gate")

    assert pipeline.ended(run)["state"] == "success"
    assert pipeline.loaded(day) > 1_000
    pipeline.told("복구됨", day)


def test_pod_is_hardened_as_the_api_server_stored_it(pipeline: PodPipeline, secrets: Path) -> None:
    day = "2026-01-19"
    password = (secrets / "jangbu_db_password").read_text()
    with pipeline.locked("ops.quality_check_log"):
        run = run_of(pipeline, day)
        pod = pipeline.running(task="quality_gate", **{"business-date": day})
        (process,) = processes_of(pod)
        status = Path(f"/proc/{process}/status").read_text()
        environment = Path(f"/proc/{process}/environ").read_text()
        mounts = Path(f"/proc/{process}/mounts").read_text().splitlines()
    assert pipeline.ended(run)["state"] == "success"

    spec = pod["spec"]
    (container,) = spec["containers"]
    assert spec["securityContext"] == {
        "runAsNonRoot": True,
        "runAsUser": 10001,
        "runAsGroup": 10001,
        "fsGroup": 10001,
        "fsGroupChangePolicy": "OnRootMismatch",
        "seccompProfile": {"type": "RuntimeDefault"},
    }
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "capabilities": {"drop": ["ALL"]},
        "privileged": False,
        "readOnlyRootFilesystem": True,
    }
    assert container["resources"]["limits"] == {"memory": "1Gi", "ephemeral-storage": "512Mi"}
    assert spec["serviceAccountName"] == "jangbu-jobs"
    assert spec["automountServiceAccountToken"] is False
    assert spec["enableServiceLinks"] is False
    assert spec["terminationGracePeriodSeconds"] == 7
    assert {
        mount["mountPath"]: mount.get("readOnly", False) for mount in container["volumeMounts"]
    } == {
        "/workspace": False,
        "/run/secrets": True,
        "/tmp": False,
    }
    assert {variable["name"] for variable in container["env"]} == {
        "JANGBU_DB_URL",
        "JANGBU_DB_USER",
        "JANGBU_WORKSPACE",
        "JANGBU_DB_PASSWORD_FILE",
    }
    assert password not in str(pod)
    labels = pod["metadata"]["labels"]
    assert labels["dev.jangbu/business-date"] == day
    assert labels["dev.jangbu/job"] == "transform-job"
    assert labels["dev.jangbu/task"] == "quality_gate"
    assert labels["dev.jangbu/try"] == "1"

    # The same as the kernel sees it.
    facts = dict(line.split(":\t", 1) for line in status.splitlines() if ":\t" in line)
    assert facts["Uid"].split() == ["10001"] * 4
    assert int(facts["CapEff"], 16) == int(facts["CapBnd"], 16) == 0
    assert (facts["NoNewPrivs"], facts["Seccomp"]) == ("1", "2")
    assert password not in environment
    options = {line.split()[1]: line.split()[3].split(",") for line in mounts}
    assert "ro" in options["/"]
    assert "ro" in options["/run/secrets"]
    assert not [point for point in options if "serviceaccount" in point]


def test_deleted_pod_leaves_its_job_to_the_next_try(pipeline: PodPipeline) -> None:
    day = "2026-01-20"
    with pipeline.locked("ops.quality_check_log"):
        run = run_of(pipeline, day)
        pod = pipeline.running(task="quality_gate", **{"business-date": day})
        pipeline.cluster.kubectl("delete", "pod", "-n", NAMESPACE, name_of(pod))
        second = pipeline.running(task="quality_gate", attempt=second_attempt(pod))
        assert processes_of(pod) == []
        assert name_of(second) != name_of(pod)

    assert pipeline.ended(run)["state"] == "success"
    assert pipeline.tasks(run)["quality_gate"]["try_number"] == 2
    assert_day_is_whole(pipeline, day)


def second_attempt(pod: dict[str, Any]) -> str:
    return str(pod["metadata"]["labels"]["dev.jangbu/attempt"]).rpartition("-")[0] + "-2"


def assert_day_is_whole(pipeline: PodPipeline, day: str) -> None:
    """Each event of the day once, and as many as its ledger says."""
    rows = pipeline.server.sql(
        f"SELECT count(*), count(DISTINCT event_id) FROM raw.raw_events WHERE event_date = '{day}'"
    )
    ledger = pipeline.server.sql(
        f"SELECT in_table FROM ops.load_log WHERE business_date = '{day}' ORDER BY 1"
    )
    count = str(pipeline.loaded(day))
    assert int(count) > 1_000
    assert rows == [f"{count}|{count}"]
    assert set(ledger) == {count}


def test_pod_torn_away_while_it_writes_leaves_one_writer(pipeline: PodPipeline) -> None:
    """Without grace the cluster forgets a pod that may still write; the job's own lock keeps the next one out."""
    day = "2026-01-21"
    with pipeline.locked("raw.raw_events"):
        run = run_of(pipeline, day)
        pod = pipeline.running(task="load", **{"business-date": day})
        pipeline.cluster.kubectl(
            "delete", "pod", "-n", NAMESPACE, name_of(pod), "--grace-period=0", "--force"
        )
        wait_for(lambda: pipeline.tasks(run)["load"]["try_number"] == 2, 60, "a second try")

    assert pipeline.ended(run)["state"] == "success"
    assert_day_is_whole(pipeline, day)


def test_killed_worker_leaves_its_pod_to_the_next_try(pipeline: PodPipeline) -> None:
    day = "2026-01-22"
    with pipeline.locked("ops.quality_check_log"):
        run = run_of(pipeline, day)
        pod = pipeline.running(task="quality_gate", **{"business-date": day})
        assert pipeline.kill_worker(run, "quality_gate") >= 2
        took = wait_until(lambda: is_second_try_running(pipeline, run), 180, "the second try")
        print(f"\na killed worker's task ran again after {took:.0f} s")
        wait_for(lambda: "following pod" in pipeline.log(run, "quality_gate", 2), 60, "to follow")
        assert [
            name_of(one) for one in pipeline.pods(task="quality_gate", **{"business-date": day})
        ] == [name_of(pod)]

    assert pipeline.ended(run)["state"] == "success"
    assert pipeline.tasks(run)["quality_gate"]["try_number"] == 2
    assert_day_is_whole(pipeline, day)
    wait_for(lambda: not pipeline.pods(**{"business-date": day}), 30, "no pod to be left")


def is_second_try_running(pipeline: PodPipeline, run: str) -> bool:
    task = pipeline.tasks(run)["quality_gate"]
    return bool(task["try_number"] == 2 and task["state"] == "running")


def test_stopped_task_stops_its_job(pipeline: PodPipeline) -> None:
    day = "2026-01-23"
    with pipeline.locked("ops.quality_check_log"):
        run = run_of(pipeline, day)
        pod = pipeline.running(task="quality_gate", **{"business-date": day})
        path = f"/api/v2/dags/{DAG}/dagRuns/{run}/taskInstances/quality_gate"
        began = time.monotonic()
        pipeline.call("PATCH", path, {"new_state": "failed"})
        wait_for(lambda: not processes_of(pod), 30, "the job to end", 0.05)
        took = time.monotonic() - began
        print(f"\na stopped task's job ended after {took:.1f} s")
        wait_for(
            lambda: not pipeline.pods(**{"business-date": day, "task": "quality_gate"}),
            30,
            "its pod to go",
        )
    pipeline.ended(run)
    assert took < STOPPED_WITHIN + A_BUSY_MACHINE


def test_deleted_pod_ends_within_its_grace(pipeline: PodPipeline) -> None:
    day = "2026-01-24"
    with pipeline.locked("ops.quality_check_log"):
        run = run_of(pipeline, day)
        pod = pipeline.running(task="quality_gate", **{"business-date": day})
        pipeline.cluster.kubectl("delete", "pod", "-n", NAMESPACE, name_of(pod), "--wait=false")
        took = wait_until(lambda: not processes_of(pod), 30, "the job to end")
        print(f"\na deleted pod's job ended after {took:.1f} s")
    assert pipeline.ended(run)["state"] == "success"
    assert took < STOPPED_WITHIN + A_BUSY_MACHINE


def test_two_runs_of_one_day_at_once(pipeline: PodPipeline) -> None:
    day = "2026-01-25"
    runs = [run_of(pipeline, day) for _ in range(2)]

    assert [pipeline.ended(run)["state"] for run in runs] == ["success", "success"]
    assert_day_is_whole(pipeline, day)
