"""Writing a version: rows into the catalog, then the text indexes from the rows."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path

from knowledge.index.catalog import ARTICLES_FILE, CATALOG_FILE, FOLDED_FILE, Catalog, Entry, StoredSource
from knowledge.index.dictionaries import load_analyzer
from knowledge.index.engine import TextIndexWriter
from knowledge.index.records import RecordsWriter
from knowledge.index.rows import INDEXES, SCHEMA, Row
from knowledge.index.vocabulary import Vocabulary, phrases_of, spelled, word_keys, words_of
from knowledge.index.workers import Workers
from knowledge.model import Metric
from knowledge.search.analysis import Analyzer, fold_line
from knowledge.search.tokens import place_tokens

ARTICLE_FIELDS = ("text", "title", "heads", "sound", "initials", "place")
METRIC_FIELDS = ("text",)
WORD_FIELDS = ("key",)


class CatalogWriter:
    """Writes a new catalog. Its journal is off: a catalog that was not finished is thrown away."""

    def __init__(self, folder: Path) -> None:
        self._connection = sqlite3.connect(folder / CATALOG_FILE)
        self._connection.execute("PRAGMA journal_mode = OFF")
        self._connection.execute("PRAGMA synchronous = OFF")
        self._connection.executescript(SCHEMA)
        self._articles = RecordsWriter(folder / ARTICLES_FILE)
        self._folded = RecordsWriter(folder / FOLDED_FILE)

    def add_source(self, source: StoredSource, number: int) -> None:
        """Add a source under a number of the new version; its articles follow."""
        row = (number, source.name, source.path, source.root, source.sha256, source.published, source.key)
        self._connection.execute("INSERT INTO source VALUES (?, ?, ?, ?, ?, ?, ?)", row)

    def add_article(self, source: int, article: Row, metrics: Iterable[Row]) -> bool:
        """Add the rows of an article and its metrics. False when another has its id: that one stays."""
        number = self._add_article(source, article)
        if number is None:
            return False
        for metric in metrics:
            self._insert("metric", source, metric | {"article": number})
        return True

    def copy(self, previous: Catalog, old: int, new: int) -> None:
        """Take over the articles and metrics of a source of the version before."""
        numbers: dict[int, int | None] = {}
        for row in previous.rows("article", old):
            number = row["number"]
            printed, folded = previous.stored(number)
            numbers[number] = self._add_article(new, {**row, "printed": printed, "folded": folded})
        for row in previous.rows("metric", old):
            if (article := numbers[row["article"]]) is not None:
                self._insert("metric", new, {**row, "article": article})

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

    def add_retellings(self, first_of: Mapping[int, int]) -> None:
        """Add which articles tell again the news of which other one."""
        self._connection.executemany("INSERT INTO retelling VALUES (?, ?)", first_of.items())

    def commit(self) -> None:
        """Make everything readable; no article can be added afterwards."""
        self._connection.commit()
        self._articles.close()
        self._folded.close()

    def index(self) -> None:
        """Add the indexes that reading needs."""
        self._connection.executescript(INDEXES)
        self._connection.commit()

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


def write_text_indexes(folder: Path, catalog: Catalog, name: str, workers: Workers) -> list[tuple[str, int]]:
    """Write the text indexes of articles, metrics and words; return the words, most common first.

    `name` is that of the segmenter.
    """
    vocabulary = Vocabulary()
    articles = TextIndexWriter(folder / "articles", ARTICLE_FIELDS)
    for entry, read in workers.each(partial(_read_entry, folder, name), catalog.all_entries()):
        articles.add(entry.number, read.fields)
        vocabulary.add(read.words)
    articles.close()
    metrics = TextIndexWriter(folder / "metrics", METRIC_FIELDS)
    for (number, _), text in workers.each(partial(_metric_text, folder, name), catalog.all_metrics()):
        metrics.add(number, {"text": text})
    metrics.close()
    ranked = vocabulary.most_common()
    words = TextIndexWriter(folder / "words", WORD_FIELDS)
    for number, (word, _) in enumerate(ranked, start=1):
        words.add(number, {"key": " ".join(word_keys(word))})
    words.close()
    return ranked


def word_rows(words: list[tuple[str, int]], analyzer: Analyzer) -> Iterable[tuple[int, str, int, str, str]]:
    """Yield the catalog's rows of the words."""
    for number, (word, articles) in enumerate(words, start=1):
        yield (number, word, articles, *spelled(word, analyzer.readings))


@dataclass(frozen=True, slots=True)
class _ReadEntry:
    """What an article adds to the text index, its tokens joined by field, and to the vocabulary."""

    fields: dict[str, str]
    words: frozenset[str]


def _read_entry(folder: Path, segmenter: str, entry: Entry) -> _ReadEntry:
    analyzer = load_analyzer(folder, segmenter)
    title, heads = _title_and_heads(entry)
    fields: dict[str, Iterable[str]] = {
        "text": analyzer.tokens(entry.folded),
        "title": analyzer.tokens(title),
        "heads": analyzer.tokens(heads),
        "sound": analyzer.sounds(entry.folded),
        "initials": analyzer.initials(f"{title}\n{heads}"),
        "place": place_tokens(entry.article.citation),
    }
    joined = {field: " ".join(tokens) for field, tokens in fields.items()}
    return _ReadEntry(joined, _article_words(entry, analyzer))


def _article_words(entry: Entry, analyzer: Analyzer) -> frozenset[str]:
    words = set(words_of(analyzer.segmenter.cut(entry.folded)))
    for line in "\n".join(_title_and_heads(entry)).splitlines():
        words.update(phrases_of(analyzer.segmenter.cut(line)))
    return frozenset(words)


def _title_and_heads(entry: Entry) -> tuple[str, str]:
    title, *lines = entry.folded.split("\n")
    kinds = (block.kind.value for block in entry.article.blocks)
    return title, "\n".join(line for kind, line in zip(kinds, lines, strict=True) if kind == "heading")


def _metric_text(folder: Path, segmenter: str, numbered: tuple[int, Metric]) -> str:
    metric = numbered[1]
    # What is measured weighs twice: it also stands in the sentence.
    said = f"{metric.subject} {metric.indicator} {metric.citation.title} {metric.sentence}"
    return " ".join(load_analyzer(folder, segmenter).tokens(fold_line(said)))


def content_hash(catalog: Catalog) -> str:
    """Return the hash of all that was read: sources, articles and metrics, not of where the files lay."""
    digest = sha256()
    for source in catalog.sources():
        digest.update(json.dumps([source.sha256, source.published]).encode())
    for row in catalog.all_rows("article"):
        digest.update(json.dumps((*row, catalog.stored(row["number"])[0]), ensure_ascii=False).encode())
    for row in catalog.all_rows("cited_metric"):
        digest.update(json.dumps(tuple(row), ensure_ascii=False).encode())
    return digest.hexdigest()
