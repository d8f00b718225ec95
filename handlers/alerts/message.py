"""The alert as a reply: the figures first, then the articles by topic, then what can be done about it."""

from __future__ import annotations

from handlers.alerts.alert import Alert
from handlers.alerts.articles import ARTICLES_SHOWN, article_blocks, read_buttons, shown_articles
from handlers.alerts.figures import FIGURES_SHOWN, figure_blocks, highlight_blocks
from handlers.citations import joined
from handlers.clip import clip
from handlers.dates import short_date
from handlers.reply import Block, Button, Heading, Reply, Text, button_row
from handlers.request import Language
from handlers.texts import Message, common, follow, label, say
from handlers.texts import alerts as texts
from handlers.texts import figure_rules as rule_texts
from handlers.topics import topic_name

_NAME = 12


def alert_reply(alert: Alert, language: Language) -> Reply:
    """Return the message of an alert that has news: three figures and ten articles at most."""
    figures, articles = alert.figures[:FIGURES_SHOWN], shown_articles(alert.entries)
    highlights = alert.highlights[: FIGURES_SHOWN - len(figures)]
    read = (
        *(entry.news.metric.citation.article_id for entry in figures),
        *(entry.match.citation.article_id for entry in articles),
    )
    numbers = {article: number for number, article in enumerate(read, 1)}
    return Reply(
        (
            Heading(_title(alert, language)),
            *figure_blocks(figures, language),
            *highlight_blocks(highlights, numbers, language),
            *article_blocks(articles, language, len(figures) + 1),
            *button_row(*read_buttons(read, len(figures), language)),
            *_next_steps(alert, read, language),
        )
    )


def _title(alert: Alert, language: Language) -> Text:
    day = short_date(alert.local_date, language)
    topics = len({entry.topic.name for entry in alert.entries})
    count = sum(1 + len(entry.repeats) for entry in alert.entries)
    articles = label(texts.ARTICLES, language, topics=topics, articles=count)
    figures = label(rule_texts.FIGURES, language, figures=len(alert.figures))
    news = joined(figures if alert.figures else "", articles if alert.entries else "")
    return say(texts.TITLE, language, day=day, news=news)


def _next_steps(alert: Alert, read: tuple[str, ...], language: Language) -> tuple[Block, ...]:
    left = (
        (rule_texts.MORE_FIGURES, len(alert.figures) - FIGURES_SHOWN),
        (texts.MORE, len(alert.entries) - ARTICLES_SHOWN),
    )
    more = (
        Button(label(message, language, count=count), "subscriptions") for message, count in left if count > 0
    )
    why = Button(label(texts.WHY, language), " ".join(("why", *dict.fromkeys(read))))
    settings = Button(label(common.SETTINGS, language), "settings")
    return button_row(*more, why, *_changes(alert, language), settings)


def _changes(alert: Alert, language: Language) -> tuple[Button, ...]:
    """Return the buttons that change what is followed: of the one topic shown, else of one to choose."""
    named = {entry.topic.name: topic_name(entry.topic, language) for entry in alert.entries}
    named |= {rule: rule for entry in alert.figures for rule in entry.topics}
    one = next(iter(named)) if len(named) == 1 else ""
    changes = (
        ("less", texts.LESS, texts.LESS_OF),
        ("mute", texts.MUTE, texts.MUTE_ONE),
        ("unsubscribe", texts.DROP, follow.UNSUBSCRIBE),
    )
    return tuple(
        Button(_change(of_one if one else of_some, named.get(one, ""), language), f"{command} {one}".strip())
        for command, of_one, of_some in changes
    )


def _change(message: Message, topic: str, language: Language) -> str:
    return label(message, language, topic=clip(topic, _NAME))
