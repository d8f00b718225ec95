"""The figure as the answer: the best one with its sentence and source, its growth and share beside it,
then what else is stated of the same: other sources, other times, forecasts and targets, other regions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from handlers.citations import heading_of, source_line
from handlers.clip import clip_text
from handlers.dates import period_text
from handlers.figures import figure_text, quoted_sentence
from handlers.metric_words import is_target, metric_name, metric_period, metric_title
from handlers.ports import Library
from handlers.regions import is_region, subject_name
from handlers.reply import Block, Heading, Paragraph, Quote, Text, compose
from handlers.request import Language
from handlers.texts import Message, common, label, say
from handlers.texts import search as texts
from knowledge.model import Kind, Metric, Number, Period

_QUOTE_WIDTH = 140
_STATEMENTS = 3
_POINTS = 6
_SAME_TIME = timedelta(days=92)
_BESIDE = {
    Kind.GROWTH: texts.GROWTH, Kind.CAGR: texts.CAGR, Kind.RANK: texts.RANK, Kind.SHARE: texts.SHARE
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the answer: the metrics that belong on it, and how it says each."""

    message: Message
    belongs: Callable[[Metric], bool]
    entry: Callable[[Metric, Language], Text]
    limit: int = _POINTS
    largest_first: bool = False


def figure_blocks(library: Library, metrics: Sequence[Metric], language: Language) -> tuple[Block, ...]:
    """Return the answer whose best figure is the first of `metrics`, of which there is at least one."""
    best = metrics[0]
    blocks: list[Block] = [
        Heading(metric_title(best, language)),
        Quote(clip_text(quoted_sentence(best), _QUOTE_WIDTH)),
        Paragraph(source_line(best.citation, language)),
    ]
    beside = _beside(best, library.metrics(best.citation.article_id))
    if beside:
        blocks.append(Paragraph(_joined(_beside_text(metric, language) for metric in beside)))
    others = [metric for metric in _without_repeats(metrics) if metric not in (best, *beside)]
    return (*blocks, *_other_lines(best, others, language))


def _beside(best: Metric, same_article: Iterable[Metric]) -> list[Metric]:
    """Return the growth, share and rank that are printed of the same thing at the same time."""
    return [
        metric
        for metric in same_article
        if metric.kind in _BESIDE
        and metric.kind is not best.kind
        and (metric.subject, metric.period, metric.forecast) == (best.subject, best.period, best.forecast)
        and (metric.indicator == best.indicator or metric.sentence == best.sentence)
    ][:_STATEMENTS]


def _beside_text(metric: Metric, language: Language) -> Text:
    message = _BESIDE[metric.kind]
    if metric.kind is Kind.GROWTH and "同比" in metric.sentence:
        message = texts.YEAR_ON_YEAR
    elif metric.kind is Kind.GROWTH and "环比" in metric.sentence:
        message = texts.QUARTER_ON_QUARTER
    return say(message, language, indicator=metric.indicator, figure=figure_text(metric, language))


def _other_lines(best: Metric, others: Sequence[Metric], language: Language) -> Iterable[Block]:
    left = list(others)
    for line in _lines(best):
        chosen = [metric for metric in left if line.belongs(metric)]
        left = [metric for metric in left if metric not in chosen]
        if line.largest_first:
            chosen.sort(key=_size, reverse=True)
        if chosen:
            entries = _joined(line.entry(metric, language) for metric in chosen[: line.limit])
            yield Paragraph(say(line.message, language, list=entries))


def _lines(best: Metric) -> tuple[_Line, ...]:
    """Return the lines in the order in which they claim metrics and are shown."""

    def same_thing(metric: Metric) -> bool:
        return metric.indicator == best.indicator and metric.kind is best.kind

    def same_subject(metric: Metric) -> bool:
        return same_thing(metric) and metric.subject == best.subject

    def stated_otherwise(metric: Metric) -> bool:
        same_time = _is_same_time(metric.period, best.period)
        return same_subject(metric) and same_time and metric.forecast == best.forecast

    return (
        _Line(texts.OTHER_STATEMENTS, stated_otherwise, _statement, _STATEMENTS),
        _Line(texts.TARGETS, lambda m: same_subject(m) and is_target(m), _at_period),
        _Line(texts.FORECASTS, lambda m: same_subject(m) and m.forecast, _at_period),
        _Line(texts.OTHER_PERIODS, same_subject, _at_period),
        _Line(
            texts.REGIONS, lambda m: same_thing(m) and is_region(m.subject), _of_subject, largest_first=True
        ),
        _Line(texts.SUBJECTS, same_thing, _of_subject, largest_first=True),
        _Line(texts.SEE_ALSO, lambda _: True, _of_indicator, _STATEMENTS),
    )


def _without_repeats(metrics: Sequence[Metric]) -> list[Metric]:
    """Drop what restates a figure that came before; a fact is shown once."""
    facts: dict[object, Metric] = {}
    for metric in metrics:
        facts.setdefault(_fact(metric), metric)
    return list(facts.values())


def _is_same_time(one: Period, other: Period) -> bool:
    """Tell whether two statements can be held against each other; one that tells no time can."""
    if one.end is None or other.end is None:
        return True
    if one.start is None and other.start is None:
        return abs(one.end - other.end) <= _SAME_TIME
    return (one.start, one.end) == (other.start, other.end)


def _size(metric: Metric) -> Decimal:
    value = metric.quantity.base_value
    return max(value) if isinstance(value, tuple) else value


def _fact(metric: Metric) -> tuple[str, str, Kind, Number, object]:
    return metric.subject, metric.indicator, metric.kind, metric.quantity.base_value, metric.period.end


def _statement(metric: Metric, language: Language) -> Text:
    title = label(common.TITLE, language, title=heading_of(metric.citation))
    page = label(common.PAGE, language, page=metric.citation.page) if metric.citation.page else ""
    parts = (period_text(metric.period, language), metric.source, title + page)
    source = label(common.CLAUSE_COMMA, language).join(filter(None, parts))
    return say(texts.STATEMENT, language, figure=figure_text(metric, language), source=source)


def _at_period(metric: Metric, language: Language) -> Text:
    return compose(
        "{period} **{figure}**", period=metric_period(metric, language), figure=figure_text(metric, language)
    )


def _of_subject(metric: Metric, language: Language) -> Text:
    subject = subject_name(metric.subject, language)
    return compose("{subject} **{figure}**", subject=subject, figure=figure_text(metric, language))


def _of_indicator(metric: Metric, language: Language) -> Text:
    return compose(
        "{name} **{figure}**", name=metric_name(metric, language), figure=figure_text(metric, language)
    )


def _joined(entries: Iterable[Text]) -> Text:
    whole = Text("")
    for entry in entries:
        whole = compose("{a} · {b}", a=whole, b=entry) if whole.value else entry
    return whole
