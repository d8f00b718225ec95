"""What a query that found nothing may have meant: near words and parts of it, each tried out first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from knowledge.index.catalog import Catalog
from knowledge.search.query import Part, Reading, Way
from knowledge.search.repair import Repairer
from knowledge.search.search import Found
from knowledge.search.statistics import Statistics

MOST_SUGGESTED = 3
MOST_TRIED = 8
LONGEST_SUGGESTED = 40
LEAST_SHARED = 0.4


@dataclass(frozen=True, slots=True)
class Nearest:
    """Suggests queries near one that found nothing."""

    catalog: Catalog
    repairer: Repairer
    statistics: Statistics

    def suggest(self, found: Found, finds: Callable[[str], bool]) -> tuple[str, ...]:
        """Return the nearest queries that do find something, as `finds` tells, the nearest first."""
        near = (" ".join(text.split()) for text in self._near(found))
        tried = dict.fromkeys(text for text in near if len(text) <= LONGEST_SUGGESTED)
        if not found.reading.demands.restrict:
            tried.pop(" ".join(found.reading.asked.split()), None)
        useful = (text for text in islice(tried, MOST_TRIED) if finds(text))
        return tuple(islice(useful, MOST_SUGGESTED))

    def _near(self, found: Found) -> Iterator[str]:
        """Yield the query without its operators, with near words in it, the near words, its parts, titles."""
        reading = found.reading
        if reading.demands.restrict:
            yield reading.asked
        strongest = sorted(reading.parts, key=lambda part: -part.weight)
        unknown = [part for part in strongest if part.end and not self.statistics.frequency(part.typed)]
        near = [(part, word) for part in unknown for word in self.repairer.near(part.typed)]
        yield from (_replaced(reading, part, word) for part, word in near)
        yield from (word for _, word in near)
        yield from (_known(part) for part in strongest)
        alike = [j.number for j in found.dropped[:MOST_SUGGESTED] if j.near >= LEAST_SHARED]
        yield from (citation.title for citation in self.catalog.citations(alike).values())


def _replaced(reading: Reading, part: Part, word: str) -> str:
    return f"{reading.text[: part.start]}{word}{reading.text[part.end :]}"


def _known(part: Part) -> str:
    """Return the part as the articles write it."""
    repaired = (form.text for form in part.forms if form.way is Way.REPAIR)
    return next(repaired, part.typed)
