"""The same news from several sources is one answer: the best of them, the others beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from knowledge.index.catalog import Catalog
from knowledge.model import Hit
from knowledge.search.ranking import Judgement


@dataclass(frozen=True, slots=True)
class ToldOnce:
    """Answers of which no two tell the same news; `also` gives the numbers of the others of each."""

    kept: tuple[Judgement, ...]
    also: Mapping[int, Sequence[int]]


def told_once(catalog: Catalog, kept: Sequence[Judgement]) -> ToldOnce:
    """Keep the best of the answers that tell the same news, in their order."""
    first_of = catalog.retellings(judgement.number for judgement in kept)
    if not first_of:
        return ToldOnce(tuple(kept), {})
    groups: dict[int, list[Judgement]] = {}
    for judgement in kept:
        groups.setdefault(first_of.get(judgement.number, judgement.number), []).append(judgement)
    best = tuple(group[0] for group in groups.values())
    return ToldOnce(best, {each[0].number: [other.number for other in each[1:]] for each in groups.values()})


def with_others(
    catalog: Catalog, told: ToldOnce, shown: Sequence[Judgement], hits: Sequence[Hit]
) -> tuple[Hit, ...]:
    """Give each hit the places where the same news was found too."""
    wanted = {judgement.number: told.also.get(judgement.number, ()) for judgement in shown}
    numbers = [number for others in wanted.values() for number in others]
    if not numbers:
        return tuple(hits)
    citations = catalog.citations(numbers)
    return tuple(
        replace(hit, also=tuple(citations[number] for number in wanted[judgement.number]))
        for judgement, hit in zip(shown, hits, strict=True)
    )
