"""Reading documents and splitting digests into articles.

    file -> format -> reader -> Document, Feed or Bundle -> issues and articles

A new format is one module with a `read` function and its line in READERS (formats.py).
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from knowledge.errors import SourceError
from knowledge.ingest.assemble import Origin, assemble
from knowledge.ingest.decode import explain_os_error
from knowledge.ingest.document import Document, SourceFile
from knowledge.ingest.formats import READERS, is_read_safely, is_source, read_file
from knowledge.model import Article, Issue

__all__ = ["READERS", "Source", "find_sources", "is_read_safely", "read_source"]


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was read. `articles` may be lazy, is to be gone through once, and may raise SourceError.

    `sha256` is that of the file's bytes; `notes` are sentences on what was not as it should be; `feeds` are
    the addresses of the feeds that a page offers.
    """

    name: str
    sha256: str
    issues: tuple[Issue, ...]
    articles: Iterator[Article]
    notes: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()


def read_source(path: Path, *, name: str, published: date | None = None, key: str | None = None) -> Source:
    """Read a file, called `name` in errors; `published` goes before any date in it. Raises SourceError.

    `key` stands for the file's name in the id of its issue, where other files are called the same.
    """
    if not path.is_file():
        raise SourceError(name, "it is not a regular file" if path.exists() else "there is no such file")
    digest = _hash_file(path, name)
    read = read_file(SourceFile(path, name))
    content = assemble(read, Origin.of(path.stem, published, key))
    feeds = read.feeds if isinstance(read, Document) else ()
    return Source(name, digest, content.issues, content.articles, content.notes, feeds)


def find_sources(paths: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    """Give each file once with its name, folders in a fixed order and only files of a known format in them.

    A path that is given is passed on even where it is missing, so that reading it tells why.
    """
    seen: set[str] = set()
    for path in paths:
        for file in _walk(path) if path.is_dir() else (path,):
            where = os.path.realpath(file)
            if where not in seen:
                seen.add(where)
                yield file, str(file)


def _hash_file(path: Path, name: str) -> str:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise SourceError(name, explain_os_error(error)) from error


def _walk(folder: Path) -> Iterator[Path]:
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        for file in sorted(files):
            path = Path(parent, file)
            if is_source(file) and path.is_file():
                yield path
