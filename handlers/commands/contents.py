"""contents: from the issues to the sections of one to its articles."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.citations import heading_of, issue_name, joined
from handlers.clip import clip
from handlers.command import Command, Context
from handlers.errors import UserError
from handlers.paging import open_page, position_notice, read_number, read_page, turn_buttons
from handlers.reply import Block, Button, Heading, Item, Items, Reply, Text, button_row
from handlers.request import Language, Request
from handlers.texts import commands, common, label, say
from handlers.texts import search as texts
from knowledge.model import Citation, Issue
from knowledge.normalize import fold

PAGE_SIZE = 10
_SECTION = "--section"
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class _Section:
    """A part of an issue; `number` counts from 1 in the order of the contents."""

    number: int
    name: str
    articles: tuple[Citation, ...]


def run(context: Context, request: Request, argument: str) -> Reply:
    """Show the issues, the sections of an issue, or with `ID --section 2` the articles of one.

    Without an argument and with one issue only, its sections; an issue of one section shows its articles.
    """
    line, page = read_page(argument)
    issues = context.library.issues()
    if not issues:
        raise UserError(say(common.EMPTY_LIBRARY, context.language))
    if not line and len(issues) > 1:
        blocks = _list_issues(context, issues, page)
    else:
        blocks = _show_issue(context, *_wanted(context, line), page)
    return Reply(blocks, in_place=request.pressed and page is not None)


COMMAND = Command(
    name="contents",
    aliases=("目录", "toc"),
    summary=commands.CONTENTS_SUMMARY,
    usage=commands.CONTENTS_USAGE,
    run=run,
)


def _wanted(context: Context, line: str) -> tuple[Issue, int]:
    """Find an issue by its id, its place in the list or a part of its title, or a section of the newest.

    The number is that of the section, 0 for the whole issue.
    """
    issues = context.library.issues()
    name, number = read_number(line, _SECTION)
    wanted = fold(name)
    found = (
        *((issue, number or 0) for place, issue in enumerate(issues, 1) if name in (issue.id, str(place))),
        *(
            (issues[0], one.number)
            for one in _sections(context, issues[0])
            if name and fold(one.name) == wanted
        ),
        *((issue, number or 0) for issue in issues if wanted in fold(issue.title)),
    )
    if found:
        return found[0]
    button = Button(label(common.ALL_ISSUES, context.language), "contents")
    raise UserError(say(texts.NO_ISSUE, context.language, name=clip(name, _SHOWN)), (button,))


def _sections(context: Context, issue: Issue) -> tuple[_Section, ...]:
    articles: dict[str, list[Citation]] = {}
    for citation in context.library.contents(issue.id):
        articles.setdefault(citation.section, []).append(citation)
    return tuple(
        _Section(number, name, tuple(inside)) for number, (name, inside) in enumerate(articles.items(), 1)
    )


def _show_issue(context: Context, issue: Issue, number: int, page: int | None) -> tuple[Block, ...]:
    sections = _sections(context, issue)
    if len(sections) > 1 and not number:
        return _list_sections(context, issue, sections)
    section = sections[min(max(number, 1), len(sections)) - 1] if sections else _Section(1, "", ())
    return _list_articles(context, issue, section, page)


def _list_issues(context: Context, issues: tuple[Issue, ...], page: int | None) -> tuple[Block, ...]:
    language = context.language
    pages = open_page(page, PAGE_SIZE, len(issues))
    first = pages.offset + 1
    shown = pages.of(issues)
    items = tuple(_issue_item(context, issue) for issue in shown)
    opening = (Button(str(number), f"contents {issue.id}") for number, issue in enumerate(shown, first))
    return (
        Heading(say(texts.CONTENTS_ISSUES, language, count=len(issues))),
        Items(items, first),
        *position_notice(pages, language),
        *button_row(*opening),
        *button_row(*turn_buttons("contents", pages, language)),
    )


def _issue_item(context: Context, issue: Issue) -> Item:
    sections = _sections(context, issue)
    articles = sum(len(section.articles) for section in sections)
    parts = (
        label(texts.ISSUE_SECTIONS, context.language, count=len(sections)),
        label(texts.ISSUE_ARTICLES, context.language, count=articles),
    )
    return Item(Text(issue_name(issue, context.language)), Text(joined(*parts)))


def _list_sections(context: Context, issue: Issue, sections: tuple[_Section, ...]) -> tuple[Block, ...]:
    opening = (
        Button(_section_name(section, context.language), f"contents {issue.id} {_SECTION} {section.number}")
        for section in sections
    )
    items = tuple(_section_item(section, context.language) for section in sections)
    return (Heading(Text(issue_name(issue, context.language))), Items(items, None), *button_row(*opening))


def _section_item(section: _Section, language: Language) -> Item:
    count = label(texts.ISSUE_ARTICLES, language, count=len(section.articles))
    page = section.articles[0].page
    start = label(texts.FROM_PAGE, language, page=page) if page is not None else ""
    first_title = clip(section.articles[0].title, _SHOWN)
    return Item(Text(_section_name(section, language)), Text(joined(count, start)), Text(first_title))


def _list_articles(context: Context, issue: Issue, section: _Section, page: int | None) -> tuple[Block, ...]:
    language = context.language
    pages = open_page(page, PAGE_SIZE, len(section.articles))
    first = pages.offset + 1
    shown = pages.of(section.articles)
    opening = (Button(str(number), f"article {one.article_id}") for number, one in enumerate(shown, first))
    line = f"contents {issue.id} {_SECTION} {section.number}"
    contents = Button(label(common.CONTENTS, language), f"contents {issue.id}")
    return (
        Heading(Text(joined(_section_name(section, language), issue_name(issue, language)))),
        Items(tuple(_article_item(citation, language) for citation in shown), first),
        *position_notice(pages, language),
        *button_row(*opening),
        *button_row(*turn_buttons(line, pages, language), contents),
    )


def _article_item(citation: Citation, language: Language) -> Item:
    page = label(common.PAGE, language, page=citation.page) if citation.page is not None else ""
    return Item(Text(heading_of(citation)), Text(page))


def _section_name(section: _Section, language: Language) -> str:
    return section.name or label(common.NO_SECTION, language)
