"""A process that works through strangers' files one after the other, with little memory, time and no network.

What breaks it, a bomb, a loop, a fault of a parser, breaks one file: the process is replaced.
"""

from __future__ import annotations

import ctypes
import logging
import os
import resource
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from time import monotonic

Work = Callable[[bytes], Iterator[bytes]]
"""From a request to the records that answer it; it is named, not sent, to the process."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost: bytes of memory, seconds of the processor and of the clock, bytes of answer.

    The clock is for what only waits; on a busy machine the seconds of the processor come slowly.
    """

    memory: int = 512 * 2**20
    seconds: int = 20
    patience: int = 300
    answer: int = 256 * 2**20


class BrokenFileError(Exception):
    """A file that broke its process; the text is one clause that says how."""


class HungryFileError(BrokenFileError):
    """A file that takes more than the share of memory that its process has beside others."""


_END, _OUT_OF_MEMORY = b"", b"\0"
_LONGEST_RECORD = 64 * 2**20
_BETWEEN_LOOKS = 0.02
"""Seconds; a process takes a few dozen megabytes meanwhile."""
_NEW_NETWORK = 0x10000000 | 0x40000000  # CLONE_NEWUSER | CLONE_NEWNET, /usr/include/linux/sched.h
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_FORBIDDEN = (
    "socket.",
    "subprocess.",
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "os.fork",
    "os.remove",
    "os.rename",
)


class Child:
    """A process, started when it is needed; for one thread at a time.

    Where it holds more than `share` bytes, its file is given up; this is looked at again and again from
    here, so that no library sees it and takes it for a fault of the file.
    """

    def __init__(self, work: Work, limits: Limits | None = None, share: int | None = None) -> None:
        self._work = work
        self._limits = limits or Limits()
        self._share = share
        self._looks_at = 0.0
        self._process: BaseProcess | None = None
        self._line: Connection | None = None

    def ask(self, request: bytes) -> Iterator[bytes]:
        """Yield the records that answer a request. Raises BrokenFileError, HungryFileError."""
        try:
            yield from self._records(request)
        except (BrokenFileError, GeneratorExit):
            self.close()
            raise

    def close(self) -> None:
        """End the process."""
        if self._process and self._line:
            self._line.close()
            self._process.kill()
            self._process.join()
        self._process = self._line = None

    def _records(self, request: bytes) -> Iterator[bytes]:
        line, deadline, left = self._started(), monotonic() + self._limits.patience, self._limits.answer
        self._send(line, request)
        while (record := self._receive(line, deadline)) != _END:
            left -= len(record)
            if left < 0:
                raise BrokenFileError("it holds more text than is read from one file")
            if record == _OUT_OF_MEMORY:
                raise BrokenFileError("it needs more memory than a file may have")
            yield record

    def _send(self, line: Connection, request: bytes) -> None:
        try:
            line.send_bytes(request)
        except OSError:
            raise BrokenFileError(self._explain_death()) from None

    def _started(self) -> Connection:
        if self._line is None:
            context = get_context("spawn")
            self._line, other = context.Pipe()
            self._process = context.Process(
                target=_serve, args=(other, self._work, self._limits), daemon=True, name="reader"
            )
            self._process.start()
            other.close()
        return self._line

    def _receive(self, line: Connection, deadline: float) -> bytes:
        try:
            while (now := monotonic()) < deadline:
                self._check_share(now)
                if line.poll(min(_BETWEEN_LOOKS, deadline - now)):
                    return line.recv_bytes(_LONGEST_RECORD)
        except (EOFError, OSError):
            raise BrokenFileError(self._explain_death()) from None
        raise BrokenFileError(f"it takes more than {self._limits.patience} seconds to read")

    def _check_share(self, now: float) -> None:
        """Raise HungryFileError where the process holds more than its share."""
        if self._share and self._process and now >= self._looks_at:
            self._looks_at = now + _BETWEEN_LOOKS
            if _held(self._process.pid) > self._share:
                raise HungryFileError("it needs more memory than its share")

    def _explain_death(self) -> str:
        if self._process is None:
            return "its reading was stopped"
        self._process.join(5)
        if self._process.exitcode == -signal.SIGXCPU:
            return f"it takes more than {self._limits.seconds} seconds of work to read"
        return "it breaks its reader"


def _held(process: int | None) -> int:
    """Return the bytes of memory that a process holds, 0 where the system does not tell."""
    try:
        pages = Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1]
    except OSError:
        return 0
    return int(pages) * resource.getpagesize()


def _serve(line: Connection, work: Work, limits: Limits) -> None:
    """Answer requests until there are no more; runs in the process."""
    _confine(limits)
    try:
        while True:
            request = line.recv_bytes()
            _allow_seconds(limits.seconds)
            line.send_bytes(_answer(line, work, request))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


def _answer(line: Connection, work: Work, request: bytes) -> bytes:
    """Send the records, and return what ends them."""
    try:
        for record in work(request):
            line.send_bytes(record)
    except MemoryError:
        return _OUT_OF_MEMORY
    return _END


def _confine(limits: Limits) -> None:
    """Take from this process what reading a file does not need."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the build stops its processes itself
    logging.disable(logging.CRITICAL)
    sys.dont_write_bytecode = True
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    _set_limit(resource.RLIMIT_CORE, 0)
    _set_limit(resource.RLIMIT_FSIZE, 0)
    _set_limit(resource.RLIMIT_AS, limits.memory)
    _leave_network()
    sys.addaudithook(_forbid)


def _set_limit(kind: int, value: int) -> None:
    """Set a limit where the system lets us: macOS refuses some."""
    try:
        resource.setrlimit(kind, (value, resource.getrlimit(kind)[1]))
    except (ValueError, OSError):
        logging.getLogger(__name__).debug("limit not set kind=%s", kind)


def _allow_seconds(seconds: int) -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    _set_limit(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + 1 + seconds)


def _leave_network() -> None:
    """Move to a network without interfaces where the kernel lets plain users do so."""
    if sys.platform == "linux":
        ctypes.CDLL(None).unshare(_NEW_NETWORK)


def _forbid(event: str, arguments: tuple[object, ...]) -> None:
    """Refuse sockets, processes and writing, whatever asks for them. Raises PermissionError."""
    writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITING
    if writes or event.startswith(_FORBIDDEN):
        raise PermissionError(f"{event} is not for readers")
