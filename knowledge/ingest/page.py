"""HTML pages: the article of a page without its menus, or the whole of a digest that was saved as a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

import trafilatura

from knowledge.errors import SourceError
from knowledge.ingest.dates import find_date
from knowledge.ingest.decode import clean_line, decode, read_bytes
from knowledge.ingest.document import Document, Line, SourceFile
from knowledge.ingest.markup import parse_html, read_lines
from knowledge.ingest.split import split_digest

LEAST_ARTICLES = 3
MOST_FEEDS = 10
SNIFFED = 4096

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,20})", re.IGNORECASE)
_FEED = re.compile(r"application/(?:rss|atom)\+xml", re.IGNORECASE)


def read(file: SourceFile) -> Document:
    """Return the lines of a page. Raises SourceError where it holds no text."""
    data = read_bytes(file)
    stated = _CHARSET.search(data[:SNIFFED])
    text = decode(data, file.name, stated=stated[1].decode() if stated else None)
    root = parse_html(text, file.name)
    about = trafilatura.extract_metadata(text, extensive=False)
    published = find_date(about.date) if about and about.date else None
    url = about.url if about and (about.url or "").startswith(("http://", "https://")) else None
    whole = read_lines(root)
    feeds = tuple(islice(_feeds(root), MOST_FEEDS))
    digest = split_digest(whole)
    if digest and len(digest.parts) >= LEAST_ARTICLES:
        return Document(tuple(whole), published=published, url=url, feeds=feeds)
    title = clean_line((about and about.title) or "")
    lines = _article(text) or whole
    if not lines:
        raise SourceError(file.name, "it holds no text")
    return Document(tuple(lines), title, published, url, feeds=feeds)


def _article(text: str) -> list[Line]:
    """Return the lines of what a page is there for, without menus, footer and advertisements."""
    found = trafilatura.extract(
        text, output_format="html", include_formatting=True, include_tables=True, include_comments=False
    )
    return read_lines(parse_html(found, "")) if found else []


def _feeds(root: Any) -> Iterator[str]:
    """Give the addresses of the feeds that a page offers."""
    for link in islice(root.iter("link"), 200):
        offers = "alternate" in (link.get("rel") or "") and _FEED.match(link.get("type") or "")
        if offers and (address := clean_line(link.get("href") or "")):
            yield address
