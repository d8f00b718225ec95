"""What people name as a source: a folder or file, the address of a feed or page, or an OPML list of feeds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.errors import BotError, FetchError
from bot.sources.addresses import Allowed, checked_url
from bot.sources.source import Kind

OPML = ".opml"
MOST_OPML_BYTES = 5 * 2**20


@dataclass(frozen=True, slots=True)
class Named:
    """A source as it is named; `title` is "" where it has none."""

    kind: Kind
    location: str
    title: str = ""


def named(text: str, title: str, allowed: Allowed) -> Iterator[Named]:
    """Yield what a text names. Raises BotError for what is no source."""
    if "://" in text:
        yield named_address(text, title, allowed)
        return
    path = Path(text)
    if not path.exists():
        raise BotError(f"{text}: there is no such file or folder, and it is no web address (https://...)")
    if path.suffix.lower() == OPML:
        yield from _listed(path, allowed)
    else:
        yield Named(Kind.FOLDER, str(path.resolve()), title)


def named_address(url: str, title: str, allowed: Allowed) -> Named:
    """Return the source at a web address. Raises BotError."""
    try:
        return Named(Kind.NEW, checked_url(url, allowed), title)
    except FetchError as error:
        raise BotError(f"{url}: {error}") from None


def _listed(path: Path, allowed: Allowed) -> Iterator[Named]:
    from knowledge.errors import SourceError
    from knowledge.ingest.opml import read_opml

    if path.stat().st_size > MOST_OPML_BYTES:
        raise BotError(f"{path}: it is larger than {MOST_OPML_BYTES // 2**20} MB")
    try:
        outlines = read_opml(path.read_bytes())
    except (SourceError, OSError) as error:
        raise BotError(f"{path}: {error}") from error
    for outline in outlines:
        yield named_address(outline.url, outline.title, allowed)
