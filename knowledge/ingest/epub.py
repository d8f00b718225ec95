"""EPUB: the pages of a book in the order of its spine, its navigation as an outline.

https://www.w3.org/TR/epub-33/
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from posixpath import dirname, join, normpath
from typing import Any
from urllib.parse import unquote

from knowledge.errors import SourceError
from knowledge.ingest.archive import Archive
from knowledge.ingest.dates import find_date
from knowledge.ingest.decode import clean_line, decode, read_bytes
from knowledge.ingest.document import Document, Line, Mark, SourceFile
from knowledge.ingest.markup import parse_html, parse_xml, read_lines

CONTAINER = "META-INF/container.xml"
MOST_MARKS = 2_000


def read(file: SourceFile) -> Document:
    """Return the lines of a book. Raises SourceError where it is broken or holds no text."""
    archive = Archive(read_bytes(file), file.name)
    path = _package_path(archive, file.name)
    package = parse_xml(archive.read(path), file.name)
    items = {item.get("id"): item for item in package.iterfind("{*}manifest/{*}item")}
    spine = [
        items[ref.get("idref")]
        for ref in package.iterfind("{*}spine/{*}itemref")
        if ref.get("idref") in items
    ]
    lines = tuple(line for item in spine for line in _read_part(archive, _path_of(item, path), file.name))
    if not lines:
        raise SourceError(file.name, "it holds no text")
    marks = tuple(islice(_navigation(archive, items.values(), path, file.name), MOST_MARKS))
    return Document(lines, _stated(package, "title"), find_date(_stated(package, "date")), outline=marks)


def _package_path(archive: Archive, name: str) -> str:
    """Return where the book's package document is. Raises SourceError."""
    root = parse_xml(archive.read(CONTAINER), name)
    for rootfile in root.iterfind("{*}rootfiles/{*}rootfile"):
        if path := rootfile.get("full-path"):
            return str(path)
    raise SourceError(name, "it names no book inside")


def _path_of(item: Any, package: str) -> str:
    """Return where a part named by the package is in the archive."""
    return normpath(join(dirname(package), unquote(item.get("href") or "").partition("#")[0]))


def _read_part(archive: Archive, path: str, name: str) -> list[Line]:
    """Return the lines of a part, none where the archive lacks it."""
    if path not in archive.names or not path.lower().endswith((".xhtml", ".html", ".htm", ".xml")):
        return []
    data = archive.read(path)
    return (
        read_lines(parse_html(decode(data, name), name)) if any(chr(b).isalnum() for b in data[:64]) else []
    )


def _navigation(archive: Archive, items: Iterable[Any], package: str, name: str) -> Iterator[Mark]:
    """Give the places that the book's navigation names."""
    for item in items:
        path = _path_of(item, package)
        if path not in archive.names:
            continue
        if "nav" in (item.get("properties") or "").split():
            yield from _nav_marks(parse_xml(archive.read(path), name))
            return
        if item.get("media-type") == "application/x-dtbncx+xml":
            yield from _ncx_marks(parse_xml(archive.read(path), name))
            return


def _nav_marks(root: Any) -> Iterator[Mark]:
    for link in root.iterfind(".//{*}nav//{*}li/{*}a"):
        depth = sum(each.tag.endswith("}ol") for each in link.iterancestors() if isinstance(each.tag, str))
        yield Mark(clean_line("".join(link.itertext())), None, depth)


def _ncx_marks(root: Any) -> Iterator[Mark]:
    for point in root.iterfind(".//{*}navPoint"):
        depth = sum(str(each.tag).endswith("}navPoint") for each in point.iterancestors()) + 1
        yield Mark(clean_line(point.findtext("{*}navLabel/{*}text") or ""), None, depth)


def _stated(package: Any, field: str) -> str:
    return clean_line(package.findtext(f"{{*}}metadata/{{http://purl.org/dc/elements/1.1/}}{field}") or "")
