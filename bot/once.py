"""One answer outside of any chat, as `hangxun ask TEXT` prints it: the same handlers, nothing kept."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from shutil import get_terminal_size
from typing import NoReturn

from bot.config import Config
from bot.respond import ALERT_TIME
from bot.terminal.render import render
from handlers.command import Context
from handlers.dispatch import dispatch
from handlers.errors import StoreError
from handlers.ports import Library, Settings, Subscription
from handlers.request import Conversation, Request


class UnkeptChats:
    """Chats of which nothing is known and nothing can be kept."""

    def settings(self, conversation: Conversation) -> None:
        """Know no settings."""

    def subscriptions(self, conversation: Conversation) -> tuple[Subscription, ...]:
        """Know no subscriptions."""
        del conversation
        return ()

    def _refuse(self, *_: object) -> NoReturn:
        raise StoreError("ask keeps nothing; use hangxun chat for subscriptions and settings")

    save_settings = subscribe = unsubscribe = forget = _refuse


def answer_once(library: Library, config: Config, text: str) -> str:
    """Answer one text for the terminal. Raises StoreError for a command that would keep something."""
    now = datetime.now(UTC)
    settings = Settings(ALERT_TIME, config.timezone, now)
    context = Context(library, UnkeptChats(), now, config.language, settings)
    reply = dispatch(context, Request("ask", Conversation("terminal", "ask"), "ask", text))
    return render(reply, width=get_terminal_size().columns, colour=sys.stdout.isatty())
