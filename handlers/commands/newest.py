"""newest: what the newest issue has."""

from __future__ import annotations

from handlers.command import Command, Context, accept_nothing
from handlers.commands import contents
from handlers.reply import Reply
from handlers.request import Request
from handlers.texts import commands


def run(context: Context, request: Request, argument: str) -> Reply:
    """Show the contents of the newest issue."""
    newest = next(iter(context.library.issues()), None)
    return contents.run(context, request, newest.id if newest else "")


COMMAND = Command(
    name="newest",
    aliases=(
        "最新一期",
        "最新",
        "本期",
        "最新消息",
        "有什么新闻",
        "有什么新的",
        "最近有什么",
        "latest",
        "news",
    ),
    summary=commands.NEWEST_SUMMARY,
    usage=commands.NEWEST_USAGE,
    run=run,
    accepts=accept_nothing,
    listed=False,
)
