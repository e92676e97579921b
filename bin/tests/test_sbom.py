"""The bills of materials are held to the jars and to the licences that are allowed."""

import importlib.machinery
import importlib.util
import zipfile
from pathlib import Path

import pytest

SBOM = Path(__file__).resolve().parent.parent / "sbom"


@pytest.fixture
def sbom():
    loader = importlib.machinery.SourceFileLoader("sbom", str(SBOM))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("sbom", loader))
    loader.exec_module(module)
    return module


def component(name: str, *licences: str) -> dict:
    return {
        "name": name,
        "version": "1.0",
        "purl": f"pkg:maven/org/{name}@1.0?type=jar",
        "licenses": [{"license": {"id": licence}} for licence in licences],
    }


def jar_with(folder: Path, *libraries: str) -> None:
    (folder / "some-job" / "target").mkdir(parents=True)
    with zipfile.ZipFile(folder / "some-job" / "target" / "some-job.jar", "w") as jar:
        for library in libraries:
            jar.writestr(f"BOOT-INF/lib/{library}", "")


def test_a_library_that_is_in_no_bill_is_named(sbom, monkeypatch, tmp_path):
    monkeypatch.setattr(sbom, "ROOT", tmp_path)
    jar_with(tmp_path, "known-1.0.jar", "unknown-1.0.jar", "spring-boot-jarmode-tools-4.0.7.jar")

    with pytest.raises(
        sbom.Refusal,
        match=r"some-job: only in the jar: \['unknown-1.0.jar'\]; only in its bill: \[\]",
    ):
        sbom.require_same("some-job", [component("known"), component("spring-boot-starter-jdbc")])


def test_a_classifier_is_part_of_the_files_name(sbom):
    linux = component("native") | {"purl": "pkg:maven/org/native@1.0?classifier=linux&type=jar"}

    assert sbom.file_name(linux) == "native-1.0-linux.jar"


def test_one_allowed_licence_of_several_is_enough(sbom):
    assert sbom.require_allowed(
        "some-job", [component("both", "GPL-3.0-only", "MIT")], {"MIT"}
    ) == {"MIT"}


def test_a_licence_that_is_not_allowed_is_named(sbom):
    with pytest.raises(
        sbom.Refusal, match=r"some-job: copyleft 1.0: AGPL-3.0-only\n\(expected: a licence that"
    ):
        sbom.require_allowed("some-job", [component("copyleft", "AGPL-3.0-only")], {"MIT"})


def test_a_licence_may_be_allowed_for_one_component_only(sbom):
    allowed = {"one: LGPL-3.0-only"}

    assert sbom.require_allowed("some-job", [component("one", "LGPL-3.0-only")], allowed) == {
        "LGPL-3.0-only"
    }
    with pytest.raises(sbom.Refusal, match=r"two 1\.0: LGPL-3.0-only"):
        sbom.require_allowed("some-job", [component("two", "LGPL-3.0-only")], allowed)


def test_no_licence_at_all_must_be_allowed_by_name(sbom):
    with pytest.raises(sbom.Refusal, match=r"silent 1\.0: none stated"):
        sbom.require_allowed("some-job", [component("silent")], {"none stated"})
    assert sbom.require_allowed("some-job", [component("silent")], {"silent: none stated"}) == {
        "none stated"
    }


def test_every_licence_in_the_list_is_read_without_its_comment(sbom):
    allowed = sbom.read_allowed(SBOM.parent.parent / "licences.txt")

    assert "Apache-2.0" in allowed
    assert not any(line.startswith("#") for line in allowed)
