"""Where a job runs: as a local process, a container, or a pod. `JANGBU_RUNNER` chooses one for all DAGs."""

from __future__ import annotations

from airflow.sdk import BaseOperator

from jangbu.settings import Settings


def runner_class(settings: Settings) -> type[BaseOperator]:
    """The operator that runs a job; only the chosen one's provider is imported."""
    if settings.runner == "docker":
        from jangbu.runners.docker import DockerJobRunner

        return DockerJobRunner
    if settings.runner == "kubernetes":
        from jangbu.runners.kubernetes import PodJobRunner

        return PodJobRunner
    from jangbu.runners.local import LocalJobRunner

    return LocalJobRunner
