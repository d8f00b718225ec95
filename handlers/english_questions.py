"""Questions for figures in English, word by word in the Chinese of the digests: 河北 数字经济."""

from __future__ import annotations

from functools import cache

from handlers.regions import COUNTRIES, PROVINCES
from knowledge.search.lexicon import load_lexicon

_LONGEST_NAME = 4
_SAID = frozenset({"the", "of", "in", "for", "and", "a", "number"})


def in_chinese(question: str) -> str:
    """Return a question with every known name of words in Chinese, the longest first; the others stay."""
    words = [word for word in question.lower().split() if word not in _SAID]
    chinese: list[str] = []
    while words:
        length, name = _longest_name(words)
        chinese.append(name)
        words = words[length:]
    return " ".join(chinese)


def _longest_name(words: list[str]) -> tuple[int, str]:
    for length in range(min(_LONGEST_NAME, len(words)), 0, -1):
        if name := _names().get(" ".join(words[:length])):
            return length, name
    return 1, words[0]


@cache
def _names() -> dict[str, str]:
    lexicon = load_lexicon()
    latin = (name for name in lexicon.names if name.isascii() and name.replace(" ", "").isalpha())
    words = {name: other for name in latin for other in _chinese(lexicon.others(name))}
    places = {english.lower().removeprefix("the "): name for name, english in (PROVINCES | COUNTRIES).items()}
    return words | places


def _chinese(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the first Chinese one of the names, if there is one."""
    return tuple(name for name in names if not name.isascii())[:1]
