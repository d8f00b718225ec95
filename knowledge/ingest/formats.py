"""Which format a file is in: what it holds decides, and its name only where content cannot tell.

A new format is one module with a `read` function and its line in READERS.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from knowledge.errors import SourceError
from knowledge.ingest.archive import list_names
from knowledge.ingest.decode import detect_encoding, explain_os_error
from knowledge.ingest.document import Bundle, Document, Feed, SourceFile

SNIFFED = 4_096
MOST_LINES = 200_000


@dataclass(frozen=True, slots=True)
class Reader:
    """A format: its module in this package, the suffixes of its files, and whether a name alone tells it.

    The module is imported when a file is read, and its `read(SourceFile)` raises SourceError.
    """

    module: str
    suffixes: tuple[str, ...]
    by_name: bool = False


READERS = (
    Reader("txt", (".txt", ".text"), by_name=True),
    Reader("md", (".md", ".markdown"), by_name=True),
    Reader("jsonl", (".jsonl", ".ndjson"), by_name=True),
    Reader("pdf", (".pdf",)),
    Reader("word", (".docx",)),
    Reader("page", (".html", ".htm", ".xhtml"), by_name=True),
    Reader("epub", (".epub",)),
    Reader("feed", (".rss", ".atom", ".xml")),
    Reader("opml", (".opml",)),
    Reader("folder", (".zip",)),
)
SUFFIXES = tuple(suffix for reader in READERS for suffix in reader.suffixes)
STREAMED = frozenset({"jsonl"})
"""Formats that are read row by row, so that a file of any length costs one row of memory."""
PLAIN = frozenset({"txt", "md"})
SHORT = 256 * 2**10
"""Bytes of a plain text that costs little, whatever it says."""

_OFFICE = (
    ("word/document.xml", "word"),
    ("META-INF/container.xml", "epub"),
)
_UNREAD = (
    (b"\xd0\xcf\x11\xe0", "it is an old Office file, or one locked with a password; save it as .docx"),
    (b"{\\rtf", "it is an RTF file; save it as .docx"),
    (b"\x89PNG", "it is a picture"),
    (b"\xff\xd8\xff", "it is a picture"),
    (b"GIF8", "it is a picture"),
    (b"Rar!", "it is a RAR archive; pack it as .zip"),
    (b"7z\xbc\xaf", "it is a 7z archive; pack it as .zip"),
    (b"\x1f\x8b", "it is a gzip archive; unpack it"),
    (b"BZh", "it is a bzip2 archive; unpack it"),
    (b"\xfd7zXZ", "it is an xz archive; unpack it"),
    (b"\x7fELF", "it is a program"),
    (b"MZ\x90", "it is a program"),
)
_ELEMENT = re.compile(r"<(!doctype html|[a-z][\w:]{0,40})", re.IGNORECASE)
_ROOTS = {
    "rss": "feed",
    "feed": "feed",
    "rdf:rdf": "feed",
    "opml": "opml",
    "html": "page",
    "!doctype html": "page",
}


def is_source(name: str) -> bool:
    """Tell whether a file in a folder is taken for a document, by its name."""
    file = name.rpartition("/")[2]
    return not file.startswith(".") and file.lower().endswith(SUFFIXES)


def is_read_safely(path: Path, few: bool) -> bool:
    """Tell whether a file may be read in any process: one of rows, or one of `few` short plain texts."""
    suffix = path.suffix.lower()
    module = next((reader.module for reader in READERS if suffix in reader.suffixes), "")
    if module not in (STREAMED | PLAIN if few else STREAMED):
        return False
    try:
        return not recognise(SourceFile(path, "")) and (module in STREAMED or path.stat().st_size <= SHORT)
    except (OSError, SourceError):
        return True  # what cannot be read is refused at once


def read_file(file: SourceFile) -> Document | Feed | Bundle:
    """Read a file by its format. Raises SourceError."""
    read = import_module(f"knowledge.ingest.{find_format(file)}").read
    made: Document | Feed | Bundle = read(file)
    if isinstance(made, Document) and not made.lines:
        raise SourceError(file.name, "it holds no text")
    if isinstance(made, Document) and len(made.lines) > MOST_LINES:
        raise SourceError(file.name, f"it has {len(made.lines)} lines, more than {MOST_LINES}")
    return made


def find_format(file: SourceFile) -> str:
    """Return the module that reads a file. Raises SourceError where there is none for it."""
    suffix = file.path.suffix.lower()
    if told := recognise(file):
        return told
    reader = next((reader for reader in READERS if suffix in reader.suffixes), None)
    if reader is None:
        raise SourceError(file.name, f"its format is not known; known are {', '.join(SUFFIXES)}")
    if not reader.by_name:
        raise SourceError(file.name, f"it is called {suffix}, but its content is something else")
    return reader.module


def recognise(file: SourceFile) -> str:
    """Return the format that a file's content tells, "" where it tells none.

    Raises SourceError for what is known and not read, such as pictures.
    """
    try:
        with file.open() as stream:
            head = stream.read(SNIFFED)
    except OSError as error:
        raise SourceError(file.name, explain_os_error(error)) from error
    for start, reason in _UNREAD:
        if head.startswith(start):
            raise SourceError(file.name, reason)
    if b"%PDF-" in head[:1024]:
        return "pdf"
    return _recognise_archive(file) if head.startswith((b"PK\3\4", b"PK\5\6")) else _recognise_markup(head)


def _recognise_archive(file: SourceFile) -> str:
    with file.open() as stream:
        names = list_names(stream, file.name)
    if any(name.startswith(("xl/", "ppt/")) for name in names):
        raise SourceError(file.name, "it is a workbook or slides, which are not read")
    return next((told for part, told in _OFFICE if part in names), "folder")


def _recognise_markup(head: bytes) -> str:
    encoding = detect_encoding(head, whole=False) or "latin-1"
    text = head.decode(encoding, "ignore").lstrip("\ufeff \t\r\n")
    found = _ELEMENT.search(text) if text.startswith("<") else None
    return _ROOTS.get(found[1].lower(), "") if found else ""
