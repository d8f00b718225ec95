"""quiet: hours in which nothing is sent; what is due then comes at their end."""

from __future__ import annotations

from handlers.command import Command, Context
from handlers.commands import settings
from handlers.reply import Reply
from handlers.request import Request
from handlers.rhythms import is_off, read_quiet
from handlers.texts import commands


def run(context: Context, request: Request, argument: str) -> Reply:
    """Set or drop the quiet hours; without any, show the settings."""
    return settings.run(context, request, f"quiet {argument}" if argument else "")


def _accepts(argument: str) -> bool:
    return not argument or is_off(argument) or read_quiet(argument) is not None


_NAMES = ("静默", "免打扰", "勿扰")

COMMAND = Command(
    name="quiet",
    aliases=_NAMES,
    summary=commands.QUIET_SUMMARY,
    usage=commands.QUIET_USAGE,
    run=run,
    glued=True,
    accepts=_accepts,
    sure=_NAMES,
)
