"""A process that reads files can do little else, and one file that breaks it breaks no other."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.index.child import BrokenFileError, Child, Limits

TIGHT = Limits(memory=256 * 2**20, seconds=1, patience=20, answer=1000)


def work(request: bytes) -> Iterator[bytes]:
    """Do what the request says; runs in the process."""
    match request:
        case b"echo":
            yield b"one"
            yield b"two"
        case b"memory":
            yield bytes(len(bytearray(400 * 2**20)) % 7)
        case b"loop":
            while True:
                pass
        case b"crash":
            os.kill(os.getpid(), signal.SIGSEGV)
        case b"talk":
            yield from (b"x" * 100 for _ in range(100))
        case _:
            yield attempt(request)


def attempt(request: bytes) -> bytes:
    try:
        match request:
            case b"socket":
                socket.socket()
            case b"process":
                subprocess.run([sys.executable, "--version"], check=False)
            case b"write":
                Path("/tmp/hangxun-was-here").write_text("x")  # noqa: S108 -- it is never written
    except PermissionError:
        return b"forbidden"
    return b"done"


@pytest.fixture
def child() -> Iterator[Child]:
    child = Child(work, TIGHT)
    yield child
    child.close()


def test_records_come_in_order_and_the_process_serves_again(child: Child) -> None:
    assert [list(child.ask(b"echo")) for _ in range(2)] == [[b"one", b"two"]] * 2


@pytest.mark.parametrize(
    ("request_", "reason"),
    [
        (b"memory", "it needs more memory than a file may have"),
        (b"loop", "it takes more than 1 seconds of work to read"),
        (b"crash", "it breaks its reader"),
        (b"talk", "it holds more text than is read from one file"),
    ],
)
def test_what_breaks_a_process_is_told_and_the_next_is_served(
    child: Child, request_: bytes, reason: str
) -> None:
    with pytest.raises(BrokenFileError) as caught:
        list(child.ask(request_))
    assert str(caught.value) == reason
    assert list(child.ask(b"echo")) == [b"one", b"two"]


def test_a_process_that_only_waits_is_given_up(child: Child) -> None:
    hasty = Child(work, Limits(seconds=30, patience=1))
    with pytest.raises(BrokenFileError, match="more than 1 seconds to read"):
        list(hasty.ask(b"loop"))
    hasty.close()


@pytest.mark.parametrize("what", [b"socket", b"process", b"write"])
def test_sockets_processes_and_writing_are_refused(child: Child, what: bytes) -> None:
    assert list(child.ask(what)) == [b"forbidden"]
