"""forget_me: delete all that is kept of the chat, after a second question."""

from __future__ import annotations

from handlers.command import Command, Context
from handlers.reply import Button, Notice, Paragraph, Reply, button_row
from handlers.request import Request
from handlers.texts import about as texts
from handlers.texts import commands, label, say

_CONFIRMED = frozenset({"confirm", "yes", "确定", "确认"})


def run(context: Context, request: Request, argument: str) -> Reply:
    """Ask first; `forget_me confirm` deletes."""
    language = context.language
    if argument.casefold() in _CONFIRMED:
        forgotten = context.chats.forget(request.conversation)
        return Reply((Notice(say(texts.FORGOTTEN if forgotten else texts.NOTHING_KEPT, language)),))
    count = len(context.chats.subscriptions(request.conversation))
    confirm = Button(label(texts.FORGET_CONFIRM, language), "forget_me confirm")
    is_linked = len(context.chats.places(request.conversation)) > 1
    question = texts.FORGET_ASK_LINKED if is_linked else texts.FORGET_ASK
    return Reply((Paragraph(say(question, language, count=count)), *button_row(confirm)))


def _accepts(argument: str) -> bool:
    return not argument or argument.casefold() in _CONFIRMED


COMMAND = Command(
    name="forget_me",
    aliases=("删除我的数据", "忘记我", "forgetme", "forget me", "delete my data"),
    summary=commands.FORGET_SUMMARY,
    usage=commands.FORGET_USAGE,
    run=run,
    accepts=_accepts,
)
