"""Runs a job in a hardened pod of its own."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from airflow.providers.cncf.kubernetes.operators.pod import KubernetesPodOperator
from airflow.providers.cncf.kubernetes.pod_generator import make_safe_label_value
from airflow.providers.cncf.kubernetes.utils.pod_manager import detect_pod_terminate_early_issues
from airflow.sdk.exceptions import AirflowException
from kubernetes.client import ApiException
from kubernetes.client import models as k8s
from kubernetes.watch import Watch
from urllib3.exceptions import HTTPError

from jangbu.exit_codes import ExitCode
from jangbu.runners.job_run import LABEL, STOP_SECONDS, Ended, JobRun, LastSummary, lines_of
from jangbu.runners.pod_spec import (
    CERTIFICATES,
    CREDENTIAL_KEY,
    certificates,
    environment,
    environment_with_executors,
    resources,
    volume_mounts,
    volumes,
)
from jangbu.settings import SPARK_JOB, Settings

JOB_USER = 10001
CONTAINER = "job"
ON_KUBERNETES = "k8s://"
ATTEMPT_LABEL = f"{LABEL}/attempt"
REACHES_OUT = f"{LABEL}/reaches-out"
ON_SPARK = f"{LABEL}/on-spark"
OUT_OF_MEMORY = 137
VERDICTS = (ExitCode.DONE, ExitCode.QUALITY_FAILED)
OVER = ("Succeeded", "Failed")
GONE = 404
# To connect, and to hear the next byte: a job says something every 30 s.
API_SECONDS = (10, 90)
WATCH_SECONDS = 60
# A cluster may have to start a node, and pull an image, for a pod.
START_SECONDS = 600
START_PAUSE_SECONDS = 10
# A log ends a little before the cluster knows that its container has.
SETTLE_SECONDS = 5
# Asking again when the API server is away, or a log breaks off.
PAUSE_SECONDS = 1.0
MOST_FAILURES = 60


class PodJobRunner(KubernetesPodOperator):
    """The Kubernetes provider's operator, with the same limits a job's container has under Docker.

    * read-only root, no capabilities, no way to new privileges, limits on memory and files, an ordinary user, no token
      of the cluster: a pod the standard `restricted` lets through;
    * the exit code is the container's own, read from the pod;
    * a try that finds its own task's pod still alive (its worker died) follows that one instead of a second;
    * a pod that came to its verdict is deleted, a failed one is kept for on call and deleted `keep_failed` later.

    Only a job that logs in to shops' accounts has the key of their credentials (`JANGBU_POD_CREDENTIAL_SECRET`), who
    signed the certificates of their databases (`JANGBU_POD_CERTIFICATES`, where there is one), and the label a network
    policy lets out.

    Only where Spark runs on this cluster (`JANGBU_SPARK_MASTER` is `k8s://...`) its job has an account that may start
    and end pods, `JANGBU_POD_SPARK_SERVICE_ACCOUNT`, with a token: its executors are pods, which are deleted with it.

    The workspace is a claim all pods and Airflow share (`JANGBU_POD_WORKSPACE_CLAIM`), the database's password a secret
    with the key `jangbu_db_password` (`JANGBU_POD_SECRET`).
    """

    template_fields = ()

    def __init__(self, *, settings: Settings, **arguments: Any) -> None:
        super().__init__(
            name="jangbu-job",
            namespace=settings.pod_namespace,
            service_account_name=settings.pod_service_account,
            base_container_name=CONTAINER,
            # A release has a tag of its own; an image that is there is never asked for again.
            image_pull_policy="IfNotPresent",
            volumes=volumes(settings),
            volume_mounts=volume_mounts(),
            env_vars=environment(settings),
            security_context=k8s.V1PodSecurityContext(
                run_as_user=JOB_USER,
                run_as_group=JOB_USER,
                run_as_non_root=True,
                fs_group=JOB_USER,
                # Not file by file through the whole workspace at each start.
                fs_group_change_policy="OnRootMismatch",
                seccomp_profile=k8s.V1SeccompProfile(type="RuntimeDefault"),
            ),
            container_security_context=k8s.V1SecurityContext(
                allow_privilege_escalation=False,
                privileged=False,
                read_only_root_filesystem=True,
                capabilities=k8s.V1Capabilities(drop=["ALL"]),
            ),
            container_resources=resources(settings, settings.job_memory),
            automount_service_account_token=False,
            termination_grace_period=STOP_SECONDS,
            # The addresses of the namespace's services are none of a job's business.
            full_pod_spec=k8s.V1Pod(
                metadata=k8s.V1ObjectMeta(),
                spec=k8s.V1PodSpec(containers=[], enable_service_links=False),
            ),
            **arguments,
        )
        self.settings = settings

    def run_job(self, run: JobRun, context: Any) -> Ended:
        """Runs the job to its end.

        :raises AirflowException: the cluster refuses the pod, or does not start it
        :raises kubernetes.client.ApiException: the API server refuses other calls, or is away
        """
        self.prepare(run)
        self.pod = self._reattach(run) or self._start()
        name = self.pod.metadata.name
        self._await_start(name)
        summary = LastSummary()
        for line in self._lines(name):
            summary.see(line)
            self.log.info("%s", line)
        pod = self._await_end(name)
        code, note = how_it_ended(pod)
        if code in VERDICTS:
            self._delete(name)
        elif pod is not None and not pod.metadata.deletion_timestamp:
            self.log.info("pod %s is kept for a look: kubectl logs it", name)
        self._delete_old()
        return Ended(code, attempt_of(self.pod, run), summary.value, note, summary.listed)

    def prepare(self, run: JobRun) -> None:
        """Makes the pod this run's: its image, name, arguments and labels."""
        self.image = self.settings.image(run.image)
        self.name = re.sub(r"[_.]", "-", f"jangbu-{run.job}-{run.slice}-{run.business_date}")
        self.arguments = run.command
        self.labels = pod_labels(run)
        self.container_resources = resources(self.settings, self.settings.memory(run.program))
        if run.asks_a_platform:
            self.labels[REACHES_OUT] = "true"
            self.volumes = [
                *volumes(self.settings, self.settings.pod_credential_secret),
                certificates(self.settings),
            ]
            self.volume_mounts = [
                *volume_mounts(),
                k8s.V1VolumeMount(name="certificates", mount_path=CERTIFICATES, read_only=True),
            ]
            self.env_vars = environment(self.settings) | {
                "JANGBU_CREDENTIAL_KEY_FILE": CREDENTIAL_KEY
            }

        if run.program == SPARK_JOB and self.settings.spark_master.startswith(ON_KUBERNETES):
            self._has_executors()

    def _has_executors(self) -> None:
        """Lets the job have executors of the same image beside it."""
        self.labels[ON_SPARK] = "true"
        self.service_account_name = self.settings.pod_spark_service_account
        self.volumes = volumes(self.settings, with_token=True)
        self.env_vars = environment_with_executors(self.settings, self.image)

    def on_kill(self) -> None:
        """Asks the job to stop; the cluster ends it if it does not within seconds."""
        if self.pod is not None:
            self.log.info("deleting pod %s", self.pod.metadata.name)
            self._delete(self.pod.metadata.name)

    def _reattach(self, run: JobRun) -> k8s.V1Pod | None:
        """Takes up the pod an earlier try of this task left alive."""
        owner = cluster_labels(run.owner_labels)
        for pod in self._pods(owner):
            # The phase changes some time after the container's end.
            if not has_ended(pod) and not pod.metadata.deletion_timestamp:
                attempt = pod.metadata.labels[ATTEMPT_LABEL]
                self.log.info("following pod %s of attempt %s", pod.metadata.name, attempt)
                return pod
        return None

    def _start(self) -> k8s.V1Pod:
        try:
            pod = self.client.create_namespaced_pod(
                self.namespace, self.build_pod_request_obj(), _request_timeout=API_SECONDS
            )
        except ApiException as refusal:
            raise AirflowException(f"the cluster refuses the pod: {words_of(refusal)}") from refusal
        self.log.info("created pod %s from %s", pod.metadata.name, self.image)
        return pod

    def _await_start(self, name: str) -> None:
        """Returns as soon as the job runs, or is over.

        :raises AirflowException: it cannot start, or did not in time; the pod is deleted
        """
        deadline = time.monotonic() + START_SECONDS
        for pod in self._watched(name, START_PAUSE_SECONDS):
            if has_started(pod):
                return
            obstacle = detect_pod_terminate_early_issues(pod)
            if obstacle or time.monotonic() > deadline:
                why = obstacle or f"not started after {START_SECONDS} s"
                why = "; ".join([why, *self._warnings(name)])
                self._delete(name)
                raise AirflowException(f"pod {name}: {why}")

    def _lines(self, name: str) -> Iterator[str]:
        """The job's output, each line once, until it has ended; a connection that breaks is made again."""
        last, began = "", 0.0
        for _ in range(MOST_FAILURES):
            since = {"since_seconds": int(time.monotonic() - began) + 1} if began else {}
            began = time.monotonic()
            try:
                for stamped in lines_of(self._log(name, since)):
                    moment, _, line = stamped.partition(" ")
                    if moment > last:
                        last = moment
                        yield line
            except ApiException as refusal:
                self.log.warning("the log of %s: %s", name, refusal.reason)
            except (HTTPError, OSError) as failure:
                self.log.warning("the log of %s broke off: %s", name, failure)
            if self._is_over(name):
                return
        raise AirflowException(f"pod {name}: its log broke off {MOST_FAILURES} times")

    def _log(self, name: str, since: Mapping[str, int]) -> Iterator[bytes]:
        answer = self.client.read_namespaced_pod_log(
            name,
            self.namespace,
            container=CONTAINER,
            follow=True,
            timestamps=True,
            _preload_content=False,
            _request_timeout=API_SECONDS,
            **since,
        )
        return answer.stream()

    def _is_over(self, name: str) -> bool:
        """Whether the job has ended, or does so within seconds."""
        deadline = time.monotonic() + SETTLE_SECONDS
        for pod in self._watched(name, SETTLE_SECONDS):
            if has_ended(pod):
                return True
            if time.monotonic() > deadline:
                return False
        return True

    def _await_end(self, name: str) -> k8s.V1Pod | None:
        """The pod as it ended; none where it was deleted before anybody saw how."""
        for pod in self._watched(name):
            if has_ended(pod):
                return pod
        return None

    def _watched(self, name: str, seconds: int = WATCH_SECONDS) -> Iterator[k8s.V1Pod]:
        """The pod now, and at each change or after so many seconds, until it is gone.

        :raises kubernetes.client.ApiException: the API server was away, or refused, for a minute
        """
        failures = 0
        while True:
            try:
                pod = self.client.read_namespaced_pod(
                    name, self.namespace, _request_timeout=API_SECONDS
                )
                failures = 0
                yield pod
                for event in Watch().stream(
                    self.client.list_namespaced_pod,
                    self.namespace,
                    field_selector=f"metadata.name={name}",
                    resource_version=pod.metadata.resource_version,
                    timeout_seconds=seconds,
                    _request_timeout=API_SECONDS,
                ):
                    yield event["object"]
                    if event["type"] == "DELETED":
                        return
            except (ApiException, HTTPError, OSError) as failure:
                if getattr(failure, "status", None) == GONE:
                    return
                failures += 1
                if failures == MOST_FAILURES:
                    raise
                self.log.warning("pod %s cannot be watched: %s", name, failure)
                time.sleep(PAUSE_SECONDS)

    def _pods(self, labels: Mapping[str, str], **choice: str) -> list[k8s.V1Pod]:
        selector = ",".join(f"{name}={text}" if text else name for name, text in labels.items())
        found = self.client.list_namespaced_pod(
            self.namespace, label_selector=selector, _request_timeout=API_SECONDS, **choice
        )
        return found.items

    def _warnings(self, name: str) -> list[str]:
        """What the cluster has to say about a pod that does not start."""
        events = self.client.list_namespaced_event(
            self.namespace,
            field_selector=f"involvedObject.name={name},type=Warning",
            _request_timeout=API_SECONDS,
        )
        return sorted({f"{event.reason}: {event.message}" for event in events.items})

    def _delete(self, name: str) -> None:
        try:
            self.client.delete_namespaced_pod(
                name,
                self.namespace,
                grace_period_seconds=STOP_SECONDS,
                _request_timeout=API_SECONDS,
            )
        except ApiException as refusal:
            if refusal.status != GONE:
                raise

    def _delete_old(self) -> None:
        """Deletes ended pods of these jobs after their time; a failure to do so fails no task."""
        try:
            for pod in self._pods({f"{LABEL}/job": ""}):
                if pod.status.phase in OVER and is_over_age(pod, self.settings.keep_failed):
                    self._delete(pod.metadata.name)
                    self.log.info("deleted pod %s, which has ended", pod.metadata.name)
        except (ApiException, HTTPError, OSError) as failure:
            self.log.warning("old pods were not deleted: %s", failure)


def words_of(refusal: ApiException) -> str:
    """What the API server says of a refusal, in one line."""
    try:
        return str(json.loads(refusal.body)["message"])
    except (TypeError, ValueError, KeyError):
        return f"{refusal.status} {refusal.reason}"


def has_started(pod: k8s.V1Pod) -> bool:
    """Whether the job runs, or ran."""
    state = _job_state(pod)
    return has_ended(pod) or bool(state and state.running)


def has_ended(pod: k8s.V1Pod) -> bool:
    """Whether nothing of the job runs any more, as far as the cluster knows."""
    state = _job_state(pod)
    return pod.status.phase in OVER or bool(state and state.terminated)


def how_it_ended(pod: k8s.V1Pod | None) -> tuple[int | None, str]:
    """The job container's exit code, none where nobody knows it, and what else is known."""
    if pod is None:
        return None, "the pod was deleted"
    state = _job_state(pod)
    ended = state.terminated if state else None
    if ended and ended.reason == "OOMKilled":
        return OUT_OF_MEMORY, "the container ran out of memory"
    note = ": ".join(filter(None, (pod.status.reason, pod.status.message)))
    return (ended.exit_code if ended else None), note


def is_over_age(pod: k8s.V1Pod, age: timedelta) -> bool:
    """Whether a pod that has ended did so longer ago than an age."""
    state = _job_state(pod)
    ended = state.terminated.finished_at if state and state.terminated else None
    return datetime.now(UTC) - (ended or pod.metadata.creation_timestamp) > age


def attempt_of(pod: k8s.V1Pod, run: JobRun) -> str:
    """The try the pod was started as, which is an earlier one where it was taken up."""
    return (pod.metadata.labels or {}).get(ATTEMPT_LABEL, run.attempt)


def pod_labels(run: JobRun) -> dict[str, str]:
    """Whose pod it is, in the words of a container's labels as far as the cluster allows them."""
    return cluster_labels(run.labels)


def cluster_labels(labels: Mapping[str, str]) -> dict[str, str]:
    """A container's labels as the cluster writes them."""
    return {
        name.replace(f"{LABEL}.", f"{LABEL}/"): make_safe_label_value(text)
        for name, text in labels.items()
    }


def _job_state(pod: k8s.V1Pod) -> k8s.V1ContainerState | None:
    for status in (pod.status and pod.status.container_statuses) or []:
        if status.name == CONTAINER:
            return status.state
    return None
