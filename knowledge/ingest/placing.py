"""Finding the titles of the contents in the body, in order.

A title in the body may differ in spaces, width and quotes, hold a slip, and break over lines. Every place
that reads like a title is a candidate; of all ways to choose candidates in the order of the contents, the one
with the greatest sum of likeness is taken, so that one false place cannot push the rest aside. Of places that
are equally like, the one that the next title follows at once is a section's; else the earliest is taken.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from knowledge.ingest.document import Line
from knowledge.ingest.titles import title_key

MOST_LINES = 3
"""A title is broken over at most so many lines."""
LONGEST_TITLE = 160
LEAST_LIKENESS = 70.0
"""So little is enough because the titles that are found exactly leave little room between them."""
SHORTEST_GUESS = 6
"""Shorter titles have to agree letter by letter: one slip makes another word of them."""
NEXT_LINE = 1.0
"""What a title gains where it follows the one before at once: enough to choose among equals, no more."""
MOST_CANDIDATES = 4
MOST_COMPARISONS = 20_000_000
"""Beyond this, some 5 seconds, only titles that agree letter by letter are looked for."""


@dataclass(frozen=True, slots=True)
class Place:
    """The lines from `start` up to `stop` that print a title."""

    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class _Candidate:
    entry: int
    place: Place
    likeness: float


def place_titles(titles: Sequence[str], lines: Sequence[Line]) -> tuple[Place | None, ...]:
    """Return where each title stands in the lines, in the same order; None for one that was not found."""
    written = _written_titles(lines)
    guess = len(written) * len(titles) <= MOST_COMPARISONS
    candidates = [
        _Candidate(entry, place, likeness)
        for entry, title in enumerate(titles)
        for place, likeness in _find_candidates(title_key(title), written, guess=guess)
    ]
    chosen = {candidate.entry: candidate.place for candidate in _best_chain(candidates)}
    return tuple(chosen.get(entry) for entry in range(len(titles)))


def _written_titles(lines: Sequence[Line]) -> Mapping[str, list[Place]]:
    """Return where each text of one to three short lines stands."""
    keys = [title_key(line.text) if len(line.text) <= LONGEST_TITLE else "" for line in lines]
    written: dict[str, list[Place]] = defaultdict(list)
    for start in range(len(keys)):
        text = ""
        for stop in range(start, min(start + MOST_LINES, len(keys))):
            text += keys[stop]
            if not keys[stop] or len(text) > LONGEST_TITLE:
                break
            written[text].append(Place(start, stop + 1))
    return written


def _find_candidates(
    key: str, written: Mapping[str, list[Place]], *, guess: bool
) -> Iterator[tuple[Place, float]]:
    if key in written:
        yield from ((place, 100.0) for place in written[key][:MOST_CANDIDATES])
    elif guess and len(key) >= SHORTEST_GUESS:
        alike = process.extract(
            key, written.keys(), scorer=fuzz.ratio, score_cutoff=LEAST_LIKENESS, limit=MOST_CANDIDATES
        )
        for text, likeness, _ in alike:
            yield from ((place, likeness) for place in written[text][:MOST_CANDIDATES])


def _best_chain(candidates: Sequence[_Candidate]) -> tuple[_Candidate, ...]:
    """Return the likeliest choice that keeps the order of both contents and body; of equals, the earliest."""
    chains: list[tuple[float, tuple[_Candidate, ...]]] = []
    for candidate in sorted(candidates, key=lambda c: (c.place.start, c.place.stop)):
        longer = (
            (likeness + _gain(candidate, chain[-1]), chain)
            for likeness, chain in chains
            if _follows(candidate, chain[-1])
        )
        likeness, chain = max(longer, key=lambda c: c[0], default=(0.0, ()))
        chains.append((likeness + candidate.likeness, (*chain, candidate)))
    return max(chains, key=lambda chain: chain[0], default=(0.0, ()))[1]


def _gain(candidate: _Candidate, last: _Candidate) -> float:
    at_once = candidate.entry == last.entry + 1 and candidate.place.start == last.place.stop
    return NEXT_LINE if at_once else 0.0


def _follows(candidate: _Candidate, last: _Candidate) -> bool:
    return candidate.entry > last.entry and candidate.place.start >= last.place.stop
