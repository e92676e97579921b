"""Why a task failed: one word for the incident, a sentence for people, a place in the runbook."""

from __future__ import annotations

from dataclasses import dataclass

QUALITY = "quality"
NO_RESULT = "no result"
RUN_FAILED = "run failed"
LATE = "late"
AIRFLOW = "airflow"
ACCOUNTS = "accounts"


@dataclass(frozen=True)
class Cause:
    """`word` is part of the incident's key, so renaming one splits incidents that are open.

    `is_shared`: what is wrong lies outside the task, so that all tasks it stops are one incident.
    """

    word: str
    meaning: str
    remedy: str
    anchor: str
    is_shared: bool = False


_KILLED_ANCHOR = "killed-exit-code-137-143-or-no-end-at-all"
_BY_CODE = {
    1: Cause(
        "failed",
        "작업이 실패함 (반쯤 된 것은 없음)",
        "아래 메시지가 이유와 다음 명령을 말해 줍니다",
        "exit-codes",
    ),
    2: Cause(
        "usage",
        "인자·설정이 잘못되었거나 마이그레이션 전",
        "재시도로는 낫지 않습니다. 설정을 고치고 작업을 clear 하세요",
        "exit-codes",
    ),
    3: Cause("out of memory", "JVM 메모리 부족", "메모리를 확인하고 clear 하세요", _KILLED_ANCHOR),
    10: Cause(
        QUALITY,
        "그날 데이터가 품질 검사를 통과하지 못함",
        "적재되지 않았고, 이전 데이터는 그대로입니다. 대개 아침까지 기다려도 됩니다",
        "the-day-did-not-pass-exit-code-10",
    ),
    11: Cause(
        "unavailable",
        "데이터베이스나 원천에 연결하지 못함",
        "데이터베이스를 살린 뒤 작업을 clear 하세요",
        "the-database-is-away-exit-code-11",
        is_shared=True,
    ),
    12: Cause(
        "held",
        "다른 실행이 같은 날을 처리 중",
        "대개 할 일이 없습니다. 다른 실행이 끝나면 clear 하세요",
        "held-by-another-run-exit-code-12",
    ),
    137: Cause(
        "killed", "강제 종료됨 (대개 메모리 부족)", "메모리를 확인하고 clear 하세요", _KILLED_ANCHOR
    ),
    143: Cause(
        "stopped", "중지 요청으로 끝남 (시간 초과, 배포)", "작업을 clear 하세요", _KILLED_ANCHOR
    ),
}
_UNKNOWN = Cause(
    "unknown exit", "알 수 없는 종료 코드", "로그를 보고 작업을 clear 하세요", "exit-codes"
)
_NAMED = {
    NO_RESULT: Cause(
        NO_RESULT,
        "결과를 남기지 않고 끝남 (프로세스가 죽었거나 Airflow 쪽 오류)",
        "로그를 보고 작업을 clear 하세요",
        _KILLED_ANCHOR,
    ),
    RUN_FAILED: Cause(
        RUN_FAILED,
        "실패한 작업 없이 실행이 실패함 (시간 초과, 손으로 표시)",
        "Airflow에서 실행을 보고 clear 하세요",
        "exit-codes",
    ),
    LATE: Cause(
        LATE,
        "04:00(KST)까지 그날 처리가 끝나지 않음",
        "Airflow에서 실행 상태를 보세요",
        "the-day-is-late",
    ),
    AIRFLOW: Cause(
        AIRFLOW,
        "Airflow가 응답하지 않거나 비정상",
        "Airflow를 다시 살리세요. 실행은 이어집니다",
        "airflow-is-down",
    ),
}


def cause_of(exit_code: int | None) -> Cause:
    """The cause behind a job's exit code; None is a task that left no result."""
    if exit_code is None:
        return _NAMED[NO_RESULT]
    return _BY_CODE.get(exit_code, _UNKNOWN)


def cause_named(word: str) -> Cause:
    """The cause of an incident's word, also of a word an older version wrote."""
    known = {cause.word: cause for cause in [*_BY_CODE.values(), _UNKNOWN, *_NAMED.values()]}
    return known.get(word, Cause(word, word, "", "exit-codes"))


def all_causes() -> list[Cause]:
    """Every cause an incident may have."""
    return [*_BY_CODE.values(), _UNKNOWN, *_NAMED.values()]
