"""Reading files in processes of their own, several at once, as rows ready for the catalog."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path
from queue import SimpleQueue
from tempfile import SpooledTemporaryFile
from threading import Lock
from typing import Any

from knowledge.errors import SourceError
from knowledge.index.child import BrokenFileError, Child, HungryFileError, Limits, Work
from knowledge.index.inputs import Extract, Reading, Readings, Request, make_rows, read_request
from knowledge.index.rows import read_article
from knowledge.index.workers import usable_cores
from knowledge.ingest import Source
from knowledge.metrics import extract_metrics

AHEAD = 4
"""So many files for each process are read ahead of the one that is asked for."""
SHARED = 0.75
"""The part of a file's memory that is shared out; the rest is taken between two looks at it."""
LEAST_SHARE = 128 * 2**20
"""A reader with all its libraries holds 70 MB before it reads."""
IN_MEMORY = 2 * 2**20
"""A longer answer waits in a file."""


class Readers:
    """The processes that read files, started as they are needed. Usable from several threads at once.

    `work` is what they do: `read_rows`, or `read_texts` where nobody asks for figures. Together they hold no
    more memory than a file may: each has its share, and a file that needs more is read again alone.
    """

    def __init__(
        self, cores: int | None = None, limits: Limits | None = None, work: Work | None = None
    ) -> None:
        self._cores = cores or usable_cores()
        limits = limits or Limits()
        share = max(int(limits.memory * SHARED) // self._cores, LEAST_SHARE) if self._cores > 1 else None
        self._children = [Child(work or read_rows, limits, share) for _ in range(self._cores)]
        self._large = Child(work or read_rows, limits)
        self._idle: SimpleQueue[Child] = SimpleQueue()
        self._alone = Lock()
        self._closed = False
        for child in self._children:
            self._idle.put(child)

    def read(self, request: Request) -> Reading:
        """Read a file. Raises SourceError, also where the file breaks its reader."""
        try:
            return self._read_beside_others(request)
        except HungryFileError as error:
            if self._closed:
                raise SourceError(request.name, str(error)) from None
            return self._read_alone(request)

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
        self._closed = True
        for child in (*self._children, self._large):
            child.close()

    def _read_beside_others(self, request: Request) -> Reading:
        """Read a file with a share of the memory. Raises SourceError, HungryFileError."""
        child = self._idle.get()
        try:
            return _collect(child, request)
        finally:
            self._idle.put(child)

    def _read_alone(self, request: Request) -> Reading:
        """Read a file once the others have given back their memory. Raises SourceError."""
        with self._alone:
            waiting = [self._idle.get() for _ in self._children]
            try:
                for child in waiting:
                    child.close()
                return _collect(self._large, request)
            finally:
                self._large.close()
                for child in waiting:
                    self._idle.put(child)


def _collect(child: Child, request: Request) -> Reading:
    """Return what a child makes of a file. Raises SourceError, HungryFileError."""
    spool = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 -- the reading closes it
    about: dict[str, Any] = {"refused": "its reading was stopped"}
    try:
        for record in child.ask(json.dumps(asdict(request)).encode()):
            if record.startswith(b"{"):
                about = json.loads(record)
            else:
                spool.write(record + b"\n")
    except HungryFileError:
        spool.close()
        raise
    except BrokenFileError as error:
        about = {"refused": str(error)}
    if reason := about.get("refused"):
        spool.close()
        raise SourceError(about.get("name", request.name), reason)
    return Reading(spool, about["sha256"], tuple(about["notes"]), tuple(about["feeds"]))


def read_rows(request: bytes) -> Iterator[bytes]:
    """Yield each article of a file with its metrics, at last what is known of the file; runs in a child."""
    return _read(request, extract_metrics)


def read_texts(request: bytes) -> Iterator[bytes]:
    """Yield each article of a file as `read_rows`, without metrics."""
    return _read(request, lambda _: ())


def _read(request: bytes, extract: Extract) -> Iterator[bytes]:
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
