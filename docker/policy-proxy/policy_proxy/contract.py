"""The container contract: what may be asked for when a job's container is made.

Read as an allow-list. A key is either in the models below, with the values they allow, or it is
empty (null, false, 0, "", [], {}: the engine's own default) and is dropped, or the request is
refused by its name. What goes to the engine is written anew from the models, so nothing that was
not understood gets through.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    model_validator,
)

from policy_proxy.refusal import Refusal, shown
from policy_proxy.settings import (
    CERTIFICATES_TARGET,
    KEY_HOLDER,
    KEY_TARGET,
    SECRET_TARGET,
    SPARK,
    Policy,
    WrongSetting,
    size,
)

# Put on each container; its value is the jobs' network, which tells two servers of one engine apart.
MADE_HERE = "dev.jangbu.policy"
MIB = 1 << 20
MAX_TMP = 256 * MIB
MIN_MEMORY = 64 * MIB
MAX_PROCESSES = 256
MAX_SPARK_PROCESSES = 1024
SECRET_WORDS = re.compile(r"PASS|PWD|SECRET|TOKEN|CREDENTIAL|_KEY")


class Unwanted(ValueError):
    """What was expected in place of a value; pydantic adds where and what it was."""


def policy_of(info: ValidationInfo) -> Policy:
    policy = info.context
    assert isinstance(policy, Policy)
    return policy


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def tmp_options(options: str) -> str:
    """Of the tmpfs at /tmp: nothing in it may be run, be a device or change the user."""
    flags = options.split(",")
    sizes = [flag.removeprefix("size=") for flag in flags if flag.startswith("size=")]
    known = {"rw", "nosuid", "nodev", "noexec", "mode=1777"}
    rest = {flag for flag in flags if not flag.startswith("size=")}
    try:
        small = len(sizes) == 1 and size("size", sizes[0]) <= MAX_TMP
    except WrongSetting:
        small = False
    if not small or rest - known or not {"nosuid", "nodev", "noexec"} <= rest:
        raise Unwanted("nosuid,nodev,noexec and a size of at most 256m")
    return options


class TmpMount(Part):
    tmp: Annotated[str, AfterValidator(tmp_options)] = Field(alias="/tmp")


class JobMount(Part):
    """A workspace volume, a secret's file, the folder of certificates or of input; no other kind of mount."""

    Type: Literal["volume", "bind"]
    Source: str
    Target: str
    ReadOnly: bool = False

    @model_validator(mode="after")
    def is_one_of_ours(self, info: ValidationInfo) -> JobMount:
        policy = policy_of(info)
        allowed = [
            ("volume", policy.workspace, "/workspace", False),
            ("volume", policy.workspace, "/workspace", True),
            ("bind", policy.secret, SECRET_TARGET, True),
        ]
        if policy.credential_key:
            allowed.append(("bind", policy.credential_key, KEY_TARGET, True))
        if policy.certificates:
            allowed.append(("bind", policy.certificates, CERTIFICATES_TARGET, True))
        if policy.input:
            allowed.append(("bind", policy.input, "/input", True))
        if (self.Type, self.Source, self.Target, self.ReadOnly) not in allowed:
            raise Unwanted(
                f"volume {policy.workspace} at /workspace, "
                f"or, ReadOnly, bind {policy.secret} at {SECRET_TARGET}"
                + (
                    f" or {policy.certificates} at {CERTIFICATES_TARGET}"
                    if policy.certificates
                    else ""
                )
                + (f" or {policy.input} at /input" if policy.input else "")
            )
        return self


def own_targets(mounts: list[JobMount]) -> list[JobMount]:
    targets = [mount.Target for mount in mounts]
    if len(set(targets)) != len(targets):
        raise Unwanted("each target once")
    if "/workspace" not in targets:
        raise Unwanted("one at /workspace")
    return mounts


class LogLimits(Part):
    max_size: Literal["10m"] = Field(alias="max-size")
    max_file: Literal["1"] = Field(alias="max-file")


class JobLog(Part):
    Type: Literal["json-file"]
    Config: LogLimits


class NoRestart(Part):
    Name: Literal["no"] | None = None


def capped(memory: int, info: ValidationInfo) -> int:
    most = policy_of(info).max_memory
    if not MIN_MEMORY <= memory <= most:
        raise Unwanted(f"{MIN_MEMORY}..{most} bytes")
    return memory


def own_network(name: str, info: ValidationInfo) -> str:
    policy = policy_of(info)
    wanted = [each for each in (policy.network, policy.shops_network) if each]
    if name not in wanted:
        raise Unwanted(" or ".join(wanted))
    return name


class JobHost(Part):
    ReadonlyRootfs: Literal[True]
    CapDrop: tuple[Literal["ALL"]] = Field(strict=False)
    SecurityOpt: tuple[Literal["no-new-privileges:true", "no-new-privileges"]] = Field(strict=False)
    PidsLimit: Annotated[int, Field(ge=1, le=MAX_SPARK_PROCESSES)]
    Memory: Annotated[int, AfterValidator(capped)]
    MemorySwap: int
    CpuShares: Annotated[int, Field(ge=2, le=1024)] | None = None
    NetworkMode: Annotated[str, AfterValidator(own_network)]
    Tmpfs: TmpMount
    Mounts: Annotated[list[JobMount], AfterValidator(own_targets)]
    LogConfig: JobLog
    RestartPolicy: NoRestart | None = None

    @model_validator(mode="after")
    def has_no_swap(self) -> JobHost:
        if self.MemorySwap != self.Memory:
            raise Unwanted("MemorySwap as large as Memory, which means no swap")
        return self


def own_image(image: str, info: ValidationInfo) -> str:
    images = policy_of(info).images
    if image not in images:
        raise Unwanted("one of " + ", ".join(images))
    return image


def environment_line(line: str, info: ValidationInfo) -> str:
    name, equals, value = line.partition("=")
    fixed = policy_of(info).database
    if not re.fullmatch(r"JANGBU_[A-Z0-9_]+", name) or not equals or "\0" in value:
        raise Unwanted("JANGBU_NAME=value")
    if name in fixed:
        if value != fixed[name]:
            raise Unwanted(f"{name} as the proxy's own settings have it, {fixed[name]}")
        return line
    if SECRET_WORDS.search(name) or "password=" in value.lower():
        raise Unwanted("no secrets here; they are files")
    return line


def label(name: str) -> str:
    if not re.fullmatch(r"dev\.jangbu\.[a-z][a-z0-9-]*", name) or name == MADE_HERE:
        raise Unwanted("labels dev.jangbu.*")
    return name


class JobContainer(Part):
    """The body of POST /containers/create."""

    Image: Annotated[str, AfterValidator(own_image)]
    Cmd: Annotated[list[Annotated[str, Field(max_length=4096)]], Field(max_length=64)] = []
    User: Literal["10001:10001"]
    Env: Annotated[
        list[Annotated[str, AfterValidator(environment_line)]], Field(max_length=64)
    ] = []
    Labels: dict[Annotated[str, AfterValidator(label)], Annotated[str, Field(max_length=256)]]
    AttachStdout: bool = False
    AttachStderr: bool = False
    HostConfig: JobHost

    @model_validator(mode="after")
    def says_what_it_is(self, info: ValidationInfo) -> JobContainer:
        jobs = policy_of(info).images[self.Image]
        if self.Labels.get("dev.jangbu.job") not in jobs:
            raise Unwanted(f"label dev.jangbu.job={' or '.join(jobs)} with image {self.Image}")
        if SPARK not in jobs and self.HostConfig.PidsLimit > MAX_PROCESSES:
            raise Unwanted(f"PidsLimit of at most {MAX_PROCESSES} with image {self.Image}")
        if KEY_HOLDER not in jobs and self.reaches_shops(policy_of(info)):
            raise Unwanted(
                "the key of the shops' accounts, the certificates of their databases"
                f" and their network with {KEY_HOLDER}"
            )
        names = [line.partition("=")[0] for line in self.Env]
        if len(set(names)) != len(names):
            raise Unwanted("each name in Env once")
        return self

    def reaches_shops(self, policy: Policy) -> bool:
        """Whether it asks for what only a log-in to a shop's account needs."""
        return self.HostConfig.NetworkMode == policy.shops_network or any(
            mount.Target in (KEY_TARGET, CERTIFICATES_TARGET) for mount in self.HostConfig.Mounts
        )


def container_request(body: dict[str, object], policy: Policy) -> dict[str, Any]:
    """What the engine gets to see: the container asked for, if the contract allows it."""
    refuse_other_case(body, "", JobContainer)
    given = without_empty(body)
    assert isinstance(given, dict)
    try:
        container = JobContainer.model_validate(given, context=policy)
    except ValidationError as problem:
        raise Refusal(told(problem)) from None
    request = container.model_dump(mode="json", by_alias=True, exclude_none=True)
    request["Labels"][MADE_HERE] = policy.network
    return request


def without_empty(value: object) -> object:
    """The value without keys whose value is empty, inside out; lists keep their members."""
    if isinstance(value, list):
        return [without_empty(each) for each in value]
    if not isinstance(value, dict):
        return value
    kept = {key: without_empty(each) for key, each in value.items()}
    return {key: each for key, each in kept.items() if each not in (None, False, 0, "", [], {})}


def refuse_other_case(body: object, where: str, model: type[Part]) -> None:
    """A known key in other letters, even an empty one: to the engine it would be the known key."""
    if not isinstance(body, dict):
        return
    known = {
        (field.alias or name).lower(): (field.alias or name, field)
        for name, field in model.model_fields.items()
    }
    for key, value in body.items():
        name, field = known.get(key.lower(), (key, None))
        if name != key:
            raise Refusal(f"{where}{shown(key)} (expected: {where}{name}, in these letters)")
        inner = part_of(field.annotation) if field else None
        if inner:
            for each in value if isinstance(value, list) else [value]:
                refuse_other_case(each, f"{where}{name}.", inner)


def part_of(annotation: object) -> type[Part] | None:
    """The model a field holds, alone, in a list or as an option."""
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        if found := part_of(argument):
            return found
    return None


def told(problem: ValidationError) -> str:
    """The first thing that is wrong, in one line: where, what, and what was wanted."""
    error = problem.errors(include_url=False)[0]
    places = [each for each in error["loc"] if each != "[key]"]
    where = "".join(f"[{each}]" if isinstance(each, int) else f".{each}" for each in places).lstrip(
        "."
    )
    match error["type"]:
        case "extra_forbidden":
            expected = "not set"
        case "missing":
            return f"{where}: missing (expected: it is set, see the container contract)"
        case "value_error":
            expected = str(error["ctx"]["error"])
        case _:
            expected = error["msg"].removeprefix("Input should be ")
    value = shown(error["input"])
    if places[:1] == ["Env"]:
        value = shown(str(error["input"]).partition("=")[0])
    if (
        isinstance(error["input"], dict)
        and error["type"] == "value_error"
        and not where.startswith("HostConfig.Mounts")
    ):
        return f"{where or 'body'}: refused (expected: {expected})"
    return f"{where}: {value} (expected: {expected})"
