"""Finding a phrase exactly as it is written, but for the spaces around Chinese characters."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from knowledge.search.tokens import is_han

_GAP = r"[^\S\n]*"
_NEEDED_GAP = r"[^\S\n]+"


@lru_cache(maxsize=512)
def phrase_pattern(phrase: str) -> re.Pattern[str]:
    """Return a pattern for a folded phrase in folded text; latin words and numbers match whole only."""
    words = phrase.split()
    pieces = [_spaced(words[0])]
    for before, word in pairwise(words):
        pieces += [_gap(before[-1], word[0], _NEEDED_GAP), _spaced(word)]
    head = _not_inside(words[0][0], "(?<!{})")
    tail = _not_inside(words[-1][-1], "(?!{})")
    return re.compile(f"{head}{''.join(pieces)}{tail}")


def _spaced(word: str) -> str:
    """Return a pattern for characters that stand together, spaces allowed beside Chinese ones."""
    pieces = [re.escape(word[0])]
    for before, character in pairwise(word):
        pieces += [_gap(before, character, ""), re.escape(character)]
    return "".join(pieces)


def _gap(before: str, after: str, between_latin: str) -> str:
    return between_latin if before.isalnum() and after.isalnum() and not _has_han(before, after) else _GAP


def _has_han(*characters: str) -> bool:
    return any(map(is_han, characters))


def _not_inside(character: str, look: str) -> str:
    """Keep a latin word from matching inside a longer one, and a number inside a longer number."""
    if character.isdigit():
        return look.format(r"\d")
    return "" if is_han(character) or not character.isalpha() else look.format(r"[a-z\u00df-\u024f]")
