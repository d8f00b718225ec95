"""The chats that are due one by one, as if no two of them were alike."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.store import Store
from handlers.alerts import LOOK_BACK
from handlers.ports import ChatState


@dataclass(frozen=True, slots=True)
class Candidate:
    """A chat that may be due, under its number in the database."""

    chat_id: int
    state: ChatState


def candidates(store: Store, now: datetime, look_back: timedelta = LOOK_BACK) -> list[Candidate]:
    """Return who is due; of chats that are planned alike all have the state of the first."""
    return [
        Candidate(number, replace(alike.state, conversation=place))
        for batch in store.plans.due(now, look_back)
        for alike in batch
        for number, place in zip(alike.chats, store.plans.places(alike.chats), strict=True)
    ]
