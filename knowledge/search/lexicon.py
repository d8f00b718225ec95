"""The tables that widen a query: other names, English words, and the words that only ask.

They are data: the tables of `wordlists`, and `knowledge/data/questions.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from knowledge.normalize import fold
from knowledge.search.tokens import HAN, is_han
from knowledge.search.wordlists import DATA, Wordlists, load_wordlists

LEAST_WORD, LONGEST_WORD = 3, 6


@dataclass(frozen=True)
class Lexicon:
    """Folded names with what else they may be called, and the words that say nothing about the subject.

    `question` matches a phrase that only asks, `parted` a verb, a particle, an object and the character after
    it. Latin names have single spaces between their words.
    """

    names: dict[str, tuple[str, ...]]
    fillers: frozenset[str]
    question: re.Pattern[str]
    parted: re.Pattern[str]

    @cached_property
    def latin(self) -> tuple[str, ...]:
        """The names of one latin word."""
        return tuple(name for name in self.names if name.isascii() and name.isalpha())

    def others(self, name: str) -> tuple[str, ...]:
        """Return the other names of a folded name, () where it has none."""
        return self.names.get(name, ())


def load_lexicon(words: Wordlists | None = None) -> Lexicon:
    """Make the lexicon of these tables, by default of the shipped ones."""
    words = words or load_wordlists()
    questions = tomllib.loads((DATA / "questions.toml").read_text(encoding="utf-8"))
    names: dict[str, tuple[str, ...]] = {}
    for english, meanings in words.glossary.items():
        _add(names, english, meanings)
    for group in words.groups:
        for name in group:
            _add(names, name, (other for other in group if other != name))
    for name, nicknames in words.nicknames:
        for nickname in nicknames:
            _add(names, nickname, [name])
    question = re.compile(_longest_first(questions["phrases"]))
    between = _longest_first(questions["between"])
    parted = re.compile(f"([{HAN}])({between})([{HAN}])(?=([{HAN}])?)")
    return Lexicon(names, frozenset(map(fold, questions["words"])), question, parted)


def _longest_first(phrases: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(map(fold, phrases), key=len, reverse=True)))


def dictionary_words(words: Wordlists) -> tuple[str, ...]:
    """Return the Chinese names of all tables, folded, that a segmenter should not cut apart."""
    lexicon = load_lexicon(words)
    names = {*lexicon.names, *(other for others in lexicon.names.values() for other in others)}
    names.update(fold(name) for topic in words.topics for name in (topic.name, *topic.aliases))
    return tuple(sorted(name for name in names if is_han(name) and LEAST_WORD <= len(name) <= LONGEST_WORD))


def _add(names: dict[str, tuple[str, ...]], name: str, others: Iterable[str]) -> None:
    key = name_key(name)
    folded = dict.fromkeys((*names.get(key, ()), *map(fold, others)))
    names[key] = tuple(folded)


_BREAK = re.compile(rf"[^\w{HAN}]+")


def name_key(name: str) -> str:
    """Return the form in which a name is looked up: folded, punctuation as single spaces."""
    return folded_key(fold(name))


def folded_key(name: str) -> str:
    """Return the form in which a folded name is looked up: punctuation as single spaces."""
    return _BREAK.sub(" ", name).strip()
