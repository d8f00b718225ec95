"""A series as an answer: a table in the order of time, how far it went, and what is stated otherwise."""

from __future__ import annotations

from handlers.citations import joined
from handlers.command import Context
from handlers.commands.export import export_buttons
from handlers.comparisons import find_series
from handlers.figure_chart import CHART, figure_picture
from handlers.figure_table import Line, article_buttons, figure_table, notes, read_lines, time_text
from handlers.metric_words import common_name
from handlers.regions import subject_name
from handlers.reply import Block, Button, Heading, Notice, Paragraph, button_row, compose
from handlers.request import Language
from handlers.texts import figures as texts
from handlers.texts import label, say
from knowledge.metrics.comparison import ratio_of
from knowledge.metrics.question import read_question
from knowledge.metrics.statements import size_of
from knowledge.model import Kind


def answer_series(context: Context, question: str, *, chart: bool) -> tuple[Block, ...]:
    """Return a series as a table, or as a picture; nothing where the library has no two times."""
    series = find_series(context, question)
    if series is None:
        return ()
    language = context.language
    names = [time_text(row.metric, language) for row in series.rows]
    lines = read_lines(context.library, series.rows, names)
    indicator = " ".join(read_question(question, published=None).terms)
    name = common_name([row.metric for row in series.rows], indicator, language)
    title = joined(name, subject_name(series.subject, language))
    if chart:
        table = Button(label(texts.BACK_TO_TABLE, language), f"series {question}")
        return (figure_picture("line", title, lines, language), *button_row(table))
    return (
        Heading(compose("**{title}**", title=title)),
        figure_table(lines, label(texts.TIME, language), language),
        *(_sentence(lines, language) if series.is_even else ()),
        *(() if series.is_even else (Notice(say(texts.UNEVEN, language)),)),
        *notes(lines, language),
        *button_row(Button(label(texts.LINE_CHART, language), f"series {question} {CHART}")),
        *button_row(*article_buttons(lines, language), *export_buttons(f"--series {question}", language)),
    )


def _sentence(lines: tuple[Line, ...], language: Language) -> tuple[Block, ...]:
    """Say how many times the first the last is."""
    first, last = lines[0], lines[-1]
    ratio = ratio_of(size_of(last.metric), size_of(first.metric))
    if last.metric.kind is not Kind.LEVEL or not ratio or ratio == 1:
        return ()
    sentence = say(texts.TIMES_LATER, language, first=first.name, last=last.name, ratio=ratio)
    return (Paragraph(sentence),)
