"""Runs a job in a pod of its own."""

from __future__ import annotations

from typing import Any

from airflow.providers.cncf.kubernetes.operators.pod import KubernetesPodOperator
from airflow.sdk.exceptions import AirflowException
from kubernetes.client import models as k8s

from jangbu.runners.job_run import LABEL, STOP_SECONDS, Ended, JobRun, LastSummary
from jangbu.settings import Settings

JOB_USER = 10001
CONTAINER = "job"
WORKSPACE = "/workspace"
SECRETS = "/run/secrets"
ATTEMPT_LABEL = f"{LABEL}/attempt"


class PodJobRunner(KubernetesPodOperator):
    """The Kubernetes provider's operator, with the same limits a job's container has under Docker.

    The workspace is a claim all pods and Airflow share (`JANGBU_POD_WORKSPACE_CLAIM`), the database's password a secret
    with the key `jangbu_db_password` (`JANGBU_POD_SECRET`). A pod whose worker died is taken up by the next try; one
    that ended well is deleted, a failed one stays for on call.
    """

    template_fields = ()

    def __init__(self, *, settings: Settings, **arguments: Any) -> None:
        super().__init__(
            name="jangbu-job",
            namespace=settings.pod_namespace,
            base_container_name=CONTAINER,
            volumes=_volumes(settings),
            volume_mounts=_volume_mounts(),
            env_vars=dict(settings.job_environment)
            | {
                "JANGBU_WORKSPACE": WORKSPACE,
                "JANGBU_DB_PASSWORD_FILE": f"{SECRETS}/jangbu_db_password",
            },
            security_context=k8s.V1PodSecurityContext(
                run_as_user=JOB_USER,
                run_as_group=JOB_USER,
                run_as_non_root=True,
                fs_group=JOB_USER,
                seccomp_profile=k8s.V1SeccompProfile(type="RuntimeDefault"),
            ),
            container_security_context=k8s.V1SecurityContext(
                allow_privilege_escalation=False,
                privileged=False,
                read_only_root_filesystem=True,
                capabilities=k8s.V1Capabilities(drop=["ALL"]),
            ),
            container_resources=k8s.V1ResourceRequirements(
                limits={"memory": pod_memory(settings.job_memory)},
                requests={"memory": pod_memory(settings.job_memory), "cpu": "500m"},
            ),
            automount_service_account_token=False,
            termination_grace_period=STOP_SECONDS,
            on_finish_action="delete_succeeded_pod",
            log_pod_spec_on_failure=False,
            do_xcom_push=False,
            **arguments,
        )
        self.settings = settings

    def run_job(self, run: JobRun, context: Any) -> Ended:
        """Runs the job to its end.

        :raises AirflowException: the pod could not be started, or was lost before it ended
        """
        summary = LastSummary()
        self.prepare(run)
        self.progress_callback = summary.see
        try:
            super().execute(context)
        except AirflowException:
            code = exit_code(self.remote_pod)
            if code is None:
                raise
        else:
            code = 0
        return Ended(code, attempt_of(self.remote_pod, run), summary.value)

    def prepare(self, run: JobRun) -> None:
        """Makes the pod this run's: its image, name, arguments and labels."""
        self.image = self.settings.image(run.job)
        self.name = f"jangbu-{run.job}-{run.slice}".replace("_", "-")
        self.arguments = run.command
        self.labels = pod_labels(run)


def exit_code(pod: k8s.V1Pod | None) -> int | None:
    """The job container's exit code; none where the pod has no ended one."""
    statuses = (pod.status.container_statuses if pod and pod.status else None) or []
    for status in statuses:
        if status.name == CONTAINER and status.state and status.state.terminated:
            return status.state.terminated.exit_code
    return None


def attempt_of(pod: k8s.V1Pod | None, run: JobRun) -> str:
    """The try the pod was started as, which is an earlier one where it was taken up."""
    labels = (pod.metadata.labels if pod and pod.metadata else None) or {}
    return labels.get(ATTEMPT_LABEL, run.attempt)


def pod_labels(run: JobRun) -> dict[str, str]:
    """Whose pod it is; what Airflow adds itself is left to it."""
    return {
        f"{LABEL}/job": run.job,
        f"{LABEL}/dataset": run.dataset,
        f"{LABEL}/slice": run.slice,
        f"{LABEL}/business-date": str(run.business_date),
        ATTEMPT_LABEL: run.attempt,
    }


def pod_memory(size: str) -> str:
    """Docker's notation of memory (`1g`, `768m`) as Kubernetes writes it (`1Gi`, `768Mi`)."""
    unit = size[-1:].lower()
    return f"{size[:-1]}{unit.upper()}i" if unit in ("k", "m", "g") else size


def _volumes(settings: Settings) -> list[k8s.V1Volume]:
    return [
        k8s.V1Volume(
            name="workspace",
            persistent_volume_claim=k8s.V1PersistentVolumeClaimVolumeSource(
                claim_name=settings.pod_workspace_claim
            ),
        ),
        k8s.V1Volume(
            name="secrets",
            secret=k8s.V1SecretVolumeSource(secret_name=settings.pod_secret, default_mode=0o440),
        ),
        k8s.V1Volume(name="tmp", empty_dir=k8s.V1EmptyDirVolumeSource(size_limit="256Mi")),
    ]


def _volume_mounts() -> list[k8s.V1VolumeMount]:
    return [
        k8s.V1VolumeMount(name="workspace", mount_path=WORKSPACE),
        k8s.V1VolumeMount(name="secrets", mount_path=SECRETS, read_only=True),
        k8s.V1VolumeMount(name="tmp", mount_path="/tmp"),
    ]
