"""A Kubernetes of one node for the tests: etcd, API server, controllers, scheduler, containerd and kubelet.

Nothing of it is changed for the tests: an API server with RBAC, node authorization and admission as they come, and a
kubelet that starts pods by containerd and runc on a bridge of its own. There is no kube-proxy and no DNS, since the
jobs need neither; and the bridge does not enforce NetworkPolicy.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

CACHE = Path(
    os.environ.get("JANGBU_KUBERNETES_CACHE") or Path.home() / ".cache/jangbu/kubernetes"
).expanduser()
BIN = CACHE / "bin"
NODE = "jangbu-test"
BRIDGE = "jangbukube0"
PAUSE_IMAGE = "jangbu-kube/pause:1"
POD_NETWORK = "10.231.0.0/24"
GATEWAY = "10.231.0.1"
FIREWALL = "CNI firewall plugin rules"
READY_SECONDS = 180
STOP_SECONDS = 20
# What a kubelet and a bridge set for the whole machine.
KERNEL_SETTINGS = (
    "kernel/keys/root_maxbytes",
    "kernel/keys/root_maxkeys",
    "kernel/panic",
    "kernel/panic_on_oops",
    "net/ipv4/ip_forward",
    "vm/overcommit_memory",
    "vm/panic_on_oom",
)
ADMIN = "/O=system:masters/CN=admin"


@dataclass
class Cluster:
    """The processes and what they wrote, all of it in `folder`, but for the images, which `CACHE` keeps.

    Needs root: the kubelet mounts volumes and containerd makes containers.
    """

    folder: Path
    _processes: list[tuple[str, subprocess.Popen[bytes]]] = field(default_factory=list)
    _kernel: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.etcd_port, self.peer_port, self.port, self.kubelet_port = free_ports(4)
        self.url = f"https://{GATEWAY}:{self.port}"
        self.kubeconfig = self.folder / "admin.conf"
        self.sandbox = self.folder / "containerd.sock"

    # The story, in order.

    def start(self, images: Sequence[str]) -> None:
        """Starts all of it with these images of the Docker engine at hand; returns when the node is ready."""
        had = pod_groups()
        assert not had, f"{had[-1]}: there (expected: a machine that is no node of a cluster)"
        self._kernel = {name: Path("/proc/sys", name).read_text() for name in KERNEL_SETTINGS}
        make_bridge()
        self._make_certificates()
        self._start_control_plane()
        self._start_containerd()
        self._bring(images)
        self._start_kubelet()
        self._wait(self._is_node_ready, "the node to be ready")

    def stop(self) -> None:
        """Ends what was started, containers first, and leaves no mount, link or group of it."""
        if not self._processes:
            return
        self._end_pods()
        for name, process in reversed(self._processes):
            end(process, signal.SIGKILL if name == "kubelet" else signal.SIGTERM)
        self._processes.clear()
        end_left_over(self.sandbox)
        remove_mounts(self.folder)
        remove_network()
        for name, text in self._kernel.items():
            Path("/proc/sys", name).write_text(text)
        remove_groups()

    def kubectl(self, *arguments: str, given: str | None = None) -> str:
        """What kubectl says, as the cluster's administrator."""
        done = self.try_kubectl(*arguments, given=given)
        assert done.returncode == 0, f"kubectl {arguments}: {done.stdout}{done.stderr}"
        return done.stdout

    def try_kubectl(
        self, *arguments: str, given: str | None = None
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.kubectl_command(*arguments),
            input=given,
            capture_output=True,
            text=True,
            check=False,
        )

    def kubectl_command(self, *arguments: str) -> list[str]:
        return [str(BIN / "kubectl"), f"--kubeconfig={self.kubeconfig}", *arguments]

    def get(self, *arguments: str) -> dict[str, Any]:
        """One object, or a list of them, as the API server stored it."""
        return json.loads(self.kubectl("get", "-o", "json", *arguments))

    def logs(self) -> str:
        """The last lines of each process."""
        files = sorted(self.folder.glob("*.log"))
        return "\n".join(f"--- {file.name}\n{tail(file)}" for file in files)

    def config_for(self, name: str, user: Mapping[str, str]) -> Path:
        """A kubeconfig of a user in this cluster."""
        file = self.folder / f"{name}.conf"
        written = {
            "apiVersion": "v1",
            "kind": "Config",
            "current-context": name,
            "clusters": [
                {
                    "name": "cluster",
                    "cluster": {
                        "server": self.url,
                        "certificate-authority": str(self.folder / "ca.crt"),
                    },
                }
            ],
            "users": [{"name": name, "user": dict(user)}],
            "contexts": [{"name": name, "context": {"cluster": "cluster", "user": name}}],
        }
        file.touch(mode=0o600)
        file.write_text(json.dumps(written))
        return file

    # The control plane.

    def _make_certificates(self) -> None:
        openssl(
            "req", "-x509", *NEW_KEY, "-days", "2", "-subj", "/CN=jangbu-test",
            "-keyout", self._key("ca"), "-out", self._certificate("ca"),
        )  # fmt: skip
        openssl("genrsa", "-out", self._key("tokens"), "2048")
        self._sign("api", "/CN=kube-apiserver", f"subjectAltName=IP:{GATEWAY}")
        self._sign("api-to-kubelet", "/O=system:masters/CN=kube-apiserver")
        self._user("admin", ADMIN)
        self._user("controllers", "/CN=system:kube-controller-manager")
        self._user("scheduler", "/CN=system:kube-scheduler")
        self._user("kubelet", f"/O=system:nodes/CN=system:node:{NODE}")

    def _user(self, name: str, subject: str) -> None:
        self._sign(name, subject)
        self.config_for(
            name,
            {"client-certificate": self._certificate(name), "client-key": self._key(name)},
        )

    def _sign(self, name: str, subject: str, extension: str = "") -> None:
        request, more = self.folder / f"{name}.csr", self.folder / f"{name}.ext"
        more.write_text(extension)
        openssl("req", *NEW_KEY, "-subj", subject, "-keyout", self._key(name), "-out", request)
        openssl(
            "x509", "-req", "-days", "2", "-in", request, "-CA", self._certificate("ca"),
            "-CAkey", self._key("ca"), "-CAcreateserial", "-extfile", more,
            "-out", self._certificate(name),
        )  # fmt: skip

    def _key(self, name: str) -> str:
        return str(self.folder / f"{name}.key")

    def _certificate(self, name: str) -> str:
        return str(self.folder / f"{name}.crt")

    def _start_control_plane(self) -> None:
        etcd = f"http://127.0.0.1:{self.etcd_port}"
        peer = f"http://127.0.0.1:{self.peer_port}"
        self._run(
            "etcd",
            f"--data-dir={self.folder / 'etcd'}",
            f"--listen-client-urls={etcd}",
            f"--advertise-client-urls={etcd}",
            f"--listen-peer-urls={peer}",
            f"--initial-advertise-peer-urls={peer}",
            f"--initial-cluster=default={peer}",
            # It is thrown away afterwards.
            "--unsafe-no-fsync",
        )
        self._start_api_server()
        self._run(
            "kube-controller-manager",
            f"--kubeconfig={self.folder / 'controllers.conf'}",
            f"--service-account-private-key-file={self._key('tokens')}",
            f"--root-ca-file={self._certificate('ca')}",
            "--use-service-account-credentials",
            "--leader-elect=false",
            "--secure-port=0",
        )
        self._run(
            "kube-scheduler",
            f"--kubeconfig={self.folder / 'scheduler.conf'}",
            "--leader-elect=false",
            "--secure-port=0",
        )

    def _start_api_server(self) -> None:
        self._run(
            "kube-apiserver",
            f"--etcd-servers=http://127.0.0.1:{self.etcd_port}",
            # Where pods reach it as well, and nobody outside this machine.
            f"--bind-address={GATEWAY}",
            f"--advertise-address={GATEWAY}",
            "--endpoint-reconciler-type=none",
            f"--secure-port={self.port}",
            f"--tls-cert-file={self._certificate('api')}",
            f"--tls-private-key-file={self._key('api')}",
            f"--client-ca-file={self._certificate('ca')}",
            f"--kubelet-client-certificate={self._certificate('api-to-kubelet')}",
            f"--kubelet-client-key={self._key('api-to-kubelet')}",
            "--kubelet-preferred-address-types=InternalIP",
            f"--service-account-key-file={self._key('tokens')}",
            f"--service-account-signing-key-file={self._key('tokens')}",
            "--service-account-issuer=https://kubernetes.default.svc",
            "--service-cluster-ip-range=10.231.1.0/24",
            "--authorization-mode=Node,RBAC",
            "--enable-admission-plugins=NodeRestriction",
            # As on most clusters: then it is the namespace's standard that refuses such pods.
            "--allow-privileged",
        )
        self._wait(self._is_api_ready, "the API server to be ready")

    def _is_api_ready(self) -> bool:
        return self.try_kubectl("get", "--raw", "/readyz").returncode == 0

    @contextmanager
    def api_server_away(self) -> Iterator[None]:
        """Ends the API server, and starts it again with what it knew."""
        ((place, process),) = [
            (number, process)
            for number, (name, process) in enumerate(self._processes)
            if name == "kube-apiserver"
        ]
        end(process, signal.SIGKILL)
        del self._processes[place]
        yield
        self._start_api_server()

    # The node.

    def _start_containerd(self) -> None:
        networks = self.folder / "cni"
        networks.mkdir()
        (networks / "10-bridge.conflist").write_text(json.dumps(self._network()))
        settings = self.folder / "containerd.toml"
        settings.write_text(
            CONTAINERD.format(
                root=CACHE / "containerd",
                state=self.folder / "containerd",
                socket=self.sandbox,
                bin=BIN,
                networks=networks,
                pause=PAUSE_IMAGE,
            )
        )
        self._run("containerd", f"--config={settings}", program="containerd")
        self._wait(lambda: self._images("version").returncode == 0, "containerd to answer")

    def _network(self) -> dict[str, Any]:
        return {
            "cniVersion": "0.4.0",
            "name": "jangbu",
            "plugins": [
                {
                    "type": "bridge",
                    "bridge": BRIDGE,
                    "isGateway": True,
                    "ipam": {
                        "type": "host-local",
                        "subnet": POD_NETWORK,
                        "gateway": GATEWAY,
                        "dataDir": str(self.folder / "addresses"),
                    },
                },
                # Where a Docker engine runs or ran, the host forwards nothing it is not told to.
                {"type": "firewall", "backend": "iptables"},
            ],
        }

    def _bring(self, images: Sequence[str]) -> None:
        """Hands images of the Docker engine to containerd, where they are not the same already."""
        make_pause_image()
        wanted = {image: image_identity(image) for image in (*images, PAUSE_IMAGE)}
        stamp = CACHE / "images.json"
        had = json.loads(stamp.read_text()) if stamp.exists() else {}
        there = self._images("images", "list", "-q").stdout
        missing = [
            image
            for image, identity in wanted.items()
            if had.get(image) != identity or f"/{image}\n" not in there
        ]
        if missing:
            with subprocess.Popen(["docker", "save", *missing], stdout=subprocess.PIPE) as saved:
                done = subprocess.run(
                    self._ctr("images", "import", "-"),
                    stdin=saved.stdout,
                    capture_output=True,
                    text=True,
                    check=False,
                )
            assert done.returncode == saved.returncode == 0, done.stdout + done.stderr
        stamp.write_text(json.dumps(had | wanted))

    def _images(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(self._ctr(*arguments), capture_output=True, text=True, check=False)

    def _ctr(self, *arguments: str) -> list[str]:
        return ["ctr", "--address", str(self.sandbox), "--namespace", "k8s.io", *arguments]

    def _start_kubelet(self) -> None:
        settings = self.folder / "kubelet.json"
        settings.write_text(json.dumps(self._kubelet_settings()))
        self._run(
            "kubelet",
            f"--config={settings}",
            f"--kubeconfig={self.folder / 'kubelet.conf'}",
            f"--hostname-override={NODE}",
            f"--root-dir={self.folder / 'kubelet'}",
            f"--cert-dir={self.folder / 'kubelet-certificates'}",
        )

    def _kubelet_settings(self) -> dict[str, Any]:
        return {
            "apiVersion": "kubelet.config.k8s.io/v1beta1",
            "kind": "KubeletConfiguration",
            "containerRuntimeEndpoint": f"unix://{self.sandbox}",
            "cgroupDriver": "cgroupfs",
            "authentication": {
                "anonymous": {"enabled": False},
                "webhook": {"enabled": True},
                "x509": {"clientCAFile": self._certificate("ca")},
            },
            "authorization": {"mode": "Webhook"},
            "port": self.kubelet_port,
            "readOnlyPort": 0,
            "healthzPort": 0,
            "podLogsDir": str(self.folder / "pods"),
            "podPidsLimit": 1024,
            "makeIPTablesUtilChains": False,
            "failSwapOn": False,
            # A machine that develops has a fuller disk than a node.
            "evictionHard": {"memory.available": "100Mi", "nodefs.available": "2%"},
            "imageGCHighThresholdPercent": 100,
        }

    def _is_node_ready(self) -> bool:
        done = self.try_kubectl("get", "node", NODE, "-o", "json")
        if done.returncode:
            return False
        conditions = json.loads(done.stdout)["status"].get("conditions", [])
        return any(one["type"] == "Ready" and one["status"] == "True" for one in conditions)

    # Processes.

    def _run(self, name: str, *arguments: str, program: str = "") -> None:
        with (self.folder / f"{name}.log").open("wb") as log:
            process = subprocess.Popen(
                [program or str(BIN / name), *arguments],
                cwd=self.folder,
                env={**os.environ, "PATH": f"{os.environ['PATH']}:/usr/sbin:/sbin"},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._processes.append((name, process))

    def _wait(self, condition: Callable[[], bool], what: str) -> None:
        deadline = time.monotonic() + READY_SECONDS
        while not condition():
            ended = [name for name, process in self._processes if process.poll() is not None]
            assert not ended, f"{ended} ended while waiting for {what}\n{self.logs()}"
            assert time.monotonic() < deadline, f"waited for {what}\n{self.logs()}"
            time.sleep(0.2)

    def _end_pods(self) -> None:
        """By the API, so that the kubelet takes down what it set up."""
        if self.kubeconfig.exists() and self._is_api_ready():
            self.try_kubectl(
                "delete", "pods", "--all", "--all-namespaces", "--grace-period=1", "--timeout=60s"
            )


NEW_KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")

CONTAINERD = """
version = 2
root = "{root}"
state = "{state}"
[grpc]
  address = "{socket}"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "docker.io/{pause}"
  # A container may not be made dearer to the kernel than the machine lets this process be.
  restrict_oom_score_adj = true
  netns_mounts_under_state_dir = true
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "{bin}"
    conf_dir = "{networks}"
"""


def openssl(*arguments: object) -> None:
    done = subprocess.run(
        ["openssl", *map(str, arguments)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def make_pause_image() -> None:
    """The image whose one program holds a pod's network open."""
    if image_identity(PAUSE_IMAGE):
        return
    packed = subprocess.run(["tar", "-C", BIN, "-c", "pause"], capture_output=True, check=True)
    subprocess.run(
        ["docker", "import", "--change", 'ENTRYPOINT ["/pause"]', "-", PAUSE_IMAGE],
        input=packed.stdout,
        capture_output=True,
        check=True,
    )


def image_identity(image: str) -> str:
    done = subprocess.run(
        ["docker", "image", "inspect", "--format", "{{.Id}}", image],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip()


def end(process: subprocess.Popen[bytes], how: signal.Signals) -> None:
    """Ends a process of ours and waits for it."""
    if process.poll() is None:
        process.send_signal(how)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def remove_mounts(folder: Path) -> None:
    """Unmounts what lies below a folder, the deepest first."""
    points = [line.split()[1] for line in Path("/proc/mounts").read_text().splitlines()]
    for point in sorted((one for one in points if one.startswith(f"{folder}/")), reverse=True):
        subprocess.run(["umount", "--lazy", point], capture_output=True, check=False)
    shutil.rmtree(folder, ignore_errors=True)


def make_bridge() -> None:
    """Makes the bridge of the pods, which the first pod would make else, too late for the API server on it."""
    remove_network()  # of a cluster that could not take it down
    for command in (
        ("ip", "link", "add", BRIDGE, "type", "bridge"),
        ("ip", "address", "add", f"{GATEWAY}/{POD_NETWORK.partition('/')[2]}", "dev", BRIDGE),
        ("ip", "link", "set", BRIDGE, "up"),
    ):
        subprocess.run(command, capture_output=True, check=True)


def remove_network() -> None:
    """Removes the bridge of the pods, and the firewall's rules for it."""
    for command in (
        ("ip", "link", "delete", BRIDGE),
        ("iptables", "-D", "FORWARD", "-m", "comment", "--comment", FIREWALL, "-j", "CNI-FORWARD"),
        ("iptables", "-F", "CNI-FORWARD"),
        ("iptables", "-X", "CNI-FORWARD"),
        ("iptables", "-F", "CNI-ADMIN"),
        ("iptables", "-X", "CNI-ADMIN"),
    ):
        subprocess.run(command, capture_output=True, check=False)


def end_left_over(sandbox: Path) -> None:
    """Ends what the API could not: processes in the pods' control groups, and who watches over them."""
    for group in pod_groups():
        for process in (group / "cgroup.procs").read_text().split():
            kill(int(process))
    listed = subprocess.run(
        ["ps", "-ww", "-eo", "pid,args"], capture_output=True, text=True, check=True
    )
    for line in listed.stdout.splitlines():
        if "containerd-shim" in line and str(sandbox) in line:
            kill(int(line.split()[0]))


def kill(process: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)


def pod_groups() -> list[Path]:
    """The control groups of all pods, the innermost first."""
    tops = Path("/sys/fs/cgroup").glob("**/kubepods")
    return [group for top in tops for group in (*sorted(top.rglob("*/"), reverse=True), top)]


def remove_groups() -> None:
    """Removes the pods' control groups, as soon as what was in them is gone."""
    deadline = time.monotonic() + STOP_SECONDS
    while groups := pod_groups():
        for group in groups:
            with suppress(OSError):
                group.rmdir()
        assert time.monotonic() < deadline, f"{groups} cannot be removed"
        time.sleep(0.1)


def tail(file: Path, lines: int = 15) -> str:
    return "\n".join(file.read_text("utf-8", "replace").splitlines()[-lines:])


def free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports
