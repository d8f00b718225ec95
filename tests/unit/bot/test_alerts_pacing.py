from __future__ import annotations

import pytest

from bot.alerts.pacing import FORGET_AT, LIMITS, Limits, Pace
from handlers.request import Conversation


def chat(number: int, thread: str = "") -> Conversation:
    return Conversation("telegram", str(number), thread=thread)


def test_messages_to_many_chats_keep_the_distance_of_the_platform() -> None:
    pace = Pace(Limits(apart=0.04, apart_in_chat=1.0))
    assert [pace.reserve(chat(number), 10.0) for number in range(4)] == pytest.approx(
        [10, 10.04, 10.08, 10.12]
    )


def test_a_chat_and_its_threads_share_one_limit() -> None:
    pace = Pace(Limits(apart=0.04, apart_in_chat=1.0))
    turns = [pace.reserve(chat(1, thread), 10.0) for thread in ("", "7", "8")]
    assert turns == pytest.approx([10, 11, 12])


def test_a_busy_chat_does_not_hold_up_the_others() -> None:
    pace = Pace(Limits(apart=0.04, apart_in_chat=1.0))
    for _ in range(3):
        pace.reserve(chat(1), 10.0)
    assert pace.reserve(chat(2), 10.0) == pytest.approx(10.12)


def test_time_that_passed_counts() -> None:
    pace = Pace(Limits(apart=0.04, apart_in_chat=1.0))
    pace.reserve(chat(1), 10.0)
    assert pace.reserve(chat(1), 20.0) == 20.0


def test_the_same_channel_of_two_teams_is_two_chats() -> None:
    pace = Pace(LIMITS["slack"])
    turns = [pace.reserve(Conversation("slack", "C1", team=team), 10.0) for team in ("T1", "T2")]
    assert turns == [10.0, 10.0]


def test_chats_of_long_ago_are_forgotten() -> None:
    pace = Pace(Limits(apart_in_chat=1.0))
    for number in range(3 * FORGET_AT):
        pace.reserve(chat(number), float(number))
    assert len(pace._next_in_chat) <= FORGET_AT


def test_a_platform_without_limits_never_waits() -> None:
    pace = Pace(Limits())
    assert {pace.reserve(chat(1), 10.0) for _ in range(100)} == {10.0}
