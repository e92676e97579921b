"""Card sales by the real scheduler in real containers, out of a MariaDB with TLS, and the search over them."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import certifi
import pytest
from pipeline import Pipeline, wait_for
from server import PREFIX, PROJECT, ROOT, TAG, Server, image_name

DAG = "card_sales"
TENANT = "acme"
ACCOUNT, STRANGER = "mysql-acquirer", "mysql-stranger"
# A Saturday: with a Sunday the months would be compared in the same run.
DAY, DAY_AFTER = "2026-02-28", "2026-03-01"
STEPS = ("extract", "check", "load")
MARTS = (
    "mart_store_daily_spend",
    "mart_store_hourly_spend",
    "mart_store_weekly_spend",
    "mart_store_hour_profile",
    "mart_card_anomaly",
)
A_BUSY_MACHINE_SECONDS = 900
CERTIFICATES = "/certificates"
MYSQLS_DRIVER = "com/mysql/mysql-connector-j/*/mysql-connector-j-*.jar"


@dataclass
class Acquirer:
    """The made-up acquirer of `docker/card-source.yml`, and its accounts as people add them."""

    server: Server
    password: str

    @classmethod
    def of(cls, server: Server) -> Acquirer:
        """Takes from it what the acquirer would hand over: who signs its certificate, and the reader's password."""
        code, authority = server.inside("card-source", "cat", "/data/mariadb/tls/ca.pem")
        assert code == 0, authority
        (server.certificates / "acquirer.pem").write_text(authority)
        stranger = Path(certifi.where()).read_text().partition("-----END CERTIFICATE-----")
        (server.certificates / "stranger.pem").write_text("".join(stranger[:2]) + "\n")
        code, password = server.inside(
            "card-source", "cat", "/data/mariadb/card_source_reader.password"
        )
        assert code == 0, password
        return cls(server, password)

    def add(self, name: str, authority: str, *words: str) -> None:
        asked = "&".join([f"ca={quote(f'{CERTIFICATES}/{authority}')}", *words])
        address = f"mysql://card_source_reader@card-source:3306/card_source?{asked}"
        ended = self.job(
            *("accounts", "add", "mysql", "--tenant", TENANT, "--id", name),
            *("--base-url", address, "--secret=password=-"),
            given=self.password,
        )
        assert ended.returncode == 0, ended.stdout + ended.stderr

    def job(
        self, *arguments: str, given: str = "", tag: str = TAG
    ) -> subprocess.CompletedProcess[str]:
        """extract-job by hand."""
        return by_hand(self.server, "extract-job", *arguments, given=given, tag=tag)


def by_hand(
    server: Server, service: str, *arguments: str, given: str = "", tag: str = TAG
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bin/compose", "run", "--rm", "--no-deps", "-T", service, *arguments],
        cwd=ROOT,
        env={**server.environment, "JANGBU_IMAGE_TAG": tag},
        input=given,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def acquirer(server: Server) -> Acquirer:
    return Acquirer.of(server)


@pytest.fixture(scope="module")
def pipeline(server: Server) -> Pipeline:
    return Pipeline(server, dag=DAG)


@pytest.fixture(scope="module")
def brought(server: Server, acquirer: Acquirer, pipeline: Pipeline) -> str:
    """The day, brought in and built by Airflow; the run."""
    acquirer.add("acquirer", "acquirer.pem")
    run = pipeline.trigger(business_date=DAY)
    extracting = pipeline.inspect(one_that_extracts(pipeline))
    assert extracting["HostConfig"]["NetworkMode"] == f"{PROJECT}_shops"
    assert {mount["Destination"]: mount["RW"] for mount in extracting["Mounts"]} == {
        "/workspace": True,
        "/run/secrets/jangbu_db_password": False,
        "/run/secrets/jangbu_credential_key": False,
        CERTIFICATES: False,
    }
    assert acquirer.password not in json.dumps(extracting)
    state = pipeline.ended(run, A_BUSY_MACHINE_SECONDS)["state"]
    assert state == "success", pipeline.states(run)
    return run


def one_that_extracts(pipeline: Pipeline) -> str:
    """The id of the container that reads the source, while it does."""
    found: list[str] = []
    wait_for(
        lambda: found.extend(pipeline.containers(job="extract-job", slice=ACCOUNT)) or found,
        240,
        "the extraction",
        pause=0.05,
    )
    return found[0]


def test_every_step_of_the_day_is_done(pipeline: Pipeline, brought: str) -> None:
    assert pipeline.mapped(brought, "source") == {f"{step} {ACCOUNT}": "success" for step in STEPS}
    tasks = pipeline.states(brought)
    assert {tasks[f"marts.{mart}"] for mart in MARTS} == {"success"}
    assert {tasks[one] for one in ("day_over", "anomalies", "tell_stores", "verdict")} == {
        "success"
    }


@pytest.mark.usefixtures("brought")
def test_tables_hold_what_the_acquirer_has(server: Server, acquirer: Acquirer) -> None:
    told = acquirer.job("accounts", "test", ACCOUNT).stdout
    found = re.search(r"TLSv1\.[23], ([\d,]+) sales", told)
    assert found, told
    there = int(found[1].replace(",", ""))
    assert there > 3_000
    assert server.sql("SELECT count(*) FROM raw.card_sale WHERE vanished_at IS NULL") == [
        str(there)
    ]

    compared = acquirer.job("card-sales", "--account", ACCOUNT, "--ds", DAY_AFTER, "--reconcile")

    assert compared.returncode == 0, compared.stdout + compared.stderr
    counts = json.loads(compared.stdout.splitlines()[-1])["counts"]
    assert counts["months"] > 0
    assert counts["months_differing"] == 0


@pytest.mark.usefixtures("brought")
def test_marts_hold_what_the_tables_do(server: Server) -> None:
    payments = (
        "SELECT (sold_at AT TIME ZONE 'Asia/Seoul')::date, store_id, count(*), sum(amount_sale)"
        " FROM raw.card_sale WHERE NOT is_canceled GROUP BY 1, 2 ORDER BY 1, 2"
    )
    of_days = (
        "SELECT sale_date, store_id, payment_count, total_sale FROM mart.mart_store_daily_spend"
        " WHERE payment_count > 0 ORDER BY 1, 2"
    )
    of_weeks = (
        "SELECT store_id, payment_count, total_sale FROM mart.mart_store_weekly_spend"
        f" WHERE sale_date = '{DAY}' ORDER BY store_id"
    )
    weeks_before = (
        "SELECT store_id, sum(payment_count), sum(total_sale) FROM mart.mart_store_daily_spend"
        f" WHERE sale_date >= date '{DAY}' - 7 AND sale_date < '{DAY}' AND store_id IN ("
        f" SELECT store_id FROM mart.mart_store_weekly_spend WHERE sale_date = '{DAY}')"
        " GROUP BY store_id ORDER BY store_id"
    )

    assert server.sql(payments) == server.sql(of_days)
    assert len(server.sql(of_days)) > 12 * 15
    assert server.sql(of_weeks) == server.sql(weeks_before)
    assert len(server.sql(of_weeks)) > 6


@pytest.mark.usefixtures("brought")
def test_each_store_with_sales_that_do_not_fit_is_told_once(
    server: Server, pipeline: Pipeline
) -> None:
    found = server.sql(
        "SELECT store_id || ' ' || count(DISTINCT sale_id) FROM mart.v_card_anomaly"
        f" WHERE sale_date = '{DAY}' GROUP BY store_id"
    )
    assert found

    messages = pipeline.messages("확인할 카드 매출")

    told = [
        re.match(rf"🔎 확인할 카드 매출 ([\d,]+)건: 가맹점 (\d+) \({DAY}\)", one["text"])
        for one in messages
    ]
    assert sorted(f"{one[2]} {one[1]}" for one in told if one) == sorted(found)
    assert len(told) == len(found)
    assert f"https://search.example/anomalies?store_id={told[0][2]}" in str(messages[0])
    assert [one for one in pipeline.messages("작업 실패") if DAG in str(one)] == []


@pytest.mark.usefixtures("brought")
def test_search_answers_to_a_key_until_it_is_revoked(server: Server) -> None:
    added = by_hand(server, "search-keys", "add", "kim", "--tenant", TENANT)
    assert added.returncode == 0, added.stderr
    key = added.stdout.strip()
    of_day = f"/api/v1/unit-prices?date={DAY}&limit=1000"

    status, answer = ask(server, of_day, key)
    assert status == 200
    assert [
        f"{row['store_id']}|{row['payment_count']}|{row['total_sale']:.2f}"
        for row in answer["rows"]
    ] == server.sql(
        "SELECT store_id, payment_count, total_sale FROM mart.mart_store_daily_spend"
        f" WHERE sale_date = '{DAY}' ORDER BY store_id"
    )
    assert ask(server, of_day, "jangbu_" + "0" * 43)[0] == 401
    status, answer = ask(server, f"/api/v1/anomalies?from={DAY}&to={DAY}&limit=1000", key)
    assert (status, len(answer["rows"])) == (
        200,
        int(server.sql(f"SELECT count(*) FROM mart.v_card_anomaly WHERE sale_date = '{DAY}'")[0]),
    )

    revoked = by_hand(server, "search-keys", "revoke", "kim")
    assert (revoked.returncode, revoked.stdout) == (0, "kim revoked\n")
    assert ask(server, of_day, key)[0] == 401


def ask(server: Server, path: str, key: str) -> tuple[int, Any]:
    request = urllib.request.Request(
        f"http://127.0.0.1:{server.search_port}{path}", headers={"X-API-Key": key}
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as refused:
        return refused.code, None


@pytest.fixture
def tag_with_mysqls_driver(engine: Any, tmp_path: Path) -> Iterator[str]:
    """extract-job's image with MySQL's own driver, built as extract-job/README.md says."""
    readme = ROOT / "extract-job" / "README.md"
    recipe = re.search(r"```dockerfile\n(.+?)```", readme.read_text(), re.DOTALL)
    assert recipe
    library = next(Path.home().glob(f".m2/repository/{MYSQLS_DRIVER}"), None)
    if library is None:
        pytest.skip(f"~/.m2/repository/{MYSQLS_DRIVER}: none (expected: from `make test`)")
    shutil.copy(library, tmp_path / "mysql-connector-j.jar")
    (tmp_path / "Dockerfile").write_text(
        recipe[1].replace("jangbu/extract-job", image_name("extract-job"))
    )
    image = f"{PREFIX}extract-job:with-mysql"
    subprocess.run(["docker", "build", "--quiet", "--tag", image, tmp_path], check=True)
    yield "with-mysql"
    engine.images.remove(image)


def test_mysqls_own_driver_comes_in_an_image_of_ones_own(
    acquirer: Acquirer, tag_with_mysqls_driver: str
) -> None:
    acquirer.add("own-driver", "acquirer.pem", "driver=mysql")

    read = acquirer.job("accounts", "test", "mysql-own-driver", tag=tag_with_mysqls_driver)
    without = acquirer.job("accounts", "test", "mysql-own-driver")

    assert (read.returncode, read.stdout) == (
        0,
        acquirer.job("accounts", "test", ACCOUNT).stdout.replace(ACCOUNT, "mysql-own-driver"),
    )
    assert without.returncode == 2
    assert "JANGBU_JDBC_DRIVERS: not set (expected with driver=mysql" in (
        without.stdout + without.stderr
    )


def test_another_authority_is_not_trusted(acquirer: Acquirer) -> None:
    acquirer.add("stranger", "stranger.pem")

    ended = acquirer.job("card-sales", "--account", STRANGER, "--ds", DAY)

    assert ended.returncode == 2
    summary = json.loads(ended.stdout.splitlines()[-1])
    assert summary["message"] == (
        "mysql://card-source:3306/card_source: its certificate is not trusted, unable to find valid"
        " certification path to requested target (expected: one for card-source, signed by"
        f" {CERTIFICATES}/stranger.pem)"
    )


def test_authority_that_is_not_there_is_named(acquirer: Acquirer) -> None:
    acquirer.add("nowhere", "nowhere.pem")

    ended = acquirer.job("card-sales", "--account", "mysql-nowhere", "--ds", DAY)

    assert ended.returncode == 2
    summary = json.loads(ended.stdout.splitlines()[-1])
    assert summary["message"] == (
        f"ca: {CERTIFICATES}/nowhere.pem (expected: a PEM file of certificates this user may read)"
    )


def test_proxy_refuses_another_folder_of_certificates(server: Server) -> None:
    asked = f"""
from dataclasses import replace
from datetime import date
from docker.errors import APIError
from jangbu.runners.docker import DockerJobRunner
from jangbu.runners.job_run import JobRun
from jangbu.settings import Settings

settings = Settings.from_environment()
run = JobRun("extract-job", "card-sales", "{ACCOUNT}", date(2026, 2, 28), ("--help",), "d", "r", "t", 1)
for folder in ("/etc", settings.certificates + "/..", settings.certificates + "/acquirer.pem"):
    try:
        DockerJobRunner(settings=replace(settings, certificates=folder), task_id="t").run_job(run, {{}})
    except APIError as refused:
        print(refused.explanation)
"""

    code, told = server.inside("scheduler", "python", "-c", asked)

    lines = [line for line in told.splitlines() if line.startswith("policy-proxy: ")]
    assert (code, len(lines)) == (0, 3), told
    for line in lines:
        assert line.startswith("policy-proxy: HostConfig.Mounts[3]: ")
        assert f"{server.certificates} at {CERTIFICATES}" in line
