"""unsubscribe: stop following one topic or figure, or all."""

from __future__ import annotations

from handlers.command import Command, Context
from handlers.errors import UserError
from handlers.ports import Subscription
from handlers.reply import Button, Notice, Paragraph, Reply, button_row
from handlers.request import Request
from handlers.rules import Rule, find_track, kept_rule, rule_name, settle
from handlers.texts import commands, label, say
from handlers.texts import follow as texts
from handlers.topics import topic_name
from knowledge.normalize import fold

_ALL_OPTION = "--all"
_ALL_WORDS = frozenset({"全部", "所有", "all", "everything"})
_OFFERED = 20
_SHOWN = 40


def run(context: Context, request: Request, argument: str) -> Reply:
    """Drop the topic of this name or alias, or this figure; without one, ask which."""
    followed = context.chats.subscriptions(request.conversation)
    text = " ".join(argument.split())
    if not followed or not text:
        return _which(context, followed)
    subscription = _named(context, followed, text)
    if text == _ALL_OPTION or (text.casefold() in _ALL_WORDS and subscription is None):
        return _drop_all(context, request, followed)
    if subscription is None:
        offer = tuple(_drop_button(context, one) for one in followed[:_OFFERED])
        raise UserError(say(texts.NOT_SUBSCRIBED, context.language, topic=text[:_SHOWN]), offer)
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


def _named(context: Context, followed: tuple[Subscription, ...], text: str) -> Subscription | None:
    """Find by the topic's name, or by the very word: the table of topics may have changed since."""
    if rule := kept_rule(text):
        return _named_figure(context, followed, rule)
    names = {fold(context.library.topic(text).name), fold(text)}
    return next((one for one in followed if fold(one.topic) in names), None)


def _named_figure(context: Context, followed: tuple[Subscription, ...], asked: Rule) -> Subscription | None:
    """Find the rule itself, else the first about the same figure where no threshold is named."""
    rule, _ = settle(context.library, asked)
    kept = [(one, kept_rule(one.topic)) for one in followed]
    exact = (one for one, known in kept if known in {asked, rule})
    same = (one for one, known in kept if known and known.question in {asked.question, rule.question})
    return next(exact, None) or (None if asked.threshold else next(same, None))


def _drop_all(context: Context, request: Request, followed: tuple[Subscription, ...]) -> Reply:
    for subscription in followed:
        context.chats.unsubscribe(request.conversation, subscription.topic)
    return Reply((Notice(say(texts.UNSUBSCRIBED_ALL, context.language, count=len(followed))),))


def _dropped(context: Context, subscription: Subscription) -> Reply:
    language = context.language
    topic = _shown_name(context, subscription)
    buttons = (
        Button(label(texts.SUBSCRIBE_AGAIN, language), f"subscribe {subscription.topic}"),
        Button(label(texts.MINE, language), "subscriptions"),
    )
    return Reply((Paragraph(say(texts.UNSUBSCRIBED, language, topic=topic)), *button_row(*buttons)))


def _which(context: Context, followed: tuple[Subscription, ...]) -> Reply:
    language = context.language
    if not followed:
        subscribe = Button(label(texts.SUBSCRIBE, language), "subscribe")
        return Reply((Paragraph(say(texts.NO_SUBSCRIPTIONS, language)), *button_row(subscribe)))
    offer = (_drop_button(context, one) for one in followed[:_OFFERED])
    drop_all = Button(label(texts.DROP_ALL, language), f"unsubscribe {_ALL_OPTION}")
    return Reply((Paragraph(say(texts.WHICH_TO_DROP, language)), *button_row(*offer, drop_all)))


def _drop_button(context: Context, subscription: Subscription) -> Button:
    return Button(_shown_name(context, subscription), f"unsubscribe {subscription.topic}")


def _shown_name(context: Context, subscription: Subscription) -> str:
    rule = kept_rule(subscription.topic)
    if rule:
        return rule_name(rule, find_track(context.library, rule), context.language)
    return topic_name(context.library.topic(subscription.topic), context.language)
