"""A platform that records what it was sent, and a clock that stands still until it is moved."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.alerts import Clock
from bot.platform import WHOLE, Progress, Respond
from handlers.reply import Heading, Item, Items, Notice, Paragraph, Reply
from handlers.request import Conversation

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai


@dataclass
class HandClock:
    """Time that passes only when somebody waits or turns it."""

    at: datetime = NOW
    waited: list[float] = field(default_factory=list)

    def turn(self, **span: float) -> datetime:
        self.at += timedelta(**span)
        return self.at

    async def sleep(self, seconds: float) -> None:
        self.waited.append(seconds)
        self.turn(seconds=seconds)

    def clock(self) -> Clock:
        return Clock(self.now, self.seconds, self.sleep, lambda: 0.0)

    def now(self) -> datetime:
        return self.at

    def seconds(self) -> float:
        return self.at.timestamp()


@dataclass
class FakePlatform:
    """Takes every message; `script` yields what to raise for each attempt (None: take it)."""

    name: str = "telegram"
    script: Iterator[BaseException | None] = field(default_factory=lambda: iter(()))
    seen: list[tuple[Conversation, Reply]] = field(default_factory=list)
    before: Callable[[Conversation], object] | None = None

    async def start(self, respond: Respond) -> None:
        """Nothing to connect to."""

    async def stop(self) -> None:
        """Nothing to disconnect from."""

    async def send(self, conversation: Conversation, reply: Reply, progress: Progress = WHOLE) -> None:
        """Record the message unless the script has an error for this attempt."""
        if self.before:
            self.before(conversation)
        error = next(self.script, None)
        if error is not None:
            raise error
        self.seen.append((conversation, reply))
        await progress.accepted(str(len(self.seen)), True)

    @property
    def chats(self) -> list[str]:
        return [conversation.chat for conversation, _reply in self.seen]

    @property
    def texts(self) -> list[str]:
        return [text_of(reply) for _conversation, reply in self.seen]


def text_of(reply: Reply) -> str:
    """Return what a reader sees of a reply, a line a block or item."""
    lines: list[str] = []
    for block in reply.blocks:
        match block:
            case Heading() | Paragraph() | Notice():
                lines.append(block.text.value)
            case Items():
                lines += (line_of(item) for item in block.items)
            case _:
                pass
    return "\n".join(lines)


def line_of(item: Item) -> str:
    """Return an item in one line."""
    return " ".join(text.value for text in (item.title, item.meta, item.body) if text.value)
