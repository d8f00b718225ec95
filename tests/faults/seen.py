"""What a platform saw of a crowd: only what it took counts, nothing depends on what the bot believes."""

from __future__ import annotations

import asyncio
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.fakes.telegram.refusals import CutAfter, Fault, Garbage, RefusedError
from tests.faults.odds import Silence

REPEAT_MARKS = ("（可能重复）", "(possibly a repeat)")
TAKEN_ALL_THE_SAME = (CutAfter, Garbage, Silence)
GONE = "gone"
"""The sender had ended or given up before it was answered."""

DARK = ("CutBefore", "CutAfter", "Garbage", "Silence", "500")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person was told, and when."""

    text: str
    at: float


@dataclass
class Seen:
    """Alerts by chat and title, when each chat got its first, answers by chat, and whoever waits for them."""

    alerts: Counter[tuple[str, str]] = field(default_factory=Counter)
    moments: dict[str, float] = field(default_factory=dict)
    texts: Counter[str] = field(default_factory=Counter)
    answers: defaultdict[str, list[Answer]] = field(default_factory=lambda: defaultdict(list))
    faults: Counter[str] = field(default_factory=Counter)
    attempts: list[float] = field(default_factory=list)
    news: asyncio.Condition = field(default_factory=asyncio.Condition)

    @property
    def ambiguous(self) -> int:
        """Attempts whose outcome a sender that lived on could not know."""
        return sum(self.faults[name] for name in DARK)

    async def alert(self, chat: str, text: str, fault: Fault | Silence | None) -> None:
        """Count an attempt to send an alert; it is taken unless the fault says otherwise."""
        self.attempts.append(time.time())
        if fault is not None:
            self.faults[name_of(fault)] += 1
        if fault is None or isinstance(fault, TAKEN_ALL_THE_SAME):
            unmarked = _without_mark(text)
            self.alerts[chat, unmarked.partition("\n")[0]] += 1
            self.texts[unmarked] += 1
            self.moments.setdefault(chat, time.time())
        await self.tell()

    async def answer(self, chat: str, text: str) -> None:
        """Count an answer."""
        self.answers[chat].append(Answer(text, time.time()))
        await self.tell()

    async def tell(self) -> None:
        """Say that something was seen."""
        async with self.news:
            self.news.notify_all()

    async def until(self, holds: Callable[[], bool], seconds: float) -> None:
        """Wait until a condition on what was seen holds. Raises TimeoutError."""
        async with asyncio.timeout(seconds), self.news:
            await self.news.wait_for(holds)

    async def settled(self, seconds: float = 4.0) -> int:
        """Return how many attempts there were once none came for some seconds; a minute at most."""
        async with asyncio.timeout(60):
            while True:
                count = len(self.attempts)
                try:
                    await self.until(lambda: len(self.attempts) > count, seconds)  # noqa: B023
                except TimeoutError:
                    return count


def name_of(fault: Fault | Silence) -> str:
    """Return what a fault is counted as."""
    return str(fault.status) if isinstance(fault, RefusedError) else type(fault).__name__


def _without_mark(text: str) -> str:
    """Return an alert from its title on, which names its day; a possible repeat is the same alert."""
    lines = (line for line in text.splitlines() if line.strip())
    return "\n".join(line for line in lines if not any(mark in line for mark in REPEAT_MARKS))
