"""From the lines of a digest to its sections and articles.

    lines -> contents list -> places of its titles in the body -> sections -> articles

Whatever the contents miss is not lost: text under a title that was not found stays with the article before,
or goes to the missing article where that alone can have printed it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise

from knowledge.ingest.contents import Entry, find_contents, is_contents_heading
from knowledge.ingest.document import Line, Mark
from knowledge.ingest.furniture import find_running_headers, without_headers, without_page_marks
from knowledge.ingest.outline import outline_entries, with_pages
from knowledge.ingest.placing import Place, place_titles
from knowledge.ingest.sections import find_sections

MOST_TRIES = 4
"""So many runs of lines that look like contents are tried before a document is taken for no digest."""
LEAST_FOUND = 0.5
"""Contents of which a smaller part is found in the body are none."""


@dataclass(frozen=True, slots=True)
class Part:
    """An article as split from a digest: its title as the contents print it, and the lines of its body."""

    title: str
    section: str
    page: int | None
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """A digest split into articles.

    `cover` are the lines before the contents list, `missing` the titles of the contents that the body lacks.
    """

    cover: tuple[Line, ...]
    parts: tuple[Part, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Plan:
    """Contents confirmed by a body: for each entry, where its title stands and whether it is a section."""

    entries: tuple[Entry, ...]
    places: tuple[Place | None, ...]
    are_sections: tuple[bool, ...]
    body: tuple[Line, ...]


def split_digest(lines: Sequence[Line], outline: Sequence[Mark] = ()) -> Digest | None:
    """Return the articles of a digest, None where there is no contents list that the body confirms.

    `outline` gives entries their pages where the contents print none, and stands in for missing contents.
    """
    lines = without_page_marks(lines)
    for contents in islice(find_contents(lines), MOST_TRIES):
        cover = tuple(line for line in lines[: contents.start] if not is_contents_heading(line.text))
        body = lines[contents.stop :]
        body = without_headers(body, find_running_headers(body, (line.text for line in cover)))
        if plan := _plan(with_pages(contents.entries, outline), body):
            return _make_digest(cover, plan)
    plan = _plan(outline_entries(outline), lines)
    return _make_digest(_before_titles(plan), plan) if plan else None


def _make_digest(cover: tuple[Line, ...], plan: _Plan) -> Digest:
    return Digest(cover, tuple(_without_headers(plan, _split(plan))), tuple(_missing(plan)))


def _before_titles(plan: _Plan) -> tuple[Line, ...]:
    return plan.body[: min(place.start for place in plan.places if place)]


def _plan(entries: tuple[Entry, ...], body: tuple[Line, ...]) -> _Plan | None:
    places = place_titles([entry.title for entry in entries], body)
    if not any(places) or sum(place is not None for place in places) < LEAST_FOUND * len(places):
        return None
    sections = find_sections(entries, places)
    rows = zip(entries, places, sections, strict=True)
    entries, places, sections = zip(*(row for row in rows if not _is_stray(*row)), strict=True)
    return _Plan(entries, places, sections, body)


def _is_stray(entry: Entry, place: Place | None, is_section: bool) -> bool:
    """Tell whether a line among the contents is no entry: no page, and nothing like it in the body."""
    return entry.page is None and place is None and not is_section


def _split(plan: _Plan) -> Iterator[Part]:
    """Give the articles in the order of the contents: each stretch of body from one title to the next."""
    size = len(plan.body)
    found = [(i, place) for i, place in enumerate(plan.places) if place]
    for (i, title), (following, end) in pairwise(
        [(-1, Place(0, 0)), *found, (len(plan.entries), Place(size, size))]
    ):
        lines = plan.body[title.stop : end.start]
        owner = _owner(plan, i, following)
        if owner is not None and (lines or not (owner != i or plan.are_sections[i])):
            entry = plan.entries[owner]
            first = plan.body[min(title.start, size - 1)].page
            yield Part(
                entry.title, _section_of(plan, owner), entry.page, _count_pages(lines, first, entry.page)
            )


def _owner(plan: _Plan, entry: int, following: int) -> int | None:
    """Return whose text stands between two titles: the first one's, unless it is a section or the front.

    Then a missing article of these contents has printed it; where none is missing, it is the section's own
    introduction, which becomes an article, or part of the front, which does not.
    """
    if entry >= 0 and not plan.are_sections[entry]:
        return entry
    missing = (i for i in range(entry + 1, following) if not plan.are_sections[i])
    return next(missing, entry if entry >= 0 else None)


def _section_of(plan: _Plan, entry: int) -> str:
    sections = (plan.entries[i].title for i in range(entry, -1, -1) if plan.are_sections[i])
    return next(sections, "")


def _count_pages(lines: Sequence[Line], first: int | None, printed: int | None) -> tuple[Line, ...]:
    """Return the lines with printed page numbers, where the file's page `first` has the number `printed`."""
    if first is None or printed is None:
        return tuple(lines)
    return tuple(
        line if line.page is None else replace(line, page=line.page - first + printed) for line in lines
    )


def _without_headers(plan: _Plan, parts: Iterable[Part]) -> Iterator[Part]:
    """Give the parts without the names of sections and articles that are printed over every page."""
    headers = find_running_headers(plan.body, (entry.title for entry in plan.entries))
    for part in parts:
        yield replace(part, lines=without_headers(part.lines, headers))


def _missing(plan: _Plan) -> Iterator[str]:
    for entry, place, is_section in zip(plan.entries, plan.places, plan.are_sections, strict=True):
        if place is None and not is_section:
            yield entry.title
