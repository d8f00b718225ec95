"""What is worth more than a line of its own: news told by several articles, and the strongest figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from handlers.alerts.alert import Alert, AlertEntry
from handlers.alerts.articles import shown_articles
from handlers.ports import Library
from knowledge.metrics.track import statement_key
from knowledge.model import Kind, Metric

_STRONG = frozenset({Kind.LEVEL, Kind.GROWTH})
_RECENT = timedelta(days=366)


def with_stories(library: Library, alert: Alert) -> Alert:
    """Return an alert as it is shown: one entry for the same news, and the strongest figures of the new.

    What counts as sent are the entries of the alert that was given.
    """
    entries = _folded(library, alert.entries)
    told = {entry.key for entry in alert.figures}
    return replace(alert, entries=entries, highlights=tuple(_highlights(library, entries, told)))


def _folded(library: Library, entries: tuple[AlertEntry, ...]) -> tuple[AlertEntry, ...]:
    """Return the entries, those that tell the news of an earlier one folded into it."""
    stories: dict[str, AlertEntry] = {}
    for entry in entries:
        news = library.told_first(entry.match.citation.article_id)
        known = stories.get(news)
        stories[news] = _with_repeat(known, entry) if known else entry
    return tuple(stories.values())


def _with_repeat(entry: AlertEntry, repeat: AlertEntry) -> AlertEntry:
    topics = dict.fromkeys((*entry.also, repeat.topic, *repeat.also))
    topics.pop(entry.topic, None)
    return replace(entry, also=tuple(topics), repeats=(*entry.repeats, repeat.match.citation))


def _highlights(library: Library, entries: tuple[AlertEntry, ...], told: set[str]) -> Iterator[Metric]:
    """Yield the strongest figure of each article that is shown, the strongest first, each of its own kind.

    Those in `told` stand elsewhere in the alert.
    """
    best = (_strongest(library, entry) for entry in shown_articles(entries))
    named = set[tuple[str, str, str]]()
    for metric in sorted(filter(None, best), key=lambda metric: _weakness(metric)[1:]):
        name = (metric.subject, metric.indicator, metric.kind)
        if statement_key(metric) not in told and name not in named:
            named.add(name)
            yield metric


def _strongest(library: Library, entry: AlertEntry) -> Metric | None:
    """Return the figure of an article that says most about its topic, None where none is about it."""
    words = entry.match.words
    about = (
        metric
        for metric in library.metrics(entry.match.citation.article_id)
        if any(word in metric.sentence for word in words)
    )
    return min(about, key=partial(_weakness, words=words), default=None)


def _weakness(metric: Metric, words: tuple[str, ...] = ()) -> tuple[bool, ...]:
    """Return what speaks against a figure, the heaviest first: a strong one names the topic and is of now."""
    named = f"{metric.subject}{metric.indicator}"
    published = metric.citation.issue.published or date.min
    is_old = metric.period.end is None or metric.period.end < published - _RECENT
    return (
        not any(word in named for word in words),
        metric.forecast,
        metric.kind not in _STRONG,
        is_old,
        metric.approx is not None,
    )
