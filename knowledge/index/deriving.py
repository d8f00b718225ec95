"""What is derived from each article, once: its tokens, its words, what it is compared by.

A record of it is kept for the next build beside the versions, under a name that tells what it was made of and
its own hash. Readers of the index never open it; where it is gone or damaged, a build derives all again.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from array import array
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from knowledge.duplicates import Story, story_of
from knowledge.index.catalog import Catalog, Entry, Said
from knowledge.index.dictionaries import load_analyzer
from knowledge.index.manifest import Manifest, file_hash
from knowledge.index.records import Records, RecordsWriter
from knowledge.index.vocabulary import phrases_of, words_of
from knowledge.index.workers import Workers
from knowledge.search.analysis import Analyzer, fold_line
from knowledge.search.tokens import place_tokens

FIELDS = ("text", "title", "heads", "sound", "initials", "place")
DERIVED_FILE = "derived.records"
_PREFIX, _SUFFIX = "derived-", ".records"
_NAMED = 16
"""So many digits of a hash stand in a name."""
_FAST = 1


@dataclass(frozen=True, slots=True)
class Derived:
    """What text indexes are fed with: tokens joined by spaces, by field and for each metric; and words."""

    fields: dict[str, str]
    words: list[str]
    metrics: list[str]


def derive_all(
    catalog: Catalog, origins: Iterable[int], kept: Records | None, name: str, workers: Workers
) -> Iterator[bytes]:
    """Yield a record for each article and write it down beside the catalog.

    `origins` are their numbers in `kept`, 0 for what is new; `name` is that of the segmenter.
    """
    known = array("Q", (origin if kept else 0 for origin in origins))
    fresh = (number for number, origin in enumerate(known, 1) if not origin)
    made = workers.each(partial(derive, catalog.folder, name), map(catalog.said, fresh))
    with closing(RecordsWriter(catalog.folder / DERIVED_FILE)) as writer:
        for origin in known:
            record = kept.between(origin, origin) if kept and origin else next(made)[1]
            writer.add_bytes(record)
            yield record


def derive(folder: Path, segmenter: str, said: Said) -> bytes:
    """Return the record of an article: a line of what it is compared by, then, packed, lines of tokens.

    These are a line for each field, one of the words, and one for each metric.
    """
    analyzer = load_analyzer(folder, segmenter)
    lines = [
        *_fields(said.entry, analyzer),
        sorted(_words(said.entry, analyzer)),
        *(analyzer.tokens(fold_line(text)) for text in said.metrics),
    ]
    tokens = "\n".join(map(" ".join, lines))
    return _compared(story_of(said.entry.article)) + b"\n" + zlib.compress(tokens.encode(), _FAST)


def read_derived(record: bytes) -> Derived:
    """Return what text indexes are fed with."""
    lines = zlib.decompress(record[record.index(b"\n") + 1 :]).decode().split("\n")
    words, *metrics = lines[len(FIELDS) :]
    return Derived(dict(zip(FIELDS, lines, strict=False)), words.split(), metrics)


def read_story(number: int, record: bytes) -> Story:
    """Return what an article is compared by, under its number."""
    published, spots, figures = json.loads(record[: record.index(b"\n")])
    day = date.fromisoformat(published) if published else None
    return Story(str(number), day, frozenset(spots), frozenset(figures))


def keep_derived(folder: Path, staged: Path, manifest: Manifest) -> None:
    """Move what was derived for a version out of it, in the place of what was kept so far."""
    name = f"{_PREFIX}{_stamp(manifest)}-{file_hash(staged)}{_SUFFIX}"
    for old in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
        old.unlink()
    staged.replace(folder / name)


def open_derived(folder: Path, manifest: Manifest) -> Records | None:
    """Return what was derived for a version, None where that is not there as it was written."""
    for path in folder.glob(f"{_PREFIX}{_stamp(manifest)}-*{_SUFFIX}"):
        if path.name.removesuffix(_SUFFIX).endswith(file_hash(path)):
            return Records(path)
    return None


def _stamp(manifest: Manifest) -> str:
    """Return the hash of all that the tokens of a version depend on."""
    made_of = (manifest.content_sha256, manifest.rules, manifest.words, manifest.segmenter_version)
    return hashlib.sha256(" ".join(made_of).encode()).hexdigest()[:_NAMED]


def _compared(story: Story) -> bytes:
    day = story.published.isoformat() if story.published else None
    return json.dumps([day, sorted(story.spots), sorted(story.figures)], ensure_ascii=False).encode()


def _fields(entry: Entry, analyzer: Analyzer) -> Iterator[Iterable[str]]:
    """Yield the tokens of each of FIELDS."""
    title, heads = _title_and_heads(entry)
    yield analyzer.tokens(entry.folded)
    yield analyzer.tokens(title)
    yield analyzer.tokens(heads)
    yield analyzer.sounds(entry.folded)
    yield analyzer.initials(f"{title}\n{heads}")
    yield place_tokens(entry.article.citation)


def _words(entry: Entry, analyzer: Analyzer) -> set[str]:
    words = set(words_of(analyzer.segmenter.cut(entry.folded)))
    for line in "\n".join(_title_and_heads(entry)).splitlines():
        words.update(phrases_of(analyzer.segmenter.cut(line)))
    return words


def _title_and_heads(entry: Entry) -> tuple[str, str]:
    title, *lines = entry.folded.split("\n")
    kinds = (block.kind.value for block in entry.article.blocks)
    return title, "\n".join(line for kind, line in zip(kinds, lines, strict=True) if kind == "heading")
