"""What is worth more than a line of its own: news told by several articles, and the strongest figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache, partial

from handlers.alerts.alert import Alert, AlertEntry
from handlers.alerts.articles import shown_articles
from handlers.ports import Library
from knowledge.metrics.track import statement_key
from knowledge.model import Kind, Metric

_STRONG = frozenset({Kind.LEVEL, Kind.GROWTH})
_RECENT = timedelta(days=366)


def storytelling(library: Library) -> Callable[[Alert], Alert]:
    """Return a function that makes an alert as it is shown; what it looks up it remembers.

    News that several articles tell becomes one entry, and the strongest figures of the new articles come
    with it. What counts as sent are the entries of the alert that was given.
    """
    metrics = cache(library.metrics)

    @cache
    def strongest(article: str, words: tuple[str, ...]) -> Metric | None:
        return _strongest(metrics(article), words)

    def tell(alert: Alert) -> Alert:
        entries = _folded(library, alert.entries)
        shown = (entry.match for entry in shown_articles(entries))
        best = (strongest(match.citation.article_id, match.words) for match in shown)
        told = {entry.key for entry in alert.figures}
        return replace(alert, entries=entries, highlights=tuple(_highlights(filter(None, best), told)))

    return tell


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


def _highlights(best: Iterable[Metric], told: set[str]) -> Iterator[Metric]:
    """Yield the strongest figures first, one of each name; those in `told` stand elsewhere in the alert."""
    named = set[tuple[str, str, str]]()
    for metric in sorted(best, key=lambda metric: _weakness(metric)[1:]):
        name = (metric.subject, metric.indicator, metric.kind)
        if statement_key(metric) not in told and name not in named:
            named.add(name)
            yield metric


def _strongest(metrics: Iterable[Metric], words: tuple[str, ...]) -> Metric | None:
    """Return the figure that says most about a topic with these words, None where none is about it."""
    about = (metric for metric in metrics if any(word in metric.sentence for word in words))
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
