"""thanks: a kind word is no question."""

from __future__ import annotations

from handlers.command import Command, Context, accept_nothing
from handlers.reply import Notice, Reply
from handlers.request import Request
from handlers.texts import about as texts
from handlers.texts import commands, say


def run(context: Context, request: Request, argument: str) -> Reply:
    """Answer politely, and look for nothing."""
    return Reply((Notice(say(texts.WELCOME, context.language)),))


COMMAND = Command(
    name="thanks",
    aliases=("谢谢", "多谢", "谢谢你", "谢了", "thank you", "thx"),
    summary=commands.THANKS_SUMMARY,
    usage=commands.THANKS_USAGE,
    run=run,
    accepts=accept_nothing,
    listed=False,
)
