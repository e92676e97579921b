"""What is refused, over the wire and before a real engine, each with the line a reader needs."""

from __future__ import annotations

import contextlib
import copy
import json
import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from conftest import IMAGE, NETWORK, PREFIX, WORKSPACE, Setting, request_body

Change = Callable[[dict[str, Any]], None]


def raw(proxy: Setting, request: bytes) -> tuple[int, str]:
    """Sends bytes as they are; the status, and the message of the answer."""
    with socket.create_connection(("127.0.0.1", proxy.port), 15) as connection:
        connection.sendall(request)
        answer = b""
        while chunk := connection.recv(65536):
            answer += chunk
    head, _, body = answer.partition(b"\r\n\r\n")
    status = int(head.split()[1])
    try:
        return status, json.loads(body)["message"]
    except (ValueError, KeyError):
        return status, body.decode("latin-1")


def ask(proxy: Setting, method: str, target: str, body: bytes = b"", headers: str = "") -> Any:
    head = f"{method} {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{headers}"
    return raw(proxy, f"{head}Content-Length: {len(body)}\r\n\r\n".encode("latin-1") + body)


def create(proxy: Setting, body: object, query: str = "?name=jangbu-hostile-test") -> Any:
    sent = body if isinstance(body, bytes) else json.dumps(body).encode()
    return ask(proxy, "POST", f"/v1.41/containers/create{query}", sent)


@pytest.fixture(autouse=True)
def nothing_was_made(engine: Any) -> Iterator[None]:
    """Whatever a test asked for, no container came of it."""
    before = {each.id for each in engine.containers.list(all=True)}
    yield
    made = {each.id for each in engine.containers.list(all=True)} - before
    for identifier in made:
        engine.containers.get(identifier).remove(force=True)
    assert not made


def host(**settings: object) -> Change:
    return lambda body: body["HostConfig"].update(settings)


def top(**settings: object) -> Change:
    return lambda body: body.update(settings)


def mounted(*mounts: dict[str, object]) -> Change:
    return lambda body: body["HostConfig"]["Mounts"].extend(mounts)


def without(name: str) -> Change:
    return lambda body: body["HostConfig"].pop(name)


def first_mount(**settings: object) -> Change:
    return lambda body: body["HostConfig"]["Mounts"][0].update(settings)


REFUSED: dict[str, tuple[Change, str]] = {
    "privileged": (host(Privileged=True), "HostConfig.Privileged: True (expected: not set)"),
    "binds_beside_mounts": (
        host(Binds=["/:/host"]),
        "HostConfig.Binds: ['/:/host'] (expected: not set)",
    ),
    "capability_added": (host(CapAdd=["SYS_ADMIN"]), "HostConfig.CapAdd: ['SYS_ADMIN']"),
    "capability_kept": (host(CapDrop=["CHOWN"]), "HostConfig.CapDrop[0]: 'CHOWN'"),
    "no_capability_dropped": (without("CapDrop"), "HostConfig.CapDrop: missing"),
    "seccomp_off": (
        host(SecurityOpt=["no-new-privileges:true", "seccomp=unconfined"]),
        "HostConfig.SecurityOpt",
    ),
    "new_privileges": (host(SecurityOpt=[]), "HostConfig.SecurityOpt: missing"),
    "writable_root": (host(ReadonlyRootfs=False), "HostConfig.ReadonlyRootfs: missing"),
    "device": (host(Devices=[{"PathOnHost": "/dev/kmsg"}]), "HostConfig.Devices"),
    "device_rule": (host(DeviceCgroupRules=["c *:* rwm"]), "HostConfig.DeviceCgroupRules"),
    "device_request": (host(DeviceRequests=[{"Count": -1}]), "HostConfig.DeviceRequests"),
    "host_pid": (host(PidMode="host"), "HostConfig.PidMode: 'host' (expected: not set)"),
    "host_ipc": (host(IpcMode="host"), "HostConfig.IpcMode: 'host' (expected: not set)"),
    "host_uts": (host(UTSMode="host"), "HostConfig.UTSMode: 'host' (expected: not set)"),
    "host_users": (host(UsernsMode="host"), "HostConfig.UsernsMode: 'host'"),
    "host_cgroup": (host(CgroupnsMode="host"), "HostConfig.CgroupnsMode: 'host'"),
    "cgroup_parent": (host(CgroupParent="/x"), "HostConfig.CgroupParent: '/x'"),
    "runtime": (host(Runtime="other"), "HostConfig.Runtime: 'other' (expected: not set)"),
    "volumes_from": (host(VolumesFrom=["postgres"]), "HostConfig.VolumesFrom"),
    "volume_driver": (host(VolumeDriver="nfs"), "HostConfig.VolumeDriver"),
    "links": (host(Links=["postgres:x"]), "HostConfig.Links"),
    "extra_hosts": (host(ExtraHosts=["postgres:10.0.0.1"]), "HostConfig.ExtraHosts"),
    "dns": (host(Dns=["10.0.0.1"]), "HostConfig.Dns"),
    "ports": (host(PortBindings={"80/tcp": [{"HostPort": "80"}]}), "HostConfig.PortBindings"),
    "all_ports": (host(PublishAllPorts=True), "HostConfig.PublishAllPorts"),
    "sysctl": (host(Sysctls={"net.ipv4.ip_forward": "1"}), "HostConfig.Sysctls"),
    "ulimit": (host(Ulimits=[{"Name": "core", "Soft": -1, "Hard": -1}]), "HostConfig.Ulimits"),
    "never_killed_for_memory": (host(OomScoreAdj=-1000), "HostConfig.OomScoreAdj: -1000"),
    "oom_killer_off": (host(OomKillDisable=True), "HostConfig.OomKillDisable: True"),
    "unmasked_paths": (host(MaskedPaths=["/x"]), "HostConfig.MaskedPaths"),
    "unknown_key": (host(Surprise=1), "HostConfig.Surprise: 1 (expected: not set)"),
    "host_network": (
        host(NetworkMode="host"),
        f"HostConfig.NetworkMode: 'host' (expected: {NETWORK})",
    ),
    "network_of_a_container": (host(NetworkMode="container:x"), "HostConfig.NetworkMode"),
    "default_network": (without("NetworkMode"), "HostConfig.NetworkMode: missing"),
    "second_network": (
        top(NetworkingConfig={"EndpointsConfig": {"control": {}, "x": {"Aliases": ["y"]}}}),
        "NetworkingConfig",
    ),
    "much_memory": (
        host(Memory=5 << 30, MemorySwap=5 << 30),
        "HostConfig.Memory: 5368709120 (expected: 67108864..4294967296 bytes)",
    ),
    "no_memory_limit": (host(Memory=0, MemorySwap=0), "HostConfig.Memory: missing"),
    "memory_as_text": (host(Memory="268435456"), "HostConfig.Memory: '268435456'"),
    "memory_as_fraction": (host(Memory=268435456.0), "HostConfig.Memory: 268435456.0"),
    "memory_as_truth": (host(Memory=True), "HostConfig.Memory: True"),
    "swap": (host(MemorySwap=-1), "MemorySwap as large as Memory"),
    "many_processes": (host(PidsLimit=-1), "HostConfig.PidsLimit: -1"),
    "restarts": (host(RestartPolicy={"Name": "always"}), "HostConfig.RestartPolicy.Name: 'always'"),
    "removed_by_itself": (host(AutoRemove=True), "HostConfig.AutoRemove: True"),
    "log_driver": (
        host(LogConfig={"Type": "syslog", "Config": {"x": "y"}}),
        "HostConfig.LogConfig",
    ),
    "log_without_limit": (host(LogConfig={"Type": "json-file"}), "HostConfig.LogConfig.Config"),
    "tmp_that_runs": (host(Tmpfs={"/tmp": "size=256m,nosuid,nodev"}), "HostConfig.Tmpfs./tmp"),
    "tmp_exec_wins": (
        host(Tmpfs={"/tmp": "size=1m,nosuid,nodev,noexec,exec"}),
        "HostConfig.Tmpfs./tmp",
    ),
    "large_tmp": (host(Tmpfs={"/tmp": "size=9g,nosuid,nodev,noexec"}), "HostConfig.Tmpfs./tmp"),
    "two_tmp_sizes": (
        host(Tmpfs={"/tmp": "size=1m,size=9g,nosuid,nodev,noexec"}),
        "HostConfig.Tmpfs./tmp",
    ),
    "tmp_elsewhere": (
        host(Tmpfs={"/tmp": "size=1m,nosuid,nodev,noexec", "/etc": "size=1m"}),
        "HostConfig.Tmpfs./etc",
    ),
    "root_of_the_host": (
        mounted({"Type": "bind", "Source": "/", "Target": "/input", "ReadOnly": True}),
        "HostConfig.Mounts[2]",
    ),
    "docker_socket": (
        mounted({"Type": "bind", "Source": "/var/run/docker.sock", "Target": "/s"}),
        "HostConfig.Mounts[2]",
    ),
    "other_volume": (first_mount(Source="jangbu_postgres"), "HostConfig.Mounts[0]"),
    "volume_name_in_other_case": (first_mount(Source=WORKSPACE.upper()), "HostConfig.Mounts[0]"),
    "volume_elsewhere": (first_mount(Target="/app"), "HostConfig.Mounts[0]"),
    "volume_options": (
        first_mount(VolumeOptions={"DriverConfig": {"Name": "local"}}),
        "HostConfig.Mounts[0].VolumeOptions",
    ),
    "propagation": (
        lambda body: body["HostConfig"]["Mounts"][1].update(BindOptions={"Propagation": "rshared"}),
        "HostConfig.Mounts[1].BindOptions",
    ),
    "writable_secret": (
        lambda body: body["HostConfig"]["Mounts"][1].update(ReadOnly=False),
        "HostConfig.Mounts[1]",
    ),
    "secret_by_another_path": (
        lambda body: body["HostConfig"]["Mounts"][1].update(
            Source=body["HostConfig"]["Mounts"][1]["Source"].replace("/password", "/./password")
        ),
        "HostConfig.Mounts[1]",
    ),
    "mounted_twice": (
        mounted({"Type": "volume", "Source": WORKSPACE, "Target": "/workspace"}),
        "HostConfig.Mounts: ",
    ),
    "other_image": (top(Image="debian:bookworm-slim"), "Image: 'debian:bookworm-slim' (expected:"),
    "other_tag": (top(Image=f"{PREFIX}extract-job:other"), "Image: "),
    "image_without_tag": (top(Image=f"{PREFIX}extract-job"), "Image: "),
    "image_by_digest": (top(Image=f"{IMAGE}@sha256:{'0' * 64}"), "Image: "),
    "image_of_another_job": (
        top(Image=f"{PREFIX}load-job:latest"),
        f"label dev.jangbu.job=load-job with image {PREFIX}load-job:latest",
    ),
    "root": (top(User="0"), "User: '0' (expected: '10001:10001')"),
    "image_default_user": (top(User=""), "User: missing"),
    "group_of_root": (top(User="10001:0"), "User: '10001:0'"),
    "entrypoint": (top(Entrypoint=["/bin/sh"]), "Entrypoint: ['/bin/sh'] (expected: not set)"),
    "command_as_text": (top(Cmd="--help"), "Cmd: '--help'"),
    "working_folder": (top(WorkingDir="/"), "WorkingDir: '/' (expected: not set)"),
    "anonymous_volume": (top(Volumes={"/app": {}, "/x": {"y": 1}}), "Volumes"),
    "exposed_port": (top(ExposedPorts={"80/tcp": {"x": 1}}), "ExposedPorts"),
    "health_check": (top(Healthcheck={"Test": ["CMD", "x"]}), "Healthcheck"),
    "hostname": (top(Hostname="postgres"), "Hostname: 'postgres'"),
    "terminal": (top(Tty=True), "Tty: True"),
    "standard_input": (top(OpenStdin=True), "OpenStdin: True"),
    "password_in_environment": (
        top(Env=["JANGBU_DB_PASSWORD=hunter2"]),
        "Env[0]: 'JANGBU_DB_PASSWORD' (expected: no secrets here; they are files)",
    ),
    "token_in_environment": (top(Env=["JANGBU_API_TOKEN=x"]), "Env[0]: 'JANGBU_API_TOKEN'"),
    "password_in_address": (
        top(Env=["JANGBU_URL=jdbc:x?password=hunter2"]),
        "Env[0]: 'JANGBU_URL'",
    ),
    "options_for_java": (
        top(Env=["JAVA_TOOL_OPTIONS=-javaagent:x"]),
        "Env[0]: 'JAVA_TOOL_OPTIONS'",
    ),
    "name_in_other_case": (top(Env=["jangbu_zone=x"]), "Env[0]: 'jangbu_zone'"),
    "name_twice": (top(Env=["JANGBU_A=1", "JANGBU_A=2"]), "each name in Env once"),
    "name_without_value": (top(Env=["JANGBU_A"]), "Env[0]: 'JANGBU_A'"),
    "other_database": (
        top(Env=["JANGBU_DB_URL=jdbc:postgresql://attacker/x"]),
        "Env[0]: 'JANGBU_DB_URL' (expected: JANGBU_DB_URL as the proxy's own settings have it",
    ),
    "other_password_file": (
        top(Env=["JANGBU_DB_PASSWORD_FILE=/workspace/x"]),
        "Env[0]: 'JANGBU_DB_PASSWORD_FILE'",
    ),
    "label_of_compose": (
        top(Labels={"dev.jangbu.job": "extract-job", "com.docker.compose.project": "x"}),
        "labels dev.jangbu.*",
    ),
    "label_of_the_proxy": (
        top(Labels={"dev.jangbu.job": "extract-job", "dev.jangbu.policy": "1"}),
        "labels dev.jangbu.*",
    ),
    "no_label": (top(Labels={}), "Labels: missing"),
    "no_host_settings": (lambda body: body.pop("HostConfig"), "HostConfig: missing"),
    "host_settings_as_list": (top(HostConfig=[1]), "HostConfig: [1]"),
    "key_in_other_case": (
        lambda body: body.update(hostconfig=body.pop("HostConfig")),
        "'hostconfig' (expected: HostConfig, in these letters)",
    ),
    "empty_key_in_other_case": (
        lambda body: body["HostConfig"].update(readonlyrootfs=False, **{"ReadonlyRootfs": True}),
        "'readonlyrootfs' twice (expected: each key once)",
    ),
    "mount_key_in_other_case": (
        lambda body: body["HostConfig"]["Mounts"][0].update(
            source=body["HostConfig"]["Mounts"][0].pop("Source")
        ),
        "HostConfig.Mounts.'source' (expected: HostConfig.Mounts.Source, in these letters)",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_container_outside_the_contract_is_refused(proxy: Setting, name: str) -> None:
    change, expected = REFUSED[name]
    body = copy.deepcopy(request_body(proxy))
    change(body)

    status, message = create(proxy, body)

    assert expected in message
    assert message.startswith("policy-proxy: ")
    assert "\n" not in message
    assert "hunter2" not in message + "".join(proxy.told)
    assert status in (400, 403)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b'{"Image": "a", "Image": "b"}', "key 'Image' twice"),
        (b'{"HostConfig": {"Privileged": false, "privileged": true}}', "key 'privileged' twice"),
        ('{"Ho\u017ftConfig": {}}'.encode(), "(expected: keys in ASCII)"),
        (b'{"Memory": NaN}', "NaN (expected: numbers as JSON has them)"),
        (b"[" * 30000, "nested too deeply"),
        (b"[]", "(expected: a JSON object)"),
        (b"", "(expected: JSON in UTF-8)"),
        (b'{"Image": "\xff"}', "(expected: JSON in UTF-8)"),
        ('{"Image": "x"}'.encode("utf-16"), "(expected: JSON in UTF-8)"),
        (b'\xef\xbb\xbf{"Image": "x"}', "(expected: JSON in UTF-8)"),
        (b'{} {"Image": "x"}', "(expected: JSON in UTF-8)"),
    ],
)
def test_body_that_can_be_read_in_two_ways_is_refused(
    proxy: Setting, body: bytes, expected: str
) -> None:
    status, message = create(proxy, body)

    assert expected in message
    assert status == 400


@pytest.mark.parametrize(
    ("method", "target"),
    [
        ("GET", "/v1.41/info"),
        ("GET", "/v1.41/events"),
        ("POST", "/v1.41/build"),
        ("POST", "/v1.41/images/create?fromImage=x"),
        ("GET", "/v1.41/volumes"),
        ("POST", "/v1.41/volumes/create"),
        ("POST", "/v1.41/networks/create"),
        ("POST", "/v1.41/containers/prune"),
        ("POST", "/v1.41/session"),
        ("POST", "/v1.41/grpc"),
        ("GET", "/v1.41/secrets"),
        ("POST", "/v1.41/swarm/init"),
        ("POST", "/v1.41/plugins/pull"),
        ("POST", f"/v1.41/containers/{'0' * 64}/exec"),
        ("POST", f"/v1.41/containers/{'0' * 64}/attach"),
        ("GET", f"/v1.41/containers/{'0' * 64}/archive?path=/"),
        ("PUT", f"/v1.41/containers/{'0' * 64}/archive?path=/"),
        ("POST", f"/v1.41/containers/{'0' * 64}/update"),
        ("POST", f"/v1.41/containers/{'0' * 64}/rename?name=x"),
        ("GET", f"/v1.41/containers/{'0' * 64}/export"),
        ("POST", f"/v1.41/commit?container={'0' * 64}"),
        ("HEAD", "/v1.41/containers/json"),
        ("OPTIONS", "/v1.41/containers/json"),
        ("PUT", "/v1.41/containers/create"),
        ("GET", "/v1.41/containers/create"),
        ("get", "/v1.41/containers/json"),
        ("CONNECT", "x:80"),
        ("GET", "/v1.41/../v1.41/containers/json"),
        ("GET", "/v1.41/containers/../containers/json"),
        ("GET", "/v1.41//containers/json"),
        ("GET", "//containers/json"),
        ("GET", "/v1.41/containers/json/"),
        ("GET", "/v1.41/containers%2fjson"),
        ("GET", "/v1.41/%63ontainers/json"),
        ("GET", "/V1.41/containers/json"),
        ("GET", "/v1.41/Containers/json"),
        ("GET", "/v1.41/containers/json%00"),
        ("GET", "/v1.41/containers/json;x"),
        ("GET", "/v1.41/containers/json#x"),
        ("GET", "/v1.41\\containers\\json"),
        ("GET", "http://engine/v1.41/containers/json"),
        ("GET", "/v1.41/images/../containers/json"),
        ("GET", "/v1.41/images/json"),
    ],
)
def test_call_the_jobs_do_not_need_is_refused(proxy: Setting, method: str, target: str) -> None:
    status, message = ask(proxy, method, target)

    assert status == 403
    assert method == "HEAD" or "(expected: " in message


@pytest.mark.parametrize(
    ("method", "target", "expected"),
    [
        ("GET", "/v1.23/containers/json", "API version: 1.23 (expected: 1.41 or newer)"),
        ("GET", "/v2.41/containers/json", "API version: 2.41"),
        ("POST", "/v1.41/containers/create", "query name: missing"),
        ("POST", "/v1.41/containers/create?name=postgres", "query name: 'postgres'"),
        ("POST", "/v1.41/containers/create?name=jangbu-a/../b", "query name: "),
        ("POST", "/v1.41/containers/create?name=jangbu-a&platform=x", "query 'platform': 'x'"),
        ("POST", "/v1.41/containers/create?name=jangbu-a&name=jangbu-b", "query 'name': twice"),
        ("POST", "/v1.41/containers/create?Name=jangbu-a", "query 'Name': 'jangbu-a'"),
        ("POST", "/v1.41/containers/create?name=jangbu-a;b", "query name: 'jangbu-a;b'"),
        ("GET", "/v1.41/containers/json?size=1", "query size: '1'"),
        ("GET", "/v1.41/containers/json?filters=[]", "(expected: a JSON object)"),
        ("GET", "/v1.41/containers/json?filters={%22volume%22:[%22x%22]}", "filters.'volume'"),
        (
            "GET",
            "/v1.41/containers/json?filters={%22label%22:[%22a%22],%22Label%22:[]}",
            "'Label' twice",
        ),
        ("GET", "/v1.41/containers/json?filters={%22label%22:%22x%22}", "filters.label: 'x'"),
        ("GET", "/v1.41/images/debian:bookworm-slim/json", "image: 'debian:bookworm-slim'"),
        ("POST", f"/v1.41/containers/{'0' * 64}/kill?signal=STOP", "query signal: 'STOP'"),
        ("POST", f"/v1.41/containers/{'0' * 64}/start?detachKeys=x", "query 'detachKeys': 'x'"),
        ("DELETE", f"/v1.41/containers/{'0' * 64}?link=1", "query link: '1'"),
        ("GET", f"/v1.41/containers/{'0' * 64}/logs?details=1", "query 'details': '1'"),
    ],
)
def test_query_outside_the_rules_is_refused(
    proxy: Setting, method: str, target: str, expected: str
) -> None:
    status, message = ask(proxy, method, target)

    assert expected in message
    assert status in (400, 403)


@pytest.mark.parametrize(
    ("method", "rest"),
    [
        ("GET", "/json"),
        ("GET", "/logs?stdout=1"),
        ("POST", "/stop"),
        ("POST", "/kill"),
        ("POST", "/start"),
        ("POST", "/wait"),
        ("DELETE", "?force=1"),
    ],
)
def test_container_of_somebody_else_is_not_touched(
    proxy: Setting, engine: Any, method: str, rest: str
) -> None:
    stranger = engine.containers.run(
        IMAGE,
        ["sleep 60"],
        detach=True,
        name="jangbu-stranger",
        labels={"dev.jangbu.job": "extract-job"},
    )
    try:
        by_id = ask(proxy, method, f"/v1.41/containers/{stranger.id}{rest}")
        by_name = ask(proxy, method, f"/v1.41/containers/jangbu-stranger{rest}")
        by_prefix = ask(proxy, method, f"/v1.41/containers/{stranger.id[:12]}{rest}")
        stranger.reload()
        assert stranger.status == "running"
    finally:
        stranger.remove(force=True)

    assert [by_id[0], by_name[0], by_prefix[0]] == [403, 403, 403]
    assert "(expected: one that was made through this proxy)" in by_id[1]
    assert "(expected: one that was made through this proxy)" in by_name[1]


@pytest.mark.parametrize(
    ("image", "command", "made_by"),
    [
        ("debian:bookworm-slim", ["sleep", "60"], NETWORK),
        (IMAGE, ["sleep 60"], "network_of_another_server"),
    ],
)
def test_label_of_ours_is_not_enough(
    proxy: Setting, engine: Any, image: str, command: list[str], made_by: str
) -> None:
    stranger = engine.containers.run(
        image, command, detach=True, labels={"dev.jangbu.policy": made_by}
    )
    try:
        status, message = ask(proxy, "DELETE", f"/v1.41/containers/{stranger.id}?force=1")
    finally:
        stranger.remove(force=True)

    assert status == 403
    assert "(expected: one that was made through this proxy)" in message


def test_large_body_is_refused(proxy: Setting) -> None:
    body = b'{"Image": "' + b"x" * 66_000 + b'"}'

    status, message = create(proxy, body)

    assert status == 413
    assert "larger than 65536 bytes" in message


def test_huge_body_is_cut_off(proxy: Setting) -> None:
    before = proxy.resident

    with contextlib.suppress(ConnectionError):
        create(proxy, b'{"Image": "' + b"x" * 50_000_000 + b'"}')

    assert proxy.resident - before < 10 * 1024
    assert ask(proxy, "GET", "/version")[0] == 200


def test_body_where_none_belongs_is_refused(proxy: Setting) -> None:
    status, message = ask(proxy, "GET", "/v1.41/containers/json", b'{"HostConfig": {}}')

    assert (status, message) == (403, "policy-proxy: body: 18 bytes (expected: none)")


@pytest.mark.parametrize(
    "head",
    [
        "GET /_ping HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 0\r\n",
        "GET /_ping HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n",
        "GET  /_ping HTTP/1.1\r\nHost: x\r\n",
        "GET /_ping HTTP/1.1\r\n",
        "GET /_ping\x00 HTTP/1.1\r\nHost: x\r\n",
    ],
)
def test_request_two_servers_could_cut_differently_is_refused(proxy: Setting, head: str) -> None:
    status, _ = raw(proxy, f"{head}Connection: close\r\n\r\n".encode("latin-1"))

    assert status in (400, 403, 431, 501)


def test_head_too_long_is_refused_before_it_is_read_whole(proxy: Setting) -> None:
    before = len(proxy.told)

    try:
        status, _ = raw(
            proxy,
            b"GET /version?" + b"x" * 70000 + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        )
    except ConnectionError:  # closed with bytes still to read: the system throws the answer away
        status = 400

    assert status in (400, 431)
    assert not [line for line in proxy.told[before:] if "allowed" in line]
    assert ask(proxy, "GET", "/version")[0] == 200


def test_each_decision_is_one_line_of_the_log(proxy: Setting) -> None:
    before = len(proxy.told)

    ask(proxy, "GET", "/v1.41/info%0d%0aallowed")
    ask(proxy, "GET", "/version")

    refused, allowed = proxy.told[before:]
    assert "refused GET /v1.41/info%0d%0aallowed 403: GET /v1.41/info" in refused
    assert "allowed GET /version 200 " in allowed
