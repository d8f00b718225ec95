"""Reading the tables of `knowledge/data/metrics`: words, units and rules are data."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

FOLDER = files("knowledge").joinpath("data", "metrics")


@cache
def load_table(name: str) -> Mapping[str, Any]:
    """Return the table of this name, read once."""
    return tomllib.loads(FOLDER.joinpath(f"{name}.toml").read_text(encoding="utf-8"))


def either(words: Iterable[str]) -> str:
    """Return a regular expression for any of the words, the longest first."""
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + ")"


@dataclass(frozen=True, slots=True)
class WordSet:
    """A set of words that finds the longest of them at either end of a text."""

    words: frozenset[str]
    lengths: tuple[int, ...] = field(default=())

    @classmethod
    def of(cls, words: Iterable[str]) -> WordSet:
        """Make a set of these words."""
        members = frozenset(words)
        return cls(members, tuple(sorted({len(word) for word in members}, reverse=True)))

    def length_at_start(self, text: str) -> int:
        """Return how long the longest word at the start of the text is, 0 where none is."""
        return next((n for n in self.lengths if text[:n] in self.words and len(text) >= n), 0)

    def length_at_end(self, text: str) -> int:
        """Return how long the longest word at the end of the text is, 0 where none is."""
        return next((n for n in self.lengths if text[-n:] in self.words and len(text) >= n), 0)
