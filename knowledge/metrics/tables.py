"""Reading the tables of `knowledge/data/metrics`: words, units and rules are data."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, TypeAlias

_END = ""
_Tree: TypeAlias = "dict[str, _Tree]"

FOLDER = files("knowledge").joinpath("data", "metrics")


@cache
def load_table(name: str) -> Mapping[str, Any]:
    """Return the table of this name, read once."""
    return tomllib.loads(FOLDER.joinpath(f"{name}.toml").read_text(encoding="utf-8"))


def either(words: Iterable[str]) -> str:
    """Return a regular expression for the longest of the words that fits, as a tree of common beginnings."""
    tree: _Tree = {}
    for word in words:
        node = tree
        for character in word:
            node = node.setdefault(character, {})
        node[_END] = {}
    return _branches(tree)


def _branches(tree: _Tree) -> str:
    branches = [
        re.escape(character) + _branches(rest) for character, rest in tree.items() if character != _END
    ]
    if not branches:
        return ""
    joined = branches[0] if len(branches) == 1 and _END not in tree else f"(?:{'|'.join(branches)})"
    return f"{joined}?" if _END in tree else joined


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
