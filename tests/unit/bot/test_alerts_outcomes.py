from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.alerts.outcomes import backoff, pause_after, settle
from bot.errors import DeliveryError, Outcome
from bot.store.rows import Delivery, Pause, State
from handlers.request import Conversation

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def delivery(attempts: int = 1, ambiguous: int = 0) -> Delivery:
    return Delivery(1, 1, Conversation("telegram", "1001"), None, "", attempts, ambiguous, "me")


def error(outcome: Outcome, retry_after: timedelta | None = None) -> DeliveryError:
    return DeliveryError("reason", outcome, retry_after=retry_after)


def test_an_accepted_message_is_sent() -> None:
    outcome = settle(delivery(attempts=3, ambiguous=1), None, NOW, 0.5)
    assert (outcome.state, outcome.attempts, outcome.ambiguous, outcome.error) == (State.SENT, 3, 1, None)


def test_a_message_not_sent_is_tried_again_later() -> None:
    outcome = settle(delivery(attempts=2), error(Outcome.NOT_SENT), NOW, 0.25)
    assert (outcome.state, outcome.attempts) == (State.PENDING, 2)
    assert outcome.not_before == NOW + timedelta(seconds=45)
    assert outcome.error == "reason"


def test_the_eighth_attempt_is_the_last() -> None:
    assert settle(delivery(attempts=7), error(Outcome.NOT_SENT), NOW, 0.5).state is State.PENDING
    last = settle(delivery(attempts=8), error(Outcome.NOT_SENT), NOW, 0.5)
    assert (last.state, last.gone) == (State.DEAD, False)


def test_a_pause_that_the_platform_asks_for_is_honoured_and_costs_no_attempt() -> None:
    outcome = settle(delivery(attempts=8), error(Outcome.NOT_SENT, 3 * MINUTE), NOW, 0.5)
    assert (outcome.state, outcome.attempts) == (State.PENDING, 7)
    assert outcome.not_before == NOW + 3 * MINUTE + timedelta(seconds=0.5)


@pytest.mark.parametrize(("earlier", "state"), [(0, State.PENDING), (1, State.PENDING), (2, State.HELD)])
def test_a_message_of_unknown_end_is_sent_again_twice_and_then_held(earlier: int, state: State) -> None:
    outcome = settle(delivery(attempts=earlier + 1, ambiguous=earlier), error(Outcome.AMBIGUOUS), NOW, 0.5)
    assert (outcome.state, outcome.ambiguous) == (state, earlier + 1)


def test_a_last_attempt_of_unknown_end_is_held_not_dead() -> None:
    assert settle(delivery(attempts=8), error(Outcome.AMBIGUOUS), NOW, 0.5).state is State.HELD


def test_an_unknown_end_waits_as_long_as_the_platform_asks() -> None:
    outcome = settle(delivery(), error(Outcome.AMBIGUOUS, 3 * MINUTE), NOW, 0.5)
    assert outcome.not_before == NOW + 3 * MINUTE


def test_a_message_refused_for_good_is_dead_and_its_chat_gone() -> None:
    outcome = settle(delivery(), error(Outcome.PERMANENT), NOW, 0.5)
    assert (outcome.state, outcome.gone, outcome.error) == (State.DEAD, True, "reason")


def test_a_refused_credential_burns_no_attempt_however_often() -> None:
    outcome = settle(delivery(attempts=8), error(Outcome.CREDENTIAL), NOW, 0.5)
    assert (outcome.state, outcome.attempts, outcome.gone) == (State.PENDING, 7, False)
    assert outcome.not_before == NOW + 5 * MINUTE


@pytest.mark.parametrize(
    ("attempts", "state"), [(1, State.PENDING), (2, State.PENDING), (3, State.DEAD), (4, State.DEAD)]
)
def test_a_refusal_in_unknown_words_is_tried_three_times(attempts: int, state: State) -> None:
    outcome = settle(delivery(attempts=attempts), error(Outcome.REFUSED), NOW, 0.5)
    assert (outcome.state, outcome.gone) == (state, False)


def test_a_message_that_can_never_be_sent_is_dead_and_its_chat_lives() -> None:
    outcome = settle(delivery(), error(Outcome.UNSENDABLE), NOW, 0.5)
    assert (outcome.state, outcome.gone) == (State.DEAD, False)


def test_a_chat_that_moved_gets_its_message_at_once() -> None:
    outcome = settle(delivery(), DeliveryError("upgraded", Outcome.NOT_SENT, moved_to="-1009"), NOW, 0.5)
    assert (outcome.state, outcome.not_before, outcome.moved_to) == (State.PENDING, NOW, "-1009")


@pytest.mark.parametrize(
    ("failure", "pause"),
    [
        (error(Outcome.CREDENTIAL), 5 * MINUTE),
        (error(Outcome.NOT_SENT, timedelta(hours=3)), timedelta(hours=3)),
        (error(Outcome.NOT_SENT, timedelta(seconds=5)), timedelta(seconds=5)),
        (error(Outcome.NOT_SENT, timedelta(seconds=4)), None),
        (error(Outcome.NOT_SENT), None),
        (error(Outcome.AMBIGUOUS), None),
        (error(Outcome.PERMANENT), None),
    ],
)
def test_a_platform_is_paused_where_the_error_is_about_all_its_chats(
    failure: DeliveryError, pause: timedelta | None
) -> None:
    asked = pause_after(delivery(), failure, NOW)
    assert asked == (Pause("", NOW + pause, "reason") if pause else None)


@pytest.mark.parametrize(
    ("place", "scope"),
    [
        (Conversation("telegram", "1001"), ""),
        (Conversation("telegram", "-1001", thread="7"), "|-1001"),
        (Conversation("slack", "D1", team="T1"), ""),
        (Conversation("slack", "C1", team="T1"), "T1|C1"),
    ],
)
def test_a_long_pause_in_a_group_is_about_that_group(place: Conversation, scope: str) -> None:
    flood = error(Outcome.NOT_SENT, timedelta(seconds=40))
    asked = pause_after(replace(delivery(), conversation=place), flood, NOW)
    assert asked
    assert asked.scope == scope


@given(st.integers(1, 100), st.floats(0, 1, exclude_max=True))
def test_waiting_grows_to_half_an_hour_and_is_never_nothing(attempts: int, jitter: float) -> None:
    longest = timedelta(seconds=30 * 2 ** (attempts - 1)) if attempts < 7 else timedelta(minutes=30)
    assert timedelta(seconds=1) <= backoff(attempts, jitter) <= longest
