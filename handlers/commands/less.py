"""less: narrower rules for something that brings too much, each one press away."""

from __future__ import annotations

from handlers.command import Command, Context
from handlers.errors import UserError
from handlers.figure_rules import kept_rule
from handlers.followed import find_followed, followed_name, offer_buttons, which_one
from handlers.following import newest_date
from handlers.narrowing import Narrower, narrower_items, narrower_rules
from handlers.reply import Block, Button, Heading, Reply, button_row
from handlers.request import Request
from handlers.texts import commands, follow, label, say
from handlers.texts import word_rules as texts

_SHOWN = 40


def run(context: Context, request: Request, argument: str) -> Reply:
    """Offer narrower rules in place of the one that is named; without a name, ask which."""
    followed = context.chats.subscriptions(request.conversation)
    text = " ".join(argument.split())
    offer = offer_buttons(context, followed, COMMAND.name)
    if not followed or not text:
        return which_one(context, followed, texts.LESS_OF_WHAT, *offer)
    found = find_followed(context, followed, text)
    if found is None:
        raise UserError(say(follow.NOT_SUBSCRIBED, context.language, topic=text[:_SHOWN]), offer)
    rules = () if kept_rule(found.topic) else narrower_rules(context, context.library.topic(found.topic))
    return Reply((*_offered(context, found.topic, rules), *_others(context, found.topic)))


COMMAND = Command(
    name="less",
    aliases=("少推", "收紧"),
    summary=commands.LESS_SUMMARY,
    usage=commands.LESS_USAGE,
    run=run,
    glued=True,
)


def _offered(context: Context, topic: str, rules: tuple[Narrower, ...]) -> tuple[Block, ...]:
    language = context.language
    is_figure = kept_rule(topic) is not None
    count = 0 if is_figure else len(context.library.about(context.library.topic(topic), newest_date(context)))
    name = followed_name(context, topic)
    if not rules:
        message = texts.LESS_OF_FIGURE if is_figure else texts.NO_NARROWER
        return (Heading(say(message, language, topic=name, count=count)),)
    take = (
        Button(str(number), f"subscribe {rule.topic.name} --instead {topic}")
        for number, rule in enumerate(rules, 1)
    )
    heading = Heading(say(texts.NARROWER, language, topic=name, count=count))
    return (heading, narrower_items(rules, context), *button_row(*take))


def _others(context: Context, topic: str) -> tuple[Block, ...]:
    language = context.language
    return button_row(
        Button(label(texts.MUTE, language), f"mute {topic}"),
        Button(label(texts.DROP, language), f"unsubscribe {topic}"),
    )
