"""From a fetched body to what it says: its format is that of its content, whatever the server calls it."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path
from urllib.parse import urljoin

from bot.errors import FetchError
from bot.sources.source import Brought, Kind
from bot.sources.spool import Item
from bot.sources.web import Fetched
from knowledge.errors import SourceError
from knowledge.index.reading import Readers, read_texts
from knowledge.ingest import Source
from knowledge.ingest.document import SourceFile
from knowledge.ingest.formats import find_format
from knowledge.model import Article

_SUFFIXES = {"text/plain": ".txt", "text/markdown": ".md"}
_OTHER = ".html"


class BodyReader:
    """Reads fetched bodies in a confined process; the build that follows finds their figures."""

    def __init__(self) -> None:
        self._readers = Readers(cores=1, work=read_texts)

    async def read(self, fetched: Fetched) -> Brought:
        """Read a fetched body. Raises FetchError where it is no document."""
        try:
            return await asyncio.to_thread(_read, self._readers, fetched)
        except SourceError as error:
            raise FetchError(error.reason) from error

    def close(self) -> None:
        """End the processes."""
        self._readers.close()


def _read(readers: Readers, fetched: Fetched) -> Brought:
    with tempfile.TemporaryDirectory(prefix="hangxun-fetched-") as folder:
        path = Path(folder, "body").with_suffix(_SUFFIXES.get(fetched.content_type, _OTHER))
        path.write_bytes(fetched.body or b"")
        is_feed = find_format(SourceFile(path, fetched.url)) == "feed"
        source = readers.read_articles(path, name=fetched.url)
        articles = tuple(source.articles)
    return _feed(source, articles) if is_feed else _page(fetched, source, articles)


def _feed(source: Source, articles: tuple[Article, ...]) -> Brought:
    title = source.issues[0].title if source.issues else ""
    return Brought(Kind.FEED, title, tuple(_item(article, article.url) for article in articles))


def _page(fetched: Fetched, source: Source, articles: tuple[Article, ...]) -> Brought:
    title = articles[0].title if len(articles) == 1 else ""
    feeds = tuple(urljoin(fetched.url, address) for address in source.feeds)
    return Brought(Kind.PAGE, title, tuple(_item(article, fetched.url) for article in articles), feeds)


def _item(article: Article, url: str | None) -> Item:
    text = "\n".join(block.text for block in article.blocks)
    return Item(article.id, article.title, text, article.published, url)
