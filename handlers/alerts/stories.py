"""What is worth more than a line of its own: news told by several articles, and the strongest figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import chain, zip_longest
from typing import NamedTuple

from handlers.alerts.alert import Alert, AlertEntry
from handlers.alerts.articles import shown_articles
from handlers.ports import Library
from knowledge.metrics.track import statement_key
from knowledge.model import Kind, Metric

_STRONG = frozenset({Kind.LEVEL, Kind.GROWTH})
_RECENT = timedelta(days=366)


class _Strong(NamedTuple):
    """A figure that may be shown, and what speaks against it."""

    weakness: tuple[bool, ...]
    metric: Metric | None


_NONE = _Strong((), None)


def storytelling(library: Library) -> Callable[[Alert], Alert]:
    """Return a function that makes an alert as it is shown; what it looks up it remembers.

    News that several articles tell becomes one entry, and the strongest figures of the new articles come
    with it. What counts as sent are the entries of the alert that was given.
    """
    metrics = cache(library.metrics)

    @cache
    def strongest(article: str, words: tuple[str, ...]) -> _Strong | None:
        return _strongest(metrics(article), words)

    def tell(alert: Alert) -> Alert:
        entries = _folded(library, alert.entries)
        told = {entry.key for entry in alert.figures}
        found: dict[str, list[_Strong]] = {}
        for entry in shown_articles(entries):
            if best := strongest(entry.match.citation.article_id, entry.match.words):
                found.setdefault(entry.topic.name, []).append(best)
        return replace(alert, entries=entries, highlights=tuple(_highlights(found.values(), told)))

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


def _highlights(by_topic: Iterable[list[_Strong]], told: set[str]) -> Iterator[Metric]:
    """Yield the strongest figure of each topic, then the second of each; one of each name.

    Those in `told` stand elsewhere in the alert.
    """
    named = set[tuple[str, str, str]]()
    ranked = (sorted(found, key=lambda strong: strong.weakness) for found in by_topic)
    for _, metric in chain.from_iterable(zip_longest(*ranked, fillvalue=_NONE)):
        if metric is None or statement_key(metric) in told:
            continue
        name = (metric.subject, metric.indicator, metric.kind)
        if name not in named:
            named.add(name)
            yield metric


def _strongest(metrics: Iterable[Metric], words: tuple[str, ...]) -> _Strong | None:
    """Return the figure that says most about a topic with these words, None where none is about it.

    It is one of the topic's own things, or one that the title prints.
    """
    about = (metric for metric in metrics if any(word in metric.sentence for word in words))
    strong = (
        _Strong(_weakness(metric), metric)
        for metric in about
        if any(word in f"{metric.subject}{metric.indicator}" for word in words) or _in_title(metric)
    )
    return min(strong, key=lambda one: one.weakness, default=None)


def _weakness(metric: Metric) -> tuple[bool, ...]:
    """Return what speaks against a figure, the heaviest first."""
    published = metric.citation.issue.published or date.min
    is_old = metric.period.end is None or metric.period.end < published - _RECENT
    return (
        metric.forecast,
        not _in_title(metric),
        metric.kind not in _STRONG,
        is_old,
        metric.approx is not None,
    )


def _in_title(metric: Metric) -> bool:
    """Tell whether the title prints the figure's number; one digit alone may be anything."""
    value = metric.quantity.value
    number = "" if isinstance(value, tuple) else f"{value:f}"
    return len(number) > 1 and number in metric.citation.title
