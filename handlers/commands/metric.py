"""metric: the figures on a subject, or all of an article, each with its source."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.citations import heading_of, place_line
from handlers.clip import clip, clip_text
from handlers.command import Command, Context
from handlers.commands.export import export_buttons
from handlers.comparisons import MOST_FIGURES
from handlers.errors import UserError
from handlers.examples import missing_argument
from handlers.figure_groups import group_item
from handlers.figures import quoted_sentence
from handlers.listing import issue_notice, shared_issue
from handlers.metric_words import metric_title
from handlers.paging import open_page, position_notice, read_page, turn_buttons
from handlers.reply import Block, Button, Heading, Item, Items, Notice, Reply, Text, button_row
from handlers.request import Language, Request
from handlers.texts import commands, common, label, say
from handlers.texts import search as texts
from knowledge.metrics.question import read_question
from knowledge.metrics.statements import group_by_thing, is_about, merge_restated
from knowledge.model import Metric

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
    groups = _groups(context, query)
    if not groups:
        search = Button(label(texts.SEARCH_FOR, language, query=shown), f"search {query}")
        raise UserError(say(texts.NO_METRICS_FOR, language, query=shown), (search,))
    pages = open_page(page, PAGE_SIZE, len(groups))
    part = pages.of(groups)
    shared = shared_issue(group[0].citation for group in part)
    opening = (
        Button(str(number), f"article {group[0].citation.article_id}")
        for number, group in enumerate(part, pages.offset + 1)
    )
    return (
        Heading(say(texts.METRICS_FOR, language, query=shown)),
        Items(tuple(group_item(group, shared, language) for group in part), pages.offset + 1),
        *issue_notice(shared, language),
        *position_notice(pages, language),
        *button_row(*opening),
        *button_row(*turn_buttons(f"metric {query}", pages, language)),
        *button_row(*export_buttons(f"--metric {query}", language)),
    )


def _groups(context: Context, question: str) -> tuple[tuple[Metric, ...], ...]:
    """Return the figures on a subject by what they count; those that only mention it where no others are."""
    metrics = [hit.metric for hit in context.library.figures(question, limit=MOST_FIGURES)]
    words = " ".join(read_question(question, published=None).terms)
    close = [metric for metric in metrics if is_about(metric, words)]
    return group_by_thing(stated.metric for stated in merge_restated(close or metrics))


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
        Items(_items(part, language), pages.offset + 1),
        *position_notice(pages, language),
        *button_row(*turn_buttons(f"metric {_OF_ARTICLE}{article_id}", pages, language), read),
        *button_row(*export_buttons(f"{_OF_ARTICLE}{article_id}", language)),
    )


def _items(metrics: Sequence[Metric], language: Language) -> tuple[Item, ...]:
    """Return the figures; words of a sentence that the one above has shown already are left out."""
    items: list[Item] = []
    above = ""
    for metric in metrics:
        sentence = clip_text(quoted_sentence(metric), _SENTENCE)
        body = sentence if sentence.value != above else Text("")
        items.append(Item(metric_title(metric, language), body=body))
        above = sentence.value
    return tuple(items)
