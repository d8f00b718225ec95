"""Reading files in processes of their own, several at once, as rows ready for the catalog."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from queue import SimpleQueue
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from knowledge.errors import SourceError
from knowledge.index.child import BrokenFileError, Child, Limits, Work
from knowledge.index.filling import ArticleRows, make_rows
from knowledge.index.rows import read_article
from knowledge.index.sources import Readings, Request
from knowledge.index.workers import usable_cores
from knowledge.ingest import Source, read_source
from knowledge.metrics import extract_metrics
from knowledge.model import Article, Metric

AHEAD = 4
"""So many files for each process are read ahead of the one that is asked for."""
IN_MEMORY = 2 * 2**20
"""A longer answer waits in a file."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of a file: its articles and metrics as rows, to be gone through once, and notes.

    `feeds` are the addresses of the feeds that a page offers.
    """

    spool: IO[bytes]
    sha256: str
    notes: tuple[str, ...]
    feeds: tuple[str, ...]

    def rows(self) -> Iterator[ArticleRows]:
        """Yield the row of each article and those of its metrics."""
        with self.spool:
            self.spool.seek(0)
            for line in self.spool:
                article, metrics = json.loads(line)
                yield article, metrics


class Readers:
    """The processes that read files, started as they are needed. Usable from several threads at once.

    `work` is what they do: `read_rows`, or `read_texts` where nobody asks for figures.
    """

    def __init__(
        self, cores: int | None = None, limits: Limits | None = None, work: Work | None = None
    ) -> None:
        self._cores = cores or usable_cores()
        self._children = [Child(work or read_rows, limits) for _ in range(self._cores)]
        self._idle: SimpleQueue[Child] = SimpleQueue()
        for child in self._children:
            self._idle.put(child)

    def read(self, request: Request) -> Reading:
        """Read a file. Raises SourceError, also where the file breaks its reader."""
        child = self._idle.get()
        try:
            return _collect(child, request)
        finally:
            self._idle.put(child)

    def read_articles(self, path: Path, *, name: str) -> Source:
        """Read a file whose articles are wanted at once. Raises SourceError."""
        reading = self.read(Request(str(path), name))
        articles = [read_article(row["printed"]) for row, _ in reading.rows()]
        issues = tuple(dict.fromkeys(article.issue for article in articles))
        return Source(name, reading.sha256, issues, iter(articles), reading.notes, reading.feeds)

    def ahead(self, requests: Iterable[Request]) -> Readings:
        """Yield for each request, in order, a call that waits for its reading; some are read ahead."""
        waiting: deque[Future[Reading]] = deque()
        with ThreadPoolExecutor(self._cores) as threads:
            try:
                for request in requests:
                    waiting.append(threads.submit(self.read, request))
                    if len(waiting) == AHEAD * self._cores:
                        yield waiting.popleft().result
                yield from (reading.result for reading in waiting)
            finally:
                threads.shutdown(wait=False, cancel_futures=True)
                self.close()

    def close(self) -> None:
        """End the processes; what is being read is given up."""
        for child in self._children:
            child.close()


def _collect(child: Child, request: Request) -> Reading:
    """Return what a child makes of a file. Raises SourceError."""
    spool = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 -- the reading closes it
    about: dict[str, Any] = {"refused": "its reading was stopped"}
    try:
        for record in child.ask(json.dumps(asdict(request)).encode()):
            if record.startswith(b"{"):
                about = json.loads(record)
            else:
                spool.write(record + b"\n")
    except BrokenFileError as error:
        about = {"refused": str(error)}
    if reason := about.get("refused"):
        spool.close()
        raise SourceError(about.get("name", request.name), reason)
    return Reading(spool, about["sha256"], tuple(about["notes"]), tuple(about["feeds"]))


def read_request(request: Request) -> Source:
    """Read a file in this process. Raises SourceError."""
    day = date.fromisoformat(request.published) if request.published else None
    return read_source(Path(request.path), name=request.name, published=day, key=request.key)


def read_rows(request: bytes) -> Iterator[bytes]:
    """Yield each article of a file with its metrics, at last what is known of the file; runs in a child."""
    return _read(request, extract_metrics)


def read_texts(request: bytes) -> Iterator[bytes]:
    """Yield each article of a file as `read_rows`, without metrics."""
    return _read(request, lambda _: ())


def _read(request: bytes, extract: Callable[[Article], tuple[Metric, ...]]) -> Iterator[bytes]:
    try:
        source = read_request(Request(**json.loads(request)))
        for article in source.articles:
            yield _written(make_rows(extract, article))
        yield _written({"sha256": source.sha256, "notes": source.notes, "feeds": source.feeds})
    except SourceError as error:
        yield _written({"refused": error.reason, "name": error.name})
    except RecursionError:
        yield _written({"refused": "it is nested too deeply"})
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 -- a stranger's file may break a parser in ways that none foresaw
        yield _written({"refused": f"its format breaks the reader ({type(error).__name__})"})


def _written(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
