"""unsubscribe: stop following one topic or figure, or all."""

from __future__ import annotations

from handlers.command import Command, Context
from handlers.errors import UserError
from handlers.followed import find_followed, followed_name, offer_buttons, which_one
from handlers.ports import Subscription
from handlers.reply import Button, Notice, Paragraph, Reply, button_row
from handlers.request import Request
from handlers.texts import commands, label, say
from handlers.texts import follow as texts

_ALL_OPTION = "--all"
_ALL_WORDS = frozenset({"全部", "所有", "all", "everything"})
_SHOWN = 40


def run(context: Context, request: Request, argument: str) -> Reply:
    """Drop the topic of this name or alias, or this figure; without one, ask which."""
    followed = context.chats.subscriptions(request.conversation)
    text = " ".join(argument.split())
    drop = offer_buttons(context, followed, COMMAND.name)
    if not followed or not text:
        drop_all = Button(label(texts.DROP_ALL, context.language), f"unsubscribe {_ALL_OPTION}")
        return which_one(context, followed, texts.WHICH_TO_DROP, *drop, drop_all)
    subscription = find_followed(context, followed, text)
    if text == _ALL_OPTION or (text.casefold() in _ALL_WORDS and subscription is None):
        return _drop_all(context, request, followed)
    if subscription is None:
        raise UserError(say(texts.NOT_SUBSCRIBED, context.language, topic=text[:_SHOWN]), drop)
    context.chats.unsubscribe(request.conversation, subscription.topic)
    return _dropped(context, subscription)


COMMAND = Command(
    name="unsubscribe",
    aliases=("退订", "取消订阅", "unfollow"),
    summary=commands.UNSUBSCRIBE_SUMMARY,
    usage=commands.UNSUBSCRIBE_USAGE,
    run=run,
    glued=True,
)


def _drop_all(context: Context, request: Request, followed: tuple[Subscription, ...]) -> Reply:
    for subscription in followed:
        context.chats.unsubscribe(request.conversation, subscription.topic)
    return Reply((Notice(say(texts.UNSUBSCRIBED_ALL, context.language, count=len(followed))),))


def _dropped(context: Context, subscription: Subscription) -> Reply:
    language = context.language
    topic = followed_name(context, subscription.topic)
    buttons = (
        Button(label(texts.SUBSCRIBE_AGAIN, language), f"subscribe {subscription.topic}"),
        Button(label(texts.MINE, language), "subscriptions"),
    )
    return Reply((Paragraph(say(texts.UNSUBSCRIBED, language, topic=topic)), *button_row(*buttons)))
