"""zone: by which clock alerts come."""

from __future__ import annotations

from handlers.command import Command, Context
from handlers.commands import settings
from handlers.reply import Reply
from handlers.request import Request
from handlers.texts import commands
from handlers.zones import find_zone


def run(context: Context, request: Request, argument: str) -> Reply:
    """Set the time zone; without one, ask for it."""
    return settings.run(context, request, f"zone {argument}")


def _accepts(argument: str) -> bool:
    return not argument or find_zone(argument) is not None


COMMAND = Command(
    name="zone",
    aliases=("时区", "timezone", "tz"),
    summary=commands.ZONE_SUMMARY,
    usage=commands.ZONE_USAGE,
    run=run,
    accepts=_accepts,
    sure=("时区",),
    listed=False,
)
