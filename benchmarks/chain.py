"""A Markov chain of words, learned from real texts, that writes sentences like theirs.

Word follows word as in the texts, a clause at a time. Clauses with figures are made as rare as in other news:
the sample digests are full of them. So that the vocabulary grows with the amount of text as it does in real
news, words of the open classes are now and then exchanged for one of the same part of speech, drawn by its
frequency in jieba's dictionary; figures are drawn anew, digit by digit.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

OPEN_CLASSES = ("n", "nz", "ns", "nt", "v", "vn", "a", "i", "l", "j")
"""ICTCLAS tags of the classes that new words come from."""

SUBJECT_CLASSES = frozenset({"n", "nz", "ns", "nt", "vn", "j"})
EXCHANGED, EXCHANGED_FOR_SUBJECT = 0.45, 0.15
DRAWN = 100_000
PLAIN_CLAUSES = 40
"""How many clauses without figures are learned for each clause with some: about as news has metrics."""

LONGEST_CLAUSE = 24
MOST_CLAUSES = 4
START = 0
_CLAUSE = re.compile(r"[^，；。！？\s]+")
_CONTENTS_LINE = re.compile(r"^- |[.…]{3}|[0-9]$")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_HAN_WORD = re.compile(r"[\u4e00-\u9fff]{2,}")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the texts: its class if another may stand for it, and whether it is a figure."""

    text: str
    open_class: str = ""
    is_figure: bool = False


@dataclass(frozen=True, slots=True)
class Chain:
    """Words by number, the numbers that follow each (as often as they do), and drawn words of each class.

    Number 0 is both the start and the end of a clause.
    """

    words: tuple[Word, ...]
    followers: tuple[tuple[int, ...], ...]
    drawn: dict[str, list[str]]

    def subjects(self, random: Random, count: int) -> list[str]:
        """Draw what a document is about."""
        nouns = self.drawn["n"]
        return [nouns[int(random.random() * len(nouns))] for _ in range(count)]

    def sentence(self, random: Random, subjects: Sequence[str]) -> str:
        """Write a sentence without its full stop."""
        clauses = 1 + int(random.random() * MOST_CLAUSES)
        return "，".join([self.clause(random, subjects) for _ in range(clauses)])

    def clause(self, random: Random, subjects: Sequence[str]) -> str:
        """Write a clause."""
        chance, words, followers = random.random, self.words, self.followers
        pieces: list[str] = []
        at = START
        for _ in range(LONGEST_CLAUSE):
            following = followers[at]
            at = following[int(chance() * len(following))]
            if at == START:
                break
            word = words[at]
            if word.open_class:
                pieces.append(self._exchanged(word, random, subjects))
            else:
                pieces.append(_new_figure(word.text, random) if word.is_figure else word.text)
        return "".join(pieces)

    def _exchanged(self, word: Word, random: Random, subjects: Sequence[str]) -> str:
        chance = random.random()
        if chance < EXCHANGED_FOR_SUBJECT and word.open_class in SUBJECT_CLASSES:
            return subjects[int(random.random() * len(subjects))]
        if chance < EXCHANGED:
            drawn = self.drawn[word.open_class]
            return drawn[int(random.random() * len(drawn))]
        return word.text


def learn(texts: Iterable[str], random: Random) -> Chain:
    """Learn a chain from texts."""
    import rjieba

    numbers: dict[Word, int] = {Word(""): START}
    followers: defaultdict[int, list[int]] = defaultdict(list)
    for clause, weight in _weighted(texts):
        at = START
        for written, tag in rjieba.tag(clause):
            following = numbers.setdefault(_word(written, tag), len(numbers))
            followers[at] += [following] * weight
            at = following
        followers[at] += [START] * weight
    return Chain(tuple(numbers), tuple(tuple(followers[n]) for n in range(len(numbers))), _draw_words(random))


def read_texts(folders: Iterable[Path]) -> list[str]:
    """Return the .txt files of folders, in the order of their names."""
    paths = (path for folder in folders for path in sorted(folder.rglob("*.txt")))
    return [path.read_text(encoding="utf-8") for path in paths]


def _weighted(texts: Iterable[str]) -> list[tuple[str, int]]:
    clauses = [(clause, _has_figure(clause)) for text in texts for clause in _clauses(text)]
    figured = sum(has for _, has in clauses)
    weight = max(1, round(PLAIN_CLAUSES * figured / max(1, len(clauses) - figured)))
    return [(clause, 1 if has else weight) for clause, has in clauses]


def _has_figure(text: str) -> bool:
    return any(c.isdigit() for c in text)


def _clauses(text: str) -> Iterator[str]:
    """Yield the clauses of a text; the lines of a table of contents have none."""
    for line in text.splitlines():
        if not _CONTENTS_LINE.search(line.strip()):
            yield from _CLAUSE.findall(line)


def _word(written: str, tag: str) -> Word:
    if _has_figure(written):
        return Word(written, is_figure=True)
    return Word(written, tag if tag in OPEN_CLASSES and _HAN_WORD.fullmatch(written) else "")


def _new_figure(written: str, random: Random) -> str:
    """Draw a figure anew: 6.2 -> 4.7; years stay years, a day stays a day."""
    if _YEAR.fullmatch(written):
        return str(2012 + int(random.random() * 13))
    if written.isdecimal() and len(written) < 3:
        return str(1 + int(random.random() * int(written)))
    digits = (str(1 + int(random.random() * 9)) if c.isdigit() else c for c in written)
    return "".join(digits)


def _draw_words(random: Random) -> dict[str, list[str]]:
    """Draw words of each open class by their frequency in jieba's dictionary."""
    import jieba

    words: dict[str, list[str]] = {tag: [] for tag in OPEN_CLASSES}
    weights: dict[str, list[int]] = {tag: [] for tag in OPEN_CLASSES}
    with jieba.get_dict_file() as lines:
        for line in lines:
            word, frequency, tag = line.decode().split()
            if tag in words and _HAN_WORD.fullmatch(word):
                words[tag].append(word)
                weights[tag].append(int(frequency))
    return {tag: random.choices(words[tag], weights[tag], k=DRAWN) for tag in OPEN_CLASSES}
