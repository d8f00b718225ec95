"""The names of indicators in English: 5G基站数 is 5G base stations. Unknown words leave a name as it is."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from knowledge.metrics.english import glossary
from knowledge.metrics.tables import WordSet, load_table

_REMEMBERED = 1 << 12
_LONGEST = 40
_LATIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+&-]*")
_ES = ("s", "x", "ch", "sh")


@lru_cache(_REMEMBERED)
def in_english(name: str) -> str:
    """Return the name of an indicator in English, "" where a word of it is not known."""
    if len(name) > _LONGEST:
        return ""
    for shape, said in load_table("english")["shapes"].items():
        if match := re.fullmatch(shape, name):
            parts = {part: _part(part, text) for part, text in match.groupdict().items()}
            return str(said.format_map(parts)) if all(parts.values()) else ""
    return _words_of(name)


def _part(part: str, text: str) -> str:
    wholes: dict[str, str] = load_table("english")["wholes"]
    return wholes.get(text, "") if part == "whole" and text in wholes else _words_of(text)


def _words_of(name: str) -> str:
    """Return a noun with what stands before it, in the plural where it is counted."""
    length = _count_endings().length_at_end(name)
    if length and (singular := _joined(name[:-length])):
        return _plural(singular)
    return _joined(name)


def _joined(name: str) -> str:
    """Return the words of a name, "" where known words do not cover it."""
    return " ".join(_words_covering(name) or ())


@lru_cache(_REMEMBERED)
def _words_covering(name: str) -> tuple[str, ...] | None:
    """Return the English of the words that cover a name, the longest first; None where none do."""
    if not name:
        return ()
    latin = _LATIN.match(name)
    lengths = (latin.end(),) if latin else _known().by_first.get(name[0], ())
    for length in lengths:
        word = name[:length] if latin else _english_of().get(name[:length])
        rest = _words_covering(name[length:]) if word else None
        if word and rest is not None:
            return (word, *rest)
    return None


def _plural(noun: str) -> str:
    if noun.endswith(tuple(load_table("english")["counts"]["uncountable"])):
        return noun
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    if noun.endswith("s"):
        return noun
    return f"{noun}es" if noun.endswith(_ES) else f"{noun}s"


@cache
def _english_of() -> dict[str, str]:
    """Every known Chinese word -> its English; the usual word of an entry of the glossary goes first."""
    words: dict[str, str] = {}
    for english, names in glossary().items():
        words.setdefault(names[0], english)
    for english, names in glossary().items():
        for name in names[1:]:
            words.setdefault(name, english)
    words.update(load_table("english")["words"])
    return words


@cache
def _known() -> WordSet:
    return WordSet.of(_english_of())


@cache
def _count_endings() -> WordSet:
    return WordSet.of(load_table("english")["counts"]["endings"])
