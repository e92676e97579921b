"""What the cluster lets through, with the manifests of this repository: Airflow's account, and the pods it asks for."""

from __future__ import annotations

import json
import subprocess
from typing import Any

import pytest
from cluster import Cluster
from pods import NAMESPACE

AS_AIRFLOW = f"--as=system:serviceaccount:{NAMESPACE}:airflow"
AS_SPARK = f"--as=system:serviceaccount:{NAMESPACE}:jangbu-spark"
AS_JOB = f"--as=system:serviceaccount:{NAMESPACE}:jangbu-jobs"
MAY = (
    "create pods",
    "delete pods",
    "get pods",
    "list pods",
    "watch pods",
    "get pods/log",
    "list events",
)
MAY_NOT = (
    "get secrets",
    "list secrets",
    "create pods/exec",
    "create pods/attach",
    "create pods/ephemeralcontainers",
    "patch pods",
    "update pods",
    "deletecollection pods",
    "create serviceaccounts/token",
    "create rolebindings",
    "create deployments",
    "get nodes",
)

pytestmark = pytest.mark.usefixtures("airflow_account")


def may(cluster: Cluster, who: str, what: str, namespace: str = NAMESPACE) -> bool:
    verb, _, resource = what.partition(" ")
    kind, _, part = resource.partition("/")
    answer = cluster.try_kubectl(
        "auth", "can-i", verb, kind, f"--subresource={part}", who, "-n", namespace
    )
    assert answer.stdout.strip() in ("yes", "no"), answer.stderr
    return answer.stdout.strip() == "yes"


def test_airflow_may_what_it_needs_and_no_more(cluster: Cluster) -> None:
    assert [what for what in MAY if not may(cluster, AS_AIRFLOW, what)] == []
    assert [what for what in MAY_NOT if may(cluster, AS_AIRFLOW, what)] == []
    elsewhere = ("default", "kube-system", "database", "jangbu-migrate")
    assert [
        where for where in elsewhere for what in MAY if may(cluster, AS_AIRFLOW, what, where)
    ] == []


def test_job_on_spark_may_start_watch_and_end_executors_and_no_more(cluster: Cluster) -> None:
    pods = (
        "create pods",
        "delete pods",
        "deletecollection pods",
        "get pods",
        "list pods",
        "watch pods",
    )
    assert [what for what in pods if not may(cluster, AS_SPARK, what)] == []
    others = (set(MAY) | set(MAY_NOT)) - set(pods)
    assert [what for what in sorted(others) if may(cluster, AS_SPARK, what)] == []
    assert [what for what in pods if may(cluster, AS_SPARK, what, "jangbu-migrate")] == []


def test_job_may_nothing(cluster: Cluster) -> None:
    assert [what for what in (*MAY, *MAY_NOT) if may(cluster, AS_JOB, what)] == []


def good_pod() -> dict[str, Any]:
    return {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": "probe", "namespace": NAMESPACE},
        "spec": {
            "restartPolicy": "Never",
            "securityContext": {
                "runAsNonRoot": True,
                "runAsUser": 10001,
                "seccompProfile": {"type": "RuntimeDefault"},
            },
            "containers": [
                {
                    "name": "job",
                    "image": "none",
                    "securityContext": {
                        "allowPrivilegeEscalation": False,
                        "capabilities": {"drop": ["ALL"]},
                    },
                    "resources": {"limits": {"memory": "1Gi"}},
                }
            ],
        },
    }


def ask_for(cluster: Cluster, pod: dict[str, Any]) -> subprocess.CompletedProcess[str]:
    return cluster.try_kubectl(
        "create", "--dry-run=server", AS_AIRFLOW, "-f", "-", given=json.dumps(pod)
    )


def test_pod_that_keeps_to_the_standard_is_let_through(cluster: Cluster) -> None:
    assert ask_for(cluster, good_pod()).returncode == 0


@pytest.mark.parametrize(
    ("where", "what", "words"),
    [
        ("securityContext", {"runAsNonRoot": False}, "runAsNonRoot"),
        ("securityContext", {"seccompProfile": {"type": "Unconfined"}}, "seccompProfile"),
        ("container", {"allowPrivilegeEscalation": True}, "allowPrivilegeEscalation"),
        ("container", {"capabilities": {"add": ["NET_ADMIN"], "drop": ["ALL"]}}, "capabilities"),
        ("container", {"privileged": True, "allowPrivilegeEscalation": True}, "privileged"),
        ("spec", {"hostNetwork": True}, "host namespaces"),
        ("spec", {"hostPID": True}, "host namespaces"),
        ("spec", {"volumes": [{"name": "root", "hostPath": {"path": "/"}}]}, "hostPath"),
    ],
)
def test_pod_that_could_reach_the_node_is_refused(
    cluster: Cluster, where: str, what: dict[str, Any], words: str
) -> None:
    pod = good_pod()
    spec = pod["spec"]
    place = {
        "spec": spec,
        "securityContext": spec["securityContext"],
        "container": spec["containers"][0]["securityContext"],
    }[where]
    place |= what

    refused = ask_for(cluster, pod)

    assert refused.returncode == 1
    assert 'violates PodSecurity "restricted' in refused.stderr
    assert words in refused.stderr


def test_pod_without_a_limit_of_memory_is_refused(cluster: Cluster) -> None:
    pod = good_pod()
    pod["spec"]["containers"][0]["resources"] = {}

    assert "must specify limits.memory" in ask_for(cluster, pod).stderr
