"""article: one article, page by page."""

from __future__ import annotations

from handlers.article_pages import split_pages
from handlers.citations import heading_of, place_line
from handlers.clip import clip
from handlers.command import Command, Context
from handlers.commands import search
from handlers.errors import UserError
from handlers.examples import missing_argument
from handlers.listing import Entry, list_articles
from handlers.paging import Pages, open_page, position_notice, read_page, turn_buttons
from handlers.reply import Block, Button, Heading, Notice, Paragraph, Reply, Span, Style, Text, button_row
from handlers.request import Language, Request
from handlers.texts import commands, common, label, say
from handlers.texts import search as texts
from knowledge.model import Article, BlockKind
from knowledge.model import Block as Printed

_SHOWN = 20
_LABEL = 14
_RELATED = 4


def run(context: Context, request: Request, argument: str) -> Reply:
    """Show a page of the article with this id; typed words that are no id are searched for."""
    article_id, page = read_page(argument)
    if not article_id:
        raise missing_argument(context, COMMAND)
    article = context.library.article(article_id)
    if article is None and not request.pressed:
        return search.run(context, request, argument)
    if article is None:
        raise _gone(context, article_id)
    parts = split_pages(article.blocks)
    pages = open_page(page, 1, len(parts))
    blocks = (
        Heading(Text(heading_of(article.citation))),
        _place(article, context.language),
        *(_shown(block) for block in parts[pages.offset]),
        *_foot(context, article, pages),
        *(_related(context, article) if pages.number == pages.count else ()),
    )
    return Reply(blocks, in_place=request.pressed and page is not None)


def _accepts(argument: str) -> bool:
    """A typed line is meant for this command when one word follows: an id."""
    return len(read_page(argument)[0].split()) <= 1


COMMAND = Command(
    name="article",
    aliases=("文章",),
    summary=commands.ARTICLE_SUMMARY,
    usage=commands.ARTICLE_USAGE,
    run=run,
    accepts=_accepts,
    listed=False,
)


def _gone(context: Context, article_id: str) -> UserError:
    contents = Button(label(common.CONTENTS, context.language), "contents")
    return UserError(say(texts.NO_ARTICLE, context.language, id=clip(article_id, _SHOWN)), (contents,))


def _place(article: Article, language: Language) -> Notice:
    length = label(texts.CHARACTERS, language, count=f"{article.characters:,}")
    return Notice(Text(place_line(article.citation, language, length)))


def _shown(block: Printed) -> Block:
    text = Text(block.text)
    return Heading(text) if block.kind is BlockKind.HEADING else Paragraph(text)


def _foot(context: Context, article: Article, pages: Pages) -> tuple[Block, ...]:
    language = context.language
    return (
        *position_notice(pages, language),
        *_original(article, language),
        *button_row(
            *turn_buttons(f"article {article.id}", pages, language), *_metrics_button(context, article)
        ),
    )


def _related(context: Context, article: Article) -> tuple[Block, ...]:
    """List the related articles below the end of the text, each with its button."""
    language = context.language
    related = context.library.related(article.id, _RELATED)
    if not related:
        return ()
    entries = tuple(map(Entry, related))
    buttons = (
        Button(
            label(texts.READ_RELATED, language, title=clip(heading_of(each), _LABEL)),
            f"article {each.article_id}",
        )
        for each in related
    )
    return (
        Notice(say(texts.RELATED, language)),
        *list_articles(entries, language, None),
        *button_row(*buttons),
    )


def _original(article: Article, language: Language) -> tuple[Block, ...]:
    """Link to the source; anything but a web address stays away from the chat."""
    if article.url is None or not article.url.startswith(("https://", "http://")):
        return ()
    words = label(texts.ORIGINAL, language)
    return (Notice(Text(words, (Span(0, len(words), Style.LINK, article.url),))),)


def _metrics_button(context: Context, article: Article) -> tuple[Button, ...]:
    count = len(context.library.metrics(article.id))
    if not count:
        return ()
    return (
        Button(label(texts.ARTICLE_METRICS, context.language, count=count), f"metric --article {article.id}"),
    )
