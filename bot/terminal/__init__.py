"""The terminal: lines in, text out (rich; plain when piped)."""

from __future__ import annotations

import os

from bot.terminal.chat import Terminal
from bot.terminal.graphics import drawing_for
from bot.terminal.media import Media
from bot.terminal.screen import open_screen
from handlers.reply import Reply

__all__ = ["Terminal", "open_terminal"]


def open_terminal(greeting: Reply) -> Terminal:
    """Return the chat on the standard streams of this process."""
    screen = open_screen(os.environ)
    draw = drawing_for(os.environ) if screen.interactive else None
    return Terminal(screen, greeting, Media(draw=draw, keeps_pictures=screen.interactive))
