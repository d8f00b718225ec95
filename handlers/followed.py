"""What a chat follows: finding it by name, alias or rule, naming it, asking which one is meant."""

from __future__ import annotations

from handlers.clip import clip
from handlers.command import Context
from handlers.figure_rules import Rule, find_track, kept_rule, rule_name, settle
from handlers.ports import Subscription
from handlers.reply import Button, Paragraph, Reply, button_row
from handlers.texts import Message, label, say
from handlers.texts import follow as texts
from handlers.topics import topic_name
from knowledge.normalize import fold

_OFFERED = 20
_LABEL = 30


def find_followed(context: Context, followed: tuple[Subscription, ...], text: str) -> Subscription | None:
    """Find by the topic's name, or by the very word: the table of topics may have changed since."""
    if rule := kept_rule(text):
        return _find_figure(context, followed, rule)
    names = {fold(context.library.topic(text).name), fold(text)}
    return next((one for one in followed if fold(one.topic) in names), None)


def followed_name(context: Context, topic: str) -> str:
    """Return what is followed as the chat's language calls it."""
    rule = kept_rule(topic)
    if rule:
        return rule_name(rule, find_track(context.library, rule), context.language)
    return topic_name(context.library.topic(topic), context.language)


def offer_buttons(context: Context, followed: tuple[Subscription, ...], command: str) -> tuple[Button, ...]:
    """Return a button for each that is followed, which sends `command` with it."""
    return tuple(
        Button(clip(followed_name(context, one.topic), _LABEL), f"{command} {one.topic}")
        for one in followed[:_OFFERED]
    )


def which_one(
    context: Context, followed: tuple[Subscription, ...], question: Message, *buttons: Button
) -> Reply:
    """Ask which one is meant with these buttons; invite whoever follows nothing."""
    language = context.language
    if not followed:
        subscribe = Button(label(texts.SUBSCRIBE, language), "subscribe")
        return Reply((Paragraph(say(texts.NO_SUBSCRIPTIONS, language)), *button_row(subscribe)))
    return Reply((Paragraph(say(question, language)), *button_row(*buttons)))


def _find_figure(context: Context, followed: tuple[Subscription, ...], asked: Rule) -> Subscription | None:
    """Find the rule itself, else the first about the same figure where no threshold is named."""
    rule, _ = settle(context.library, asked)
    kept = [(one, kept_rule(one.topic)) for one in followed]
    exact = (one for one, known in kept if known in {asked, rule})
    same = (one for one, known in kept if known and known.question in {asked.question, rule.question})
    return next(exact, None) or (None if asked.threshold else next(same, None))
