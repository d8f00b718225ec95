"""Before the answers: who is not answered is told so, and what is answered is timed and counted."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import date

from bot.gate import Gate, Verdict
from bot.platform import Respond
from bot.telemetry import Telemetry
from handlers.ports import Misses
from handlers.reply import Notice, Reply
from handlers.request import Language, Request
from handlers.texts import say, trouble

AT_ONCE = 4
"""Requests worked on at the same time, of all people; the others wait their turn."""

_WORDS = {Verdict.NOT_ALLOWED: trouble.NOT_ALLOWED, Verdict.TOO_FAST: trouble.TOO_FAST}


class Reception:
    """Lets requests through to `respond`, a few at a time."""

    def __init__(
        self,
        respond: Respond,
        gate: Gate,
        telemetry: Telemetry,
        language: Language,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self._respond = respond
        self._gate = gate
        self._telemetry = telemetry
        self._language = language
        self._seconds = seconds
        self._room = asyncio.Semaphore(AT_ONCE)

    async def respond(self, request: Request) -> Reply:
        """Answer a request, or say in one line why not; over the limit say nothing. Never raises."""
        verdict, request = self._gate.admit(request)
        if verdict is not Verdict.ANSWER:
            self._telemetry.count("refused")
            return self._excuse(verdict, request.language or self._language)
        began = self._seconds()
        async with self._room:
            reply = await self._respond(request)
        self._telemetry.answered(self._seconds() - began)
        return reply

    def _excuse(self, verdict: Verdict, language: Language) -> Reply:
        words = _WORDS.get(verdict)
        return Reply((Notice(say(words, language)),)) if words else Reply(())


class CountedMisses:
    """Counts the questions that found nothing as telemetry too (`handlers.ports.Misses`)."""

    def __init__(self, misses: Misses, telemetry: Telemetry) -> None:
        self._misses = misses
        self._telemetry = telemetry

    @property
    def keeps_text(self) -> bool:
        """Whether the text of such a question is kept."""
        return self._misses.keeps_text

    def count(self, day: date, text: str) -> None:
        """Count a question of a day."""
        self._telemetry.count("misses")
        self._misses.count(day, text)
