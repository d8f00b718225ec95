"""Reading the tables of `knowledge/data/metrics`: words, units and rules are data."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, TypeAlias

_END = "\0"
_UNGUARDED: Mapping[str, str] = {}
_GROUP = 16  # beginnings tried one after the other; measured, 8 to 32 are about as quick
_PARTS = 4  # groups of a group; measured for two thousand names
_Tree: TypeAlias = "dict[str, _Tree]"

FOLDER = files("knowledge").joinpath("data", "metrics")


@cache
def load_table(name: str) -> Mapping[str, Any]:
    """Return the table of this name, read once."""
    return tomllib.loads(FOLDER.joinpath(f"{name}.toml").read_text(encoding="utf-8"))


def either(words: Iterable[str], guards: Mapping[str, str] = _UNGUARDED) -> str:
    """Return a regular expression for the longest of the words that fits, as a tree of common beginnings.

    `guards` are expressions that must hold after a word. Many beginnings are tried in groups, since a regular
    expression tries its branches one after the other.
    """
    tree: _Tree = {}
    for word in words:
        node = tree
        for character in word:
            node = node.setdefault(character, {})
        node[_END + guards.get(word, "")] = {}
    if len(tree) <= 2 * _GROUP:
        return _branches(tree)
    return f"(?={any_of(tree)}){_in_groups(tree, sorted(tree))}"


def anywhere(words: Iterable[str]) -> str:
    """Return the same for words that are looked for in long texts."""
    known = tuple(words)
    return f"{glance(known)}{either(known)}"


def glance(words: Iterable[str]) -> str:
    """Return a look ahead at two characters that passes over most places where no word begins."""
    known = tuple(words)
    alone = [word for word in known if len(word) == 1]
    longer = [word for word in known if len(word) > 1]
    pairs = f"{any_of(word[0] for word in longer)}{any_of(word[1] for word in longer)}"
    return f"(?={any_of(alone)}|{pairs})" if alone else f"(?={pairs})"


def any_of(characters: Iterable[str]) -> str:
    """Return a regular expression for one of the characters."""
    return f"[{''.join(re.escape(character) for character in sorted(set(characters)))}]"


def _in_groups(tree: _Tree, firsts: Sequence[str]) -> str:
    """Return the branches that begin with these, in groups of groups with a look ahead before each."""
    if len(firsts) <= _GROUP:
        return _branches({first: tree[first] for first in firsts})
    size = max(_GROUP, -(-len(firsts) // _PARTS))
    parts = (firsts[n : n + size] for n in range(0, len(firsts), size))
    return _one_of([f"(?={any_of(part)}){_in_groups(tree, part)}" for part in parts])


def _branches(tree: _Tree) -> str:
    branches = [re.escape(first) + _branches(rest) for first, rest in tree.items() if first[0] != _END]
    guards = [ending.removeprefix(_END) for ending in tree if ending[0] == _END]
    if not branches:
        return "".join(guards)
    if guards == [""]:
        return f"(?:{'|'.join(branches)})?"
    return _one_of([*branches, *guards])


def _one_of(branches: Sequence[str]) -> str:
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"


@dataclass(frozen=True, slots=True)
class WordSet:
    """A set of words that finds the longest of them at either end of a text."""

    words: frozenset[str]
    by_first: Mapping[str, tuple[int, ...]]
    by_last: Mapping[str, tuple[int, ...]]

    @classmethod
    def of(cls, words: Iterable[str]) -> WordSet:
        """Make a set of these words."""
        members = frozenset(filter(None, words))
        return cls(members, _lengths(members, 0), _lengths(members, -1))

    def length_at_start(self, text: str) -> int:
        """Return how long the longest word at the start of the text is, 0 where none is."""
        for length in self.by_first.get(text[:1], ()):
            if text[:length] in self.words:
                return min(length, len(text))
        return 0

    def length_at_end(self, text: str) -> int:
        """Return how long the longest word at the end of the text is, 0 where none is."""
        for length in self.by_last.get(text[-1:], ()):
            if text[-length:] in self.words:
                return min(length, len(text))
        return 0


def _lengths(words: Iterable[str], place: int) -> dict[str, tuple[int, ...]]:
    """Return the lengths of the words, the longest first, by the character that they have at a place."""
    lengths: dict[str, set[int]] = {}
    for word in words:
        lengths.setdefault(word[place], set()).add(len(word))
    return {character: tuple(sorted(each, reverse=True)) for character, each in lengths.items()}
