"""Text of documents and users made safe to print: nothing in it can move the cursor or hide itself."""

from __future__ import annotations

from knowledge.normalize import strip_controls

_BREAKS = str.maketrans({"\t": " ", "\u2028": "\n", "\u2029": "\n"})


def printable(text: str) -> str:
    """Return `text` without control characters and bidirectional marks; tabs become spaces.

    Of an escape sequence the visible rest stays: the result is the same however a text is cut into spans.
    """
    return strip_controls(text).translate(_BREAKS)
