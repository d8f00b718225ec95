"""Alerts as a platform's messages, made once for all the chats that get the same."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Generic, TypeVar

from bot.ownthread import OwnThread
from handlers.reply import Reply

M = TypeVar("M")

MOST_REMEMBERED = 16
"""The same alert comes many times in a row, those of other tastes between."""


class Renderings(Generic[M]):
    """Renders alerts in a thread of its own, and remembers the last few."""

    def __init__(self, render: Callable[[Reply], tuple[M, ...]]) -> None:
        self._thread = OwnThread("alerts rendered")
        self._render = lru_cache(MOST_REMEMBERED)(render)

    async def of(self, reply: Reply) -> tuple[M, ...]:
        """Return the messages of a reply. Raises what rendering raises."""
        return await self._thread.run(self._render, reply)
