"""Pictures inside of a terminal that can show them, by the two protocols that terminals speak."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping
from typing import TypeAlias

Draw: TypeAlias = Callable[[bytes, int], str]
"""Returns what shows a PNG in so many columns when it is printed."""

_CHUNK = 4096  # sw.kovidgoyal.net/kitty/graphics-protocol, "Remote client"


def drawing_for(environ: Mapping[str, str]) -> Draw | None:
    """Return how the terminal of an environment draws; None where it cannot, or stands behind another."""
    program, term = environ.get("TERM_PROGRAM", ""), environ.get("TERM", "")
    if "TMUX" in environ or term.startswith(("screen", "tmux")):
        return None
    if program in {"iTerm.app", "WezTerm"}:
        return draw_for_iterm
    if term in {"xterm-kitty", "xterm-ghostty"} or "KITTY_WINDOW_ID" in environ:
        return draw_for_kitty
    return None


def draw_for_iterm(png: bytes, columns: int) -> str:
    """Draw as iTerm2 and WezTerm understand it (iterm2.com/documentation-images.html)."""
    options = f"inline=1;size={len(png)};width={columns};preserveAspectRatio=1"
    return f"\x1b]1337;File={options}:{b64encode(png).decode()}\x07\n"


def draw_for_kitty(png: bytes, columns: int) -> str:
    """Draw as kitty and Ghostty understand it (sw.kovidgoyal.net/kitty/graphics-protocol)."""
    encoded = b64encode(png).decode()
    chunks = [encoded[at : at + _CHUNK] for at in range(0, len(encoded), _CHUNK)]
    last = len(chunks) - 1
    keys = [
        f"a=T,f=100,c={columns},q=2,m={int(last > 0)}",
        *(f"m={int(n < last)}" for n in range(1, last + 1)),
    ]
    return "".join(f"\x1b_G{key};{chunk}\x1b\\" for key, chunk in zip(keys, chunks, strict=True)) + "\n"
