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
* **A day too large for one machine**: Trigger with *engine* `spark`. Checks and marts come to the same, on Spark (docs/spark.md).
* **Retries** help against exit codes 1, 11, 12, 137 and 143 and are made with growing pauses; 2 and 10 end at once. The table of codes is in the runbook.
"""

RETENTION_DOC = """
# What is kept no longer

Each morning at 05:00 (Asia/Seoul) days that are older than `retention.yml` keeps them are removed from tables and workspace, what a law wants kept is moved into `hold.record`, and held records whose date has come are destroyed. Where there is a lake, spark-job does the same there (`retain_lake`). Each of it is a row of `ops.retention_log`.

* **Before switching it on**: read `load-job/src/main/resources/retention.yml` with a lawyer, and look at `load-job retain --dry-run`. What is removed is gone.
* **It may be cleared at any time**: what is gone is not looked for again, and a day another run holds is done the next time.
"""

SALES_DOC = """
# The shops' sales

Each morning at 06:00 (Asia/Seoul) every active account of every platform is asked for what changed since it was asked last. What passed its checks is merged into `raw`, the marts of all days that changed are built again, and one message tells how it went, account by account.

| way | what happens |
| --- | --- |
| `accounts` → `<platform>.parts` | the accounts, and what of each is brought in: a mapped task for each dataset |
| `<platform>.account.extract` → `check` → `load` | one dataset of one account; where it fails, the others go on |
| `marts` → `dashboard` → `summary` | the days that changed, the page, and one Slack message |
| `verdict` | red where an account failed |

* **Mondays** (the run of a Sunday) the orders of three months are read again, in slices named `<account>.reconcile`; where they are not what was stored, they are stored again and the message says by how much.
* **At once** no more extractions than the platform's pool has slots: 20 in all.
* **An account that needs its owner** is left out until `extract-job accounts` has been told; the message names it each day.
* **Any task may be cleared**, alone or with what follows: an extraction starts where the last load ended, and what is there already stays as it is.
"""

CARD_DOC = """
# Card sales

Every six hours (00:10, 06:10, 12:10, 18:10 Asia/Seoul) each source is asked for the rows that changed since it was asked last. The run at 00:10 also closes the day before: daily spend, weekly spend, anomalies, and one message for each store with sales that do not fit.

| way | what happens |
| --- | --- |
| `accounts` → `parts` | the sources, a mapped task group for each |
| `source.extract` → `check` → `load` | one source; where it fails, the others go on |
| `day_over` → `marts` → `anomalies` → `tell_stores` | only when the day is over, or was asked for by its date; else skipped |
| `verdict` | red where anything before it failed |

* **Mondays at 00:10** the tables are compared month by month as well, in slices named `<account>.reconcile`: what is missing or changed is brought in, what vanished at the source is marked.
* **Any task may be cleared**, alone or with what follows: a sync starts where the last load ended, and what is there already stays as it is. A message that went out does not go out again.
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
    "has_lake": _TASK.format(
        output="whether there is a lake; where there is none, the run ends here, green.",
        impact="old rows and states of the lake stay; the next run removes them.",
        action="clear this task.",
    ),
    "retain_lake": _TASK.format(
        output="`lake.events` without days and former states that are older than the policy, and without files no state names.",
        impact="data stays in the lake longer than the policy says; nothing else waits for it.",
        action="exit 12: a day was being put, the retry does it. `image … not there`: `JANGBU_SPARK=1 make images`, or run `bin/jangbu retain` where spark-job is built. Then clear this task.",
    ),
    "accounts": _TASK.format(
        output="the list of accounts, for the tasks after it.",
        impact="nothing is brought in, and the run is red; days an earlier run left unbuilt are built.",
        action="exit 11: is PostgreSQL up? Exit 2: the line in the log names the setting. Then clear this task with what follows.",
    ),
    "parts": _TASK.format(
        output="one entry for each dataset of each active account of the platform.",
        impact="nothing of this platform is brought in; the others go on.",
        action="see the log; clear this task with what follows.",
    ),
    "extract_account": _TASK.format(
        output="`landing/<dataset>/<date>/<account>/` in the workspace, without personal data.",
        impact="this dataset of this account stays as the last load left it; the next run starts where that ended, so nothing is lost.",
        action="is the account named with a reason? Then its owner must act: `extract-job accounts`. Else see the log, and clear this task with what follows.",
    ),
    "check_account": _TASK.format(
        output="`clean/` and `rejects/` of the account, its quality report, and the verdict: exit 0 or 10.",
        impact="on 10 nothing of it is loaded, and the next run reads the same window again.",
        action="on 10 read the quality report and `rejects/`. Then clear `extract` of the account with what follows.",
    ),
    "load_account": _TASK.format(
        output="the account's rows of `raw`, merged in one transaction that also moves its watermark and notes which days changed.",
        impact="readers see the account as it was; the next run reads the same window again.",
        action="exit 1 that says a gap: clear `extract` of the account with what follows. Exit 11: is PostgreSQL up?",
    ),
    "sales_marts": _TASK.format(
        output="the rows of the sales marts of every day that changed, checked in the transaction that writes them.",
        impact="analysts see the days as they were; they stay noted as changed, and the next run builds them.",
        action="exit 1 with a failed check: the log names the check and its numbers. Then clear this task with what follows.",
    ),
    "sales_dashboard": _TASK.format(
        output="one HTML page with the sales of all channels, in the workspace.",
        impact="the page is the one of the last run; the tables are right.",
        action="clear this task.",
    ),
    "summary": _TASK.format(
        output="one Slack message: how many accounts were brought in, and each that failed or needs its owner, what the checks rejected of the others, and what the weekly reading found and mended.",
        impact="nobody is told; the data is there.",
        action="see the log for why Slack refused; clear this task to send it again.",
    ),
    "verdict": _TASK.format(
        output="nothing: it fails where an account failed, so that the run is red.",
        impact="it means that of the accounts the message names nothing new is there.",
        action="nothing here; clear the failed tasks of those accounts with what follows.",
    ),
    "card_parts": _TASK.format(
        output="one entry for each active source, and on a Monday at 00:10 one more to compare it.",
        impact="nothing is brought in; the run is red.",
        action="see the log; clear this task with what follows.",
    ),
    "extract_card_sales": _TASK.format(
        output="`landing/card-sales/<date>/<account>/` in the workspace: the rows that changed, cards masked and hashed.",
        impact="this source stays as the last load left it; the next run starts where that ended, so nothing is lost.",
        action="exit 11: is the source's database up? Exit 1 names what it refused (password, certificate). Then clear this task with what follows; a first sync goes on where it stopped.",
    ),
    "day_over": _TASK.format(
        output="whether the day is over; what follows is skipped where it is not.",
        impact="no marts and no messages of the day.",
        action="clear this task with what follows.",
    ),
    "card_marts": _TASK.format(
        output="the mart's rows of every day that changed, checked in the transaction that writes them.",
        impact="analysts see the days as they were; they stay noted as changed, and the next run builds them.",
        action="exit 1 with a failed check: the log names the check and its numbers. Then clear this task with what follows.",
    ),
    "anomalies": _TASK.format(
        output="`reports/anomalies/<date>.json`: each store with sales that do not fit, without cards.",
        impact="the anomalies are in the mart and the search; only the messages are missing.",
        action="clear this task with what follows.",
    ),
    "tell_stores": _TASK.format(
        output="one Slack message for each store and day: the count, the three largest, a link; past fifty stores one for the rest.",
        impact="nobody is told; the anomalies are in the mart and the search.",
        action="see the log for why Slack refused; clear this task to send what did not go out.",
    ),
    "card_verdict": _TASK.format(
        output="nothing: it does not run where something before it failed, so that the run is red.",
        impact="it cannot fail by itself.",
        action="see what failed before it.",
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
