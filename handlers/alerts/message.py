"""The alert as a reply: the figures first, then the articles by topic."""

from __future__ import annotations

from handlers.alerts.alert import Alert
from handlers.alerts.articles import ARTICLES_SHOWN, article_blocks, read_buttons, shown_articles
from handlers.alerts.figures import FIGURES_SHOWN, figure_blocks
from handlers.citations import joined
from handlers.dates import short_date
from handlers.reply import Block, Button, Heading, Reply, Text, button_row
from handlers.request import Language
from handlers.texts import alerts as texts
from handlers.texts import common, label, say
from handlers.texts import rules as rule_texts


def alert_reply(alert: Alert, language: Language) -> Reply:
    """Return the message of an alert that has news: three figures and ten articles at most."""
    figures, articles = alert.figures[:FIGURES_SHOWN], shown_articles(alert.entries)
    read = (
        *(entry.news.metric.citation.article_id for entry in figures),
        *(entry.match.citation.article_id for entry in articles),
    )
    return Reply(
        (
            Heading(_title(alert, language)),
            *figure_blocks(figures, language),
            *article_blocks(articles, language, len(figures) + 1),
            *button_row(*read_buttons(read, language)),
            *_next_steps(alert, language),
        )
    )


def _title(alert: Alert, language: Language) -> Text:
    day = short_date(alert.local_date, language)
    topics = len({entry.topic.name for entry in alert.entries})
    articles = label(texts.ARTICLES, language, topics=topics, articles=len(alert.entries))
    figures = label(rule_texts.FIGURES, language, figures=len(alert.figures))
    news = joined(figures if alert.figures else "", articles if alert.entries else "")
    return say(texts.TITLE, language, day=day, news=news)


def _next_steps(alert: Alert, language: Language) -> tuple[Block, ...]:
    settings = Button(label(common.SETTINGS, language), "settings")
    left = (
        (rule_texts.MORE_FIGURES, len(alert.figures) - FIGURES_SHOWN),
        (texts.MORE, len(alert.entries) - ARTICLES_SHOWN),
    )
    more = (
        Button(label(message, language, count=count), "subscriptions") for message, count in left if count > 0
    )
    return button_row(*more, settings)
