from __future__ import annotations

import pytest

from bot.alerts.pacing import FORGET_AT, NO_LIMIT, Pace
from bot.alerts.policy import Limits, Policy
from handlers.request import Conversation

THIRTY = Limits(apart=1 / 30, apart_in_chat=1.0, apart_in_group=4.0)


def chat(number: int, thread: str = "") -> Conversation:
    return Conversation("telegram", str(number), thread=thread)


def sent_in(pace: Pace, seconds: float, step: float) -> list[float]:
    """Send whatever may go, looking every `step` seconds; return when each message went."""
    times: list[float] = []
    for tick in range(int(seconds / step) + 1):
        now = 10 + tick * step
        turns = pace.ready(now)
        pace.take(turns, now)
        times += [now] * turns
    return times


@pytest.mark.parametrize("step", [0.001, 0.01, 0.03, 0.05])
def test_a_pace_is_kept_though_it_is_looked_after_late(step: float) -> None:
    times = sent_in(Pace(THIRTY), 10.0, step)
    assert len(times) == pytest.approx(300, rel=0.05)


@pytest.mark.parametrize("step", [0.001, 0.02, 0.033, 0.3])
def test_no_second_sees_more_than_the_platform_allows(step: float) -> None:
    times = sent_in(Pace(Policy().limits("telegram")), 10.0, step)
    busiest = max(sum(begin <= time < begin + 1 for time in times) for begin in times)
    assert busiest <= 30


def test_a_high_pace_is_kept_by_sending_several_at_once() -> None:
    times = sent_in(Pace(Limits(apart=0.001)), 2.0, 0.01)
    assert len(times) == pytest.approx(2000, rel=0.02)


def test_turns_missed_long_ago_are_gone() -> None:
    pace = Pace(THIRTY)
    pace.take(pace.ready(10.0), 10.0)
    assert pace.ready(1000.0) == 2


def test_one_waits_until_the_next_turn() -> None:
    pace = Pace(Limits(apart=0.5))
    assert pace.wait(10.0) == 0
    pace.take(2, 10.0)
    assert (pace.ready(10.0), pace.wait(10.0)) == (0, 0.5)


def test_processes_share_the_pace_of_a_platform() -> None:
    times = sent_in(Pace(THIRTY, sharers=3), 10.0, 0.01)
    assert len(times) == pytest.approx(100, rel=0.05)


def test_a_chat_and_its_threads_share_one_limit() -> None:
    pace = Pace(THIRTY)
    turns = []
    for thread in ("", "7", "8"):
        turns.append(pace.turn(chat(1, thread), 10.0))
        pace.sent(chat(1, thread), turns[-1])
    assert turns == [10, 11, 12]


def test_a_group_gets_less_than_twenty_messages_a_minute() -> None:
    pace = Pace(Policy().limits("telegram"))
    group, now = chat(-100), 10.0
    for _ in range(19):
        now = pace.turn(group, now)
        pace.sent(group, now)
    assert now > 10 + 60 - 0.001


def test_the_same_channel_of_two_teams_is_two_chats() -> None:
    pace = Pace(Policy().limits("slack"))
    for team in ("T1", "T2"):
        place = Conversation("slack", "C1", team=team)
        assert pace.turn(place, 10.0) == 10.0
        pace.sent(place, 10.0)


def test_chats_of_long_ago_are_forgotten() -> None:
    pace = Pace(Limits(apart_in_chat=1.0))
    for number in range(3 * FORGET_AT):
        pace.sent(chat(number), float(number))
    assert len(pace._next_in_chat) <= FORGET_AT


def test_a_platform_without_limits_never_waits() -> None:
    pace = Pace(Policy().limits("terminal"))
    pace.take(100, 10.0)
    assert (pace.ready(10.0), pace.wait(10.0)) == (NO_LIMIT, 0.0)
