"""From a request to its reply: the border at which every error becomes one clear line.

That an event which a platform sends again is answered once is the business of `bot.inbox`.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time

from bot.config import Config
from bot.log import new_error_id
from bot.nochats import NoChats
from bot.shelf import Shelf
from handlers.command import NO_MISSES, NO_SOURCES, Context
from handlers.dates import short_date
from handlers.dispatch import dispatch
from handlers.errors import StoreError
from handlers.greeting import greeting
from handlers.ports import Chats, Library, Misses, Settings
from handlers.reply import Notice, Reply
from handlers.request import Conversation, Language, Request
from handlers.schedule import daily
from handlers.texts import Message, say, trouble
from handlers.texts.buttons import TYPE_A_NUMBER
from handlers.watched import Sources

LOG = logging.getLogger(__name__)
SCHEDULE = daily(time(9))
NOBODY = Request("", Conversation("", ""), "", "")


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept for answering: of the chats, of questions that found nothing, of the sources."""

    chats: Chats
    misses: Misses = NO_MISSES
    sources: Sources = NO_SOURCES


class Responder:
    """Answers requests from the library in use and the kept chats."""

    def __init__(self, shelf: Shelf, kept: Kept, config: Config, clock: Callable[[], datetime]) -> None:
        self._shelf = shelf
        self._kept = kept
        self._config = config
        self._clock = clock

    async def respond(self, request: Request) -> Reply:
        """Answer a request. Never raises."""
        return await asyncio.to_thread(self.answer, request)

    def answer(self, request: Request) -> Reply:
        """Answer a request in this thread. Never raises."""
        language = request.language or self._config.language
        try:
            return self._dispatch(request)
        except StoreError as error:
            return _failed(trouble.NOT_SAVED, language, error, is_known=True)
        except Exception as error:  # noqa: BLE001 -- the dispatch border: whatever happens, the user gets a line
            return _failed(trouble.FAILED, language, error)

    def _dispatch(self, request: Request) -> Reply:
        with self._shelf.borrow() as library:
            context = self.context(library, request)
            reply = dispatch(context, request)
            if self._shelf.trouble is None:
                return reply
            day = short_date(library.built_at.date(), context.language)
            notice = say(trouble.OLD_INDEX, context.language, day=day)
            return Reply((*reply.blocks, Notice(notice)), reply.in_place)

    def context(self, library: Library, request: Request) -> Context:
        """Make what a command may use for one request.

        Without a database questions are still answered, by the defaults; what would keep something fails.
        """
        now = self._clock()
        chats, own = self._kept.chats, None
        try:
            own = chats.settings(request.conversation)
        except StoreError as error:
            LOG.warning("settings not read: %s", error)
            chats = NoChats(str(error))
        settings = own or Settings(SCHEDULE, request.timezone or self._config.timezone, now)
        language = settings.language or request.language or self._config.language
        return Context(library, chats, now, language, settings, self._kept.misses, self._kept.sources)

    def greeting(self) -> Reply:
        """Return the words with which the terminal chat begins."""
        with self._shelf.borrow() as library:
            context = self.context(library, NOBODY)
            hint = Notice(say(TYPE_A_NUMBER, context.language))
            return Reply((*greeting(context).blocks, hint))


def _failed(message: Message, language: Language, error: Exception, *, is_known: bool = False) -> Reply:
    """Tell the user, and the log under the same number; of a known cause its text is enough."""
    error_id = new_error_id()
    LOG.error("request failed id=%s error=%s", error_id, error, exc_info=None if is_known else error)
    return Reply((Notice(say(message, language, id=error_id)),))
