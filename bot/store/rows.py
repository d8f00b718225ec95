"""The values that go in and out of the tables of alerts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from handlers.ports import ChatState
from handlers.request import Conversation, Language


class State(StrEnum):
    """Where a delivery stands.

    pending -> sending -> sent | pending (again, later) | dead | held;  pending -> expired | suppressed
    """

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    DEAD = "dead"
    HELD = "held"
    EXPIRED = "expired"
    SUPPRESSED = "suppressed"


@dataclass(frozen=True, slots=True)
class Alike:
    """Chats that get the same, by their numbers in the database, and the state of the first of them."""

    state: ChatState
    chats: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Message:
    """A rendered alert, ready for the outbox; `payload` is the Reply as JSON.

    `topics` are the subscriptions that it speaks for, `articles` and `figures` what counts as sent with it.
    """

    topics: tuple[str, ...]
    articles: tuple[str, ...]
    payload: str
    expires_at: datetime
    figures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What some chats get for one local date and slot; nothing new means no message."""

    chats: tuple[int, ...]
    local_date: date
    slot: str
    message: Message | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message claimed for sending: an outcome is accepted from this `owner` and for this attempt only.

    `attempts` counts this one, `ambiguous` the earlier ones of which nobody knows whether they arrived;
    `parts_sent` are the parts that the platform has accepted already.
    """

    id: int
    chat_id: int
    conversation: Conversation
    language: Language | None
    payload: str
    attempts: int
    ambiguous: int
    owner: str
    parts_sent: int = 0


@dataclass(frozen=True, slots=True)
class Settlement:
    """What becomes of a delivery after an attempt.

    `not_before` is when a pending one is tried again; `gone` says that its chat takes nothing any more,
    `moved_to` what its id is from now on.
    """

    state: State
    attempts: int
    ambiguous: int
    not_before: datetime | None = None
    error: str | None = None
    gone: bool = False
    moved_to: str | None = None


@dataclass(frozen=True, slots=True)
class Attempt:
    """How an attempt to send went: `status` in the platform's words, `retry_after` in seconds."""

    started_at: datetime
    ended_at: datetime
    outcome: str
    status: str | None = None
    retry_after: float | None = None


@dataclass(frozen=True, slots=True)
class Pause:
    """A chat, or with scope "" a whole platform, that takes nothing until a moment."""

    scope: str
    until: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Result:
    """All that is saved of a claimed delivery: nothing of an attempt where none was made."""

    delivery: Delivery
    settlement: Settlement
    attempt: Attempt | None = None
    pause: Pause | None = None
    parts_sent: int = 0
    message_id: str | None = None
