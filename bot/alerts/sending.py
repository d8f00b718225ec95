"""One attempt to send one message, part by part; whatever goes wrong becomes a Result."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache, partial

from bot.alerts.clock import Clock
from bot.alerts.outcomes import pause_after, settle
from bot.alerts.pacing import Pace
from bot.alerts.policy import Policy
from bot.errors import DeliveryError, Outcome
from bot.ownthread import OwnThread
from bot.platform import Platform, Progress
from bot.store.deliveries import Deliveries
from bot.store.payload import load_reply
from bot.store.rows import Attempt, Delivery, Result, Settlement, State
from handlers.errors import StoreError
from handlers.reply import Notice, Reply
from handlers.request import Language
from handlers.texts import say
from handlers.texts.delivery import MAY_BE_A_REPEAT

LOG = logging.getLogger(__name__)

LONGEST_TURN_SECONDS = 5.0
"""How long a message may wait for its chat with its slot taken; one whose turn is later is put back."""

MOST_REMEMBERED = 16
"""Messages that are read once for all their chats: the same one comes many times in a row."""

ACCEPTED = "sent"


@dataclass(slots=True)
class _Passage:
    """A message on its way, and how far it came."""

    claimed: Delivery
    parts_sent: int
    message_id: str | None = None
    deadline: asyncio.Timeout | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """The way to one platform: sends what was claimed, at the pace of each chat; saves in `thread`."""

    platform: Platform
    deliveries: Deliveries
    clock: Clock
    policy: Policy
    pace: Pace
    thread: OwnThread

    async def send(self, claimed: Delivery) -> Result:
        """Attempt one delivery. Never raises but when cancelled."""
        if not self.policy.receives(claimed.conversation):
            unwanted = Settlement(State.SUPPRESSED, claimed.attempts - 1, claimed.ambiguous)
            return Result(claimed, unwanted, parts_sent=claimed.parts_sent)
        if put_off := await self._wait_for_turn(claimed):
            later = self.clock.now() + timedelta(seconds=put_off)
            kept = Settlement(State.PENDING, claimed.attempts - 1, claimed.ambiguous, not_before=later)
            return Result(claimed, kept, parts_sent=claimed.parts_sent)
        passage, began = _Passage(claimed, claimed.parts_sent), self.clock.now()
        error = await self._attempt(passage)
        now = self.clock.now()
        outcome = settle(claimed, error, now, self.clock.jitter())
        if error:
            LOG.info("not delivered id=%d state=%s reason=%s", claimed.id, outcome.state, error.reason)
        pause = pause_after(claimed, error, now) if error else None
        made = _attempt_of(error, began, now)
        return Result(claimed, outcome, made, pause, passage.parts_sent, passage.message_id)

    async def _wait_for_turn(self, claimed: Delivery) -> float:
        """Wait until the chat may get a message; where that is long, return at once how long."""
        now = self.clock.seconds()
        turn = self.pace.turn(claimed.conversation, now)
        if turn - now > LONGEST_TURN_SECONDS:
            return turn - now
        self.pace.sent(claimed.conversation, turn)
        if turn > now:
            await self.clock.sleep(turn - now)
        return 0.0

    async def _attempt(self, passage: _Passage) -> DeliveryError | None:
        """Send. Whether a message that met the deadline arrived, nobody knows."""
        claimed = passage.claimed
        try:
            reply = reply_of(claimed, self.policy.language)
        except ValueError:
            return DeliveryError("unreadable", Outcome.UNSENDABLE)
        try:
            async with asyncio.timeout(self.policy.deadline_seconds) as passage.deadline:
                progress = Progress(claimed.parts_sent, partial(self._accepted, passage))
                await self.platform.send(claimed.conversation, reply, progress)
        except DeliveryError as error:
            return error
        except TimeoutError:
            return DeliveryError("no answer in time", Outcome.AMBIGUOUS)
        except Exception as error:
            LOG.exception("sending broke off id=%d", claimed.id)
            return DeliveryError(type(error).__name__, Outcome.AMBIGUOUS)
        return None

    async def _accepted(self, passage: _Passage, message_id: str, is_last: bool) -> None:
        """Save that a part arrived before the next one goes out, which has its own turn and deadline.

        Raises DeliveryError where it could not be saved, or another process has the message now.
        """
        passage.parts_sent, passage.message_id = passage.parts_sent + 1, message_id
        if is_last or passage.deadline is None:
            return
        passage.deadline.reschedule(None)
        await self._save(passage)
        await self._wait_for_turn(passage.claimed)
        passage.deadline.reschedule(asyncio.get_running_loop().time() + self.policy.deadline_seconds)

    async def _save(self, passage: _Passage) -> None:
        how_far = (passage.claimed, passage.parts_sent, passage.message_id or "", self.clock.now())
        try:
            is_ours = await self.thread.run(self.deliveries.advance, *how_far)
        except StoreError as error:
            raise DeliveryError(f"progress not saved: {error}", Outcome.NOT_SENT) from error
        if not is_ours:
            raise DeliveryError("the lease was lost", Outcome.NOT_SENT)


def reply_of(claimed: Delivery, language: Language) -> Reply:
    """Return the message to send, marked where an earlier attempt may have arrived.

    A message whose first parts did arrive stays as it was cut: a mark would move the cuts. `language` is for
    chats that set none. Raises ValueError for a payload that cannot be read.
    """
    reply = _read(claimed.payload)
    if not claimed.ambiguous or claimed.parts_sent:
        return reply
    notice = say(MAY_BE_A_REPEAT, claimed.language or language, number=claimed.id)
    return Reply((Notice(notice), *reply.blocks))


@lru_cache(MOST_REMEMBERED)
def _read(payload: str) -> Reply:
    """Return the message of a payload. Raises ValueError for one that cannot be read."""
    return load_reply(payload)


def _attempt_of(error: DeliveryError | None, began: datetime, ended: datetime) -> Attempt:
    if error is None:
        return Attempt(began, ended, ACCEPTED)
    pause = error.retry_after.total_seconds() if error.retry_after else None
    return Attempt(began, ended, error.outcome, error.reason, pause)
