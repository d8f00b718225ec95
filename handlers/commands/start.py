"""start: the greeting; what Telegram sends when somebody opens the bot."""

from __future__ import annotations

from handlers.command import Command, Context, accept_nothing
from handlers.greeting import greeting
from handlers.reply import Reply
from handlers.request import Request
from handlers.texts import commands


def run(context: Context, request: Request, argument: str) -> Reply:
    """Say hello, whatever a deep link carried."""
    return greeting(context)


COMMAND = Command(
    name="start",
    aliases=("开始", "你好", "您好", "你是谁", "hello", "hi", "who are you"),
    summary=commands.START_SUMMARY,
    usage=commands.START_USAGE,
    run=run,
    accepts=accept_nothing,
    listed=False,
)
