"""What a job's pod is asked for: its memory, environment, and what it sees of files."""

from __future__ import annotations

from kubernetes.client import models as k8s

from jangbu.settings import Settings

WORKSPACE = "/workspace"
SECRETS = "/run/secrets"
CREDENTIAL_KEY = f"{SECRETS}/jangbu_credential_key"
CERTIFICATES = "/certificates"


def pod_memory(size: str) -> str:
    """Docker's notation of memory (`1g`, `768m`) as Kubernetes writes it (`1Gi`, `768Mi`)."""
    unit = size[-1:].lower()
    return f"{size[:-1]}{unit.upper()}i" if unit in ("k", "m", "g") else size


def resources(settings: Settings, memory: str) -> k8s.V1ResourceRequirements:
    return k8s.V1ResourceRequirements(
        limits={"memory": pod_memory(memory), "ephemeral-storage": "512Mi"},
        requests={
            "memory": pod_memory(memory),
            "cpu": settings.pod_cpu,
            "ephemeral-storage": "64Mi",
        },
    )


def environment(settings: Settings) -> dict[str, str]:
    return dict(settings.job_environment) | {
        "JANGBU_WORKSPACE": WORKSPACE,
        "JANGBU_DB_PASSWORD_FILE": f"{SECRETS}/jangbu_db_password",
    }


def environment_with_executors(settings: Settings, image: str) -> list[k8s.V1EnvVar]:
    """That of a job on Spark whose executors are pods of the same image, and are deleted with its own."""
    told = environment(settings) | {
        "JANGBU_SPARK_MASTER": settings.spark_master,
        "JANGBU_SPARK_CONF": settings.spark_conf,
        "JANGBU_SPARK_IMAGE": image,
        "JANGBU_POD_NAMESPACE": settings.pod_namespace,
    }
    name = k8s.V1ObjectFieldSelector(field_path="metadata.name")
    return [
        *(k8s.V1EnvVar(name=each, value=text) for each, text in told.items()),
        k8s.V1EnvVar(name="JANGBU_POD_NAME", value_from=k8s.V1EnvVarSource(field_ref=name)),
    ]


def volumes(settings: Settings, *more_secrets: str, with_token: bool = False) -> list[k8s.V1Volume]:
    secrets = [settings.pod_secret, *more_secrets]
    return [
        k8s.V1Volume(
            name="workspace",
            persistent_volume_claim=k8s.V1PersistentVolumeClaimVolumeSource(
                claim_name=settings.pod_workspace_claim
            ),
        ),
        k8s.V1Volume(
            name="secrets",
            projected=k8s.V1ProjectedVolumeSource(
                default_mode=0o440,
                sources=[
                    *(
                        k8s.V1VolumeProjection(secret=k8s.V1SecretProjection(name=name))
                        for name in secrets
                    ),
                    *(_account() if with_token else ()),
                ],
            ),
        ),
        k8s.V1Volume(name="tmp", empty_dir=k8s.V1EmptyDirVolumeSource(size_limit="256Mi")),
    ]


def _account() -> tuple[k8s.V1VolumeProjection, ...]:
    """The token of a pod's account, where programs look for it, which is below the secrets: `/run` is `/var/run`."""
    place = "kubernetes.io/serviceaccount"
    namespace = k8s.V1ObjectFieldSelector(field_path="metadata.namespace")
    return (
        k8s.V1VolumeProjection(
            service_account_token=k8s.V1ServiceAccountTokenProjection(path=f"{place}/token")
        ),
        k8s.V1VolumeProjection(
            config_map=k8s.V1ConfigMapProjection(
                name="kube-root-ca.crt",
                items=[k8s.V1KeyToPath(key="ca.crt", path=f"{place}/ca.crt")],
            )
        ),
        k8s.V1VolumeProjection(
            downward_api=k8s.V1DownwardAPIProjection(
                items=[k8s.V1DownwardAPIVolumeFile(path=f"{place}/namespace", field_ref=namespace)]
            )
        ),
    )


def certificates(settings: Settings) -> k8s.V1Volume:
    return k8s.V1Volume(
        name="certificates",
        config_map=k8s.V1ConfigMapVolumeSource(name=settings.pod_certificates, optional=True),
    )


def volume_mounts() -> list[k8s.V1VolumeMount]:
    return [
        k8s.V1VolumeMount(name="workspace", mount_path=WORKSPACE),
        k8s.V1VolumeMount(name="secrets", mount_path=SECRETS, read_only=True),
        k8s.V1VolumeMount(name="tmp", mount_path="/tmp"),
    ]
