"""Which articles tell the same news: reprints and rewrites of one story, whatever their titles.

An article is known by its spots: the few characters after each small, frequent word and each clause mark.
They survive new titles, cuts and reordered paragraphs (Theobald, Siddharth and Paepcke: SpotSigs, SIGIR
2008). Its printed figures decide the rest: a rewrite keeps them, another month of the same report has others.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from heapq import nsmallest
from itertools import count, takewhile

from knowledge.model import Article
from knowledge.normalize import fold

WINDOW = timedelta(days=3)
"""How far apart the same news may be published."""

SAME_TEXT = 0.5
"""The share of the shorter article's spots that both must have; each figure that they share asks for less."""

LEAST_SHARED = 0.1
FEWEST_SPOTS = 4
SHARED_FIGURES = 0.6
COMMON = 25
"""A spot that more stories of the window have says nothing."""

READ_CHARACTERS = 4_000

MOST_STORIES = 10_000
"""How many recent stories one is compared with: about 150 MB."""

_SPOT = re.compile(r"(?<=[的了在为和是与对将达，。；：、！？,;:])(?=(\w{4}))")
_BLANK = re.compile(r"\s+")
_FIGURE = re.compile(r"(?<![\d.])\d[\d,]*(?:\.\d+)?(?![\d年月日])")


@dataclass(frozen=True, slots=True)
class Story:
    """What an article is compared by; `published` is None where nothing tells it."""

    id: str
    published: date | None
    spots: frozenset[str]
    figures: frozenset[str]


def story_of(article: Article) -> Story:
    """Return what an article is compared by."""
    text = _BLANK.sub("", fold("。".join(article.paragraphs)[:READ_CHARACTERS]))
    figures = (found.replace(",", "") for found in _FIGURE.findall(text))
    return Story(
        article.id,
        article.published or article.issue.published,
        frozenset(_SPOT.findall("。" + text)),
        frozenset(figure for figure in figures if len(figure) > 1),
    )


def is_same_news(one: Story, other: Story) -> bool:
    """Whether two articles tell the same news."""
    fewer = min(len(one.spots), len(other.spots))
    if fewer < FEWEST_SPOTS:
        return False
    figures = len(one.figures & other.figures)
    if figures < SHARED_FIGURES * min(len(one.figures), len(other.figures)):
        return False
    return len(one.spots & other.spots) / fewer >= max(SAME_TEXT / (1 + figures), LEAST_SHARED)


def same_news(stories: Iterable[Story]) -> dict[str, str]:
    """Return, for each story that tells news told before, the id of the one that told it first.

    The stories come in the order of their dates, those without a date first.
    """
    window = _Window()
    first: dict[str, str] = {}
    for story in stories:
        window.forget_before(story.published)
        alike = next(filter(lambda other: is_same_news(story, other), window.likely(story)), None)
        if alike is not None:
            first[story.id] = first.get(alike.id, alike.id)
        window.add(story)
    return first


class _Window:
    """The stories that are recent enough to be told again, found by their spots."""

    def __init__(self) -> None:
        self._stories: dict[str, Story] = {}
        self._places: dict[str, int] = {}
        self._next = count()
        self._by_spot: defaultdict[str, deque[str]] = defaultdict(deque)

    def add(self, story: Story) -> None:
        """Take in a story; they come in the order of their dates."""
        self._stories[story.id] = story
        self._places[story.id] = next(self._next)
        for spot in story.spots:
            self._by_spot[spot].append(story.id)

    def forget_before(self, published: date | None) -> None:
        """Drop the stories that are too old for one of this date."""
        for old in tuple(takewhile(partial(_is_too_old, published), self._stories.values())):
            self._forget(old)
        if len(self._stories) >= MOST_STORIES:
            self._forget(next(iter(self._stories.values())))

    def _forget(self, old: Story) -> None:
        del self._stories[old.id], self._places[old.id]
        for spot in old.spots:
            self._by_spot[spot].popleft()
            if not self._by_spot[spot]:
                del self._by_spot[spot]

    def likely(self, story: Story) -> Iterator[Story]:
        """Yield the stories that share spots with one, most first, those that share as many as they came."""
        shared: Counter[str] = Counter()
        for spot in story.spots:
            others = self._by_spot.get(spot, ())
            if len(others) <= COMMON:
                shared.update(others)
        best = nsmallest(COMMON, shared, key=lambda other: (-shared[other], self._places[other]))
        return (self._stories[other] for other in best)


def _is_too_old(published: date | None, story: Story) -> bool:
    return (published or date.min) - (story.published or date.min) > WINDOW
