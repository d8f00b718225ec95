"""The catalog of an index: issues, articles, metrics, sources and words in one SQLite file.

It is opened read-only and immutable: a published file never changes, and a journal is never looked for. The
articles as they are printed, and folded as they are searched, lie in records beside it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any

from knowledge.index.copying import catalog_uri
from knowledge.index.records import Records, RecordsWriter
from knowledge.index.rows import read_article, read_citation, read_issue, read_metric
from knowledge.model import Article, Citation, Counts, Issue, Metric

CATALOG_FILE = "library.sqlite"
ARTICLES_FILE, FOLDED_FILE = "articles.records", "folded.records"
CATALOG_FILES = (CATALOG_FILE, ARTICLES_FILE, FOLDED_FILE)
# Each name is looked up from the one before in the index: as many steps as there are names, not articles.
_ISSUES = """
WITH RECURSIVE name(issue) AS (
    SELECT min(issue) FROM article
    UNION ALL
    SELECT (SELECT min(issue) FROM article WHERE issue > name.issue) FROM name WHERE name.issue IS NOT NULL)
SELECT issue, issue_title, issue_published FROM article WHERE number IN (
    SELECT (SELECT min(number) FROM article WHERE article.issue = name.issue) FROM name)
ORDER BY issue_published IS NULL, issue_published DESC, issue"""
_SECTIONS = """
WITH RECURSIVE name(section) AS (
    SELECT min(section) FROM article
    UNION ALL
    SELECT (SELECT min(section) FROM article WHERE section > name.section) FROM name
    WHERE name.section IS NOT NULL)
SELECT section FROM name WHERE section IS NOT NULL LIMIT ?"""
_COUNTS = """
SELECT (SELECT count(DISTINCT issue) FROM article) AS issues, (SELECT count(*) FROM article) AS articles,
    (SELECT count(*) FROM metric) AS metrics"""
_WORDS_BY = {
    "sound": "SELECT word, articles FROM word WHERE sound = ? ORDER BY articles DESC, number LIMIT ?",
    "initials": "SELECT word, articles FROM word WHERE initials = ? ORDER BY articles DESC, number LIMIT ?",
}
_METRICS = "SELECT * FROM cited_metric WHERE number > ? ORDER BY number LIMIT ?"
_WRITTEN = """
SELECT max(number), json_group_array(json_array({columns}))
FROM (SELECT * FROM {table} WHERE number > ? ORDER BY number LIMIT ?)"""
_SAID = """
SELECT subject, indicator, article.title, sentence FROM metric JOIN article ON article.number = metric.article
WHERE metric.article = ? ORDER BY metric.number"""
_BY_DATE = "SELECT number FROM article ORDER BY coalesce(published, issue_published), number"
_BATCH = 500
MOST_SECTIONS = 500
CACHE_KIB = 8_192


@dataclass(frozen=True, slots=True)
class Entry:
    """An article with its number and its text as it is searched: title and blocks folded, one a line."""

    number: int
    article: Article
    folded: str


@dataclass(frozen=True, slots=True)
class Said:
    """An article with what each of its metrics says, subject and indicator first."""

    entry: Entry
    metrics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StoredSource:
    """A file that an index was built from; `root` is the argument that it was found under.

    `key` stands for its name in the id of its issue where another file is called the same, else it is "".
    """

    number: int
    name: str
    path: str
    root: str
    sha256: str
    published: str | None
    key: str = ""


class Catalog:
    """A catalog opened for reading; usable from several threads at once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._connection = sqlite3.connect(
            catalog_uri(folder / CATALOG_FILE), uri=True, check_same_thread=False
        )
        self._connection.row_factory = sqlite3.Row
        self._connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        self._articles = Records(folder / ARTICLES_FILE)
        self._folded = Records(folder / FOLDED_FILE)
        self._lock = Lock()

    def close(self) -> None:
        """Close the files."""
        with self._lock:
            self._connection.close()
        self._articles.close()
        self._folded.close()

    def counts(self) -> Counts:
        """Return how many issues, articles and metrics there are."""
        (row,) = self._all(_COUNTS)
        return Counts(row["issues"], row["articles"], row["metrics"])

    def sources(self) -> tuple[StoredSource, ...]:
        """Return the files that the index was built from, in their order."""
        rows = self._all(
            "SELECT number, name, path, root, sha256, published, key FROM source ORDER BY number"
        )
        return tuple(StoredSource(**row) for row in rows)

    def issues(self) -> tuple[Issue, ...]:
        """Return the issues, newest first, those without a date last."""
        rows = self._all(_ISSUES)
        return tuple(map(read_issue, rows))

    def contents(self, issue_id: str) -> tuple[Citation, ...]:
        """Return where the articles of an issue stand, in the order of its contents."""
        rows = self._all("SELECT * FROM citation WHERE issue = ? ORDER BY number", (issue_id,))
        return tuple(map(read_citation, rows))

    def article(self, article_id: str) -> Article | None:
        """Return an article, None for an unknown id."""
        rows = self._all("SELECT number FROM article WHERE id = ?", (article_id,))
        return self._article(rows[0][0]) if rows else None

    def entries(self, numbers: Iterable[int]) -> dict[int, Entry]:
        """Return the articles of these numbers with their searched text."""
        return {number: self._entry(number) for number in numbers}

    def articles(self, numbers: Iterable[int]) -> dict[int, Article]:
        """Return the articles of these numbers."""
        return {number: self._article(number) for number in numbers}

    def citations(self, numbers: Iterable[int]) -> dict[int, Citation]:
        """Return where these articles stand."""
        rows = self._chosen("SELECT * FROM citation WHERE number IN", numbers)
        return {row[0]: read_citation(row) for row in rows}

    def retellings(self, numbers: Iterable[int]) -> dict[int, int]:
        """Return, for those of these articles that tell news told before, the one that told it first."""
        if not self._has_retellings:
            return {}
        rows = self._chosen("SELECT number, first FROM retelling WHERE number IN", numbers)
        return {row["number"]: row["first"] for row in rows}

    def sections(self) -> tuple[str, ...]:
        """Return the names of all sections, at most MOST_SECTIONS."""
        return tuple(row["section"] for row in self._all(_SECTIONS, (MOST_SECTIONS,)) if row["section"])

    def folded(self, numbers: Iterable[int]) -> dict[int, str]:
        """Return the searched text of these articles."""
        return {number: self._folded[number] for number in numbers}

    def copy_texts(self, numbers: list[int], printed: RecordsWriter, folded: RecordsWriter) -> None:
        """Add the texts of these articles to other records, as they lie in ours."""
        printed.copy(self._articles, numbers)
        folded.copy(self._folded, numbers)

    def printed(self) -> Iterator[bytes]:
        """Yield the articles as they lie in the records, many at once."""
        return self._articles.chunks()

    def all_entries(self) -> Iterator[Entry]:
        """Yield every article in the order of the contents."""
        return (self._entry(number) for number in range(1, len(self._articles) + 1))

    def numbers_by_date(self) -> list[int]:
        """Return the numbers of all articles, the oldest first, those without a date before them."""
        return [row["number"] for row in self._all(_BY_DATE)]

    def said(self, number: int) -> Said:
        """Return an article with what its metrics say."""
        # What is measured weighs twice: it also stands in the sentence.
        metrics = tuple(" ".join(row) for row in self._all(_SAID, (number,)))
        return Said(self._entry(number), metrics)

    def metrics_of(self, article_id: str) -> tuple[Metric, ...]:
        """Return the metrics of an article in the order in which they are printed."""
        rows = self._all("SELECT * FROM cited_metric WHERE article_id = ? ORDER BY number", (article_id,))
        return tuple(map(read_metric, rows))

    def metrics(self, numbers: Iterable[int]) -> dict[int, Metric]:
        """Return the metrics of these numbers."""
        rows = self._chosen("SELECT * FROM cited_metric WHERE number IN", numbers)
        return {row[0]: read_metric(row) for row in rows}

    def all_metrics(self) -> Iterator[tuple[int, Metric]]:
        """Yield every metric with its number."""
        last = -1
        # A batch at a time: nobody waits long for the lock.
        while rows := self._all(_METRICS, (last, _BATCH)):
            yield from ((row[0], read_metric(row)) for row in rows)
            last = rows[-1][0]

    def words_by(self, column: str, key: str, limit: int) -> tuple[tuple[str, int], ...]:
        """Return words by `sound` or `initials` and how many articles have each, most first."""
        rows = self._all(_WORDS_BY[column], (key, limit))
        return tuple((row["word"], row["articles"]) for row in rows)

    def words(self, numbers: Iterable[int]) -> dict[int, tuple[str, int]]:
        """Return the words of these numbers with how many articles have them."""
        rows = self._chosen("SELECT number, word, articles FROM word WHERE number IN", numbers)
        return {row["number"]: (row["word"], row["articles"]) for row in rows}

    def written(self, table: str) -> Iterator[str]:
        """Yield the rows of `article` or `metric` as JSON, many at once: SQLite writes it beside Python."""
        names = (name for (name,) in self._all("SELECT name FROM pragma_table_info(?)", (table,)))
        page = _WRITTEN.format(columns=", ".join(names), table=table)
        ((last, rows),) = self._all(page, (-1, _BATCH))
        while last is not None:
            yield rows
            ((last, rows),) = self._all(page, (last, _BATCH))

    @cached_property
    def _has_retellings(self) -> bool:
        return bool(self._all("SELECT 1 FROM retelling LIMIT 1"))

    def _article(self, number: int) -> Article:
        return read_article(self._articles[number])

    def _entry(self, number: int) -> Entry:
        return Entry(number, self._article(number), self._folded[number])

    def _chosen(self, select: str, numbers: Iterable[int]) -> list[sqlite3.Row]:
        chosen = tuple(numbers)
        return self._all(f"{select} ({','.join('?' * len(chosen))})", chosen)

    def _all(self, sql: str, parameters: tuple[Any, ...] = ()) -> list[sqlite3.Row]:
        with self._lock:
            return self._connection.execute(sql, parameters).fetchall()
