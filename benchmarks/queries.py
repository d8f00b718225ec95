"""Queries of every kind that people type, drawn from generated documents."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from random import Random

from benchmarks.corpus import Document

SEED = 7
LONGEST_QUERY = 4_096
_HAN = re.compile(r"[\u4e00-\u9fff]")
_HAN_RUN = re.compile(r"[\u4e00-\u9fff]{2,}")
_FIGURE = re.compile(r"([\u4e00-\u9fff]{2,12}?)(?:达到?|为|超过)[0-9.]+")
UNKNOWN = "魑魅魍魉饕餮蹒跚踟蹰氤氲龃龉觊觎倥偬"


@dataclass(frozen=True, slots=True)
class Query:
    """A query and its kind."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a query is drawn from: a document, its content words of two characters and more, and chance."""

    document: Document
    words: Sequence[str]
    random: Random

    def some(self, least: int, most: int) -> str:
        """Return some of the words, in their order, joined by spaces."""
        count = min(self.random.randint(least, most), len(self.words))
        places = sorted(self.random.sample(range(len(self.words)), count))
        return " ".join(self.words[place] for place in places)

    def one(self, longest: int = 8) -> str:
        """Return one of the words."""
        short = [word for word in self.words if len(word) <= longest]
        return self.random.choice(short or self.words)


def keywords(draw: Drawing) -> str:
    """One to four words."""
    return draw.some(1, 4)


def two_characters(draw: Drawing) -> str:
    """A keyword of two characters."""
    return draw.one(2)


def question(draw: Drawing) -> str:
    """A polite question about a stretch of the text."""
    run = draw.random.choice(_HAN_RUN.findall(draw.document.text) or [draw.document.title])
    return f"请问{run[:24]}{draw.one()}的情况怎么样？"


def figure(draw: Drawing) -> str:
    """A question for a number."""
    found = _FIGURE.search(draw.document.text)
    year = draw.document.published.year
    return f"{year}年{found[1] if found else draw.one()}是多少"


def typo(draw: Drawing) -> str:
    """Words with one character replaced."""
    text = draw.some(1, 2)
    place = draw.random.randrange(len(text))
    characters: list[str] = _HAN.findall(draw.document.text)
    other = draw.random.choice(characters)
    return text[:place] + other + text[place + 1 :]


def pinyin(draw: Drawing) -> str:
    """A word as it sounds."""
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(draw.one()))


def traditional(draw: Drawing) -> str:
    """Words in traditional characters."""
    from opencc import OpenCC

    return str(OpenCC("s2t").convert(draw.some(1, 3)))


def nothing(draw: Drawing) -> str:
    """Characters that no document has."""
    return "".join(draw.random.sample(UNKNOWN, 4))


KINDS: tuple[Callable[[Drawing], str], ...] = (
    keywords,
    two_characters,
    keywords,
    question,
    keywords,
    typo,
    keywords,
    pinyin,
    traditional,
    figure,
    keywords,
    two_characters,
    keywords,
    question,
    keywords,
    typo,
    traditional,
    nothing,
)
"""The kinds in their turn; how often one stands here is its share."""


def make_queries(documents: Sequence[Document], count: int, seed: int = SEED) -> list[Query]:
    """Draw queries from documents, each kind in its turn; the same for the same arguments."""
    random = Random(seed)
    drawings = (Drawing(document, _words(document), random) for document in cycle(documents))
    usable = (drawing for drawing in drawings if drawing.words)
    pairs = zip(cycle(KINDS), islice(usable, count), strict=False)
    return [Query(kind.__name__, kind(drawing)) for kind, drawing in pairs]


def figure_questions(documents: Sequence[Document], count: int, seed: int = SEED) -> list[Query]:
    """Draw questions for numbers."""
    random = Random(seed)
    drawings = (Drawing(document, _words(document), random) for document in cycle(documents))
    usable = (drawing for drawing in drawings if drawing.words)
    return [Query("figure", figure(drawing)) for drawing in islice(usable, count)]


def hostile_queries(documents: Sequence[Document], seed: int = SEED) -> list[Query]:
    """Return the longest queries that are taken, each of another kind of rubbish."""
    random = Random(seed)
    characters = "".join(chr(random.randrange(0x4E00, 0x9FA6)) for _ in range(LONGEST_QUERY))
    texts = {
        "all different characters": characters,
        "one character": "的" * LONGEST_QUERY,
        "pinyin": "shujuzhongxin" * 320,
        "latin letters": "q" * LONGEST_QUERY,
        "digits": "1234567890" * 410,
        "quotes and minus": '"芯片" -"数据 ' * 410,
        "a whole text": "".join(document.text for document in documents[:40]),
        "words apart": " ".join(characters),
        "traditional": "數據中心與雲計算產業" * 410,
        "emoji and controls": "👨‍👩‍👧\u202e\x00" * 600,
        "english": "data center cloud computing semiconductor " * 100,
    }
    return [Query(kind, text[:LONGEST_QUERY]) for kind, text in texts.items()]


def _words(document: Document) -> list[str]:
    import rjieba

    tagged = rjieba.tag(document.title + document.text[:200])
    return [word for word, tag in tagged if tag[0] in "nvaj" and _HAN_RUN.fullmatch(word)]
