"""From what a reader made of a file to issues and articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import PurePosixPath

from knowledge.ingest.cover import read_title
from knowledge.ingest.dates import date_of_lines, find_date
from knowledge.ingest.decode import clean_line
from knowledge.ingest.document import Bundle, Document, Feed, Item, Line
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


@dataclass(frozen=True, slots=True)
class Origin:
    """What the file itself tells: its name without folder and suffix, and the id that its issue is to have.

    `published` is given by a person and goes before any date found.
    """

    stem: str
    issue_id: str
    published: date | None = None

    @classmethod
    def of(cls, stem: str, published: date | None = None, key: str | None = None) -> Origin:
        """Return the origin of a file; `key` stands for its name where other files are called the same."""
        return cls(stem, make_slug(key or stem), published)

    def inside(self, path: str) -> Origin:
        """Return the origin of a file in this one, which is an archive."""
        return Origin(PurePosixPath(path).stem, f"{self.issue_id}-{make_slug(path)}", self.published)


def assemble(read: Document | Feed | Bundle, origin: Origin) -> Content:
    """Return what a file holds."""
    if isinstance(read, Document):
        return _assemble_document(read, origin)
    return _assemble_feed(read, origin) if isinstance(read, Feed) else _assemble_bundle(read, origin)


def _assemble_bundle(bundle: Bundle, origin: Origin) -> Content:
    contents = [assemble(read, origin.inside(path)) for path, read in bundle.members.items()]
    return Content(
        tuple(issue for content in contents for issue in content.issues),
        chain.from_iterable(content.articles for content in contents),
        (*bundle.notes, *(note for content in contents for note in content.notes)),
    )


def _assemble_document(document: Document, origin: Origin) -> Content:
    """Return the articles of a digest, or the one article that a document without contents is."""
    stem, published = origin.stem, origin.published
    digest = split_digest(document.lines, document.outline)
    head = digest.cover if digest else document.lines[:HEAD_LINES]
    day = published or document.published or date_of_lines(line.text for line in head) or find_date(stem)
    if digest is None:
        return _assemble_single(document, origin, day)
    title = document.title or read_title([line.text for line in digest.cover]) or stem
    issue = Issue(origin.issue_id, title, day)
    setting = measure_setting(document.lines)
    missing = (f"not found in the text: {title}" for title in digest.missing)
    return Content((issue,), _digest_articles(digest, issue, setting), (*document.notes, *missing))


def _assemble_feed(feed: Feed, origin: Origin) -> Content:
    """Return the articles of a feed, each made as it is asked for; rows without an issue share the file's."""
    published = origin.published
    known = published or find_date(origin.stem)
    issues = {
        name: Issue(
            make_slug(name) if name else origin.issue_id, name or origin.stem, published or newest or known
        )
        for name, newest in feed.issues.items()
    }
    articles = (_item_article(item, issues[item.issue], known) for item in feed.items)
    return Content(tuple(issues.values()), articles, feed.notes)


def _digest_articles(digest: Digest, issue: Issue, setting: Setting) -> Iterator[Article]:
    seen: Counter[str] = Counter()
    for part in digest.parts:
        article_id = make_article_id(issue.id, part.title, seen[part.title])
        seen[part.title] += 1
        blocks = make_blocks(part.lines, setting)
        yield Article(article_id, part.title, part.section, part.page, issue, blocks, issue.published)


def _assemble_single(document: Document, origin: Origin, day: date | None) -> Content:
    title, lines = _take_title(document)
    issue = Issue(origin.issue_id, title or origin.stem, day)
    blocks = make_blocks(lines, measure_setting(lines))
    article_id = make_article_id(issue.id, issue.title)
    page = document.lines[0].page
    article = Article(article_id, issue.title, "", page, issue, blocks, day, document.url)
    return Content((issue,), iter([article]), document.notes)


def _take_title(document: Document) -> tuple[str, Sequence[Line]]:
    """Return the title of a plain document, "" where it prints none, and the lines without it."""
    lines = list(document.lines)
    heads = [line for line in lines[:HEAD_LINES] if line.level]
    first = min(heads, key=lambda line: line.level, default=lines[0])
    if document.title:
        return document.title, [line for line in lines if line is not first or line.text != document.title]
    is_title = first.level or (
        width(first.text[:200]) <= LONGEST_TITLE and not first.text.endswith(("。", "；", "，"))
    )
    return (first.text, [line for line in lines if line is not first]) if is_title else ("", lines)


def _item_article(item: Item, issue: Issue, known: date | None) -> Article:
    lines = [Line(text) for raw in item.text.splitlines() if (text := clean_line(raw))]
    blocks = make_blocks(lines, measure_setting(lines))
    return Article(item.id, item.title, item.section, None, issue, blocks, item.published or known, item.url)
