"""Ordering candidates: BM25 corrected by how much of the query an article really has, and how close together.

`coverage` is the share of the query's weight that the article has: a part in the title, in a heading or often
in the text counts in full, one named once counts little unless the others stand near it. An article below
`LEAST_COVERAGE` is no answer.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.search.query import Part
from knowledge.search.sighting import Place

LEAST_COVERAGE = 0.5
NEAR_CHARACTERS = 60
OFTEN = 3


@dataclass(frozen=True, slots=True)
class Judgement:
    """How an article fits: its BM25 score and the shares of the query's weight that it has.

    `near` is the best share within a passage, `topical` the share that the article is about, `title` the
    share that its title has.
    """

    number: int
    bm25: float
    near: float
    topical: float
    title: float

    @property
    def coverage(self) -> float:
        """How much of the query the article has, 0 to 1."""
        return max(self.near, self.topical)

    @property
    def score(self) -> float:
        """The score that articles are ordered by."""
        return self.bm25 * (0.4 + 0.4 * self.coverage + 0.1 * self.topical + 0.1 * self.title)


def judge(
    number: int, bm25: float, parts: tuple[Part, ...], places: Sequence[Place], title_end: int
) -> Judgement:
    """Judge an article by the places of the query's parts in it."""
    total = sum(part.weight for part in parts) or 1.0
    weights = [part.weight / total for part in parts]
    in_title = {place.part for place in places if place.start < title_end}
    counts = [0] * len(parts)
    for place in places:
        counts[place.part] += 1
    topical = sum(
        weight * (1.0 if number_ in in_title else min(1.0, counts[number_] / OFTEN))
        for number_, weight in enumerate(weights)
    )
    title = sum(weights[part] for part in in_title)
    return Judgement(number, bm25, nearest(places, weights).share, topical, title)


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a text and the share of the query's weight that stands in it."""

    share: float
    start: int
    end: int


def nearest(places: Sequence[Place], weights: Sequence[float]) -> Passage:
    """Return the stretch of NEAR_CHARACTERS with the greatest share, the first of equal ones."""
    starts = [place.start for place in places]
    best = Passage(0.0, 0, 0)
    for first, place in enumerate(places):
        last = bisect_right(starts, place.start + NEAR_CHARACTERS)
        share = sum(weights[part] for part in {p.part for p in places[first:last]})
        if share > best.share + 1e-9:
            best = Passage(share, place.start, max(p.end for p in places[first:last]))
    return best
