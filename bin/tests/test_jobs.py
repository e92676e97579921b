"""How a job's end is read."""

from __future__ import annotations

from jangbu_run.jobs import read_outcome

OUTPUT = """2026-01-16T00:10:01.123+09:00 INFO  job=load-job ds=2026-01-15 state=started
a line for people
{not json}
{"status": "done", "rows": 5}
"""


def test_output_is_taken_apart() -> None:
    outcome = read_outcome(0, OUTPUT, 1.5)

    assert outcome.summary == {"status": "done", "rows": 5}
    assert outcome.text == "a line for people\n{not json}"
    assert outcome.is_done


def test_process_of_several_runs_has_a_summary_of_each() -> None:
    outcome = read_outcome(0, '{"slice": "a"}\n{"slice": "b"}\n{"slice": "all"}\n', 1.5)

    assert [summary["slice"] for summary in outcome.summaries] == ["a", "b", "all"]
    assert outcome.summary == {"slice": "all"}


def test_quality_failure_needs_code_and_word() -> None:
    summary = '{"status": "quality_failed"}'

    assert read_outcome(10, summary, 0).is_quality_failure
    assert not read_outcome(1, summary, 0).is_quality_failure
    assert not read_outcome(10, '{"status": "failed"}', 0).is_quality_failure


def test_reason_is_the_summarys_message_else_the_last_words() -> None:
    assert (
        read_outcome(11, '{"message": "database away"}', 0).reason
        == "database away (exit code 11: the database or a source is not available)"
    )
    usage = "--ds: x (expected: a date)\nSee `extract-job --help`.\n"
    assert (
        read_outcome(2, usage, 0).reason
        == "--ds: x (expected: a date) (exit code 2: wrong arguments or settings)"
    )
    assert (
        read_outcome(137, "", 0).reason == "killed, most often for want of memory (exit code 137)"
    )
    assert read_outcome(77, "", 0).reason == "ended with exit code 77 (exit code 77)"
