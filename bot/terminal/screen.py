"""The keyboard and the screen, or the pipes in their place: the only part that touches the streams."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from functools import partial
from io import TextIOWrapper
from shutil import get_terminal_size
from typing import TextIO

PROMPT = "> "
LINE_LIMIT = 8192  # characters of a line that are kept: more than the handlers take, so that they say so
WIDEST = 100  # cells: longer lines are hard to read
_ERASE_LINE = "\r\x1b[K"
_END_PASTE_MODE = "\x1b[?2004l"  # readline switches it on for its prompt, and nobody off who leaves at it


class Screen:
    """Reads lines and writes texts; with a person at both ends there is a prompt with history, and colour."""

    def __init__(self, source: TextIO, target: TextIO, environ: Mapping[str, str]) -> None:
        self.interactive = source.isatty() and target.isatty()
        self.colour = target.isatty() and not environ.get("NO_COLOR") and environ.get("TERM") != "dumb"
        self._source = source
        self._target = target
        self._prompting = False
        self._restore_modes = _mode_restorer(source) if self.interactive else None

    @property
    def width(self) -> int:
        """How many cells a line may have, in the window as it is now."""
        return min(get_terminal_size().columns, WIDEST)

    def read(self) -> str | None:
        """Wait for the next line; None at the end of the input. To be called in a thread of its own."""
        return self._ask() if self.interactive else self._next_line()

    def write(self, text: str) -> None:
        """Print `text` as lines of its own. Raises BrokenPipeError when nobody reads any more."""
        self._target.write(f"{text}\n")
        self._target.flush()

    def interrupt(self, text: str) -> None:
        """Print `text` like `write`, but above the prompt and what was typed at it so far."""
        self.write(_ERASE_LINE + text if self._prompting else text)
        if self._prompting:
            import readline

            self._target.write(PROMPT + readline.get_line_buffer())
            self._target.flush()

    def close(self) -> None:
        """Leave the terminal as it was found, also while a thread still waits at the prompt."""
        try:
            if self._prompting:
                self._target.write(_END_PASTE_MODE + "\n")
            self._target.flush()
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), self._target.fileno())
        if self._restore_modes:
            self._restore_modes()

    def _ask(self) -> str | None:
        import readline  # noqa: F401 -- gives input() its line editing and history

        self._prompting = True
        try:
            return input(PROMPT)
        except EOFError:
            self._target.write("\n")
            return None
        finally:
            self._prompting = False

    def _next_line(self) -> str | None:
        line = part = self._source.readline(LINE_LIMIT)
        while part and not part.endswith("\n"):
            part = self._source.readline(LINE_LIMIT)
        return line.rstrip("\r\n") if line else None


def open_screen(environ: Mapping[str, str]) -> Screen:
    """Return the screen of this process; bytes and characters that do not fit are replaced."""
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    return Screen(sys.stdin, sys.stdout, environ)


def _mode_restorer(terminal: TextIO) -> Callable[[], None]:
    """Return what sets the terminal's modes (echo, line editing) back to those it has now."""
    import termios

    return partial(termios.tcsetattr, terminal, termios.TCSADRAIN, termios.tcgetattr(terminal))
