"""Narrower rules than one, each of which would still bring something: what Tighten and Less offer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from handlers.command import Context
from handlers.following import newest_date
from handlers.reply import Item, Items, Text
from handlers.texts import Message, label
from handlers.texts import word_rules as texts
from handlers.topics import topic_name
from knowledge.model import Topic, TopicMatch
from knowledge.rules.expression import (
    AnyOf,
    Expression,
    Leaf,
    Not,
    Scope,
    all_of,
    any_of,
    leaves_of,
    negation,
    text_of,
)

_OFFERED = 4
_MOST_KEPT, _MOST_DROPPED = 0.8, 0.6
"""What is added should leave out a part that one feels, what is excluded should not be nearly all."""


@dataclass(frozen=True, slots=True)
class Narrower:
    """A rule that brings `count` of the newest issue, less than the one it narrows, and how it does so."""

    topic: Topic
    count: int
    means: str


@dataclass(frozen=True, slots=True)
class _Idea:
    rule: Expression
    message: Message
    words: str


def narrower_rules(context: Context, topic: Topic) -> tuple[Narrower, ...]:
    """Return a few rules that narrow a topic or a rule and still find something in the newest issue."""
    since = newest_date(context)
    matches = context.library.about(topic, since)
    found: dict[str, Narrower] = {}
    for idea in _ideas(context, topic, matches):
        narrower = context.library.read(text_of(idea.rule))
        count = len(context.library.about(narrower, since)) if isinstance(narrower, Topic) else 0
        if isinstance(narrower, Topic) and 0 < count < len(matches):
            means = label(idea.message, context.language, words=idea.words)
            found.setdefault(narrower.name, Narrower(narrower, count, means))
    return tuple(found.values())[:_OFFERED]


def narrower_items(rules: tuple[Narrower, ...], context: Context) -> Items:
    """Return the rules as a numbered list: what each means, how much it brings, and its text."""
    return Items(tuple(_item(rule, context) for rule in rules))


def _item(rule: Narrower, context: Context) -> Item:
    return Item(
        Text(f"{rule.means}　{label(texts.COUNT, context.language, count=rule.count)}"), Text(rule.topic.name)
    )


def _ideas(context: Context, topic: Topic, matches: tuple[TopicMatch, ...]) -> Iterator[_Idea]:
    rule = topic.rule or Leaf(topic.name)
    beside = _beside(context, rule, matches, newest_date(context))
    shown = {each.name: topic_name(each, context.language) for each in context.library.topics()}
    if name := _most(beside, _MOST_KEPT * len(matches)):
        yield _Idea(all_of((rule, Leaf(name))), texts.WITH_TOPIC, shown[name])
    if name := _most(beside, _MOST_DROPPED * len(matches)):
        yield _Idea(all_of((rule, Not(Leaf(name)))), texts.WITHOUT_TOPIC, shown[name])
    if leaf := next((each for each in leaves_of(rule, wanted=True) if each.scope is Scope.ABOUT), None):
        titled = _exchanged(rule, leaf, Leaf(leaf.words, Scope.TITLE))
        yield _Idea(titled, texts.TITLE_ONLY, shown.get(leaf.words, leaf.words))
    sections = Counter(match.citation.section for match in matches if match.citation.section)
    if section := _most(sections, _MOST_KEPT * len(matches)):
        yield _Idea(all_of((rule, Leaf(section, Scope.SECTION))), texts.IN_SECTION, section)


def _beside(
    context: Context, rule: Expression, matches: tuple[TopicMatch, ...], since: date | None
) -> Counter[str]:
    """Count how many of the matches are about each other topic of the table."""
    found = {match.citation.article_id for match in matches}
    named = {leaf.words for leaf in leaves_of(rule)}
    others = (topic for topic in context.library.topics() if topic.name not in named)
    return +Counter(
        {
            topic.name: len(
                found & {match.citation.article_id for match in context.library.about(topic, since)}
            )
            for topic in others
        }
    )


def _most(counts: Counter[str], limit: float) -> str | None:
    """Return the name that counts most within the limit."""
    return next((name for name, count in counts.most_common() if count <= limit), None)


def _exchanged(rule: Expression, old: Leaf, new: Leaf) -> Expression:
    if isinstance(rule, Leaf):
        return new if rule == old else rule
    if isinstance(rule, Not):
        return negation(_exchanged(rule.child, old, new))
    children = [_exchanged(child, old, new) for child in rule.children]
    return any_of(children) if isinstance(rule, AnyOf) else all_of(children)
