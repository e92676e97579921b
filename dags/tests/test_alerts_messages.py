"""What on-call reads: exact words of each message, and for any foreign text Slack's limits and no mark-up."""

from __future__ import annotations

import random
import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from alerts_support import message_limits_hold

from jangbu.alerts import messages
from jangbu.alerts.causes import LATE, all_causes, cause_named, cause_of
from jangbu.alerts.messages import (
    AccountsDay,
    CompletedDay,
    Continuing,
    Difference,
    FailedCheck,
    FailedPart,
    LateDay,
    Links,
    QualityFailure,
    Recovered,
    Rejects,
    TaskFailure,
    UnhealthyAirflow,
)
from jangbu.alerts.plain import CUT, code, escaped, length, link, masked
from jangbu.exit_codes import MEANINGS, ExitCode

DAY = date(2026, 1, 15)
RUNBOOK = Path(__file__).resolve().parents[2] / "docs" / "runbook.md"
OPENED = datetime(2026, 1, 15, 17, 10, tzinfo=UTC)
NASTY = [
    "<!channel>",
    "<!here|x>",
    "<@U123>",
    "<https://evil.example|login>",
    "`",
    "```",
    "\n",
    "\r\n",
    "\u2028",
    "\x00",
    "\x1b[31m",
    "\u202e",
    "\ud800",
    "&lt;",
    "&",
    "*",
    "_",
    "~",
    ">",
    "😀",
    "한글",
    " ",
    "a" * 50,
    "가" * 500,
]


def any_text(chance: random.Random) -> str:
    return "".join(chance.choice(NASTY) for _ in range(chance.randint(0, 80)))


def any_message(chance: random.Random) -> messages.Message:
    cause = chance.choice(all_causes())
    links = Links(
        chance.choice(["docs/runbook.md", "https://w.example/r", any_text(chance)]),
        any_text(chance),
    )
    dates = tuple(any_text(chance) for _ in range(chance.randint(0, 60)))
    continuing = chance.choice([None, Continuing(dates, OPENED)])
    checks = tuple(
        FailedCheck(
            any_text(chance), 10, 5, Decimal("0.5"), Decimal("0.99"), (any_text(chance),) * 9
        )
        for _ in range(chance.randint(0, 60))
    )
    accounts = tuple(any_text(chance) for _ in range(chance.randint(0, 30)))
    failed = tuple(
        FailedPart(name, any_text(chance), any_text(chance), cause, 1, any_text(chance), any_text(chance))
        for name in accounts
    )  # fmt: skip
    found = tuple(
        Difference(name, 10**6, 10**6, 10**6, Decimal(10) ** 12, chance.choice(["KRW", any_text(chance)]))
        for name in accounts
    )  # fmt: skip
    refused = tuple(
        Rejects(name, any_text(chance), 10**9, 10**9, {any_text(chance): 10**9 for _ in range(3)})
        for name in accounts
    )
    return chance.choice(
        [
            lambda: messages.accounts_done(
                AccountsDay(DAY, 30, 30, failed, accounts, any_text(chance), links, found, refused)),
            lambda: messages.task_failed(
                TaskFailure(any_text(chance), any_text(chance), chance.choice([None, DAY]), cause, 11, 3,
                            any_text(chance), any_text(chance), links), continuing),
            lambda: messages.quality_failed(
                QualityFailure(any_text(chance), DAY, 10, 5, checks, cause, any_text(chance), links), continuing),
            lambda: messages.day_completed(
                CompletedDay(DAY, 1, 1, 1, Decimal(10) ** 30, 7, 7, 0, Decimal(1), any_text(chance), any_text(chance))),
            lambda: messages.recovered(
                Recovered(any_text(chance), any_text(chance), cause, dates, OPENED, OPENED + timedelta(hours=2))),
            lambda: messages.day_late(LateDay(any_text(chance), DAY, any_text(chance), cause, links), continuing),
            lambda: messages.airflow_unhealthy(UnhealthyAirflow(OPENED, any_text(chance), cause, links), continuing),
        ]
    )()  # fmt: skip


@pytest.mark.parametrize("seed", range(300))
def test_any_message_keeps_slacks_limits_and_holds_no_foreign_mark_up(seed):
    message = any_message(random.Random(seed))
    parts = {"text": message.text, "blocks": message.blocks}
    assert message_limits_hold(parts, length) == [], f"seed {seed}"
    for text in texts_of(message):
        without_our_links = re.sub(r"<https?://[^<>|\s]+\|(런북 runbook|로그 log)>", "", text)
        assert "<" not in without_our_links, f"seed {seed}: {text}"
        assert ">" not in without_our_links, f"seed {seed}: {text}"
        assert re.search(r"&(?!amp;|lt;|gt;)", without_our_links) is None, f"seed {seed}: {text}"
        assert not re.search(r"[\x00-\x09\x0b-\x1f\u2028\u2029\u202e\ud800-\udfff]", text), (
            f"seed {seed}"
        )
        assert all(line.count("`") % 2 == 0 for line in text.split("\n")), f"seed {seed}: {text}"


@pytest.mark.parametrize("seed", range(200))
def test_any_foreign_text_is_one_bounded_line(seed):
    chance = random.Random(seed)
    text, limit = any_text(chance), chance.randint(20, 400)
    shown = escaped(text, limit)
    assert length(shown) <= limit, f"seed {seed}"
    assert "\n" not in shown, f"seed {seed}"
    assert "`" not in shown, f"seed {seed}"
    assert shown == escaped(text, 10**6) or shown.endswith(CUT), f"seed {seed}"


def texts_of(message):
    yield message.text
    for block in message.blocks:
        for one in [block.get("text"), *block.get("fields", []), *block.get("elements", [])]:
            if one:
                yield one["text"]


def test_a_mention_a_link_and_a_fence_are_only_characters():
    assert escaped("<!channel> <https://x|y> `a`\nb & c", 200) == (
        "&lt;!channel&gt; &lt;https://x|y&gt; \u02cba\u02cb b &amp; c"
    )


def test_text_is_cut_between_escapes_and_says_so():
    assert escaped("<<<<<<<<<<", 20) == "&lt;&lt;&lt;" + CUT
    assert code("a" * 30, 20) == "`" + "a" * 13 + CUT + "`"


def test_secrets_and_personal_data_of_known_shape_are_struck_out():
    assert masked("url postgres://jangbu:secret@db/x password=hunter2, next") == (
        "url postgres://***@db/x password=***, next"
    )
    assert (
        masked("kim@example.com 010-1234-5678 900101-1234567 1234-5678-1234-5678")
        == "*** *** *** ***"
    )
    assert (
        masked("posting to https://hooks.slack.com/services/T/B/x failed")
        == "posting to *** failed"
    )


def test_only_web_addresses_become_links():
    assert link("https://a.example/b?c=1&d=<x>|y", "로그") == (
        "<https://a.example/b?c=1&amp;d=%3Cx%3E%7Cy|로그>"
    )
    assert link("docs/runbook.md#exit-codes", "런북") == "런북 `docs/runbook.md#exit-codes`"
    assert link("javascript:alert(1)", "로그") == "로그 `javascript:alert(1)`"


def test_a_failed_task_says_what_which_day_why_and_where_to_look():
    failure = TaskFailure(
        "event_pipeline",
        "load",
        DAY,
        cause_of(11),
        11,
        4,
        "database not available after 60 s",
        "scheduled__2026-01-15",
        Links("https://w.example/runbook", "http://127.0.0.1:8080/dags/x?try_number=4"),
    )
    message = messages.task_failed(failure)
    assert message.text == (
        "🔴 작업 실패: load 2026-01-15 — 데이터베이스나 원천에 연결하지 못함 (exit code 11) · "
        "database not available after 60 s"
    )
    assert list(texts_of(message))[1:] == [
        "🔴 작업 실패: load 2026-01-15",
        "*데이터베이스나 원천에 연결하지 못함* (exit code 11)\n데이터베이스를 살린 뒤 작업을 clear 하세요",
        "*DAG*\n`event_pipeline`",
        "*작업 task*\n`load`",
        "*영업일 business date*\n2026-01-15",
        "*시도 tries*\n4",
        "`database not available after 60 s`",
        "<https://w.example/runbook#the-database-is-away-exit-code-11|런북 runbook>",
        "<http://127.0.0.1:8080/dags/x?try_number=4|로그 log>",
        "run `scheduled__2026-01-15`",
    ]


def test_a_reminder_says_how_many_dates_and_since_when():
    failure = TaskFailure("d", "load", DAY, cause_of(1), 1, 4)
    continuing = Continuing(("2026-01-13", "2026-01-14", "2026-01-15", "2026-01-20"), OPENED)
    assert messages.task_failed(failure, continuing).text == (
        "🔴 작업 실패: load 2026-01-15 — 아직 실패 중 (still failing): 2026-01-13~2026-01-15, 2026-01-20 (4일), "
        "01-16 02:10 KST부터 — 작업이 실패함 (반쯤 된 것은 없음) (exit code 1)"
    )


def test_a_completed_day_has_its_figures():
    day = CompletedDay(
        DAY, 1881, 247, 24, Decimal("1890400.00"), 6, 7, 5, Decimal("4.767"), "/w/dashboard.html"
    )
    message = messages.day_completed(day)
    assert message.text == (
        "✅ 처리 완료: 2026-01-15 — 이벤트 1,881건, 사용자 247명, 주문 24건, 매출 1,890,400원, 품질 6/7 통과"
    )
    assert list(texts_of(message))[-3:] == [
        "*거부 rejected*\n5줄",
        "*걸린 시간 seconds*\n4.8초",
        "대시보드 `/w/dashboard.html`",
    ]


def test_many_accounts_that_differ_are_cut_with_a_count():
    found = tuple(Difference(f"cafe24-{at:02}", 1, 1, 0, Decimal(0)) for at in range(15))
    message = messages.accounts_done(AccountsDay(DAY, 15, 30, differences=found))
    assert message.text.endswith("cafe24-11 외 3개")
    lines = message.blocks[2]["text"]["text"].split("\n")
    assert lines[1] == "• cafe24-00: 1일 다름, 빠진 주문 1건 → 바로잡음"
    assert lines[12:] == [
        "• cafe24-11: 1일 다름, 빠진 주문 1건 → 바로잡음",
        f"그 밖에 3개 계정 {CUT}",
    ]


def test_recovery_names_the_dates_and_how_long_it_lasted():
    end = Recovered(
        "d",
        "load",
        cause_of(11),
        ("2026-01-15", "2026-01-14"),
        OPENED,
        OPENED + timedelta(minutes=95),
    )
    assert messages.recovered(end).text == (
        "🟢 복구됨: load — 데이터베이스나 원천에 연결하지 못함 · 2026-01-14~2026-01-15 (2일) · 1시간 35분 걸림"
    )


def test_a_rate_is_never_shown_better_than_it_is():
    assert messages.percent(Decimal("0.989999")) == "98.999 %"
    assert messages.percent(Decimal("0.99")) == "99 %"
    assert messages.percent(Decimal("1.000000")) == "100 %"


def test_every_exit_code_has_a_cause_of_its_own():
    codes = [code for code in MEANINGS if code != ExitCode.DONE]
    words = [cause_of(code).word for code in codes]
    assert len(set(words)) == len(codes)
    assert "unknown exit" not in words
    assert cause_of(99).word == "unknown exit"
    assert cause_of(None).word == "no result"
    assert cause_named(LATE).word == LATE


def test_every_cause_leads_to_a_heading_of_the_runbook():
    headings = re.findall(r"^#+ (.*)$", RUNBOOK.read_text("utf-8"), re.M)
    anchors = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
    assert {cause.anchor for cause in all_causes()} - anchors == set()
