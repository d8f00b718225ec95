"""The figure as the answer: the best one with its sentence and source, its growth and share beside it,
then what else is stated of the same: other sources, other times, forecasts and targets, other regions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from handlers.citations import heading_of, source_line
from handlers.clip import clip_text
from handlers.figure_chart import CHART
from handlers.figure_rules import follow_action
from handlers.figure_table import joined_texts, page_text, source_text, time_text
from handlers.figures import figure_text, quoted_sentence
from handlers.metric_words import indicator_name, indicator_words, is_target, metric_period, metric_title
from handlers.ports import Library
from handlers.quoting import cite_button
from handlers.regions import is_region, subject_name
from handlers.reply import Block, Button, Copy, Heading, Paragraph, Quote, Text, compose
from handlers.request import Language
from handlers.texts import Message, common, label, say
from handlers.texts import figures as figure_texts
from handlers.texts import search as texts
from handlers.texts.figure_rules import FOLLOW_FIGURE
from knowledge.metrics.question import read_question
from knowledge.metrics.statements import (
    Statement,
    asked_units,
    has_words,
    is_about,
    is_same_time,
    measure_of,
    merge_restated,
    owner_of,
    prefer_exact,
    printed_beside,
    size_of,
    time_key,
)
from knowledge.model import Kind, Metric

_QUOTE_WIDTH = 140
_STATEMENTS = 3
_POINTS = 6
_BESIDE = {
    Kind.GROWTH: texts.GROWTH, Kind.CAGR: texts.CAGR, Kind.RANK: texts.RANK, Kind.SHARE: texts.SHARE
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Entry:
    """A figure on a line, and what is said of it in brackets: once for all where that is the same."""

    text: Text
    aside: str = ""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the answer: the metrics that belong on it, and how it says each."""

    message: Message
    belongs: Callable[[Metric], bool]
    entry: Callable[[Metric, Language], _Entry]
    limit: int = _POINTS
    largest_first: bool = False


@dataclass(frozen=True, slots=True)
class FigureAnswer:
    """The figures that fit a question, each statement once, the best first; there is at least one.

    `words` are those of the question that name what is asked for.
    """

    words: str
    statements: tuple[Statement, ...]
    asked: frozenset[str]

    @property
    def best(self) -> Metric:
        """The figure that answers the question."""
        return self.statements[0].metric

    def is_same_measure(self, metric: Metric) -> bool:
        """Tell whether a figure can be held against the best one."""
        return measure_of(metric, self.asked) == measure_of(self.best, self.asked)

    def is_near(self, metric: Metric) -> bool:
        """Tell whether a figure is of the same kind and unit, and its name says all that was asked."""
        same = (metric.kind, metric.quantity.base_unit) == (self.best.kind, self.best.quantity.base_unit)
        return same and bool(self.words) and has_words(metric.indicator, self.words)

    def is_same_thing(self, metric: Metric) -> bool:
        """Tell whether a figure is of the best one's owner and measure."""
        return owner_of(metric) == owner_of(self.best) and self.is_same_measure(metric)


def read_answer(query: str, metrics: Sequence[Metric]) -> FigureAnswer:
    """Read the figures that fit a question, of which there is at least one, as its answer."""
    words = " ".join(read_question(query, published=None).terms)
    best, *others = prefer_exact(metrics)
    related = [metric for metric in others if is_about(metric, words)] if is_about(best, words) else others
    return FigureAnswer(words, merge_restated([best, *related]), asked_units(query))


def figure_blocks(library: Library, answer: FigureAnswer, language: Language) -> tuple[Block, ...]:
    """Return the answer with all that is stated beside it."""
    best = answer.best
    beside = printed_beside(best, library.metrics(best.citation.article_id))[:_STATEMENTS]
    others = [one.metric for one in answer.statements[1:] if one.metric not in beside]
    return (
        Heading(metric_title(_in_asked_words(answer), language)),
        Quote(clip_text(quoted_sentence(best), _QUOTE_WIDTH)),
        Paragraph(source_line(best.citation, language)),
        *_also_in(answer.statements[0], language),
        *_beside(beside, language),
        *_other_lines(answer, others, language),
    )


def _in_asked_words(answer: FigureAnswer) -> Metric:
    """Return the best figure, named as asked where its own name says less: 市场规模 of 云计算市场规模."""
    best, words = answer.best, answer.words
    is_part = has_words(words, best.indicator) and not has_words(best.indicator, words)
    return replace(best, indicator=words.replace(" ", "")) if is_part and is_about(best, words) else best


def figure_buttons(answer: FigureAnswer, language: Language) -> tuple[Button | Copy, ...]:
    """Return the ways to regions and chart, where there is something to show; to quote and to follow."""
    same = [one.metric for one in answer.statements if answer.is_same_measure(one.metric)]
    regions = {metric.subject for metric in same if is_region(metric.subject)}
    times = {time_key(metric.period) for metric in same if answer.is_same_thing(metric)} - {None}
    words = answer.words or answer.best.indicator
    series = " ".join(filter(None, ("series", answer.best.subject, words, CHART)))
    comparing = Button(label(figure_texts.COMPARE_REGIONS, language), f"rank {words}")
    drawing = Button(label(figure_texts.LINE_CHART, language), series)
    following = Button(label(FOLLOW_FIGURE, language), follow_action(answer.best))
    return (
        *((comparing,) if len(regions) > 1 else ()),
        *((drawing,) if len(times) > 1 else ()),
        cite_button(answer.best, language),
        following,
    )


def _also_in(stated: Statement, language: Language) -> tuple[Block, ...]:
    """Name the other articles that print the same figure."""
    own = stated.metric.citation.article_id
    others = {metric.citation.article_id: metric.citation for metric in stated.also}
    places = [
        label(common.TITLE, language, title=heading_of(citation)) + page_text(citation, language)
        for article_id, citation in others.items()
        if article_id != own
    ]
    listed = label(common.LIST_COMMA, language).join(places[:_STATEMENTS])
    return (Paragraph(say(figure_texts.ALSO_IN, language, list=listed)),) if places else ()


def _beside(metrics: Sequence[Metric], language: Language) -> tuple[Block, ...]:
    entries = [_beside_text(metric, language) for metric in metrics]
    return (Paragraph(joined_texts(entries)),) if entries else ()


def _beside_text(metric: Metric, language: Language) -> Text:
    message = _BESIDE[metric.kind]
    if metric.kind is Kind.GROWTH and "同比" in metric.sentence:
        message = texts.YEAR_ON_YEAR
    elif metric.kind is Kind.GROWTH and "环比" in metric.sentence:
        message = texts.QUARTER_ON_QUARTER
    name = indicator_words(metric.indicator, language)
    return say(message, language, indicator=name, figure=figure_text(metric, language))


def _other_lines(answer: FigureAnswer, others: Sequence[Metric], language: Language) -> Iterator[Block]:
    left = list(others)
    for line in _lines(answer):
        chosen = [metric for metric in left if line.belongs(metric)]
        left = [metric for metric in left if metric not in chosen]
        if line.largest_first:
            chosen = sorted(_one_an_owner(chosen), key=size_of, reverse=True)
        if chosen:
            entries = [line.entry(metric, language) for metric in chosen[: line.limit]]
            yield _paragraph(line.message, entries, language)


def _paragraph(message: Message, entries: Sequence[_Entry], language: Language) -> Paragraph:
    asides = {entry.aside for entry in entries}
    shared = asides.pop() if len(entries) > 1 and len(asides) == 1 else ""
    listed = joined_texts([_with_aside(entry.text, entry.aside, shared, language) for entry in entries])
    return Paragraph(say(message, language, list=listed, aside=_bracketed(shared, language)))


def _with_aside(text: Text, aside: str, shared: str, language: Language) -> Text:
    return compose("{text}{aside}", text=text, aside="" if shared else _bracketed(aside, language))


def _bracketed(aside: str, language: Language) -> str:
    return label(texts.ASIDE, language, aside=aside) if aside else ""


def _lines(answer: FigureAnswer) -> tuple[_Line, ...]:
    """Return the lines in the order in which they claim metrics and are shown."""
    best, same_thing, same_measure = answer.best, answer.is_same_thing, answer.is_same_measure

    def stated_otherwise(metric: Metric) -> bool:
        same_time = is_same_time(metric, best)
        return same_thing(metric) and same_time and metric.forecast == best.forecast

    def of_region(metric: Metric) -> bool:
        comparable = same_measure(metric) or answer.is_near(metric)
        return comparable and is_region(metric.subject) and not metric.forecast and not same_owner(metric)

    def same_owner(metric: Metric) -> bool:
        return owner_of(metric) == owner_of(best)

    def of_owner(metric: Metric, language: Language) -> _Entry:
        return _of_owner(answer, metric, language)

    def of_indicator(metric: Metric, language: Language) -> _Entry:
        return _of_indicator(answer, metric, language)

    return (
        _Line(texts.OTHER_STATEMENTS, stated_otherwise, _statement, _STATEMENTS),
        _Line(texts.TARGETS, lambda m: same_thing(m) and is_target(m), _at_period),
        _Line(texts.FORECASTS, lambda m: same_thing(m) and m.forecast, _at_period),
        _Line(texts.OTHER_PERIODS, same_thing, _at_period),
        _Line(texts.REGIONS, of_region, of_owner, largest_first=True),
        _Line(texts.SUBJECTS, same_measure, of_owner, largest_first=True),
        _Line(texts.SEE_ALSO, lambda _: True, of_indicator, _STATEMENTS),
    )


def _one_an_owner(metrics: Iterable[Metric]) -> list[Metric]:
    """Keep the first figure of each owner."""
    first: dict[str, Metric] = {}
    for metric in metrics:
        first.setdefault(owner_of(metric), metric)
    return list(first.values())


def _statement(metric: Metric, language: Language) -> _Entry:
    figure, source = figure_text(metric, language), source_text(metric, language)
    return _Entry(say(texts.STATEMENT, language, figure=figure, source=source))


def _at_period(metric: Metric, language: Language) -> _Entry:
    period, figure = metric_period(metric, language), figure_text(metric, language)
    return _Entry(compose("{period} **{figure}**", period=period, figure=figure))


def _of_owner(answer: FigureAnswer, metric: Metric, language: Language) -> _Entry:
    """Say whose figure it is, its name where that is another, and its time where that is another."""
    whose, figure = subject_name(owner_of(metric), language), figure_text(metric, language)
    name = "" if answer.is_same_measure(metric) else indicator_words(metric.indicator, language)
    aside = filter(None, (name, _other_time(answer, metric, language)))
    entry = say(figure_texts.ENTRY, language, whose=whose, figure=figure)
    return _Entry(entry, label(common.CLAUSE_COMMA, language).join(aside))


def _of_indicator(answer: FigureAnswer, metric: Metric, language: Language) -> _Entry:
    """Say whose figure of what it is, and its time where that is another."""
    named = filter(None, (subject_name(metric.subject, language), indicator_name(metric, language)))
    figure = figure_text(metric, language)
    entry = say(figure_texts.ENTRY, language, whose=" ".join(named), figure=figure)
    return _Entry(entry, _other_time(answer, metric, language))


def _other_time(answer: FigureAnswer, metric: Metric, language: Language) -> str:
    told = time_key(metric.period) not in (None, time_key(answer.best.period)) or metric.forecast
    return time_text(metric, language) if told else ""
