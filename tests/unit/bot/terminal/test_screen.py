"""The streams: pipes, a real pseudo-terminal, and what is left of it afterwards."""

from __future__ import annotations

import io
import os
import pty
import select
import signal
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from bot.terminal.screen import LINE_LIMIT, Screen

ROOT = Path(__file__).parents[4]
CHAT = str(Path(__file__).with_name("talk.py"))


def start_chat(stdin: int, stdout: int) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "COLUMNS": "60", "TERM": "xterm"}
    return subprocess.Popen(
        [sys.executable, CHAT], stdin=stdin, stdout=stdout, stderr=subprocess.PIPE, env=environment
    )


def test_pipes_get_plain_text_and_exit_code_0() -> None:
    process = start_chat(subprocess.PIPE, subprocess.PIPE)
    typed = "河北\n".encode() + b"\xff\xfe\n" + b"x" * 100_000 + b"\nexit\nnever\n"
    printed, complaints = process.communicate(typed, timeout=30)
    assert (process.returncode, complaints) == (0, b"")
    assert printed.decode() == (
        "hello\n\n> 河北\n2 answered 河北\n\n> \ufffd\ufffd\n2 answered \ufffd\ufffd\n\n"
        f"> {'x' * 200}…\n{LINE_LIMIT} answered {'x' * 20}\n\n"
    )


def test_a_reader_that_goes_away_ends_the_chat_quietly() -> None:
    process = start_chat(subprocess.PIPE, subprocess.PIPE)
    assert process.stdin
    assert process.stdout
    assert process.stdout.readline() == b"hello\n"
    process.stdout.close()
    process.stdin.write(b"question\n")
    process.stdin.flush()
    assert process.wait(30) == 0
    assert process.stderr
    assert process.stderr.read() == b""
    process.stdin.close()
    process.stderr.close()


def test_a_person_gets_a_prompt_and_leaves_with_control_d() -> None:
    person, terminal = open_terminal_pair()
    process = start_chat(terminal, terminal)
    os.close(terminal)
    assert b"hello" in read_until(person, b"> ")
    os.write(person, b"chips\n")
    assert b"5 answered chips" in read_until(person, b"\n> ", after=b"answered")
    os.write(person, b"\x04")
    _, complaints = process.communicate(timeout=30)
    os.close(person)
    assert (process.returncode, complaints) == (0, b"")


def test_an_alert_comes_above_what_is_being_typed_and_leaving_restores_the_terminal() -> None:
    person, terminal = open_terminal_pair()
    modes = termios.tcgetattr(terminal)
    process = start_chat(terminal, terminal)
    read_until(person, b"> ")
    os.write(person, b"half")
    read_until(person, b"half")
    process.send_signal(signal.SIGUSR1)
    assert b"> half" in read_until(person, b"> half", after=b"alert\n")
    process.send_signal(signal.SIGINT)
    _, complaints = process.communicate(timeout=30)
    assert (process.returncode, complaints) == (0, b"")
    assert termios.tcgetattr(terminal) == modes
    os.close(person)
    os.close(terminal)


def open_terminal_pair() -> tuple[int, int]:
    """Return both ends of a new pseudo-terminal; a machine without any skips the test."""
    try:
        return pty.openpty()
    except OSError as error:
        pytest.skip(f"this machine has no pseudo-terminals: {error}")


def read_until(descriptor: int, mark: bytes, after: bytes = b"") -> bytes:
    """Return what the terminal showed up to `mark`, or in vain within 20 seconds."""
    seen = b""
    while mark not in seen.partition(after)[2] if after else mark not in seen:
        if not select.select([descriptor], [], [], 20)[0]:
            break
        seen += os.read(descriptor, 4096).replace(b"\r\n", b"\n")
    return seen


class Typewriter(io.StringIO):
    """A terminal that takes colour."""

    def isatty(self) -> bool:
        return True


def test_colour_is_for_terminals_that_want_it() -> None:
    pipe = io.StringIO()
    assert Screen(pipe, Typewriter(), {}).colour
    assert not Screen(pipe, Typewriter(), {"NO_COLOR": "1"}).colour
    assert not Screen(pipe, Typewriter(), {"TERM": "dumb"}).colour
    assert not Screen(pipe, io.StringIO(), {}).colour


def test_lines_are_read_without_their_ends_until_there_are_none() -> None:
    screen = Screen(io.StringIO("一\r\n\n二"), io.StringIO(), {})
    assert [screen.read() for _ in range(4)] == ["一", "", "二", None]
