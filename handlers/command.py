"""What a command is and what it may use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from handlers.ports import Chats, Library, Misses, NoMisses, Settings
from handlers.reply import Reply
from handlers.request import Language, Request
from handlers.texts import Message
from handlers.watched import NoSources, Sources

NO_MISSES = NoMisses()
NO_SOURCES = NoSources()


@dataclass(frozen=True, slots=True)
class Context:
    """All that a command may use, made anew for each request.

    `library` is one opened index, the same for the whole request; `now` is aware; `settings` are the
    chat's own or the defaults. `misses` counts the questions that found nothing, `sources` are those that the
    library keeps up with.
    """

    library: Library
    chats: Chats
    now: datetime
    language: Language
    settings: Settings
    misses: Misses = NO_MISSES
    sources: Sources = NO_SOURCES


Run: TypeAlias = Callable[[Context, Request, str], Reply]


def accept_anything(_argument: str) -> bool:
    """Take whatever follows the command's name."""
    return True


def accept_nothing(argument: str) -> bool:
    """Take a line that is the command's name alone."""
    return not argument


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its English name, other names it answers to, and the function that runs it.

    `run` gets the context, the request and the argument, the text after the command's name. `glued`
    aliases may be followed by their argument without a space (订阅半导体). The first alias is the command's
    name in Chinese. `accepts` tells whether a line without a slash is meant for the command: 帮助 is, 帮助
    中小企业 is a search. `sure` are names that no search begins with: what stands apart behind one is for the
    command even where it cannot be read, 静默 abc is told what to write. Help, Telegram's command menu and
    the Slack manifest are derived from `name`, `summary` and `usage`, but for commands that are not `listed`:
    buttons press them, or the settings tell of them.
    """

    name: str
    aliases: tuple[str, ...]
    summary: Message
    usage: Message
    run: Run
    glued: bool = False
    accepts: Callable[[str], bool] = accept_anything
    sure: tuple[str, ...] = ()
    listed: bool = True

    def title(self, language: Language) -> str:
        """Return the command's name in a language."""
        return self.name if language is Language.EN else self.aliases[0]
