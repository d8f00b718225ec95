"""Finding the contents list of a digest and reading its entries.

An entry comes as `- title..... 36`, with a tab, without the dash, with a space before the page, or with the
page straight after the title. Which entries are sections is told later, by the body: see sections.py.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from knowledge.ingest.document import Line
from knowledge.ingest.titles import rejoin, title_key, width

LEAST_ENTRIES = 3
MOST_ENTRIES = 1000
LONGEST_GAP = 3
"""So many lines without a page may stand between two entries: sections, and titles broken over lines."""
LABEL_WIDTH = 14
"""A line without a page is a name on its own up to this width, beyond it the first part of a long title."""
SECTION_WIDTH = 24
"""The name of a section is no wider, even where the body prints it on a line of its own."""
LONGEST_LINE = 160

_HEADINGS = frozenset(
    {"目录", "目次", "本期目录", "内容目录", "要目", "本期要目", "contents", "tableofcontents"}
)
_NOTICE = re.compile(r"页码|点击|返回|ctrl", re.IGNORECASE)
_MARKER = re.compile(r"[-–—•·*●○■□◆◇▪➢]\s*(?=\S)")
_PAGE_END = re.compile(r"\d\s*[页)）]?$")
_ENTRY = re.compile(
    r"(?P<title>\S.*?)"
    r"(?:\s*(?P<leader>[…⋯‥]|[.．。·•・_—─-]\s*[.．。·•・…⋯‥_—─-])[\s.．。·•・…⋯‥_—─-]*"
    r"|\s+|(?<=[\u2e80-\u9fff）”’》】？！%]))"
    r"(?:第\s*|p\.?\s*|[(（]\s*)?(?P<page>\d{1,3})(?:\s*页|\s*[)）])?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the contents; `marked` tells of a dash before the title, `led` of dots after it."""

    title: str
    page: int | None = None
    marked: bool = False
    led: bool = False


@dataclass(frozen=True, slots=True)
class Contents:
    """The entries of a contents list, and the lines from `start` up to `stop` that they fill."""

    entries: tuple[Entry, ...]
    start: int
    stop: int


def find_contents(lines: Sequence[Line]) -> Iterator[Contents]:
    """Give what may be the contents list of a document, the likeliest first; the body has to confirm it."""
    heading = next((i for i, line in enumerate(lines) if is_contents_heading(line.text)), None)
    paged = [i for i, line in enumerate(lines) if (heading is None or i > heading) and _is_paged(line.text)]
    for first, last in _runs(paged):
        start = first if heading is None or first - heading > LONGEST_GAP + 1 else heading + 1
        yield _read_contents(lines, start, last + 1)
    if heading is not None:
        stop = _first_repeat(lines[: heading + MOST_ENTRIES], heading + 1)
        yield _read_contents(lines, heading + 1, stop)


def is_contents_heading(text: str) -> bool:
    """Tell whether a line is the heading over a contents list."""
    return len(text) <= 20 and title_key(text) in _HEADINGS


def read_entry(text: str) -> Entry:
    """Return the entry that a line of the contents is; without a page number, all of it is the title."""
    found = _ENTRY.fullmatch(text) if len(text) <= LONGEST_LINE else None
    title, page = (found["title"], int(found["page"])) if found else (text, None)
    name = _MARKER.sub("", title, count=1) if _MARKER.match(title) else title
    return Entry(name, page, marked=name != title, led=bool(found and found["leader"]))


def _is_paged(text: str) -> bool:
    if len(text) > LONGEST_LINE or not _PAGE_END.search(text[-4:]):
        return False
    found = _ENTRY.fullmatch(text)
    return found is not None and not title_key(found["title"]).isdecimal()


def _runs(paged: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Give the first and last line of each run of enough entries."""
    starts = [k for k, i in enumerate(paged) if k == 0 or i - paged[k - 1] > LONGEST_GAP + 1]
    for start, stop in zip(starts, [*starts, len(paged)][1:], strict=True):
        if LEAST_ENTRIES <= stop - start <= MOST_ENTRIES:
            yield paged[start], paged[stop - 1]


def _first_repeat(lines: Sequence[Line], start: int) -> int:
    """Return the first line that says again what a line from `start` on said: there the body begins."""
    seen: set[str] = set()
    for i, line in enumerate(lines[start:], start):
        key = title_key(line.text[:LONGEST_LINE])
        if key in seen:
            return i
        seen.add(key or str(i))
    return start


def _read_contents(lines: Sequence[Line], start: int, stop: int) -> Contents:
    entries = [read_entry(line.text) for line in lines[start:stop]]
    kept = [entry for entry in entries if entry.page is not None or not _NOTICE.search(entry.title)]
    if any(entry.page is not None for entry in kept):
        body = {title_key(line.text) for line in lines[stop:] if len(line.text) <= LONGEST_LINE}
        kept = list(_join_broken(kept, body))
    return Contents(tuple(kept), start, stop)


def _join_broken(entries: Sequence[Entry], body: Collection[str]) -> Iterator[Entry]:
    """Give the entries, titles broken over lines joined; `body` are the keys of the body's lines."""
    marked = sum(entry.marked for entry in entries) * 2 > len(entries)
    begun: Entry | None = None
    for part, following in pairwise((*entries, Entry(""))):
        entry = part
        if begun:
            entry = Entry(rejoin(begun.title, part.title), part.page, begun.marked, part.led)
        goes_on = following.title and entry.page is None
        begun = entry if goes_on and _is_first_part(entry, following, marked, body) else None
        if not begun:
            yield entry


def _is_first_part(entry: Entry, following: Entry, marked: bool, body: Collection[str]) -> bool:
    """Tell whether a title goes on in the next line; `marked` tells that titles begin with a dash."""
    if marked and entry.marked and not following.marked:
        return True
    return width(entry.title) > (SECTION_WIDTH if title_key(entry.title) in body else LABEL_WIDTH)
