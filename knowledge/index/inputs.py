"""Where a build gets its content: files found, read and gone through for figures, and the tables of words."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING

from knowledge.index.rows import Row, article_row, metric_row
from knowledge.index.workers import Workers
from knowledge.model import Article, Metric
from knowledge.search.analysis import fold_article
from knowledge.search.wordlists import Wordlists, load_wordlists

if TYPE_CHECKING:
    from knowledge.ingest import Source

ArticleRows = tuple[Row, list[Row]]
"""The row of an article and those of its metrics."""

Extract = Callable[[Article], tuple[Metric, ...]]


@dataclass(frozen=True, slots=True)
class Request:
    """A file to read: where it is, what errors call it, the date and the key that were given for it."""

    path: str
    name: str
    published: str | None = None
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of a file: its articles and metrics as rows, to be gone through once, and notes.

    `feeds` are the addresses of the feeds that a page offers.
    """

    spool: IO[bytes]
    sha256: str
    notes: tuple[str, ...]
    feeds: tuple[str, ...]

    def rows(self) -> Iterator[ArticleRows]:
        """Yield the row of each article and those of its metrics."""
        with self.spool:
            self.spool.seek(0)
            for line in self.spool:
                article, metrics = json.loads(line)
                yield article, metrics


Readings = Generator[Callable[[], Reading], None, None]
"""For each request, in order, a call that waits for its reading, and may raise SourceError."""


def _none_ahead(_: Iterable[Request]) -> Readings:
    """Read nothing apart."""
    yield from ()


@dataclass(frozen=True, slots=True)
class Inputs:
    """Where a build gets its content: finding files, reading one, extracting an article's metrics.

    Files that are not to be read in the build's own process, of whom `is_read_here` tells by the path and
    whether there are few to read, are read by `read_ahead`. `words` reads the tables of words, which is done
    only where `words_sha256`, that of an admin's own ones, is not what it was. `workers` find figures and
    words in what was read; the build ends them.
    """

    find: Callable[[Iterable[Path]], Iterator[tuple[Path, str]]]
    read: Callable[[Request], Source]
    extract: Extract
    words: Callable[[], Wordlists] = load_wordlists
    words_sha256: str = ""
    is_read_here: Callable[[Path, bool], bool] = lambda _path, _few: True
    read_ahead: Callable[[Iterable[Request]], Readings] = _none_ahead
    workers: Workers = field(default_factory=Workers)


def read_request(request: Request) -> Source:
    """Read a file in this process. Raises SourceError."""
    from knowledge.ingest import read_source  # what only a build needs is not loaded by the bot

    day = date.fromisoformat(request.published) if request.published else None
    return read_source(Path(request.path), name=request.name, published=day, key=request.key)


def make_rows(extract: Extract, article: Article) -> ArticleRows:
    """Return the row of an article, with the text in which it is searched, and those of its metrics."""
    return article_row(article, fold_article(article)), [metric_row(metric) for metric in extract(article)]
