"""Doing the same work for very many items on all cores, the results in the order of the items."""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

FEW = 1_000
BATCH = 50
BATCHES_WAITING = 8

Item = TypeVar("Item")
Result = TypeVar("Result")


class Workers:
    """The processes of one build, started where there are two cores, when there is enough to do."""

    def __init__(self, cores: int | None = None) -> None:
        self._cores = cores or usable_cores()
        self._done = 0
        self._pool: ProcessPoolExecutor | None = None

    def each(self, work: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[tuple[Item, Result]]:
        """Yield each item with what the work makes of it; both, and the work, can be sent to a process."""
        stream = iter(items)
        for item in islice(stream, self._most_alone):
            yield item, work(item)
            self._done += 1
        yield from self._spread(work, stream)

    def close(self) -> None:
        """Stop the processes."""
        if self._pool:
            self._pool.shutdown(cancel_futures=True)

    def _spread(
        self, work: Callable[[Item], Result], stream: Iterator[Item]
    ) -> Iterator[tuple[Item, Result]]:
        waiting: deque[tuple[list[Item], Future[list[Result]]]] = deque()
        while batch := list(islice(stream, BATCH)):
            waiting.append((batch, self._started().submit(_work_through, work, batch)))
            if len(waiting) == BATCHES_WAITING:
                yield from _finished(waiting.popleft())
        for pending in waiting:
            yield from _finished(pending)

    @property
    def _most_alone(self) -> int | None:
        """How many items more are not worth a process; None where there is but one core."""
        return max(0, FEW - self._done) if self._cores > 1 else None

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            from concurrent.futures import ProcessPoolExecutor
            from multiprocessing import get_context

            # Spawned: a forked process would inherit the locks of the text index's threads.
            self._pool = ProcessPoolExecutor(self._cores, get_context("spawn"), _ignore_interrupts)
        return self._pool


def _finished(pending: tuple[list[Item], Future[list[Result]]]) -> Iterator[tuple[Item, Result]]:
    batch, future = pending
    return zip(batch, future.result(), strict=True)


def _work_through(work: Callable[[Item], Result], batch: list[Item]) -> list[Result]:
    return [work(item) for item in batch]


def usable_cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):  # not on macOS
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _ignore_interrupts() -> None:
    """Leave it to the build to stop its processes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
