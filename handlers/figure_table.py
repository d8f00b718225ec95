"""Figures side by side: a table of rows with growth, share, time and source, and the notes below it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from handlers.citations import heading_of, joined
from handlers.clip import clip
from handlers.dates import full_date, period_text
from handlers.figures import figure_text
from handlers.listing import issue_notice, shared_issue
from handlers.metric_words import indicator_words, outlook_word
from handlers.ports import Library
from handlers.regions import subject_name
from handlers.reply import Block, Button, Notice, Paragraph, Table, Text, compose
from handlers.request import Language
from handlers.texts import common, label, say
from handlers.texts import figures as texts
from knowledge.metrics.comparison import Row
from knowledge.metrics.statements import Statement, printed_beside, time_key
from knowledge.model import Citation, Issue, Kind, Metric

_ISSUE_WIDTH = 12
_SPEAKER_WIDTH = 16
_NAME_WIDTH = 16
_MOST_ARTICLES = 4
_WHOLE = re.compile(r"占([^占]{1,8}?)(?:的)?(?:比重|比例)$")


@dataclass(frozen=True, slots=True)
class Line:
    """A row of figures with what is printed beside its figure; `name` is as it is shown."""

    name: str
    row: Row
    beside: tuple[Metric, ...]

    @property
    def metric(self) -> Metric:
        """The figure of the line."""
        return self.row.metric

    def rate(self, kind: Kind) -> Metric | None:
        """Return the growth or the share of the figure, None where none is printed."""
        return next((metric for metric in self.beside if metric.kind is kind), None)


def read_lines(library: Library, rows: Sequence[Row], names: Sequence[str]) -> tuple[Line, ...]:
    """Return the rows with what their articles print beside them."""
    return tuple(
        Line(name, row, printed_beside(row.metric, library.metrics(row.metric.citation.article_id)))
        for name, row in zip(names, rows, strict=True)
    )


def shown_name(name: str, language: Language) -> str:
    """Return a contestant's name as it is shown: 河北 for 河北省, each part of 河北省 2020年."""
    return " ".join(subject_name(part, language) for part in name.split())


def time_text(metric: Metric, language: Language) -> str:
    """Return a figure's period for a narrow column; forecasts and targets are marked."""
    period = period_text(metric.period, language) or label(texts.NO_TIME, language)
    if not metric.forecast:
        return period
    return label(texts.FORECAST_TIME, language, period=period, outlook=outlook_word(metric, language))


def figure_table(lines: Sequence[Line], first_column: str, language: Language) -> Table:
    """Return the table; a column that would be empty, or would say the same in all rows, is left out."""
    shared = shared_issue(citation for line in lines for citation in _citations(line.row.statement))
    one_time = len({(time_key(line.metric.period), line.metric.forecast) for line in lines}) == 1
    time = label(texts.TIME, language)
    columns: list[tuple[str, list[str]]] = [
        (first_column, [line.name for line in lines]),
        (label(texts.VALUE, language), [_figure(line, language) for line in lines]),
        (_growth_name(lines, language), [_rate(line, Kind.GROWTH, language) for line in lines]),
        (_share_name(lines, language), [_rate(line, Kind.SHARE, language) for line in lines]),
    ]
    if not one_time and first_column != time:
        columns.append((time, [time_text(line.metric, language) for line in lines]))
    sources = [source_cell(line.row.statement, shared, language) for line in lines]
    columns.append((label(texts.SOURCE, language), sources))
    kept = [(name, cells) for name, cells in columns if any(cells)]
    return Table(tuple(name for name, _ in kept), tuple(zip(*(cells for _, cells in kept), strict=True)))


def notes(lines: Sequence[Line], language: Language) -> tuple[Block, ...]:
    """Return what is stated otherwise, and the issue that all sources share."""
    entries = [_otherwise(line, stated, language) for line in lines for stated in line.row.otherwise]
    shared = shared_issue(citation for line in lines for citation in _citations(line.row.statement))
    otherwise = say(texts.OTHERWISE, language, list=joined_texts(entries)) if entries else None
    return (*((Paragraph(otherwise),) if otherwise else ()), *issue_notice(shared, language))


def missing_notice(names: Sequence[str], language: Language) -> tuple[Block, ...]:
    """Return the line that tells for whom nothing comparable is printed."""
    shown = label(common.LIST_COMMA, language).join(shown_name(name, language) for name in names)
    return (Notice(say(texts.MISSING, language, names=shown)),) if names else ()


def near_notice(rows: Sequence[Row], language: Language) -> tuple[Block, ...]:
    """Return the line of figures that are of something narrower or wider, and so not in the table."""
    entries = [
        say(
            texts.NEAR_ENTRY,
            language,
            whose=shown_name(row.name, language),
            indicator=indicator_words(row.metric.indicator, language),
            figure=figure_text(row.metric, language),
        )
        for row in rows
    ]
    return (Paragraph(say(texts.NEAR, language, list=joined_texts(entries))),) if entries else ()


def article_buttons(lines: Sequence[Line], language: Language) -> tuple[Button, ...]:
    """Return the way to the articles of the lines, each once."""
    first: dict[str, str] = {}
    for line in lines:
        first.setdefault(line.metric.citation.article_id, line.name)
    if len(first) == 1:
        return tuple(Button(label(common.FULL_TEXT, language), f"article {one}") for one in first)
    return tuple(
        Button(label(texts.FULL_TEXT_OF, language, name=clip(name, _NAME_WIDTH)), f"article {article_id}")
        for article_id, name in list(first.items())[:_MOST_ARTICLES]
    )


def source_text(metric: Metric, language: Language, *, with_time: bool = True) -> str:
    """Return when and by whom something is stated, and where it is printed."""
    time = period_text(metric.period, language) if with_time else ""
    speaker = clip(metric.source or "", _SPEAKER_WIDTH)
    title = label(common.TITLE, language, title=heading_of(metric.citation))
    parts = (time, speaker, title + page_text(metric.citation, language))
    return label(common.CLAUSE_COMMA, language).join(filter(None, parts))


def page_text(citation: Citation, language: Language) -> str:
    """Return the page, "" where the source has none."""
    return label(common.PAGE, language, page=citation.page) if citation.page is not None else ""


def joined_texts(entries: Sequence[Text]) -> Text:
    """Join entries of one line with a raised dot, their spans kept."""
    whole = Text("")
    for entry in entries:
        whole = compose("{a} · {b}", a=whole, b=entry) if whole.value else entry
    return whole


def source_cell(statement: Statement, shared: Issue | None, language: Language) -> str:
    """Return the pages that print a statement, with their issues where the rows have several."""
    places = (
        joined("" if shared else _short_issue(citation.issue, language), page_text(citation, language))
        for citation in _citations(statement)
    )
    return label(common.LIST_COMMA, language).join(dict.fromkeys(filter(None, places)))


def _citations(statement: Statement) -> tuple[Citation, ...]:
    return (statement.metric.citation, *(metric.citation for metric in statement.also))


def _short_issue(issue: Issue, language: Language) -> str:
    return full_date(issue.published, language) if issue.published else clip(issue.title, _ISSUE_WIDTH)


def _figure(line: Line, language: Language) -> str:
    figure = figure_text(line.metric, language)
    return label(texts.OTHERWISE_MARK, language, figure=figure) if line.row.otherwise else figure


def _rate(line: Line, kind: Kind, language: Language) -> str:
    rate = line.rate(kind)
    return figure_text(rate, language) if rate else ""


def _growth_name(lines: Sequence[Line], language: Language) -> str:
    rates = [rate for line in lines if (rate := line.rate(Kind.GROWTH))]
    yearly = rates and all("同比" in rate.sentence for rate in rates)
    return label(texts.YEAR_ON_YEAR if yearly else texts.GROWTH, language)


def _share_name(lines: Sequence[Line], language: Language) -> str:
    """Return 占GDP where all shares are of the same whole."""
    rates = [rate for line in lines if (rate := line.rate(Kind.SHARE))]
    wholes = {match[1] if (match := _WHOLE.search(rate.indicator)) else "" for rate in rates}
    whole = wholes.pop() if len(wholes) == 1 else ""
    shown = subject_name(whole, language)
    return label(texts.SHARE_OF, language, whole=shown) if whole else label(texts.SHARE, language)


def _otherwise(line: Line, stated: Statement, language: Language) -> Text:
    with_time = time_key(stated.metric.period) != time_key(line.metric.period)
    return say(
        texts.OTHERWISE_ENTRY,
        language,
        whose=line.name,
        figure=figure_text(stated.metric, language),
        source=source_text(stated.metric, language, with_time=with_time),
    )
