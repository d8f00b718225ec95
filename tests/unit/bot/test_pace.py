"""How much one person may ask, beyond the first flood (`test_gate.py`)."""

from __future__ import annotations

from bot.gate import REMEMBERED, Access, Gate, Pace, Verdict
from handlers.request import Conversation, Request


class Time:
    now = 0.0


def test_hours_of_silence_save_up_no_more_than_a_minute() -> None:
    time = Time()
    pace = Pace(3, lambda: time.now)
    pace.admit(("telegram", "7"))
    time.now += 3 * 3600
    asked = [pace.admit(("telegram", "7")) for _ in range(4)]
    assert asked == [Verdict.ANSWER] * 3 + [Verdict.TOO_FAST]


def test_people_with_one_id_on_two_platforms_do_not_use_up_each_others_questions() -> None:
    gate = Gate(Access(), Pace(2, lambda: 0.0))
    asked = [Request("1", Conversation(platform, "1"), "7", "5G") for platform in ("telegram", "slack")]
    for request in (*asked, *asked):
        assert gate.admit(request)[0] is Verdict.ANSWER
    assert [gate.admit(request)[0] for request in asked] == [Verdict.TOO_FAST] * 2


def test_who_comes_when_the_memory_is_full_is_counted_like_everybody() -> None:
    pace = Pace(2, lambda: 0.0)
    for number in range(REMEMBERED):
        pace.admit(("telegram", str(number)))
    asked = [pace.admit(("telegram", "newcomer")) for _ in range(4)]
    assert asked == [Verdict.ANSWER] * 2 + [Verdict.TOO_FAST, Verdict.SILENCE]
