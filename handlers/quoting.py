"""A figure as one line that may be pasted into a report: source, period, whose, what, how much."""

from __future__ import annotations

from dataclasses import replace

from handlers.citations import heading_of
from handlers.clip import clip
from handlers.dates import period_text
from handlers.figures import figure_text
from handlers.metric_words import is_target, metric_name
from handlers.regions import subject_name
from handlers.reply import COPY_LIMIT, Copy
from handlers.request import Language
from handlers.texts import common, label
from handlers.texts import export as texts
from handlers.texts import search as outlooks
from knowledge.model import Metric

_TITLE = 60


def cite_button(metric: Metric, language: Language) -> Copy:
    """Return the button that copies a figure with its source."""
    return Copy(label(texts.CITE, language), citation_line(metric, language))


def citation_line(metric: Metric, language: Language) -> str:
    """Return 据《…》2021-12-22第24页，截至2021年10月底，中国5G基站129.1万个, within COPY_LIMIT."""
    comma = label(common.CLAUSE_COMMA, language)
    statement = comma.join(filter(None, (period_text(metric.period, language), _statement(metric, language))))
    title = clip(heading_of(metric.citation), _TITLE)
    place = _place(metric, language)
    message = texts.CITATION if place else texts.CITATION_WITHOUT_PLACE
    return clip(label(message, language, title=title, place=place, statement=statement), COPY_LIMIT)


def _place(metric: Metric, language: Language) -> str:
    published, page = metric.citation.issue.published, metric.citation.page
    day = published.isoformat() if published else ""
    where = label(common.PAGE, language, page=page) if page is not None else ""
    return ", ".join(filter(None, (day, where))) if language is Language.EN else day + where


def _statement(metric: Metric, language: Language) -> str:
    """Return who expects it, whose it is, what it is and how much, as one clause."""
    subject = subject_name(metric.subject, language)
    indicator = metric_name(replace(metric, subject=""), language)
    figure = figure_text(metric, language)
    if language is Language.EN:
        return " ".join(filter(None, (_outlook(metric, language), subject, indicator, figure)))
    return (_outlook(metric, language) + subject + indicator + figure).replace(" ", "")


def _outlook(metric: Metric, language: Language) -> str:
    if not metric.forecast:
        return ""
    word = label(outlooks.TARGET if is_target(metric) else outlooks.FORECAST, language)
    return f"{metric.source or ''} {word}".strip()
