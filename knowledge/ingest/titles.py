"""Comparing titles: the contents and the body write the same title with other spaces, widths and quotes."""

from __future__ import annotations

import re
import unicodedata

from knowledge.normalize import fold

_NOT_WORD = re.compile(r"[\W_]+")


def title_key(text: str) -> str:
    """Return what is left of a title when spaces, width, case, script and punctuation are put aside."""
    return _NOT_WORD.sub("", fold(text))


def width(text: str) -> float:
    """Return the printed width in Chinese characters: Latin letters and digits count half."""
    return sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.5 for c in text)


def rejoin(first: str, second: str) -> str:
    """Return a text that was broken in two: a space goes between two Latin words or numbers, else nothing."""
    latin = first[-1:].isascii() and first[-1:].isalnum() and second[:1].isascii() and second[:1].isalnum()
    return f"{first} {second}" if latin else first + second
