"""What a command is and what it may use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from handlers.ports import Chats, Library, Settings
from handlers.reply import Reply
from handlers.request import Language, Request
from handlers.texts import Message


@dataclass(frozen=True, slots=True)
class Context:
    """All that a command may use, made anew for each request.

    `library` is one opened index, the same for the whole request; `now` is aware; `settings` are the
    chat's own or the defaults.
    """

    library: Library
    chats: Chats
    now: datetime
    language: Language
    settings: Settings


Run: TypeAlias = Callable[[Context, Request, str], Reply]


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its English name, other names it answers to, and the function that runs it.

    `run` gets the context, the request and the argument, the text after the command's name. `glued`
    aliases may be followed by their argument without a space (订阅半导体). Help, Telegram's command menu and
    the Slack manifest are derived from `name`, `summary` and `usage`.
    """

    name: str
    aliases: tuple[str, ...]
    summary: Message
    usage: Message
    run: Run
    glued: bool = False
