"""Airflow's image: what is in it, and what its entry point does with secrets."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from server import image_name

PRINT = "import json, os; print(json.dumps(dict(os.environ)))"


def started(*arguments: str, secret: Path | None = None) -> subprocess.CompletedProcess[str]:
    mount = ["-v", f"{secret}:/run/secrets/slack_webhook_url:ro"] if secret else []
    return subprocess.run(
        [
            *("docker", "run", "--rm", "--read-only", "--network", "none", *mount),
            *(*arguments, image_name("airflow"), "python", "-c", PRINT),
        ],
        capture_output=True,
        text=True,
        check=False,
    )


def test_nothing_secret_is_in_the_image(engine: Any) -> None:
    settings = engine.images.get(image_name("airflow")).attrs["Config"]

    assert settings["User"] == "10001:10001"
    assert not [line for line in settings["Env"] if "KEY" in line or "SECRET" in line]
    done = subprocess.run(
        [
            "docker",
            "run",
            "--rm",
            image_name("airflow"),
            "grep",
            "-v",
            "^#",
            "/opt/airflow/airflow.cfg",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == ""


def test_slack_address_becomes_a_connection_of_the_process(engine: Any, tmp_path: Path) -> None:
    secret = tmp_path / "slack"
    secret.write_text("https://hooks.slack.com/services/T0/B0/x-y_z\n")

    done = started("-e", "SLACK_WEBHOOK_URL_FILE=/run/secrets/slack_webhook_url", secret=secret)

    environment = json.loads(done.stdout)
    assert json.loads(environment["AIRFLOW_CONN_SLACK_WEBHOOK"]) == {
        "conn_type": "slackwebhook",
        "host": "https://hooks.slack.com",
        "password": "services/T0/B0/x-y_z",
    }
    assert "SLACK_WEBHOOK_URL" not in environment


def test_without_an_address_there_is_no_connection(engine: Any, tmp_path: Path) -> None:
    secret = tmp_path / "slack"
    secret.write_text("")

    done = started("-e", "SLACK_WEBHOOK_URL_FILE=/run/secrets/slack_webhook_url", secret=secret)

    assert "AIRFLOW_CONN_SLACK_WEBHOOK" not in json.loads(done.stdout)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("hooks.slack.com/services", "not an address (expected: https://host/path)"),
        ("https://hooks.slack.com", "not an address (expected: https://host/path)"),
        ('https://x/"},{"', "characters that no address has (expected: https://host/path)"),
    ],
)
def test_wrong_address_ends_the_start_and_is_not_shown(
    engine: Any, address: str, told: str
) -> None:
    done = started("-e", f"SLACK_WEBHOOK_URL={address}")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.strip() == f"the Slack webhook: {told}"
