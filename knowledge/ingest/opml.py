"""OPML: lists of feeds, as feed readers export them. They hold no articles: `hangxun sources add` takes them.

http://opml.org/spec2.opml
"""

from __future__ import annotations

from itertools import islice
from typing import NamedTuple, NoReturn

from knowledge.errors import SourceError
from knowledge.ingest.decode import clean_line
from knowledge.ingest.document import SourceFile
from knowledge.ingest.markup import parse_xml

MOST_FEEDS = 5_000
LONGEST_ADDRESS = 2_000


class Outline(NamedTuple):
    """A feed of a list: the name that a person gave it, "" where there is none, and its address."""

    title: str
    url: str


def read(file: SourceFile) -> NoReturn:
    """Refuse the file as a source of articles. Raises SourceError."""
    raise SourceError(file.name, "it is a list of feeds, not of articles; run: hangxun sources add FILE")


def read_opml(data: bytes, name: str = "the list") -> tuple[Outline, ...]:
    """Return the feeds of a list, each address once. Raises SourceError where it is broken."""
    found: dict[str, Outline] = {}
    for element in islice(parse_xml(data, name).iter("outline"), MOST_FEEDS):
        url = clean_line(element.get("xmlUrl") or "")
        if url.startswith(("http://", "https://")) and len(url) <= LONGEST_ADDRESS:
            found.setdefault(url, Outline(clean_line(element.get("title") or element.get("text") or ""), url))
    return tuple(found.values())
