"""What becomes of a delivery after an attempt. Pure: the worker does what is decided here.

accepted                    sent
not sent                    pending, later; dead after the last attempt
not sent, with a pause      pending, after the pause; the attempt does not count
refused in unknown words    the same, but dead after three attempts
nobody knows (ambiguous)    pending, later and marked as a possible repeat; held after the third
refused for good            dead, and the chat is gone
the chat has moved          pending, to its new id
our credential is refused   pending; the platform is paused and the attempt does not count
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.alerts.policy import is_shared
from bot.errors import DeliveryError, Outcome
from bot.store.claiming import scope_of
from bot.store.deliveries import MOST_AMBIGUOUS
from bot.store.rows import Delivery, Pause, Settlement, State

MOST_ATTEMPTS = 8
MOST_REFUSALS = 3
SHORTEST_DELAY = timedelta(seconds=1)
FIRST_DELAY = timedelta(seconds=30)
LONGEST_DELAY = timedelta(minutes=30)

CREDENTIAL_PAUSE = timedelta(minutes=5)
"""After this long a platform that refused our token is asked again."""

LONG_PAUSE = timedelta(seconds=5)
"""A pause asked for by a platform is kept for other messages too from this long on."""


def settle(claimed: Delivery, error: DeliveryError | None, now: datetime, jitter: float) -> Settlement:
    """Decide where a delivery stands after an attempt; `jitter` in [0, 1) spreads the next ones."""
    kept = Settlement(State.SENT, claimed.attempts, claimed.ambiguous)
    if error is None:
        return kept
    kept = replace(kept, error=error.reason)
    match error.outcome:
        case Outcome.PERMANENT:
            return replace(kept, state=State.DEAD, gone=True)
        case Outcome.UNSENDABLE:
            return replace(kept, state=State.DEAD)
        case Outcome.CREDENTIAL:
            return _later(kept, now + CREDENTIAL_PAUSE, uncounted=True)
        case Outcome.AMBIGUOUS:
            return _after_silence(kept, error, now, jitter)
        case Outcome.NOT_SENT | Outcome.REFUSED:
            return _after_refusal(kept, error, now, jitter)


def pause_after(claimed: Delivery, error: DeliveryError, now: datetime) -> Pause | None:
    """Return what is to be left alone after an error, None where it is about this message only.

    A long pause asked for in a private chat is about the whole bot: no chat of ours gets more than one
    message a second. In a group or channel it may be about that one, which has limits of its own.
    """
    if error.outcome is Outcome.CREDENTIAL:
        return Pause("", now + CREDENTIAL_PAUSE, error.reason)
    if error.retry_after is None or error.retry_after < LONG_PAUSE:
        return None
    chat = claimed.conversation
    scope = scope_of(chat) if is_shared(chat) else ""
    return Pause(scope, now + error.retry_after, error.reason)


def backoff(attempts: int, jitter: float) -> timedelta:
    """Return a random part of a span that doubles with each attempt.

    Full jitter: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
    """
    longest = FIRST_DELAY
    for _ in range(attempts - 1):
        longest = min(2 * longest, LONGEST_DELAY)
    return max(longest * (1 - jitter), SHORTEST_DELAY)


def _after_refusal(kept: Settlement, error: DeliveryError, now: datetime, jitter: float) -> Settlement:
    if error.retry_after is not None:
        return _later(kept, now + error.retry_after + timedelta(seconds=jitter), uncounted=True)
    most = MOST_REFUSALS if error.outcome is Outcome.REFUSED else MOST_ATTEMPTS
    if kept.attempts >= most:
        return replace(kept, state=State.DEAD)
    if error.moved_to:
        return replace(_later(kept, now), moved_to=error.moved_to)
    return _later(kept, now + backoff(kept.attempts, jitter))


def _after_silence(kept: Settlement, error: DeliveryError, now: datetime, jitter: float) -> Settlement:
    kept = replace(kept, ambiguous=kept.ambiguous + 1)
    if kept.ambiguous > MOST_AMBIGUOUS or kept.attempts >= MOST_ATTEMPTS:
        return replace(kept, state=State.HELD)
    return _later(kept, now + max(error.retry_after or timedelta(), backoff(kept.attempts, jitter)))


def _later(kept: Settlement, when: datetime, *, uncounted: bool = False) -> Settlement:
    return replace(kept, state=State.PENDING, not_before=when, attempts=kept.attempts - uncounted)
