"""The terminal: lines in, text out (rich; plain when piped)."""

from __future__ import annotations

import os
from collections.abc import Callable

from bot.terminal.chat import Terminal
from bot.terminal.screen import open_screen

__all__ = ["Terminal", "open_terminal"]


def open_terminal(on_end: Callable[[], None]) -> Terminal:
    """Return the chat on the standard streams of this process; `on_end` is called when it is over."""
    return Terminal(open_screen(os.environ), on_end)
