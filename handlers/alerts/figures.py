"""The figures of an alert: new values, revised ones, and those that crossed a threshold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from handlers.alerts.alert import FigureEntry
from handlers.citations import heading_of, joined, place_line
from handlers.clip import clip_text
from handlers.figures import figure_text, quoted_sentence
from handlers.metric_words import metric_period, metric_title
from handlers.reply import Block, Heading, Item, Items, Style, Text, compose, styled
from handlers.request import Language
from handlers.texts import Message, common, label, say
from handlers.texts import alerts as alert_texts
from handlers.texts import figure_rules as texts
from knowledge.metrics.threshold import Threshold
from knowledge.metrics.track import (
    Change,
    News,
    Track,
    crossing_since,
    statement_key,
    time_of,
    values_since,
)
from knowledge.model import Metric

FIGURES_SHOWN = 3
_QUOTE_WIDTH = 80
_BEFORE = {Change.NEW: texts.BEFORE, Change.CROSSED: texts.BEFORE, Change.REVISED: texts.REVISED}


def figure_entries(
    topic: str, threshold: Threshold | None, track: Track, since: date | None
) -> tuple[FigureEntry, ...]:
    """Return what is news to a subscription: each new value, or with a threshold the one that crossed it."""
    if threshold is None:
        return tuple(_entry(topic, news) for news in values_since(track, since))
    crossing = crossing_since(track, threshold, since)
    return (replace(_entry(topic, crossing), threshold=threshold),) if crossing else ()


def merged(by_rule: Iterable[tuple[FigureEntry, ...]]) -> tuple[FigureEntry, ...]:
    """Return each figure once, the strongest first: each rule in its turn, crossings, facts, the newest."""
    ranked = sorted(
        ((turn, *_weakness(entry), entry) for entries in by_rule for turn, entry in enumerate(entries)),
        key=lambda item: item[:-1],
    )
    entries: dict[str, FigureEntry] = {}
    for *_, entry in ranked:
        known = entries.setdefault(entry.key, entry)
        if known is not entry:
            entries[entry.key] = replace(known, topics=(*known.topics, *entry.topics))
    return tuple(entries.values())


def figure_blocks(shown: tuple[FigureEntry, ...], language: Language) -> Iterator[Block]:
    """Yield the figures under their heading, each with what was known before, its sentence and source."""
    if shown:
        yield Heading(say(texts.NEW_FIGURES, language))
        yield Items(tuple(_item(entry, language) for entry in shown))


def highlight_blocks(
    shown: tuple[Metric, ...], numbers: Mapping[str, int], language: Language
) -> Iterator[Block]:
    """Yield the strongest figures, each with the number under which its article is listed below."""
    if shown:
        yield Heading(say(alert_texts.KEY_FIGURES, language))
        yield Items(tuple(_highlight(metric, numbers, language) for metric in shown), first=None)


def _highlight(metric: Metric, numbers: Mapping[str, int], language: Language) -> Item:
    number = numbers[metric.citation.article_id]
    title = label(common.TITLE, language, title=heading_of(metric.citation))
    see = label(alert_texts.SOURCE, language, number=number)
    return Item(metric_title(metric, language), Text(joined(title, see)))


def _entry(topic: str, news: News) -> FigureEntry:
    return FigureEntry(statement_key(news.metric), news, (topic,))


def _weakness(entry: FigureEntry) -> tuple[bool, bool, int]:
    metric = entry.news.metric
    return entry.threshold is None, metric.forecast, -time_of(metric).toordinal()


def _item(entry: FigureEntry, language: Language) -> Item:
    metric = entry.news.metric
    title = compose(
        "{figure}{note}",
        figure=metric_title(metric, language),
        note=styled(_note(entry, language), Style.DIM),
    )
    source = label(common.TITLE, language, title=heading_of(metric.citation))
    place = f"{source} {place_line(metric.citation, language)}"
    return Item(title, Text(place), clip_text(quoted_sentence(metric), _QUOTE_WIDTH))


def _note(entry: FigureEntry, language: Language) -> str:
    crossed = label(texts.CROSSED, language, threshold=entry.threshold.text) if entry.threshold else ""
    before = entry.news.before
    known = _before(_BEFORE[entry.news.change], before, language) if before else ""
    notes = label(common.CLAUSE_COMMA, language).join(filter(None, (crossed, known)))
    return label(texts.NOTE, language, note=notes) if notes else ""


def _before(message: Message, metric: Metric, language: Language) -> str:
    period = metric_period(metric, language)
    return label(message, language, figure=figure_text(metric, language), period=period)
