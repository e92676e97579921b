"""What each task is for, and what on call does when it fails: shown in Airflow's UI."""

from __future__ import annotations

DAG_DOC = """
# Events of a business date

Each morning at 02:00 (Asia/Seoul) the day before is brought in, checked, loaded and built into four marts.

| way | when | what happens |
| --- | --- | --- |
| `quality_gate` → `load` → `marts` → `report` → `notify` | the day passed its checks (exit 0) | the day is in `raw` and `mart`; Slack gets the summary |
| `quality_gate` → `quality_alert` → `report` → `notify`, and `day_refused` | it did not (exit 10) | nothing is loaded, what was loaded before stays; **the run is red** |

* **Another day**: Trigger, and give the *business date*. **Many days**: Trigger → Backfill; 1 to 31 January builds 1 to 31 January, whatever time of day the dialog shows.
* **Any task may be cleared**, alone or with what follows: a job does its day anew or finds it done, and two runs of one day wait for each other.
* **Retries** help against exit codes 1, 11, 12, 137 and 143 and are made with growing pauses; 2 and 10 end at once. The table of codes is in the runbook.
"""

RETENTION_DOC = """
# What is kept no longer

Each morning at 05:00 (Asia/Seoul) days that are older than `retention.yml` keeps them are removed from tables and workspace, what a law wants kept is moved into `hold.record`, and held records whose date has come are destroyed. Each of it is a row of `ops.retention_log`.

* **Before switching it on**: read `load-job/src/main/resources/retention.yml` with a lawyer, and look at `load-job retain --dry-run`. What is removed is gone.
* **It may be cleared at any time**: what is gone is not looked for again, and a day another run holds is done the next time.
"""

_TASK = """
**Output**: {output}

**If it fails**: {impact}

**On call**: {action}
"""

TASK_DOCS = {
    "extract": _TASK.format(
        output="`landing/events/<date>/` in the workspace: raw JSON Lines and `manifest.json`.",
        impact="nothing follows; what was loaded for the date before stays as it was.",
        action="exit 11: is the source up? Exit 2: the line in the log names the setting. Then clear this task.",
    ),
    "quality_gate": _TASK.format(
        output="`clean/` and `rejects/` of the date, `reports/quality/events/<date>.json`, and the verdict: exit 0 or 10.",
        impact="on 10 the day is not loaded and the run ends red; on anything else nothing follows.",
        action="on 10 read the quality report and `rejects/`: mend the source and clear `extract`, or change the contract and clear this task.",
    ),
    "load": _TASK.format(
        output="the day's partition of `raw.raw_events`, swapped in one transaction, and its row in `ops.load_log`.",
        impact="the marts keep what they had; readers never see half a day.",
        action="exit 11: is PostgreSQL up, is its disk full? Exit 2: run `load-job migrate`. Then clear this task.",
    ),
    "quality_alert": _TASK.format(
        output="one Slack message: the failed checks, their rates and examples.",
        impact="people do not hear of the refused day; the run is red all the same.",
        action="see the log for why Slack refused; the message is in it.",
    ),
    "report": _TASK.format(
        output="`reports/run/<date>.json` and the same as a table in the log.",
        impact="the marts are built; only their account is missing.",
        action="clear this task.",
    ),
    "notify": _TASK.format(
        output="one Slack message: events, users, orders, revenue and quality of the date.",
        impact="nobody is told; the data is there.",
        action="see the log for why Slack refused; clear this task to send it again.",
    ),
    "retain": _TASK.format(
        output="nothing that is older than the policy; rows of `ops.retention_log` say what went.",
        impact="data stays longer than the policy says; nothing else waits for it.",
        action="exit 12: a run held the day, the retry does it. Exit 11: is PostgreSQL up? Exit 2: run `load-job migrate`. Then clear this task.",
    ),
    "day_refused": _TASK.format(
        output="nothing: it fails on purpose, so that a run whose day was refused is red.",
        impact="it always does when it runs; `quality_gate` says why.",
        action="nothing here; see `quality_gate`.",
    ),
}

MART_DOC = _TASK.format(
    output="the date's rows of `mart.{mart}`, checked and reconciled in the transaction that writes them.",
    impact="analysts see the mart as it was before; the other marts are built.",
    action="exit 1 with a failed check: the log names the check and its numbers. Exit 11: is PostgreSQL up? Then clear this task.",
)
