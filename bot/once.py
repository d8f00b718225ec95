"""One answer outside of any chat, as `hangxun ask TEXT` prints it: the same handlers, nothing kept."""

from __future__ import annotations

import sys
from shutil import get_terminal_size

from bot.clock import utc_now
from bot.config import Config
from bot.nochats import NoChats
from bot.respond import SCHEDULE
from bot.terminal.media import WORDS_ONLY, present
from handlers.command import Context
from handlers.dispatch import dispatch
from handlers.ports import Library, Settings
from handlers.request import Conversation, Request

NOTHING_KEPT = "ask keeps nothing; use hangxun chat for subscriptions and settings"


def answer_once(library: Library, config: Config, text: str) -> str:
    """Answer one text for the terminal. Raises StoreError for a command that would keep something."""
    now = utc_now()
    settings = Settings(SCHEDULE, config.timezone, now)
    context = Context(library, NoChats(NOTHING_KEPT), now, config.language, settings)
    reply = dispatch(context, Request("ask", Conversation("terminal", "ask"), "ask", text))
    return present(reply, WORDS_ONLY, width=get_terminal_size().columns, colour=sys.stdout.isatty())
