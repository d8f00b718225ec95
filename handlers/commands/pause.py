"""pause: no alerts until they are resumed; what is new meanwhile is held back."""

from __future__ import annotations

from handlers.command import Command, Context, accept_nothing
from handlers.commands import settings
from handlers.reply import Reply
from handlers.request import Request
from handlers.texts import commands


def run(context: Context, request: Request, argument: str) -> Reply:
    """Pause the alerts of the chat."""
    return settings.run(context, request, "pause")


COMMAND = Command(
    name="pause",
    aliases=("暂停", "暂停推送"),
    summary=commands.PAUSE_SUMMARY,
    usage=commands.PAUSE_USAGE,
    run=run,
    accepts=accept_nothing,
)
