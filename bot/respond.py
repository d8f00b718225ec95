"""From a request to its reply: the border at which every error becomes one clear line.

Deliveries of the same event are answered once: Telegram and Slack both send an event again when they
are not sure that it arrived.
"""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, time

from bot.config import Config
from bot.log import new_error_id
from bot.shelf import Shelf
from handlers import texts
from handlers.command import Context
from handlers.dispatch import dispatch
from handlers.errors import StoreError
from handlers.ports import Chats, Library, Settings
from handlers.reply import Notice, Reply
from handlers.request import Conversation, Language, Request
from handlers.texts import Message, say

LOG = logging.getLogger(__name__)
REMEMBERED_EVENTS = 10_000
ALERT_TIME = time(9, 0)


class Responder:
    """Answers requests from the library in use and the kept chats."""

    def __init__(self, shelf: Shelf, chats: Chats, config: Config, clock: Callable[[], datetime]) -> None:
        self._shelf = shelf
        self._chats = chats
        self._config = config
        self._clock = clock
        self._seen: OrderedDict[tuple[str, str], None] = OrderedDict()

    async def respond(self, request: Request) -> Reply:
        """Answer a request; a repeat of one gets an empty reply. Never raises."""
        if self._is_repeat(request):
            return Reply(())
        return await asyncio.to_thread(self.answer, request)

    def answer(self, request: Request) -> Reply:
        """Answer a request in this thread. Never raises."""
        language = request.language or self._config.language
        try:
            return self._dispatch(request)
        except StoreError as error:
            return _failed(texts.NOT_SAVED, language, error)
        except Exception as error:  # noqa: BLE001 -- the dispatch border: whatever happens, the user gets a line
            return _failed(texts.FAILED, language, error)

    def _dispatch(self, request: Request) -> Reply:
        with self._shelf.borrow() as library:
            reply = dispatch(self.context(library, request.conversation, request.language), request)
            if self._shelf.trouble is None:
                return reply
            notice = say(texts.OLD_INDEX, self._config.language, day=library.built_at.date())
            return Reply((*reply.blocks, Notice(notice)), reply.in_place)

    def context(self, library: Library, conversation: Conversation, language: Language | None) -> Context:
        """Make what a command may use for one request of a conversation."""
        now = self._clock()
        settings = self._chats.settings(conversation) or Settings(ALERT_TIME, self._config.timezone, now)
        chosen = settings.language or language or self._config.language
        return Context(library, self._chats, now, chosen, settings)

    def _is_repeat(self, request: Request) -> bool:
        key = (request.conversation.platform, request.id)
        repeat = key in self._seen
        self._seen[key] = None
        while len(self._seen) > REMEMBERED_EVENTS:
            self._seen.popitem(last=False)
        return repeat


def _failed(message: Message, language: Language, error: Exception) -> Reply:
    error_id = new_error_id()
    LOG.error("request failed id=%s", error_id, exc_info=error)
    return Reply((Notice(say(message, language, id=error_id)),))

