"""What a query names besides its words: a region, a company, a time, a section.

Each favours the articles that it fits and leaves none out.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from knowledge.metrics.question import asked_times
from knowledge.metrics.subject import find_mentions
from knowledge.metrics.tables import load_table
from knowledge.model import Aspect, Citation, Period, Understood
from knowledge.search.gazetteer import region_names

LONGEST_READ = 200
IN_TITLE, IN_TEXT = 1.0, 0.5
_SAYS_WHEN = re.compile(r"[0-9]|[年月季]")
_LEAST_SECTION = 2


@dataclass(frozen=True, slots=True)
class Aspects:
    """What was understood of a query, each with the names by which an article is known to fit it."""

    understood: tuple[Understood, ...] = ()
    names: tuple[tuple[str, ...], ...] = ()
    sections: frozenset[str] = frozenset()

    def lacks(self, folded: str) -> bool:
        """Tell whether companies are named and none of them stands in the text."""
        named = [each.value.lower() for each in self.understood if each.aspect is Aspect.COMPANY]
        return bool(named) and not any(name in folded for name in named)

    def fit(self, citation: Citation, folded: str, title_end: int) -> float:
        """Return how well an article fits, 0 to 1."""
        shares = [_fit_of(names, folded, title_end) for names in self.names]
        if self.sections:
            shares.append(float(citation.section in self.sections))
        return sum(shares) / len(shares) if shares else 0.0

    def with_sections(self, named: Mapping[str, frozenset[str]]) -> Aspects:
        """Return these aspects and sections: their folded names with all their names."""
        if not named:
            return self
        shown = (Understood(Aspect.SECTION, min(names)) for names in named.values())
        return replace(
            self, understood=(*self.understood, *shown), sections=frozenset().union(*named.values())
        )


NO_ASPECTS = Aspects()


def understand(text: str, others: Iterable[str], newest: date | None) -> Aspects:
    """Return the regions, companies and times named in a folded query, or by `others` of its names."""
    head = text[:LONGEST_READ]
    named = dict.fromkeys((*_named(head), *_named("\n".join(others)[:LONGEST_READ])))
    times = dict.fromkeys(_times(head, newest))
    names = (*(_names_of(each) for each in named), *((label,) for label in map(_label, times) if label))
    return Aspects((*named, *times), tuple(names))


def sections_named(text: str, sections: Collection[str]) -> list[str]:
    """Return the sections that a folded query names as words of their own or by a name of four characters."""
    words = text.split()
    return [name for name in sections if name in words or (len(name) > _LEAST_SECTION + 1 and name in text)]


def _named(text: str) -> Iterator[Understood]:
    regions = region_names()
    for mention in find_mentions(text):
        for part in mention.parts():
            if part.name in regions:
                yield Understood(Aspect.REGION, part.name)
            elif part.level == "company":
                yield Understood(Aspect.COMPANY, part.name)


def _times(text: str, newest: date | None) -> Iterator[Understood]:
    if not _SAYS_WHEN.search(text):
        return
    years = load_table("questions")["years"]
    for time in asked_times(re.sub(years["bare"], years["written"], text), newest):
        if time.period.label:
            yield Understood(Aspect.PERIOD, time.period.label, time.period)


def _names_of(named: Understood) -> tuple[str, ...]:
    return region_names().get(named.value, (named.value.lower(),))


def _label(time: Understood) -> str | None:
    """Return the year of a time as articles write it."""
    period: Period | None = time.period
    return f"{period.end.year}年" if period and period.end else None


def _fit_of(names: tuple[str, ...], folded: str, title_end: int) -> float:
    places = [place for name in names if (place := folded.find(name)) >= 0]
    if not places:
        return 0.0
    return IN_TITLE if min(places) < title_end else IN_TEXT
