"""export: the figures of another answer as a file; buttons ask for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TypeAlias

from handlers.citations import heading_of
from handlers.clip import clip
from handlers.command import Command, Context
from handlers.commands import backup
from handlers.comparisons import (
    MOST_FIGURES,
    compared_metrics,
    ranked_metrics,
    series_metrics,
)
from handlers.errors import UserError
from handlers.export import FORMATS
from handlers.reply import Button, Reply
from handlers.request import Language, Request
from handlers.texts import common, label, say
from handlers.texts import export as texts
from handlers.texts import search as answers
from knowledge.model import Metric

_SHOWN = 20
_USUAL = "--metric"
_CALLED = {**{kind: kind for kind in FORMATS}, "excel": "xlsx", "表格": "xlsx"}
_SUBSCRIPTIONS = frozenset({"订阅", "我的订阅", "subscriptions"})

Selected: TypeAlias = tuple[str, tuple[Metric, ...]]
"""What the figures are about, and the figures in the order of the answer."""


def run(context: Context, request: Request, argument: str) -> Reply:
    """Return a file: `csv 充电桩`, the same as `csv --metric 充电桩`; `xlsx --article ID`."""
    if argument in _SUBSCRIPTIONS:
        return backup.run(context, request, "")
    kind, rest = _format_and_rest(argument)
    selection = rest if rest.startswith("--") else f"{_USUAL} {rest}"
    option, query = (*selection.split(maxsplit=1), "")[:2]
    make, select = FORMATS.get(kind), SELECTIONS.get(option)
    if make is None or select is None or not query:
        usage, formats = COMMAND.usage.in_language(context.language), _formats(context.language)
        offer = export_buttons(selection, context.language) if query and select else ()
        raise UserError(say(texts.NO_FORMAT, context.language, formats=formats, usage=usage), offer)
    name, metrics = select(context, " ".join(query.split()))
    if not metrics:
        raise UserError(say(answers.NO_METRICS_FOR, context.language, query=clip(name, _SHOWN)))
    return Reply((make(clip(name, _SHOWN), metrics, context.language),))


def _format_and_rest(argument: str) -> tuple[str, str]:
    """Return the format that a line begins or ends with, "" where it names none, and the rest."""
    first, _, rest = argument.partition(" ")
    before, _, last = argument.rpartition(" ")
    for word, others in ((first, rest), (last, before)):
        if kind := _CALLED.get(word.lower()):
            return kind, others.strip()
    return "", argument


def export_buttons(selection: str, language: Language) -> tuple[Button, ...]:
    """Return a button a format; `selection` is an option of SELECTIONS with its query."""
    return tuple(
        Button(label(texts.BUTTON, language, format=kind.upper()), f"export {kind} {selection}")
        for kind in FORMATS
    )


def _names_a_format(argument: str) -> bool:
    """Tell the command from a search for export figures."""
    return not argument or argument in _SUBSCRIPTIONS or bool(_format_and_rest(argument)[0])


def _of_query(context: Context, query: str) -> Selected:
    hits = context.library.figures(query, limit=MOST_FIGURES)
    return query, tuple(hit.metric for hit in hits)


def _of_comparison(context: Context, text: str) -> Selected:
    return text, compared_metrics(context, text)


def _of_ranking(context: Context, text: str) -> Selected:
    return text, ranked_metrics(context, text)


def _of_series(context: Context, text: str) -> Selected:
    return text, series_metrics(context, text)


def _of_article(context: Context, article_id: str) -> Selected:
    article = context.library.article(article_id)
    if article is None:
        return article_id, ()
    return heading_of(article.citation), context.library.metrics(article_id)


SELECTIONS: Mapping[str, Callable[[Context, str], Selected]] = MappingProxyType(
    {
        _USUAL: _of_query,
        "--article": _of_article,
        "--compare": _of_comparison,
        "--rank": _of_ranking,
        "--series": _of_series,
    }
)
"""Which figures are meant; an answer that can be exported is one line here."""

COMMAND = Command(
    name="export",
    aliases=("导出",),
    summary=texts.SUMMARY,
    usage=texts.USAGE,
    run=run,
    accepts=_names_a_format,
    sure=("导出",),
    listed=False,
)


def _formats(language: Language) -> str:
    return label(common.LIST_COMMA, language).join(kind.upper() for kind in FORMATS)
