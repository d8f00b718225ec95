"""Cutting a query into words with their kinds, latin words and numbers beside Chinese ones."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from knowledge.search.tokens import is_han, runs

# ICTCLAS tags, by first letter, of words without content: pronouns, particles, prepositions, conjunctions ...
EMPTY_TAGS = frozenset("rupcyeox")
TAG_WEIGHTS = {"n": 1.0, "j": 1.0, "l": 1.0, "i": 1.0, "v": 0.7, "a": 0.7, "t": 0.5, "m": 0.5}
OTHER_TAG_WEIGHT = 0.6
CHARACTER_WEIGHT = 0.4
_YEAR = re.compile("(?:19|20)[0-9]{2}")
_YEAR_WORD = re.compile("年(?![底末初代度份中内前后来均间])")  # of 2023年利润: part of the year, no 年利润


@dataclass(frozen=True, slots=True)
class QueryWord:
    """A word of a query: where it stands, and its part of speech (`eng` for what is not Chinese)."""

    text: str
    start: int
    tag: str

    @property
    def end(self) -> int:
        """Where the word ends."""
        return self.start + len(self.text)

    @property
    def is_han(self) -> bool:
        """Whether the word is Chinese."""
        return self.tag != "eng"

    @property
    def weight(self) -> float:
        """How much a word of its kind says about a subject, at most 1."""
        if self.tag == "eng":
            return 1.0
        kind = TAG_WEIGHTS.get(self.tag[0], OTHER_TAG_WEIGHT)
        return kind if len(self.text) > 1 else kind * CHARACTER_WEIGHT


def cut_query(text: str, tag: Callable[[str], list[tuple[str, str]]], most: int) -> list[QueryWord]:
    """Cut folded text into its first words, at most `most`."""
    return list(islice(_words(text, tag), most))


def _words(text: str, tag: Callable[[str], list[tuple[str, str]]]) -> Iterator[QueryWord]:
    year_ends = -1
    for start, run in runs(text):
        if not is_han(run):
            yield QueryWord(run, start, "eng")
            year_ends = start + len(run) if _YEAR.fullmatch(run) else -1
            continue
        of_year = start == year_ends and _YEAR_WORD.match(run)
        place = start + bool(of_year)
        for word, kind in tag(run[bool(of_year) :]):
            yield QueryWord(word, place, kind)
            place += len(word)
