"""Writing a version: rows into the catalog, then the text indexes from the rows."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Executor, Future
from contextlib import closing
from hashlib import sha256
from itertools import chain, count
from pathlib import Path

from knowledge.index.catalog import ARTICLES_FILE, CATALOG_FILE, FOLDED_FILE, Catalog, StoredSource
from knowledge.index.copying import copy_rows
from knowledge.index.deriving import FIELDS, read_derived
from knowledge.index.engine import TextIndexWriter
from knowledge.index.records import RecordsWriter
from knowledge.index.rows import INDEXES, SCHEMA, WORD_INDEXES, Row
from knowledge.index.vocabulary import Vocabulary, spelled, word_keys
from knowledge.pinyin import Readings

METRIC_FIELDS = ("text",)
WORD_FIELDS = ("key",)


class CatalogWriter:
    """Writes a new catalog. Its journal is off: a catalog that was not finished is thrown away."""

    def __init__(self, folder: Path) -> None:
        self._connection = sqlite3.connect((folder / CATALOG_FILE).resolve().as_uri(), uri=True)
        self._connection.execute("PRAGMA journal_mode = OFF")
        self._connection.execute("PRAGMA synchronous = OFF")
        self._connection.executescript(SCHEMA)
        self._articles = RecordsWriter(folder / ARTICLES_FILE)
        self._folded = RecordsWriter(folder / FOLDED_FILE)

    def add_source(self, source: StoredSource) -> None:
        """Add a source; its articles follow."""
        row = (
            source.number,
            source.name,
            source.path,
            source.root,
            source.sha256,
            source.published,
            source.key,
        )
        self._connection.execute("INSERT INTO source VALUES (?, ?, ?, ?, ?, ?, ?)", row)

    def add_article(self, source: int, article: Row, metrics: Iterable[Row]) -> bool:
        """Add the rows of an article and its metrics. False when another has its id: that one stays."""
        number = self._add_article(source, article)
        if number is None:
            return False
        for metric in metrics:
            self._insert("metric", source, metric | {"article": number})
        return True

    def copy(self, previous: Catalog, sources: Sequence[tuple[StoredSource, StoredSource]]) -> list[int]:
        """Take over sources of another catalog, each as it is called there and here, in the order of here.

        Returns the numbers that the articles had there.
        """
        for _, new in sources:
            self.add_source(new)
        numbers = [(old.number, new.number) for old, new in sources]
        taken = copy_rows(self._connection, previous.folder / CATALOG_FILE, numbers)
        previous.copy_texts(taken, self._articles, self._folded)
        return taken

    def drop(self, source: int) -> None:
        """Remove a source that turned out to be unreadable."""
        for statement in _DROPS:
            self._connection.execute(statement, (source,))
        ((count,),) = self._connection.execute("SELECT count(*) FROM article")
        self._articles.keep(count)
        self._folded.keep(count)

    def add_words(self, words: Iterable[tuple[int, str, int, str, str]]) -> None:
        """Add the words: number, word, how many articles have it, sound, initials."""
        self._connection.executemany("INSERT INTO word VALUES (?, ?, ?, ?, ?)", words)
        self._connection.executescript(WORD_INDEXES)

    def add_retellings(self, first_of: Mapping[int, int]) -> None:
        """Add which articles tell again the news of which other one."""
        self._connection.executemany("INSERT INTO retelling VALUES (?, ?)", first_of.items())
        self._connection.commit()

    def commit(self) -> None:
        """Make everything readable; no article can be added afterwards."""
        self._connection.executescript(INDEXES)
        self._articles.close()
        self._folded.close()

    def close(self) -> None:
        """Close the files."""
        self._connection.close()
        self._articles.close()
        self._folded.close()

    def _add_article(self, source: int, row: Row) -> int | None:
        """Add a row with its texts, whose numbers are those of the rows; None where its id is known."""
        number = self._insert("article", source, row)
        if number is not None:
            self._articles.add(row["printed"])
            self._folded.add(row["folded"])
        return number

    def _insert(self, table: str, source: int, row: Row | sqlite3.Row) -> int | None:
        """Insert a row and return its number, None where it is an article whose id is there already."""
        done = self._connection.execute(_INSERTS[table], {**row, "source": source})
        return done.lastrowid if done.rowcount else None


_DROPS = (
    "DELETE FROM metric WHERE source = ?",
    "DELETE FROM article WHERE source = ?",
    "DELETE FROM source WHERE number = ?",
)
_INSERTS = {
    "article": (
        "INSERT OR IGNORE INTO article VALUES (NULL, :source, :id, :title, :section, :page, :issue,"
        " :issue_title, :issue_published, :published, :url)"
    ),
    "metric": (
        "INSERT INTO metric VALUES (NULL, :source, :article, :id, :subject, :indicator, :value, :unit,"
        " :base_value, :base_unit, :period, :start, :end, :kind, :approx, :forecast, :sentence, :said_by,"
        " :pattern)"
    ),
}


def write_text_indexes(
    folder: Path, records: Iterable[bytes], beside: Executor
) -> tuple[list[tuple[str, int]], Future[None]]:
    """Write the text indexes of articles, metrics and words; return the words, most common first.

    `records` are what was derived from the articles, in the order of their numbers. Two of the indexes are
    whole when the future is done: tantivy works on them `beside` without Python.
    """
    vocabulary, numbers = Vocabulary(), count(1)
    articles = TextIndexWriter(folder / "articles", FIELDS)
    metrics = TextIndexWriter(folder / "metrics", METRIC_FIELDS)
    for number, derived in enumerate(map(read_derived, records), start=1):
        articles.add(number, derived.fields)
        vocabulary.add(derived.words)
        for text in derived.metrics:
            metrics.add(next(numbers), {"text": text})
    written = beside.submit(_close, articles, metrics)
    ranked = vocabulary.most_common()
    with closing(TextIndexWriter(folder / "words", WORD_FIELDS)) as words:
        for number, (word, _) in enumerate(ranked, start=1):
            words.add(number, {"key": " ".join(word_keys(word))})
    return ranked, written


def _close(*writers: TextIndexWriter) -> None:
    for writer in writers:
        writer.close()


def word_rows(words: list[tuple[str, int]], readings: Readings) -> Iterable[tuple[int, str, int, str, str]]:
    """Yield the catalog's rows of the words."""
    for number, (word, articles) in enumerate(words, start=1):
        yield (number, word, articles, *spelled(word, readings))


def content_hash(catalog: Catalog) -> str:
    """Return the hash of all that was read: sources, articles and metrics, not of where the files lay."""
    digest = sha256()
    for source in catalog.sources():
        digest.update(json.dumps([source.sha256, source.published]).encode())
    for rows in chain(catalog.written("article"), catalog.written("metric")):
        digest.update(rows.encode())
    for printed in catalog.printed():
        digest.update(printed)
    return digest.hexdigest()
