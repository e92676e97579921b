"""The demo of the shops' sales: what it asks of whom, in which order, and that nothing of it stays running."""

from __future__ import annotations

import json
import stat
import sys
from datetime import date
from pathlib import Path

import pytest
from conftest import StubJobs

from jangbu_run import demo, jobs

SANDBOX = """
import http.server, json, os, pathlib, sys
folder = pathlib.Path(sys.argv[1])
class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        form = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.send_response(302)
        self.send_header("Location", f"{base}/ably/dashboard")
        self.send_header("Set-Cookie", f"let_in={form}; Path=/ably")
        self.end_headers()
    def do_GET(self):
        with (folder / "asked").open("a") as asked:
            print(self.path, self.headers.get("Cookie", ""), file=asked)
        body = json.dumps(json.loads((folder / "accounts").read_text())).encode()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(body.replace(b"BASE", base.encode()))
    def log_message(self, *arguments):
        pass
server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
base = f"http://127.0.0.1:{server.server_port}"
(folder / "pid").write_text(str(os.getpid()))
print(f"sandbox at {base}, seed 7, scenario default", flush=True)
server.serve_forever()
"""
LOG_INS = {
    "shop": "hlogdemo",
    "cafe24": {
        "mall_id": "hlogdemo",
        "client_id": "planted-id",
        "client_secret": "planted-secret",
        "base_url": "BASE/cafe24/hlogdemo/api/v2",
    },
    "ably": {"email": "a@example.invalid", "password": "planted", "base_url": "BASE/ably"},
    "ga4": {"property_id": "4711", "base_url": "BASE/ga4/v1beta", "key_file": {"type": "x"}},
}
LISTED = [
    {"account_id": "cafe24-hlogdemo", "datasets": ["products", "orders"]},
    {"account_id": "ga4-4711", "datasets": ["web-traffic"]},
]
CONSENT = [
    "open in the browser:",
    "http://mall/oauth/authorize?client_id=a&state=s%2B1",
    "consented",
]


@pytest.fixture
def folder(stub_jobs: StubJobs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A sandbox that answers with the log-ins above, and jobs that are done."""
    program = tmp_path / "sandbox.py"
    program.write_text(SANDBOX)
    (tmp_path / "accounts").write_text(json.dumps({"accounts": [LOG_INS]}))
    monkeypatch.setattr(demo, "SANDBOX", (sys.executable, str(program), str(tmp_path)))
    for name in ("JANGBU_PROFILE", "JANGBU_CREDENTIAL_KEY_FILE"):
        monkeypatch.setenv(name, "")
    stub_jobs.answer_lines("extract-job accounts list", (0, [json.dumps(LISTED)]))
    stub_jobs.answer_lines("extract-job accounts consent", (0, CONSENT))
    stub_jobs.answer_lines("extract-job accounts", (0, ["done"]))
    for job in ("extract-job", "transform-job", "load-job"):
        stub_jobs.answer(job, (0, {"rows": 1200}))
    return tmp_path


def run(folder: Path, *arguments: str) -> int:
    asked = ["--workspace", str(folder / "work"), "--platform", "cafe24", "--platform", "ga4"]
    parsed = demo.parse([*asked, *arguments], date(2026, 3, 3))
    return demo.Demo(parsed).run()


def test_shop_is_brought_from_its_platforms_to_the_page(
    stub_jobs: StubJobs, folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(folder, "--days", "10") == 0

    secrets = folder / "work" / "secrets"
    calls = [call.replace(str(folder / "work"), "WORK") for call in stub_jobs.calls]
    base = next(word for word in calls[3].split() if word.startswith("http"))
    base = base.removesuffix("/cafe24/hlogdemo/api/v2")
    mall = "--account cafe24-hlogdemo --ds 2026-03-02"
    visits = "web-traffic --account ga4-4711 --ds 2026-03-02"
    assert [call.replace(base, "BASE") for call in calls] == [
        "dev-database start",
        "load-job migrate",
        "extract-job accounts key --new WORK/secrets/key",
        "extract-job accounts add cafe24 --tenant hlogdemo --id hlogdemo"
        " --base-url BASE/cafe24/hlogdemo/api/v2 --secret=client_id=WORK/secrets/cafe24-client_id"
        " --secret=client_secret=WORK/secrets/cafe24-client_secret",
        "extract-job accounts consent cafe24-hlogdemo --port 0",
        "extract-job accounts add ga4 --tenant hlogdemo --id 4711 --base-url BASE/ga4/v1beta"
        " --secret=service_account=WORK/secrets/ga4-service_account",
        "extract-job accounts list --active --json",
        f"extract-job products {mall} --from-date 2026-02-21",
        f"transform-job products {mall}",
        f"load-job products {mall}",
        f"extract-job orders {mall} --from-date 2026-02-21",
        f"transform-job orders {mall}",
        f"load-job orders {mall}",
        f"extract-job {visits} --from-date 2026-02-21",
        f"transform-job {visits}",
        f"load-job {visits}",
        "mart-job build --dataset orders --touched",
        "mart-job build --dataset web-traffic --touched",
        "mart-job sales-dashboard --out WORK/reports/sales-dashboard.html",
    ]
    assert (folder / "asked").read_text().splitlines() == [
        "/__sandbox/accounts ",
        "/__sandbox/cafe24/hlogdemo/authorize?client_id=a&state=s%2B1 ",
    ]
    assert (secrets / "cafe24-client_secret").read_text() == "planted-secret"
    assert stat.S_IMODE((secrets / "cafe24-client_secret").stat().st_mode) == 0o600
    told = capfd.readouterr().out
    assert "1,200 landed, 1,200 clean, 1,200 loaded" in told
    assert "planted" not in told
    assert not is_alive(folder)


def test_dataset_that_fails_stops_no_other(
    stub_jobs: StubJobs, folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    answers = dict(stub_jobs.answers)
    stub_jobs.answers.clear()
    stub_jobs.answer("transform-job products", (10, {"message": "the day did not pass"}))
    stub_jobs.answers.update(answers)
    stub_jobs.write()

    assert run(folder) == 1

    assert not [call for call in stub_jobs.calls if call.startswith("load-job products")]
    assert [call for call in stub_jobs.calls if call.startswith("load-job orders")]
    assert "failed: cafe24-hlogdemo products: transform-job: the day did not" in (
        capfd.readouterr().out
    )


def test_sellers_export_is_downloaded_logged_in_and_not_kept(
    stub_jobs: StubJobs, folder: Path
) -> None:
    listed = [{"account_id": "ably-hlogdemo", "datasets": ["orders"]}]
    stub_jobs.answer_lines("extract-job accounts list", (0, [json.dumps(listed)]))
    asked = ["--workspace", str(folder / "work"), "--platform", "ably", "--days", "3"]

    assert demo.Demo(demo.parse(asked, date(2026, 3, 3))).run() == 0

    cookie = "let_in=email=a%40example.invalid&password=planted"
    assert (folder / "asked").read_text().splitlines() == [
        "/__sandbox/accounts ",
        f"/ably/dashboard {cookie}",
        f"/ably/sales/order/export?from=2026-02-28&to=2026-03-02 {cookie}",
    ]
    file = folder / "work" / "input" / "ably-orders.xlsx"
    assert (
        "extract-job orders --account ably-hlogdemo --ds 2026-03-02"
        f" --source ably-export --input {file}" in stub_jobs.calls
    )
    assert not file.exists()


def test_real_files_are_loaded_as_an_account_of_files(stub_jobs: StubJobs, folder: Path) -> None:
    listed = [{"account_id": "file-online-retail", "datasets": ["orders"]}]
    stub_jobs.answer_lines("extract-job accounts list", (0, [json.dumps(listed)]))

    assert run(folder, "--invoices", str(folder)) == 0

    assert "extract-job accounts add file --tenant hlogdemo --id online-retail" in stub_jobs.calls
    assert (
        "extract-job orders --account file-online-retail --ds 2026-03-02"
        f" --source online-retail --input {folder}" in stub_jobs.calls
    )


def test_only_a_demos_own_workspace_is_removed(stub_jobs: StubJobs, folder: Path) -> None:
    (folder / "work").mkdir()
    (folder / "work" / "kept").touch()

    with pytest.raises(demo.Refusal, match="expected: a folder of the demo's own"):
        run(folder)
    assert (folder / "work" / "kept").exists()

    (folder / "work" / demo.MARK).touch()
    assert run(folder) == 0
    assert stub_jobs.calls[0] == "dev-database stop"
    assert not (folder / "work" / "kept").exists()


def test_sandbox_is_stopped_when_a_step_fails(stub_jobs: StubJobs, folder: Path) -> None:
    stub_jobs.answer_lines("extract-job accounts consent", (1, ["consent: none within 600 s"]))

    with pytest.raises(demo.Refusal, match=r"consent cafe24-hlogdemo failed after .* none within"):
        run(folder)

    assert not is_alive(folder)


def test_days_are_a_number_of_days(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        demo.parse(["--days", "0"])

    assert "--days: 0 (expected: 1..365)" in capsys.readouterr().err


def is_alive(folder: Path) -> bool:
    return Path(f"/proc/{(folder / 'pid').read_text()}").exists()


def test_days_of_all_marts_are_told_by_the_mart_that_has_most() -> None:
    lines = [
        '{"slice": "mart_a", "status": "done", "days_built": 60}',
        '{"slice": "mart_b", "status": "done", "days_built": 1}',
        '{"slice": "all", "marts": [{"mart": "mart_a"}, {"mart": "mart_b"}]}',
    ]

    assert demo.built(jobs.read_outcome(0, "\n".join(lines), 1.0)) == "2 marts, 60 days"


def test_nothing_is_told_of_marts_that_had_no_day_to_build() -> None:
    assert demo.built(jobs.read_outcome(0, '{"slice": "mart_a", "days_built": 0}', 1.0)) == ""
