"""One job as a pod, by the runner itself: how its end is told, and what becomes of the pod."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from threading import Thread

import pytest
from airflow.sdk.exceptions import AirflowException
from cluster import Cluster
from pipeline import wait_for
from pods import NAMESPACE, PodPipeline, Runner, ended, name_of, pods_of, processes_of

from jangbu.operators import failure
from jangbu.runners.job_run import Ended, JobRun

DAY = ("events", "--ds", "2026-02-01")
RUN = JobRun(
    job="extract-job",
    dataset="events",
    slice="all",
    business_date=date(2026, 2, 1),
    arguments=(*DAY, "--source", "simulator", "--users", "50", "--seed", "7"),
    dag_id="probe",
    run_id="manual__2026-02-02T00:00:00+00:00",
    task_id="extract",
    try_number=1,
)


def labels_of(run: JobRun) -> str:
    return f"dev.jangbu/attempt={run.attempt}"


def test_job_that_is_done_leaves_no_pod(cluster: Cluster, runner: Runner) -> None:
    ended_so = runner().run_job(RUN, {})

    assert (ended_so.exit_code, ended_so.note, ended_so.attempt) == (0, "", RUN.attempt)
    assert ended_so.printed is not None
    assert ended_so.printed["status"] == "done"
    assert pods_of(cluster, labels_of(RUN), is_deleted=False) == []


def test_job_without_memory_is_said_to_have_had_none(cluster: Cluster, runner: Runner) -> None:
    run = replace(RUN, try_number=2)

    ended_so = runner(JANGBU_JOB_MEMORY="40m").run_job(run, {})

    assert (ended_so.exit_code, ended_so.note) == (137, "the container ran out of memory")
    (kept,) = pods_of(cluster, labels_of(run))
    assert (ended(kept)["exitCode"], ended(kept)["reason"]) == (137, "OOMKilled")
    assert str(failure(run, ended_so, {})) == (
        "extract-job events 2026-02-01: exit code 137, killed, most often for want of memory:"
        " the container ran out of memory"
    )


def test_job_with_bad_arguments_is_kept_and_deleted_after_its_time(
    cluster: Cluster, runner: Runner
) -> None:
    run = replace(RUN, try_number=3, arguments=(*DAY, "--source", "nowhere"))

    assert runner().run_job(run, {}).exit_code == 2
    (kept,) = pods_of(cluster, labels_of(run))
    assert "--source: nowhere (expected" in cluster.kubectl("logs", "-n", NAMESPACE, name_of(kept))

    assert (
        runner(JANGBU_KEEP_FAILED_HOURS="0").run_job(replace(RUN, try_number=4), {}).exit_code == 0
    )
    wait_for(lambda: not pods_of(cluster, labels_of(run)), 30, "the old pod to be gone")


def test_image_that_is_nowhere_is_told_with_its_name(cluster: Cluster, runner: Runner) -> None:
    run = replace(RUN, try_number=5)

    with pytest.raises(AirflowException, match=r"nowhere\.invalid/jangbu/extract-job:latest"):
        runner(JANGBU_IMAGE_PREFIX="nowhere.invalid/jangbu/").run_job(run, {})

    assert pods_of(cluster, labels_of(run), is_deleted=False) == []


def test_pod_beyond_the_quota_is_refused_in_words(cluster: Cluster, runner: Runner) -> None:
    with pytest.raises(AirflowException, match=r"refuses the pod: .* exceeded quota: jobs"):
        runner(JANGBU_JOB_MEMORY="20g").run_job(replace(RUN, try_number=10), {})


def test_pod_that_does_not_start_says_why(
    cluster: Cluster, runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jangbu.runners.kubernetes.START_SECONDS", 5)
    run = replace(RUN, try_number=11)

    with pytest.raises(AirflowException, match=r'not started after 5 s; .*secret "nowhere" not'):
        runner(JANGBU_POD_SECRET="nowhere").run_job(run, {})

    assert pods_of(cluster, labels_of(run), is_deleted=False) == []


def test_pod_torn_from_the_cluster_ends_without_a_result(
    cluster: Cluster, runner: Runner, pipeline: PodPipeline
) -> None:
    run = replace(RUN, job="transform-job", arguments=DAY, try_number=6, task_id="quality_gate")
    found: list[Ended] = []
    follower = Thread(target=lambda: found.append(runner().run_job(run, {})))
    with pipeline.locked("ops.quality_check_log"):
        follower.start()
        pod = pipeline.running(attempt=run.attempt)
        cluster.kubectl(
            "delete", "pod", "-n", NAMESPACE, name_of(pod), "--grace-period=0", "--force"
        )
        follower.join(60)
    assert not follower.is_alive()
    (ended_so,) = found
    assert ended_so.exit_code in (None, 137, 143)
    wait_for(lambda: not processes_of(pod), 30, "the torn pod's process to end")


def test_job_goes_on_while_the_api_server_is_away(
    cluster: Cluster, runner: Runner, pipeline: PodPipeline
) -> None:
    run = replace(RUN, job="transform-job", arguments=DAY, try_number=7, task_id="quality_gate")
    found: list[Ended] = []
    follower = Thread(target=lambda: found.append(runner().run_job(run, {})))
    with pipeline.locked("ops.quality_check_log"):
        follower.start()
        pod = pipeline.running(attempt=run.attempt)
        with cluster.api_server_away():
            assert processes_of(pod)
    follower.join(120)

    assert not follower.is_alive()
    assert [one.exit_code for one in found] == [0]


def test_second_try_follows_the_pod_of_the_first(
    cluster: Cluster, runner: Runner, pipeline: PodPipeline
) -> None:
    first = replace(RUN, job="transform-job", arguments=DAY, try_number=8, task_id="quality_gate")
    second = replace(first, try_number=9)
    found: list[Ended] = []
    followers = [
        Thread(target=lambda run=run: found.append(runner().run_job(run, {})))
        for run in (first, second)
    ]
    with pipeline.locked("ops.quality_check_log"):
        followers[0].start()
        pipeline.running(attempt=first.attempt)
        followers[1].start()
        wait_for(lambda: followers[1].is_alive(), 10, "the second try")
    for follower in followers:
        follower.join(120)

    assert [(one.exit_code, one.attempt) for one in found] == [(0, first.attempt)] * 2
    assert pods_of(cluster, labels_of(second)) == []
