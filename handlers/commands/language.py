"""language: in which language the bot answers this chat."""

from __future__ import annotations

import re

from handlers.command import Command, Context
from handlers.commands import settings
from handlers.preferences import is_language
from handlers.reply import Reply
from handlers.request import Request
from handlers.texts import commands

_NAMES_A_LANGUAGE = re.compile("[\u3400-\u9fff]{1,3}[语文]")


def run(context: Context, request: Request, argument: str) -> Reply:
    """Set the language; without one, show the settings."""
    return settings.run(context, request, f"language {argument}" if argument else "")


def _accepts(argument: str) -> bool:
    """Take the names of languages, also of those that the bot does not speak; 语言 模型 is a search."""
    return is_language(argument) or _NAMES_A_LANGUAGE.fullmatch(argument) is not None


COMMAND = Command(
    name="language",
    aliases=("语言", "lang"),
    summary=commands.LANGUAGE_SUMMARY,
    usage=commands.LANGUAGE_USAGE,
    run=run,
    accepts=_accepts,
    listed=False,
)
