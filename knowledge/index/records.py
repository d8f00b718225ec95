"""Texts in a file of their own, read by number: a third of the time that a row of a table takes.

The file holds the texts in UTF-8, or records of bytes, one after another, then, at the next multiple of eight
bytes, where each begins and the last one ends: little-endian numbers of eight bytes. Numbers begin at 1.
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Iterable, Iterator
from itertools import groupby
from mmap import ACCESS_READ, mmap
from pathlib import Path
from weakref import finalize

_WIDTH = 8
_COPIED = 1_000
"""So many records are copied at once."""


class RecordsWriter:
    """Writes texts into a new file."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")
        self._starts = array("Q", [0])

    def add(self, text: str) -> None:
        """Add a text under the next number."""
        self.add_bytes(text.encode())

    def add_bytes(self, record: bytes) -> None:
        """Add a record under the next number."""
        self._starts.append(self._starts[-1] + self._file.write(record))

    def copy(self, records: Records, numbers: Iterable[int]) -> None:
        """Add the records of these numbers, many that follow each other in one step."""
        for first, last in _runs(numbers):
            begin = self._starts[-1] - records.start(first)
            self._file.write(records.between(first, last))
            self._starts.extend(begin + records.start(number + 1) for number in range(first, last + 1))

    def keep(self, count: int) -> None:
        """Drop the texts after the first `count`."""
        del self._starts[count + 1 :]
        self._file.truncate(self._starts[-1])
        self._file.seek(self._starts[-1])

    def close(self) -> None:
        """Write the rest; without it the file cannot be read."""
        if not self._file.closed:
            self._file.write(bytes(-self._starts[-1] % _WIDTH))
            self._starts.tofile(self._file)
            self._file.close()


class Records:
    """A file of texts opened for reading; usable from several threads at once.

    A text is read, not mapped: its pages would count as memory of this process.
    """

    def __init__(self, path: Path) -> None:
        self._handle = os.open(path, os.O_RDONLY)
        self.close = finalize(self, os.close, self._handle)
        mapped = mmap(self._handle, 0, access=ACCESS_READ)
        end = int.from_bytes(mapped[-_WIDTH:], "little")
        self._starts = memoryview(mapped)[end + -end % _WIDTH :].cast("Q")

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, number: int) -> str:
        """Return the text of a number."""
        return self.between(number, number).decode()

    def between(self, first: int, last: int) -> bytes:
        """Return the records from the first to the last number as one."""
        start, end = self._starts[first - 1], self._starts[last]
        return os.pread(self._handle, end - start, start)

    def chunks(self) -> Iterator[bytes]:
        """Yield all records in order, many as one."""
        return (self.between(*run) for run in _runs(range(1, len(self) + 1)))

    def start(self, number: int) -> int:
        """Return where a record begins, for the number after the last one where that ends."""
        return self._starts[number - 1]


def _runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last of numbers that follow each other, at most _COPIED."""
    for _, run in groupby(enumerate(numbers), key=lambda pair: (pair[1] - pair[0], pair[0] // _COPIED)):
        found = [number for _, number in run]
        yield found[0], found[-1]
