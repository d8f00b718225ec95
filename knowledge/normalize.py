"""Folding: one form for the same text however it is written.

Full and half width, case, and traditional characters are folded on both sides, when indexing and when
asking. `fold` keeps the length where it can, but NFKC may not: use it for matching, never for display.
"""

from __future__ import annotations

import unicodedata
from functools import cache

from opencc import OpenCC

_WIDE_MARKS = tuple(zip("，：；！？（）％", ",:;!?()%", strict=True))
CONTROL_CATEGORIES = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})


@cache
def _to_simplified() -> OpenCC:
    return OpenCC("t2s")


def strip_controls(text: str) -> str:
    """Return the text without control, format (bidi, zero width) and surrogate characters; line ends stay."""
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in CONTROL_CATEGORIES)


def simplify(text: str) -> str:
    """Return the text in simplified characters and half width, its case kept."""
    return str(_to_simplified().convert(_normal(text)))


def fold(text: str) -> str:
    """Return the text in simplified characters, half width and lower case."""
    return str(_to_simplified().convert(_normal(text).lower()))


def _normal(text: str) -> str:
    """Return the NFKC form. A text that has it already is told at once, and most lack only narrow marks."""
    for wide, narrow in _WIDE_MARKS:
        text = text.replace(wide, narrow)
    return unicodedata.normalize("NFKC", text)
