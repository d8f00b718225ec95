"""Alerts as a platform's messages, made once for all the chats that get the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from bot.ownthread import OwnThread
from handlers.reply import Reply

M = TypeVar("M")

MOST_REMEMBERED = 16
"""The same alert comes many times in a row, those of other tastes between."""


class Renderings(Generic[M]):
    """Renders alerts in a thread of its own, and remembers the last few.

    A reply is known again as the same object: telling by its content would take longer than sending it.
    """

    def __init__(self, render: Callable[[Reply], tuple[M, ...]]) -> None:
        self._thread = OwnThread("alerts rendered")
        self._render = render
        self._remembered: tuple[tuple[Reply, tuple[M, ...]], ...] = ()

    async def of(self, reply: Reply) -> tuple[M, ...]:
        """Return the messages of a reply. Raises what rendering raises."""
        known = self._known(reply)
        return await self._thread.run(self._made, reply) if known is None else known

    def _known(self, reply: Reply) -> tuple[M, ...] | None:
        return next((messages for one, messages in self._remembered if one is reply), None)

    def _made(self, reply: Reply) -> tuple[M, ...]:
        """Render what was not rendered while this waited for the thread."""
        known = self._known(reply)
        if known is not None:
            return known
        messages = self._render(reply)
        self._remembered = ((reply, messages), *self._remembered[: MOST_REMEMBERED - 1])
        return messages
