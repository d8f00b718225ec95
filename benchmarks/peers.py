"""The peers of the search: other engines over the same documents, fed with the same words."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.corpus import Document, read_corpus
from benchmarks.timing import Contestant
from knowledge.index.engine import Clause, TextIndex
from knowledge.normalize import fold

LIMIT = 10
TANTIVY = "tantivy, BM25 alone"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the peers are asked: the queries, and their words as the index cuts them."""

    texts: Sequence[str]
    words: Sequence[Sequence[str]]


def words_of(text: str, cut: Callable[[str], list[str]]) -> list[str]:
    """Return the folded words of a text, punctuation left out."""
    return [word for word in cut(fold(text)) if word.strip() and any(c.isalnum() for c in word)]


def tantivy_bm25(articles: TextIndex, asked: Asked) -> Contestant:
    """Return bare BM25 in our own index: the ids of the ten best for the words."""
    clauses = [[Clause("text", word) for word in words] for words in asked.words]
    return Contestant(TANTIVY, lambda query: articles.search(clauses[query], LIMIT))


def sqlite_fts5(corpus: Path, cut: Callable[[str], list[str]], asked: Asked) -> Contestant:
    """Return SQLite's full text index with its own BM25, built beside the corpus."""
    path = corpus.with_suffix(".fts5")
    if not path.exists():
        _build_fts5(path, _cut_documents(corpus, cut))
    connection = sqlite3.connect(path)
    matches = [" OR ".join(f'"{word}"' for word in words) or '""' for words in asked.words]
    select = "SELECT rowid FROM document WHERE document MATCH ? ORDER BY rank LIMIT ?"
    return Contestant(
        "SQLite FTS5", lambda query: connection.execute(select, (matches[query], LIMIT)).fetchall()
    )


def bm25s_numpy(corpus: Path, cut: Callable[[str], list[str]], asked: Asked) -> Contestant:
    """Return bm25s with numpy."""
    bm25s = import_module("bm25s")
    folder = corpus.with_suffix(".bm25s")
    if not folder.exists():
        _build_bm25s(folder, list(_cut_documents(corpus, cut)))
    engine: Any = bm25s.BM25.load(folder)

    def answer(query: int) -> object:
        known = [word for word in asked.words[query] if word in engine.vocab_dict]
        return engine.retrieve([known], k=LIMIT, show_progress=False) if known else None

    return Contestant("bm25s (numpy)", answer)


def rapidfuzz_titles(corpus: Path, asked: Asked) -> Contestant:
    """Return rapidfuzz over all titles."""
    from rapidfuzz import fuzz, process

    titles = [document.title for document in read_corpus(corpus)]
    return Contestant(
        "rapidfuzz, all titles",
        lambda query: process.extract(asked.texts[query], titles, scorer=fuzz.partial_ratio, limit=LIMIT),
    )


def _cut_documents(corpus: Path, cut: Callable[[str], list[str]]) -> Iterator[list[str]]:
    return (words_of(_whole(document), cut) for document in read_corpus(corpus))


def _whole(document: Document) -> str:
    return f"{document.title}\n{document.text}"


def _build_fts5(path: Path, documents: Iterator[list[str]]) -> None:
    part = path.with_suffix(".part5")
    part.unlink(missing_ok=True)
    with closing(sqlite3.connect(part)) as connection:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("CREATE VIRTUAL TABLE document USING fts5(words, content='', detail='full')")
        rows = ((" ".join(words),) for words in documents)
        connection.executemany("INSERT INTO document (words) VALUES (?)", rows)
        connection.execute("INSERT INTO document (document) VALUES ('optimize')")
        connection.commit()
    part.replace(path)


def _build_bm25s(folder: Path, documents: list[list[str]]) -> None:
    bm25s = import_module("bm25s")
    engine: Any = bm25s.BM25()
    engine.index(documents, show_progress=False)
    engine.save(folder)
