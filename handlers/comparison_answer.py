"""Comparisons and rankings as answers: a table, the ratio in one sentence, and what cannot be compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from handlers.citations import joined
from handlers.clip import clip
from handlers.command import Context
from handlers.commands.export import export_buttons
from handlers.comparisons import find_ranking
from handlers.dates import period_text
from handlers.figure_chart import CHART, figure_picture
from handlers.figure_table import (
    Line,
    article_buttons,
    figure_table,
    missing_notice,
    near_notice,
    notes,
    read_lines,
    shown_name,
)
from handlers.figures import number_text
from handlers.metric_words import common_name, metric_title
from handlers.regions import is_region, subject_name
from handlers.reply import Block, Button, Heading, Item, Items, Notice, Paragraph, button_row, compose
from handlers.request import Language
from handlers.texts import figures as texts
from handlers.texts import label, say
from handlers.texts import search as search_texts
from knowledge.metrics.comparison import Comparison, Contestant, compare
from knowledge.metrics.comparison_question import ComparisonQuestion
from knowledge.metrics.ranking_question import RankQuestion
from knowledge.metrics.statements import owner_of, time_key
from knowledge.model import Kind, Metric

_MOST_ADDED = 2
_SHOWN = 40
_RATES = {Kind.GROWTH, Kind.SHARE, Kind.CAGR}


@dataclass(frozen=True, slots=True)
class _Shown:
    """A comparison to be shown, the command line and the words that ask for it, and further steps.

    `named` is what things of different indicators are compared by.
    """

    line: str
    indicator: str
    comparison: Comparison
    lines: tuple[Line, ...]
    further: tuple[Button, ...] = ()
    named: str = ""

    @property
    def exported(self) -> str:
        """What the command that exports figures calls this comparison."""
        return f"--{self.line}"


def answer_comparison(
    context: Context,
    text: str,
    question: ComparisonQuestion,
    contestants: Sequence[Contestant],
    *,
    chart: bool,
) -> tuple[Block, ...]:
    """Return a comparison as a table with its sentence, or as a picture; nothing without a comparison."""
    comparison = compare(contestants)
    if comparison is None:
        return ()
    line = f"compare {text}"
    further = _adding(context, line, question.indicator, question.subjects)
    shown = _Shown(
        line, question.indicator, comparison, _lines(context, comparison), further, _named(question)
    )
    return _blocks(shown, context.language, chart)


def answer_ranking(context: Context, question: RankQuestion, *, chart: bool) -> tuple[Block, ...]:
    """Return a ranking as a table, or as a picture; nothing where there are not two to rank."""
    comparison = find_ranking(context, question)
    if comparison is None:
        return ()
    line = f"rank {question.in_words()}"
    shown = _Shown(line, question.indicator, comparison, _lines(context, comparison))
    return _blocks(shown, context.language, chart)


def nothing_comparable(context: Context, text: str, contestants: Sequence[Contestant]) -> tuple[Block, ...]:
    """Say that nothing of those who were asked for is comparable, and what is printed of each."""
    language, shown = context.language, clip(text, _SHOWN)
    best = [max(one.hits, key=lambda hit: hit.score).metric for one in contestants if one.hits]
    items = tuple(Item(metric_title(metric, language)) for metric in best)
    search = Button(label(search_texts.SEARCH_FOR, language, query=shown), f"search {text}")
    return (
        Paragraph(say(texts.NO_COMPARISON, language, query=shown)),
        *((Paragraph(say(texts.THERE_IS, language)), Items(items, None)) if items else ()),
        *button_row(search),
    )


def _lines(context: Context, comparison: Comparison) -> tuple[Line, ...]:
    names = [shown_name(row.name, context.language) for row in comparison.rows]
    return read_lines(context.library, comparison.rows, names)


def _blocks(shown: _Shown, language: Language, chart: bool) -> tuple[Block, ...]:
    title = _title(shown, language)
    lines = shown.lines
    if chart:
        table = Button(label(texts.BACK_TO_TABLE, language), shown.line)
        return (figure_picture("bar", title, lines, language), *button_row(table))
    return (
        Heading(compose("**{title}**", title=title)),
        figure_table(lines, _first_column(lines, language), language),
        *_sentence(shown.comparison, lines, language),
        *_time_notice(lines, language),
        *near_notice(shown.comparison.near, language),
        *missing_notice(shown.comparison.missing, language),
        *notes(lines, language),
        *button_row(*_chart_button(shown, language), *shown.further),
        *button_row(*article_buttons(lines, language), *export_buttons(shown.exported, language)),
    )


def _named(question: ComparisonQuestion) -> str:
    return (question.indicator or " / ".join(question.things)) if question.things else ""


def _adding(context: Context, line: str, indicator: str, owners: Sequence[str]) -> tuple[Button, ...]:
    """Offer other regions that print the same, where regions are compared."""
    if not any(map(is_region, owners)):
        return ()
    ranked = find_ranking(context, RankQuestion(indicator, "place"))
    others = [row.name for row in ranked.rows if row.name not in owners] if ranked else []
    names = (subject_name(name, context.language) for name in others[:_MOST_ADDED])
    adding = (Button(label(texts.ADD, context.language, name=name), f"{line} {name}") for name in names)
    all_regions = Button(label(texts.ALL_REGIONS, context.language), f"rank {indicator}")
    return (*adding, all_regions) if others else ()


def _title(shown: _Shown, language: Language) -> str:
    """Return the indicator, and the owner and the period that all rows share."""
    comparison = shown.comparison
    metrics = [row.metric for row in comparison.rows]
    owners = {owner_of(metric) for metric in metrics}
    owner = subject_name(owners.pop(), language) if len(owners) == 1 else ""
    period = period_text(comparison.period, language) if comparison.period else ""
    return joined(shown.named or common_name(metrics, shown.indicator, language), owner, period)


def _first_column(lines: Sequence[Line], language: Language) -> str:
    owners = {owner_of(line.metric) for line in lines}
    if len(owners) == 1 and len(lines) > 1:
        return label(texts.TIME if _are_times(lines) else texts.NAME, language)
    return label(texts.REGION if all(map(is_region, owners)) else texts.NAME, language)


def _are_times(lines: Sequence[Line]) -> bool:
    return len({line.metric.period for line in lines}) == len(lines)


def _sentence(comparison: Comparison, lines: Sequence[Line], language: Language) -> tuple[Block, ...]:
    """Say how far the largest is from the smallest."""
    first, last = lines[0].metric, lines[-1].metric
    ends = {"largest": lines[0].name, "smallest": lines[-1].name}
    ratio = comparison.ratio
    if first.kind is Kind.LEVEL and ratio and ratio > 1:
        message = texts.TIMES if len(lines) == 2 else texts.TIMES_OF_ALL
        return (Paragraph(say(message, language, ratio=ratio, **ends)),)
    points = _distance(first, last)
    if first.kind in _RATES and points:
        return (Paragraph(say(texts.POINTS, language, points=number_text(points), **ends)),)
    return ()


def _distance(first: Metric, last: Metric) -> Decimal | None:
    """Return by how many percentage points two rates differ, None for ranges and other units."""
    one, other = first.quantity.base_value, last.quantity.base_value
    if first.quantity.base_unit != "%" or isinstance(one, tuple) or isinstance(other, tuple):
        return None
    return one - other


def _time_notice(lines: Sequence[Line], language: Language) -> tuple[Block, ...]:
    """Say that the times differ, where they are not what is compared."""
    times = {time_key(line.metric.period) for line in lines}
    by_time = _first_column(lines, language) == label(texts.TIME, language)
    return () if len(times) == 1 or by_time else (Notice(say(texts.OTHER_TIMES, language)),)


def _chart_button(shown: _Shown, language: Language) -> tuple[Button, ...]:
    if shown.lines[0].metric.kind is Kind.RANK:
        return ()
    return (Button(label(texts.BAR_CHART, language), f"{shown.line} {CHART}"),)
