"""One wording for the same thing: folded, other names replaced, cut into overlapping pairs of characters."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from knowledge.metrics.tables import either, load_table
from knowledge.normalize import fold

_PIECE = re.compile(r"[a-z0-9+.]+|[\u3400-\u9fff]+")
_FIGURES_REMEMBERED, _NAMES_REMEMBERED = 1 << 15, 1 << 13


@lru_cache(_FIGURES_REMEMBERED)
def in_one_wording(text: str) -> str:
    """Return a printed text folded, every other name of a thing replaced by its first."""
    return unify(fold(text))


@lru_cache(_NAMES_REMEMBERED)
def units_of(text: str) -> frozenset[str]:
    """Return the units that a printed text has: its Latin words and pairs of characters."""
    return frozenset(split_units(in_one_wording(text)))


def unify(text: str) -> str:
    """Return a folded text with every other name of a thing replaced by its first."""
    return _synonyms().sub(lambda match: _first_names()[match[0]], text)


def split_units(text: str) -> tuple[str, ...]:
    """Cut a folded text into Latin words and pairs of characters; a single character stays alone."""
    units: list[str] = []
    for piece in _PIECE.findall(text):
        pairs = [piece] if piece[0].isascii() or len(piece) == 1 else _pairs(piece)
        units.extend(pairs)
    return tuple(dict.fromkeys(units))


def _pairs(piece: str) -> list[str]:
    return [piece[n : n + 2] for n in range(len(piece) - 1)]


@cache
def _first_names() -> dict[str, str]:
    table = load_table("questions")["synonyms"]
    return {fold(other): first for first, others in table.items() for other in (first, *others)}


@cache
def _synonyms() -> re.Pattern[str]:
    latin = [name for name in _first_names() if name.isascii()]
    other = [name for name in _first_names() if not name.isascii()]
    return re.compile(rf"(?<![a-z])(?:{either(latin)})(?![a-z])|{either(other)}")
