"""metric: the figures on a subject, or all of an article, each with its source."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.citations import heading_of, place_line
from handlers.clip import clip, clip_text
from handlers.command import Command, Context
from handlers.commands.export import export_buttons
from handlers.errors import UserError
from handlers.examples import missing_argument
from handlers.figures import quoted_sentence
from handlers.listing import issue_notice, shared_issue
from handlers.metric_words import metric_title
from handlers.paging import open_page, position_notice, read_page, turn_buttons
from handlers.reply import Block, Button, Heading, Item, Items, Notice, Reply, Text, button_row
from handlers.request import Language, Request
from handlers.texts import commands, common, label, say
from handlers.texts import search as texts
from knowledge.model import Issue, Metric

PAGE_SIZE = 6
_OF_ARTICLE = "--article "
_SHOWN = 20
_SENTENCE = 56


def run(context: Context, request: Request, argument: str) -> Reply:
    """List figures; `--article ID` asks for those of one article, `--page 2` turns the pages."""
    text, page = read_page(argument)
    query = " ".join(text.split())
    if not query:
        raise missing_argument(context, COMMAND)
    if text.startswith(_OF_ARTICLE):
        blocks = _of_article(context, text.removeprefix(_OF_ARTICLE).strip(), page)
    else:
        blocks = _for_query(context, query, page)
    return Reply(blocks, in_place=request.pressed and page is not None)


COMMAND = Command(
    name="metric",
    aliases=("指标", "figure"),
    summary=commands.METRIC_SUMMARY,
    usage=commands.METRIC_USAGE,
    run=run,
)


def _for_query(context: Context, query: str, page: int | None) -> tuple[Block, ...]:
    language, shown = context.language, clip(query, _SHOWN)
    metrics = tuple(hit.metric for hit in context.library.answer(query, limit=1).metrics)
    if not metrics:
        search = Button(label(texts.SEARCH_FOR, language, query=shown), f"search {query}")
        raise UserError(say(texts.NO_METRICS_FOR, language, query=shown), (search,))
    pages = open_page(page, PAGE_SIZE, len(metrics))
    part = pages.of(metrics)
    shared = shared_issue(metric.citation for metric in part)
    sources = [_source(metric, language, shared) for metric in part]
    opening = (
        Button(str(number), f"article {metric.citation.article_id}")
        for number, metric in enumerate(part, pages.offset + 1)
    )
    return (
        Heading(say(texts.METRICS_FOR, language, query=shown)),
        Items(_items(part, sources, language), pages.offset + 1),
        *issue_notice(shared, language),
        *position_notice(pages, language),
        *button_row(*opening),
        *button_row(*turn_buttons(f"metric {query}", pages, language)),
        *button_row(*export_buttons(f"--metric {query}", language)),
    )


def _of_article(context: Context, article_id: str, page: int | None) -> tuple[Block, ...]:
    language = context.language
    article, metrics = context.library.article(article_id), context.library.metrics(article_id)
    if article is None:
        raise UserError(say(texts.NO_ARTICLE, language, id=clip(article_id, _SHOWN)))
    title = heading_of(article.citation)
    if not metrics:
        raise UserError(say(texts.NO_METRICS, language, title=title))
    pages = open_page(page, PAGE_SIZE, len(metrics))
    part = pages.of(metrics)
    read = Button(label(common.FULL_TEXT, language), f"article {article_id}")
    return (
        Heading(say(texts.METRICS_OF, language, title=title, count=len(metrics))),
        Notice(Text(place_line(article.citation, language))),
        Items(_items(part, [""] * len(part), language), pages.offset + 1),
        *position_notice(pages, language),
        *button_row(*turn_buttons(f"metric {_OF_ARTICLE}{article_id}", pages, language), read),
        *button_row(*export_buttons(f"{_OF_ARTICLE}{article_id}", language)),
    )


def _items(metrics: Sequence[Metric], sources: Sequence[str], language: Language) -> tuple[Item, ...]:
    """Return the figures; words of a sentence that the one above has shown already are left out."""
    items: list[Item] = []
    above = ""
    for metric, source in zip(metrics, sources, strict=True):
        sentence = clip_text(quoted_sentence(metric), _SENTENCE)
        body = sentence if sentence.value != above else Text("")
        items.append(Item(metric_title(metric, language), Text(source), body))
        above = sentence.value
    return tuple(items)


def _source(metric: Metric, language: Language, shared: Issue | None) -> str:
    title = label(common.TITLE, language, title=heading_of(metric.citation))
    return f"{title} {place_line(metric.citation, language, with_issue=shared is None)}"
