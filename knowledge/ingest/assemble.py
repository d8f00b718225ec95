"""From what a reader made of a file to issues and articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from knowledge.ingest.cover import read_title
from knowledge.ingest.dates import date_of_lines, find_date
from knowledge.ingest.decode import clean_line
from knowledge.ingest.document import Document, Feed, Item, Line
from knowledge.ingest.identity import make_article_id, make_slug
from knowledge.ingest.paragraphs import Setting, make_blocks, measure_setting
from knowledge.ingest.split import Digest, split_digest
from knowledge.ingest.titles import width
from knowledge.model import Article, Issue

LONGEST_TITLE = 40.0
"""A wider first line of a plain document is its first sentence, not its title."""
HEAD_LINES = 6
"""A plain document prints its date within so many lines."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a file holds: its issues, its articles in order, and what a person should know of it."""

    issues: tuple[Issue, ...]
    articles: Iterator[Article]
    notes: tuple[str, ...] = ()


def assemble_document(document: Document, stem: str, published: date | None) -> Content:
    """Return the articles of a digest, or the one article that a document without contents is.

    `stem` is the file's name without folder and suffix; `published` goes before any date found.
    """
    digest = split_digest(document.lines)
    head = digest.cover if digest else document.lines[:HEAD_LINES]
    day = published or document.published or date_of_lines(line.text for line in head) or find_date(stem)
    if digest is None:
        return _assemble_single(document, stem, day)
    title = document.title or read_title([line.text for line in digest.cover]) or stem
    issue = Issue(make_slug(stem), title, day)
    setting = measure_setting(document.lines)
    notes = tuple(f"not found in the text: {title}" for title in digest.missing)
    return Content((issue,), _digest_articles(digest, issue, setting), notes)


def assemble_feed(feed: Feed, stem: str, published: date | None) -> Content:
    """Return the articles of a feed, each made as it is asked for; rows without an issue share the file's."""
    known = published or find_date(stem)
    issues = {
        name: Issue(make_slug(name or stem), name or stem, published or newest or known)
        for name, newest in feed.issues.items()
    }
    return Content(
        tuple(issues.values()), (_item_article(item, issues[item.issue], known) for item in feed.items)
    )


def _digest_articles(digest: Digest, issue: Issue, setting: Setting) -> Iterator[Article]:
    seen: Counter[str] = Counter()
    for part in digest.parts:
        article_id = make_article_id(issue.id, part.title, seen[part.title])
        seen[part.title] += 1
        blocks = make_blocks(part.lines, setting)
        yield Article(article_id, part.title, part.section, part.page, issue, blocks, issue.published)


def _assemble_single(document: Document, stem: str, day: date | None) -> Content:
    title, lines = _take_title(document)
    issue = Issue(make_slug(stem), title or stem, day)
    blocks = make_blocks(lines, measure_setting(lines))
    article_id = make_article_id(issue.id, title or stem)
    page = document.lines[0].page
    return Content((issue,), iter([Article(article_id, issue.title, "", page, issue, blocks, day)]))


def _take_title(document: Document) -> tuple[str, Sequence[Line]]:
    """Return the title of a plain document, "" where it prints none, and the lines without it."""
    first, *rest = document.lines
    if document.title:
        return document.title, rest if first.text == document.title else document.lines
    is_title = first.level or (
        width(first.text[:200]) <= LONGEST_TITLE and not first.text.endswith(("。", "；", "，"))
    )
    return (first.text, rest) if is_title else ("", document.lines)


def _item_article(item: Item, issue: Issue, known: date | None) -> Article:
    lines = [Line(text) for raw in item.text.splitlines() if (text := clean_line(raw))]
    blocks = make_blocks(lines, measure_setting(lines))
    return Article(item.id, item.title, item.section, None, issue, blocks, item.published or known, item.url)
