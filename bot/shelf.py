"""The library in use, swapped for a new one while queries run.

A query borrows the library for as long as it takes; a newer index is opened and verified beside it, then
put in its place, and the old one is closed when its last borrower has returned it. A bad new index
changes nothing but `trouble`.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import IndexUnusableError
from knowledge.index import index_signature, open_library
from knowledge.library import Library

LOG = logging.getLogger(__name__)
SECONDS_BETWEEN_LOOKS = 2.0


@dataclass(slots=True)
class _Volume:
    library: Library
    borrowers: int = 0
    retired: bool = False


class Shelf:
    """Holds the opened library of one index folder. Safe in threads."""

    def __init__(self, path: Path, open_index: Callable[[Path], Library] = open_library) -> None:
        """Open the index. Raises IndexUnusableError when there is no good one."""
        self._path = path
        self._open = open_index
        self._lock = threading.Lock()
        self._signature = index_signature(path)
        self._volume = _Volume(open_index(path))
        self.trouble: str | None = None

    @contextmanager
    def borrow(self) -> Iterator[Library]:
        """Give the library in use; it stays open and the same until the block ends."""
        with self._lock:
            volume = self._volume
            volume.borrowers += 1
        try:
            yield volume.library
        finally:
            self._give_back(volume)

    def refresh(self) -> bool:
        """Look whether a newer index was published and take it; True when the library changed."""
        signature = index_signature(self._path)
        if signature == self._signature:
            return False
        self._signature = signature
        try:
            library = self._open(self._path)
        except IndexUnusableError as error:
            self.trouble = str(error)
            LOG.error("index refused, keeping the last good one: %s", error)  # noqa: TRY400 -- the cause is the text
            return False
        self._replace(library)
        return True

    async def watch(self) -> None:
        """Refresh every two seconds until cancelled."""
        while True:
            await asyncio.sleep(SECONDS_BETWEEN_LOOKS)
            await asyncio.to_thread(self.refresh)

    def close(self) -> None:
        """Close the library; queries under way may finish."""
        self._retire(self._volume)

    def _replace(self, library: Library) -> None:
        with self._lock:
            old, self._volume = self._volume, _Volume(library)
            self.trouble = None
        self._retire(old)
        LOG.info("index swapped articles=%d metrics=%d", library.counts.articles, library.counts.metrics)

    def _retire(self, volume: _Volume) -> None:
        with self._lock:
            volume.retired = True
            unused = volume.borrowers == 0
        if unused:
            volume.library.close()

    def _give_back(self, volume: _Volume) -> None:
        with self._lock:
            volume.borrowers -= 1
            last = volume.retired and volume.borrowers == 0
        if last:
            volume.library.close()
