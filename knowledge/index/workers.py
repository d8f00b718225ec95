"""Doing the same work for very many items on all cores, the results in the order of the items."""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

FEW = 1_000
BATCH = 50
BATCHES_WAITING = 8

Item = TypeVar("Item")
Result = TypeVar("Result")


class Workers:
    """The processes of one build: one at the start if asked for, all when there is enough to do."""

    def __init__(self, cores: int | None = None) -> None:
        self._cores = cores or usable_cores()
        self._done = 0
        self._first: ProcessPoolExecutor | None = None
        self._all: ProcessPoolExecutor | None = None

    def start(self) -> None:
        """Start a process now, to which few items are left, where there is a core for it.

        It is forked, in no time, and only while this process has one thread: others may hold locks.
        """
        if self._cores > 1 and _is_single_threaded():
            self._first = _processes(1, "fork")

    def prepare(self, load: Callable[[], object]) -> None:
        """Let the process that was started load what it will need, as far as there is time."""
        if self._first:
            self._first.submit(load)

    def dismiss(self) -> None:
        """Let the process that was started go, where its core and memory are needed for something else."""
        if self._first:
            self._first.shutdown(wait=False, cancel_futures=True)
            self._first = None

    def each(self, work: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[tuple[Item, Result]]:
        """Yield each item with what the work makes of it; both, and the work, can be sent to a process."""
        stream = iter(items)
        few = self._counted(islice(stream, self._most_alone))
        if self._first:
            yield from _spread(self._first, work, few)
        else:
            yield from ((item, work(item)) for item in few)
        if batch := list(islice(stream, BATCH)):
            yield from _spread(self._started(), work, chain(batch, stream))

    def close(self) -> None:
        """Stop the processes."""
        for processes in filter(None, (self._first, self._all)):
            processes.shutdown(cancel_futures=True)

    def _counted(self, items: Iterator[Item]) -> Iterator[Item]:
        for item in items:
            self._done += 1
            yield item

    @property
    def _most_alone(self) -> int | None:
        """How many items more are not worth all processes; None where there is but one core."""
        return max(0, FEW - self._done) if self._cores > 1 else None

    def _started(self) -> ProcessPoolExecutor:
        # Spawned: a forked process would inherit the locks of the text index's threads.
        self._all = self._all or _processes(self._cores, "spawn")
        return self._all


def _processes(count: int, method: str) -> ProcessPoolExecutor:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    return ProcessPoolExecutor(count, get_context(method), _ignore_interrupts)


def _spread(
    processes: ProcessPoolExecutor, work: Callable[[Item], Result], items: Iterable[Item]
) -> Iterator[tuple[Item, Result]]:
    waiting: deque[tuple[list[Item], Future[list[Result]]]] = deque()
    stream = iter(items)
    while batch := list(islice(stream, BATCH)):
        waiting.append((batch, processes.submit(_work_through, work, batch)))
        if len(waiting) == BATCHES_WAITING:
            yield from _finished(waiting.popleft())
    for pending in waiting:
        yield from _finished(pending)


def _finished(pending: tuple[list[Item], Future[list[Result]]]) -> Iterator[tuple[Item, Result]]:
    batch, future = pending
    return zip(batch, future.result(), strict=True)


def _work_through(work: Callable[[Item], Result], batch: list[Item]) -> list[Result]:
    return [work(item) for item in batch]


def _is_single_threaded() -> bool:
    """Tell whether this process has one thread, native ones counted; False where the system does not tell."""
    try:
        return len(list(Path("/proc/self/task").iterdir())) == 1
    except OSError:
        return False


def usable_cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):  # not on macOS
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _ignore_interrupts() -> None:
    """Leave it to the build to stop its processes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
