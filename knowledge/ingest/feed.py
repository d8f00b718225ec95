"""RSS and Atom: an article an entry, its id the same as long as the feed calls the entry the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from io import BytesIO
from itertools import islice
from typing import Any

import feedparser

from knowledge.errors import SourceError
from knowledge.ingest.decode import clean_line, read_bytes
from knowledge.ingest.document import Feed, Item, SourceFile
from knowledge.ingest.identity import make_item_id
from knowledge.ingest.markup import defines_entities, parse_html, read_lines

MOST_ENTRIES = 5_000
LONGEST_TITLE = 1_000
LONGEST_ENTRY = 2 * 2**20


def read(file: SourceFile) -> Feed:
    """Return the entries of a feed. Raises SourceError where it has none, or defines entities."""
    data = read_bytes(file)
    if defines_entities(data):
        raise SourceError(file.name, "it defines entities, which no feed needs")
    # As a stream: feedparser takes bytes for an address or a file name where it can.
    parsed = feedparser.parse(BytesIO(data))
    title = clean_line(parsed.feed.get("title", ""))[:LONGEST_TITLE]
    home = parsed.feed.get("id") or parsed.feed.get("link") or title
    items = [item for entry in parsed.entries[:MOST_ENTRIES] if (item := _read_entry(entry, title, home))]
    if not items:
        raise SourceError(file.name, "it is a feed without entries" if parsed.version else "it is no feed")
    newest = max((item.published for item in items if item.published), default=None)
    return Feed({title: newest}, iter(items))


def _read_entry(entry: Mapping[str, Any], feed: str, home: str) -> Item | None:
    """Return an entry as an article, None for one that says nothing."""
    title = clean_line(_as_text(entry.get("title", "")))[:LONGEST_TITLE]
    text = _as_text(max(_bodies(entry), key=len, default=""))
    link = entry.get("link", "")
    if not (title or text):
        return None
    url = link if link.startswith(("http://", "https://")) else None
    own_id = make_item_id(home, entry.get("id") or link or title)
    return Item(own_id, title or text.split("\n")[0][:40], text, "", feed, _read_date(entry), url)


def _bodies(entry: Mapping[str, Any]) -> Iterator[str]:
    """Give the bodies of an entry: the whole of it and the summary, where it has them."""
    yield from (part.get("value", "")[:LONGEST_ENTRY] for part in islice(entry.get("content", ()), 5))
    yield entry.get("summary", "")[:LONGEST_ENTRY]


def _as_text(markup: str) -> str:
    """Return the text of a piece of HTML, a line a paragraph."""
    if "<" not in markup and "&" not in markup:
        return markup
    if not any(c.isalnum() for c in markup):
        return ""
    return "\n".join(line.text for line in read_lines(parse_html(f"<div>{markup}</div>", "")))


def _read_date(entry: Mapping[str, Any]) -> date | None:
    """Return the day of an entry where it was written; feedparser itself turns it into that of Greenwich."""
    stated = str(entry.get("published") or entry.get("updated") or "").strip()
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            return parse(stated).date()
        except (ValueError, TypeError, IndexError):
            continue
    parsed = entry.get("published_parsed") or entry.get("updated_parsed")
    return date(*parsed[:3]) if parsed else None
