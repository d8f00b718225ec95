"""Reading documents and splitting digests into articles.

    file -> reader (one a format) -> Document or Feed -> issues and articles

A new format is one file with a `read` function and its line in READERS.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from knowledge.errors import SourceError
from knowledge.ingest import jsonl, md, txt
from knowledge.ingest.assemble import Content, assemble_document, assemble_feed
from knowledge.ingest.decode import explain_os_error
from knowledge.ingest.document import Document, Feed, SourceFile
from knowledge.model import Article, Issue


@dataclass(frozen=True, slots=True)
class Reader:
    """A format: the suffixes of its files, and how one is read; `read` raises SourceError."""

    suffixes: tuple[str, ...]
    read: Callable[[SourceFile], Document | Feed]


READERS = (
    Reader((".txt", ".text"), txt.read),
    Reader((".md", ".markdown"), md.read),
    Reader((".jsonl", ".ndjson"), jsonl.read),
)


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was read. `articles` may be lazy, is to be gone through once, and may raise SourceError.

    `sha256` is that of the file's bytes; `notes` are sentences on what was not as it should be.
    """

    name: str
    sha256: str
    issues: tuple[Issue, ...]
    articles: Iterator[Article]
    notes: tuple[str, ...] = ()


def read_source(path: Path, *, name: str, published: date | None = None) -> Source:
    """Read a file, called `name` in errors; `published` goes before any date in it. Raises SourceError."""
    reader = _find_reader(path, name)
    digest = _hash_file(path, name)
    content = _assemble(reader.read(SourceFile(path, name)), path.stem, published)
    return Source(name, digest, content.issues, content.articles, content.notes)


def find_sources(paths: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    """Give each file once with its name, folders in a fixed order and only files of a known format in them.

    A path that is given is passed on even where it is missing, so that reading it tells why.
    """
    seen: set[Path] = set()
    for path in paths:
        for file in _walk(path) if path.is_dir() else (path,):
            if file.resolve() not in seen:
                seen.add(file.resolve())
                yield file, str(file)


def _assemble(read: Document | Feed, stem: str, published: date | None) -> Content:
    if isinstance(read, Document):
        return assemble_document(read, stem, published)
    return assemble_feed(read, stem, published)


def _find_reader(path: Path, name: str) -> Reader:
    if not path.is_file():
        raise SourceError(name, "it is not a regular file" if path.exists() else "there is no such file")
    for reader in READERS:
        if path.suffix.lower() in reader.suffixes:
            return reader
    raise SourceError(name, f"its format is not known; known are {', '.join(_suffixes())}")


def _suffixes() -> tuple[str, ...]:
    return tuple(suffix for reader in READERS for suffix in reader.suffixes)


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
            if not file.startswith(".") and Path(file).suffix.lower() in _suffixes():
                yield Path(parent, file)
