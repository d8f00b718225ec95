"""The text index on disk: the only importer of tantivy.

Fields are fed with our own tokens, joined by spaces, so that another engine can be fed with the same.
A document is known by its number. Queries are sets of weighted tokens, never a query language.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import tantivy

WRITER_HEAP_BYTES = 640_000_000
"""What is written at once is one segment: a query looks its words up in each segment."""
FREQUENCIES_REMEMBERED = 1 << 14
REMOVALS = 3
_NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Clause:
    """A token looked for in a field; a document that has it gains its BM25 score times the weight."""

    field: str
    token: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Within:
    """A part of the documents: those with a clause of each set of `any_of`, and with none of `none_of`."""

    any_of: tuple[tuple[Clause, ...], ...] = ()
    none_of: tuple[Clause, ...] = ()


EVERYWHERE = Within()
Scored = tuple[int, float]
"""The number of a document and its score."""


class TextIndexWriter:
    """Writes a new text index into an empty folder."""

    def __init__(self, folder: Path, fields: Iterable[str]) -> None:
        folder.mkdir()
        self._folder = folder
        builder = tantivy.SchemaBuilder().add_integer_field(_NUMBER, fast=True)
        for field in fields:
            builder.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
        self._index = tantivy.Index(builder.build(), str(folder))
        # One thread: the order of the documents, and so of equal scores, is that of `add`.
        self._writer = self._index.writer(WRITER_HEAP_BYTES, 1)

    def add(self, number: int, fields: Mapping[str, str]) -> None:
        """Add a document: the tokens of each field, joined by spaces."""
        document = tantivy.Document()
        document.add_integer(_NUMBER, number)
        for field, tokens in fields.items():
            document.add_text(field, tokens)
        self._writer.add_document(document)

    def close(self) -> None:
        """Write everything to disk."""
        self._writer.commit()
        self._writer.wait_merging_threads()
        for lock in self._folder.glob("*.lock"):
            lock.unlink()


class TextIndex:
    """A text index opened for reading; usable from several threads at once."""

    def __init__(self, folder: Path) -> None:
        with _shadow(folder) as shadow:
            index = tantivy.Index.open(shadow)
            index.config_reader("manual")  # a published index never changes: no thread need watch it
            self._schema = index.schema
            self._searcher = index.searcher()
        self._frequency = lru_cache(FREQUENCIES_REMEMBERED)(self._searcher.doc_freq)

    @property
    def documents(self) -> int:
        """How many documents the index holds."""
        return int(self._searcher.num_docs)

    def frequency(self, field: str, token: str) -> int:
        """Return how many documents have the token."""
        return self._frequency(field, token)

    def search(
        self, clauses: Iterable[Clause], limit: int, within: Within = EVERYWHERE, *, every: bool = False
    ) -> list[Scored]:
        """Return numbers and scores of the best documents, best first, equal ones in the order of numbers.

        `every`: only of those that have all the clauses.
        """
        occur = tantivy.Occur.Must if every else tantivy.Occur.Should
        query = tantivy.Query.boolean_query([(occur, self._term(c)) for c in clauses])
        query = self._narrowed(query, within)
        hits = self._searcher.search(query, limit, count=False).hits
        found = [(number, score) for number, (score, _) in zip(self._numbers(hits), hits, strict=True)]
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))

    def holding(self, field: str, alternatives: Iterable[Iterable[str]], limit: int) -> list[int]:
        """Return the numbers of documents that have all tokens of one alternative, at most `limit`."""
        wanted = [
            tantivy.Query.boolean_query([(tantivy.Occur.Must, self._term(Clause(field, t))) for t in tokens])
            for tokens in alternatives
        ]
        query = tantivy.Query.boolean_query([(tantivy.Occur.Should, each) for each in wanted])
        return self._numbers(self._searcher.search(query, limit, count=False).hits)

    def chosen(self, within: Within, limit: int) -> list[int]:
        """Return the numbers of documents within, at most `limit`."""
        query = self._narrowed(tantivy.Query.all_query(), within)
        return self._numbers(self._searcher.search(query, limit, count=False).hits)

    def _narrowed(self, query: tantivy.Query, within: Within) -> tantivy.Query:
        """Return the query for the documents within only; their scores stay as they are."""
        if not within.any_of and not within.none_of:
            return query
        groups = (
            tantivy.Query.boolean_query([(tantivy.Occur.Should, self._term(c)) for c in group])
            for group in within.any_of
        )
        needed = [(tantivy.Occur.Must, tantivy.Query.const_score_query(group, 0.0)) for group in groups]
        refused = [(tantivy.Occur.MustNot, self._term(clause)) for clause in within.none_of]
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, query), *needed, *refused])

    def _numbers(self, hits: list[tuple[float, tantivy.DocAddress]]) -> list[int]:
        return [
            int(n or 0) for n in self._searcher.fast_field_values(_NUMBER, [address for _, address in hits])
        ]

    def _term(self, clause: Clause) -> tantivy.Query:
        term = tantivy.Query.term_query(self._schema, clause.field, clause.token, "freq")
        return term if clause.weight == 1.0 else tantivy.Query.boost_query(term, clause.weight)


@contextmanager
def _shadow(folder: Path) -> Iterator[str]:
    """Make a writable folder that stands for a read-only index while it is opened.

    tantivy takes a lock file in the folder it opens and so fails on a read-only file system
    (quickwit-oss/tantivy#557): its small *.json files are copied, the segments linked. Once open it has
    mapped every file, and the folder can go.
    """
    shadow = tempfile.mkdtemp(prefix="hangxun-index-")
    try:
        for entry in folder.iterdir():
            if entry.suffix == ".json":
                shutil.copyfile(entry, Path(shadow, entry.name))
            else:
                Path(shadow, entry.name).symlink_to(entry.resolve())
        yield shadow
    finally:
        _remove(shadow)


def _remove(shadow: str) -> None:
    """Remove a folder in which tantivy's watcher may make its lock file once more at the same moment."""
    for _ in range(REMOVALS):
        shutil.rmtree(shadow, ignore_errors=True)
