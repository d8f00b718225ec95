"""Telling the sections of a contents list from its articles.

A section's line in the body is followed at once by the title of its first article. Where the body does not
tell, the look of the entry does: short, without the dash or dots of the others, on the page of the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from knowledge.ingest.contents import LABEL_WIDTH, SECTION_WIDTH, Entry
from knowledge.ingest.placing import Place
from knowledge.ingest.titles import width

USUAL_SECTIONS = frozenset({"产业环境", "运营竞争", "技术情报", "企业情报", "海外借鉴"})
"""A hint only: a digest names its sections as it likes."""
LEAST_SIGNS = 2
LEAST_SIGNS_OVER_TEXT = 3
"""A line with text of its own under it has to look more like a section to be none of the articles."""


def find_sections(entries: Sequence[Entry], places: Sequence[Place | None]) -> tuple[bool, ...]:
    """Return for each entry whether it is a section; `places` tell where its title stands in the body."""
    usual = _Usual(
        marked=_is_usual([entry.marked for entry in entries]),
        led=_is_usual([entry.led for entry in entries]),
        paged=_is_usual([entry.page is not None for entry in entries]),
    )
    found = [
        _is_section(usual.count_signs(entry, following), entry, here, after)
        for (entry, following), (here, after) in zip(pairwise(entries), pairwise(places), strict=True)
    ]
    return (*found, False) if entries else ()


@dataclass(frozen=True, slots=True)
class _Usual:
    """What most entries of a contents list have."""

    marked: bool
    led: bool
    paged: bool

    def count_signs(self, entry: Entry, following: Entry) -> int:
        """Return how many signs of a section an entry shows."""
        return sum(
            (
                self.marked and not entry.marked,
                self.led and not entry.led,
                self.paged and entry.page in (None, following.page),
                entry.title in USUAL_SECTIONS,
                width(entry.title) <= 6,
            )
        )


def _is_section(signs: int, entry: Entry, here: Place | None, after: Place | None) -> bool:
    if here and after and here.stop == after.start:
        return signs > 0 or width(entry.title) <= SECTION_WIDTH
    least = LEAST_SIGNS_OVER_TEXT if here and after else LEAST_SIGNS
    return signs >= least and width(entry.title) <= LABEL_WIDTH


def _is_usual(signs: Sequence[bool]) -> bool:
    return sum(signs) * 2 > len(signs)
