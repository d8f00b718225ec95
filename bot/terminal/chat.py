"""The terminal as a platform: one conversation, its lines from the keyboard or from a pipe.

Buttons have numbers; a line that is only such a number presses the button of the last reply. A text to
copy is printed: a terminal's own copying does the rest.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from concurrent.futures import Future
from contextlib import suppress
from threading import Thread
from typing import Protocol
from uuid import uuid4

from bot.errors import DeliveryError, Outcome
from bot.platform import WHOLE, Progress, Respond
from bot.terminal.media import WORDS_ONLY, Media, present
from bot.terminal.printable import printable
from bot.terminal.render import numbered_buttons
from handlers.reply import Button, Copy, Reply
from handlers.request import Conversation, Request

LOG = logging.getLogger(__name__)
CONVERSATION = Conversation(platform="terminal", chat="local")
USER = "local"
_LEAVE = frozenset({"quit", "exit", "退出"})
_ECHO_LIMIT = 200
_NUMBER_DIGITS = 4


class Screen(Protocol):
    """What the chat needs of a screen (`bot.terminal.screen`)."""

    interactive: bool
    colour: bool

    @property
    def width(self) -> int:
        """How many cells a line may have."""

    def read(self) -> str | None:
        """Wait for the next line; None at the end of the input."""

    def write(self, text: str) -> None:
        """Print lines. Raises OSError when nobody reads any more."""

    def interrupt(self, text: str) -> None:
        """Print lines above the prompt."""

    def close(self) -> None:
        """Leave the terminal as it was found."""


class Terminal:
    """Talks with whoever sits at the terminal until the input ends or the user leaves."""

    name = CONVERSATION.platform
    deaf_seconds = 0.0

    def __init__(self, screen: Screen, greeting: Reply, media: Media = WORDS_ONLY) -> None:
        self._screen = screen
        self._greeting = greeting
        self._media = media
        self._buttons: Mapping[int, Button | Copy] = {}
        self._chat: asyncio.Task[None] | None = None

    async def connect(self) -> None:
        """Do nothing: a terminal can be written to as it is."""

    async def start(self, respond: Respond) -> None:
        """Greet, and answer in the background."""
        self._chat = asyncio.create_task(self._talk(respond))

    async def wait(self) -> None:
        """Return when the input has ended, the user has left, or nobody reads the answers any more."""
        if self._chat:
            await asyncio.wait((self._chat,))

    async def send(
        self,
        conversation: Conversation,  # noqa: ARG002 -- there is only one
        reply: Reply,
        progress: Progress = WHOLE,
    ) -> None:
        """Print an alert above the prompt. Raises DeliveryError."""
        try:
            self._screen.interrupt(await self._rendered(reply))
        except OSError as error:
            raise DeliveryError("the terminal is closed", Outcome.NOT_SENT) from error
        await progress.accepted("", True)

    async def stop(self) -> None:
        """End the chat and leave the terminal as it was found."""
        if self._chat:
            self._chat.cancel()
            with suppress(asyncio.CancelledError):
                await self._chat
        self._screen.close()

    async def _talk(self, respond: Respond) -> None:
        try:
            await self._print(self._greeting)
            async for line in self._lines():
                button = self._button(line)
                if isinstance(button, Copy):
                    self._screen.write(printable(button.text) + "\n")
                    continue
                request = _request(button.action if button else line, pressed=button is not None)
                await self._print(await respond(request))
        except OSError as error:  # nobody reads any more, as behind `| head`
            LOG.info("terminal closed reason=%s", error)

    async def _lines(self) -> AsyncIterator[str]:
        while (line := await _in_thread(self._screen.read)) is not None:
            text = line.strip()
            if text.casefold() in _LEAVE:
                return
            if text:
                self._echo(text)
                yield text

    def _echo(self, text: str) -> None:
        if not self._screen.interactive:
            self._screen.write(f"> {printable(text[:_ECHO_LIMIT])}{'…' * (len(text) > _ECHO_LIMIT)}")

    def _button(self, text: str) -> Button | Copy | None:
        is_number = text.isdecimal() and len(text) <= _NUMBER_DIGITS
        return self._buttons.get(int(text)) if is_number else None

    async def _print(self, reply: Reply) -> None:
        self._screen.write(await self._rendered(reply))

    async def _rendered(self, reply: Reply) -> str:
        self._buttons = numbered_buttons(reply)
        width, colour = self._screen.width, self._screen.colour
        return await asyncio.to_thread(present, reply, self._media, width=width, colour=colour) + "\n"


def _request(text: str, *, pressed: bool) -> Request:
    return Request(uuid4().hex, CONVERSATION, USER, text, pressed=pressed, is_operator=True)


async def _in_thread(read: Callable[[], str | None]) -> str | None:
    """Call `read` in a daemon thread: a pool would not let the process end while it waits for a key."""
    result: Future[str | None] = Future()
    Thread(target=_settle, args=(result, read), daemon=True).start()
    return await asyncio.wrap_future(result)


def _settle(result: Future[str | None], read: Callable[[], str | None]) -> None:
    if not result.set_running_or_notify_cancel():
        return
    try:
        result.set_result(read())
    except OSError as error:
        result.set_exception(error)
