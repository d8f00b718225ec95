"""Asks the handlers as a platform would, and reads their replies as a user would."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time

from handlers.command import NO_MISSES, Context
from handlers.dispatch import dispatch
from handlers.ports import Library, Misses, Settings
from handlers.reply import Button, Buttons, Copy, File, Items, Picture, Reply, Table
from handlers.request import Conversation, Language, Request
from handlers.schedule import daily
from tests.fakes.chats import FakeChats
from tests.fakes.library import FakeLibrary

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
HERE = Conversation("terminal", "1")
DEFAULTS = Settings(daily(time(9)), "Asia/Shanghai", NOW)


@dataclass
class Desk:
    """One chat with the bot."""

    library: Library = field(default_factory=FakeLibrary)
    chats: FakeChats = field(default_factory=FakeChats)
    now: datetime = NOW
    language: Language = Language.ZH
    misses: Misses = NO_MISSES

    def ask(self, text: str, *, pressed: bool = False, is_private: bool = True) -> Reply:
        asked = Request("event-1", HERE, "an admin", text, is_private=is_private, may_manage=True)
        request = replace(asked, pressed=pressed)
        return dispatch(self.context(), request)

    def press(self, reply: Reply, label: str) -> Reply:
        return self.ask(button(reply, label).action, pressed=True)

    def context(self) -> Context:
        settings = self.chats.kept_settings.get(HERE, DEFAULTS)
        return Context(self.library, self.chats, self.now, self.language, settings, self.misses)


def words(reply: Reply) -> str:
    """Return all that a reply says but its buttons, a line a block or item."""
    return "\n".join(_lines(reply))


def labels(reply: Reply) -> tuple[str, ...]:
    return tuple(one.label for one in _row(reply))


def buttons(reply: Reply) -> tuple[Button, ...]:
    return tuple(one for one in _row(reply) if isinstance(one, Button))


def copies(reply: Reply) -> tuple[Copy, ...]:
    return tuple(one for one in _row(reply) if isinstance(one, Copy))


def button(reply: Reply, label: str) -> Button:
    return next(one for one in buttons(reply) if one.label == label)


def _row(reply: Reply) -> tuple[Button | Copy, ...]:
    return tuple(one for block in reply.blocks if isinstance(block, Buttons) for one in block.buttons)


def _lines(reply: Reply) -> Iterator[str]:
    for block in reply.blocks:
        if isinstance(block, Items):
            yield from (f"{item.title.value} | {item.meta.value} | {item.body.value}" for item in block.items)
        elif isinstance(block, Table):
            yield from (" | ".join(row) for row in block.rows)
        elif isinstance(block, Picture):
            yield block.alt.value
        elif isinstance(block, File):
            yield block.caption.value
        elif not isinstance(block, Buttons):
            yield block.text.value
