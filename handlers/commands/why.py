"""why: which subscriptions brought the articles of an alert, and by which words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from handlers.citations import heading_of, joined
from handlers.clip import clip
from handlers.command import Command, Context
from handlers.dates import full_date
from handlers.due import zone_of
from handlers.figure_rules import Rule, find_track, kept_rule
from handlers.followed import followed_name
from handlers.metric_words import metric_title
from handlers.ports import Subscription
from handlers.reply import Block, Button, Item, Items, Notice, Paragraph, Reply, Text, button_row, marked
from handlers.request import Request
from handlers.texts import alerts as texts
from handlers.texts import commands, label, say
from knowledge.model import Article, TopicMatch

_MOST_ARTICLES = 13
_MOST_RULES = 5
_WITH_BUTTONS = 3
_WORDS_SHOWN = 4
_NAME = 12
_RULE_WIDTH = 160


def run(context: Context, request: Request, argument: str) -> Reply:
    """Say for each subscription which of the articles it brought, why, and how to change that."""
    names = dict.fromkeys(argument.split()[:_MOST_ARTICLES])
    articles = [article for name in names if (article := context.library.article(name))]
    if not articles:
        return Reply((Notice(say(texts.WHY_USAGE_HINT, context.language)),))
    followed = context.chats.subscriptions(request.conversation)
    reasons = [(one, blocks) for one in followed if (blocks := _reasons(context, one, articles))][
        :_MOST_RULES
    ]
    if not reasons:
        return Reply((Paragraph(say(texts.NO_REASON, context.language)),))
    said = (block for one, blocks in reasons for block in (_because(context, one), *blocks))
    changes = (row for one, _ in reasons[:_WITH_BUTTONS] for row in _changes(context, one.topic))
    return Reply((*said, *changes))


COMMAND = Command(
    name="why",
    aliases=("为什么推送",),
    summary=commands.WHY_SUMMARY,
    usage=commands.WHY_USAGE,
    run=run,
    listed=False,
)


def _because(context: Context, one: Subscription) -> Paragraph:
    day = one.created_at.astimezone(zone_of(context.settings.timezone)).date()
    name = clip(followed_name(context, one.topic), _RULE_WIDTH)
    return Paragraph(say(texts.BECAUSE, context.language, topic=name, day=full_date(day, context.language)))


def _reasons(context: Context, one: Subscription, articles: list[Article]) -> tuple[Block, ...]:
    rule = kept_rule(one.topic)
    items = _figures(context, rule, articles) if rule else _matches(context, one.topic, articles)
    return (Items(items, first=None),) if items else ()


def _figures(context: Context, rule: Rule, articles: list[Article]) -> tuple[Item, ...]:
    track = find_track(context.library, rule)
    names = {article.id for article in articles}
    printed = (*track.facts, *track.forecasts) if track else ()
    return tuple(
        Item(metric_title(metric, context.language), Text(heading_of(metric.citation)))
        for metric in printed
        if metric.citation.article_id in names
    )


def _matches(context: Context, topic: str, articles: list[Article]) -> tuple[Item, ...]:
    since = min((_published(article) or date.min for article in articles), default=date.min)
    found = context.library.about(context.library.topic(topic), None if since == date.min else since)
    by_article = {match.citation.article_id: match for match in found}
    return tuple(
        _match(context, by_article[article.id], article) for article in articles if article.id in by_article
    )


def _match(context: Context, match: TopicMatch, article: Article) -> Item:
    language = context.language
    in_title = [word for word in match.words if word in article.title]
    body = "\n".join(block.text for block in article.blocks)
    in_body = [word for word in match.words if word in body]
    count = sum(body.count(word) for word in in_body)
    others = [word for word in in_body if word not in in_title]
    message = texts.IN_BODY_AS if others else texts.IN_BODY
    title_words = label(texts.IN_TITLE, language, words=_quoted(context, in_title)) if in_title else ""
    body_words = label(message, language, count=count, words=_quoted(context, others)) if count else ""
    reason = joined(title_words, body_words) or label(texts.BY_PLACE, language)
    heading = heading_of(match.citation)
    return Item(marked(heading, _places(heading, in_title)), Text(reason))


def _quoted(context: Context, words: Iterable[str]) -> str:
    shown = list(words)[:_WORDS_SHOWN]
    return "".join(label(texts.QUOTED, context.language, topic=word) for word in shown)


def _places(text: str, words: Iterable[str]) -> tuple[tuple[int, int], ...]:
    """Return where the words stand first in a text, in order, none in another."""
    found = sorted((start, start + len(word)) for word in words if (start := text.find(word)) >= 0)
    kept: list[tuple[int, int]] = []
    for start, end in found:
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return tuple(kept)


def _changes(context: Context, topic: str) -> tuple[Block, ...]:
    language = context.language
    name = clip(followed_name(context, topic), _NAME)
    return button_row(
        Button(label(texts.LESS, language, topic=name), f"less {topic}"),
        Button(label(texts.MUTE, language, topic=name), f"mute {topic}"),
        Button(label(texts.DROP, language, topic=name), f"unsubscribe {topic}"),
    )


def _published(article: Article) -> date | None:
    return article.published or article.issue.published
