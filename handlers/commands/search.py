"""search: figures and articles for any text; what a plain message means."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.citations import joined
from handlers.clip import clip, highlighted_text
from handlers.command import Command, Context
from handlers.examples import missing_argument
from handlers.figure_answer import figure_blocks, figure_buttons, read_answer
from handlers.listing import Entry, list_articles, same_news
from handlers.paging import Pages, open_page, position_notice, read_page, turn_buttons
from handlers.plain_questions import plain_answer
from handlers.reply import Block, Button, Heading, Notice, Paragraph, Reply, Text, button_row
from handlers.request import Language, Request
from handlers.texts import commands, common, label, say
from handlers.texts import search as texts
from handlers.topics import aliases_text, topic_in, topic_name
from handlers.unclear_question import unclear_blocks
from handlers.understood import is_narrowed, other_period_blocks, understood_blocks
from knowledge.model import Answer, Hit, Topic

PAGE_SIZE = 5
_LIST_ONLY = "--articles"
_SHOWN = 40
_LABEL = 14
_SNIPPET = 64


@dataclass(frozen=True, slots=True)
class _Found:
    """What was looked up, and the page of articles that is shown."""

    query: str
    answer: Answer
    pages: Pages


def run(context: Context, request: Request, argument: str) -> Reply:
    """Answer with the figure where one is asked for, else with a page of articles.

    `--page 2` turns the pages of the articles, `--articles` asks for them where the figure would answer.
    """
    text, page = read_page(argument)
    query = " ".join(text.removesuffix(_LIST_ONLY).split())
    if not any(map(str.isalnum, query)):
        raise missing_argument(context, COMMAND)
    list_only = page is not None or text.endswith(_LIST_ONLY)
    if not list_only and (several := unclear_blocks(context, query) or plain_answer(context, query)):
        return Reply(several)
    found = _look_up(context, query, page)
    if not (request.pressed or found.answer.total or found.answer.metrics):
        context.misses.count(context.now.date(), query)
    understood = understood_blocks(found.answer, context.language)
    blocks = (*understood, *_answer(context, found, list_only=list_only))
    return Reply(blocks, in_place=request.pressed and page is not None)


COMMAND = Command(
    name="search",
    aliases=("搜索", "查找", "查询", "找", "查", "find"),
    summary=commands.SEARCH_SUMMARY,
    usage=commands.SEARCH_USAGE,
    run=run,
)


def _look_up(context: Context, query: str, page: int | None) -> _Found:
    offset = (max(page or 1, 1) - 1) * PAGE_SIZE
    answer = context.library.answer(query, limit=PAGE_SIZE, offset=offset)
    pages = open_page(page, PAGE_SIZE, answer.total)
    if pages.offset != offset:
        answer = context.library.answer(query, limit=PAGE_SIZE, offset=pages.offset)
    return _Found(query, answer, pages)


def _answer(context: Context, found: _Found, *, list_only: bool) -> tuple[Block, ...]:
    answer = found.answer
    if answer.metrics and (not answer.total or (answer.wants_figure and not list_only)):
        return _figure(context, found)
    return _articles(context, found) if answer.total else _nothing(context, found)


def _figure(context: Context, found: _Found) -> tuple[Block, ...]:
    language = context.language
    metrics = tuple(hit.metric for hit in found.answer.metrics)
    answer = read_answer(found.answer.read_as or found.query, metrics)
    opening = Button(label(common.FULL_TEXT, language), f"article {answer.best.citation.article_id}")
    buttons = [*figure_buttons(answer, language), opening]
    if len(metrics) > 1:
        buttons.append(Button(label(texts.MORE_FIGURES, language), f"metric {found.query}"))
    if found.answer.total:
        articles = label(texts.RELATED_ARTICLES, language, total=found.answer.total)
        buttons.append(Button(articles, f"search {found.query} {_LIST_ONLY}"))
    blocks = figure_blocks(context.library, answer, language)
    other_time = other_period_blocks(found.answer, answer.best.period, language)
    return (*other_time, *blocks, *button_row(*buttons, *_subscribe_button(context, found)))


def _articles(context: Context, found: _Found) -> tuple[Block, ...]:
    language, answer, pages = context.language, found.answer, found.pages
    first = pages.offset + 1
    opening = tuple(Button(str(n), f"article {hit.article.id}") for n, hit in enumerate(answer.hits, first))
    turning = turn_buttons(f"search {found.query}", pages, language)
    missing = answer.wants_figure and not answer.metrics
    return (
        Heading(_count_line(context, found)),
        *((Notice(say(texts.NO_FIGURE, language)),) if missing else ()),
        *list_articles(tuple(_entry(hit, language) for hit in answer.hits), language, first),
        *position_notice(pages, language),
        *button_row(*opening),
        *button_row(*turning, *_metrics_button(context, found), *_subscribe_button(context, found)),
    )


def _count_line(context: Context, found: _Found) -> Text:
    language, total = context.language, found.answer.total
    topic = context.library.topic(found.query)
    parts = [label(texts.FOUND, language, total=total)]
    if topic.aliases:
        name, aliases = topic_name(topic, language), aliases_text(topic, language)
        parts.append(label(texts.FOUND_TOPIC, language, topic=name, aliases=aliases))
    return Text(joined(*parts))


def _entry(hit: Hit, language: Language) -> Entry:
    return Entry(hit.article.citation, highlighted_text(hit.snippet, _SNIPPET), same_news(hit.also, language))


def _metrics_button(context: Context, found: _Found) -> tuple[Button, ...]:
    if not found.answer.metrics:
        return ()
    return (Button(label(texts.RELATED_METRICS, context.language), f"metric {found.query}"),)


def _subscribe_button(context: Context, found: _Found) -> tuple[Button, ...]:
    """Offer the topic that the question names, else the question itself where it is a short word."""
    words = found.answer.read_as or found.query
    topic = topic_in(context.library, words)
    room = 2 * _LABEL if words.isascii() else _LABEL
    if topic is None and (len(words) > room or is_narrowed(found.answer)):
        return ()
    topic = topic or Topic(words)
    shown = clip(topic_name(topic, context.language), room)
    return (Button(label(texts.SUBSCRIBE_TO, context.language, topic=shown), f"subscribe {topic.name}"),)


def _nothing(context: Context, found: _Found) -> tuple[Block, ...]:
    language, counts = context.language, context.library.counts
    near = tuple(Button(clip(words, _LABEL), f"search {words}") for words in found.answer.did_you_mean)
    sentence = say(
        texts.NOTHING,
        language,
        query=clip(found.query, _SHOWN),
        issues=counts.issues,
        articles=f"{counts.articles:,}",
        metrics=f"{counts.metrics:,}",
    )
    contents = Button(label(common.CONTENTS, language), "contents")
    following = _subscribe_button(context, found)
    return (
        Paragraph(sentence),
        *((Notice(say(texts.NEAR, language)),) if near else ()),
        *button_row(*near),
        *((Notice(say(texts.LATER, language)),) if following else ()),
        *button_row(*following, contents),
    )
