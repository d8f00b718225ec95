"""schedule: on which days and at which times alerts come, in words of one's own."""

from __future__ import annotations

from handlers.command import Command, Context
from handlers.commands import settings
from handlers.preferences import EVERY_MORNING
from handlers.reply import Reply
from handlers.request import Request
from handlers.rhythms import read_rhythm
from handlers.texts import commands


def run(context: Context, request: Request, argument: str) -> Reply:
    """Change days and times; without any, show the settings."""
    return settings.run(context, request, f"schedule {argument}" if argument else "")


def _accepts(argument: str) -> bool:
    return not argument or read_rhythm(argument, EVERY_MORNING) is not None


_NAMES = ("推送时间", "推送改到", "改推送时间", "改时间")

COMMAND = Command(
    name="schedule",
    aliases=_NAMES,
    summary=commands.SCHEDULE_SUMMARY,
    usage=commands.SCHEDULE_USAGE,
    run=run,
    glued=True,
    accepts=_accepts,
    sure=_NAMES,
)
