"""resume: alerts come again, the first with all that was held back."""

from __future__ import annotations

from handlers.command import Command, Context, accept_nothing
from handlers.commands import settings
from handlers.reply import Reply
from handlers.request import Request
from handlers.texts import commands


def run(context: Context, request: Request, argument: str) -> Reply:
    """Let the alerts of the chat come again."""
    return settings.run(context, request, "resume")


COMMAND = Command(
    name="resume",
    aliases=("恢复", "恢复推送", "继续推送"),
    summary=commands.RESUME_SUMMARY,
    usage=commands.RESUME_USAGE,
    run=run,
    accepts=accept_nothing,
)
