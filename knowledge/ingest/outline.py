"""What a format itself names, bookmarks and links, as entries of a contents list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from knowledge.ingest.contents import LEAST_ENTRIES, MOST_ENTRIES, Entry
from knowledge.ingest.decode import clean_line
from knowledge.ingest.document import Mark
from knowledge.ingest.titles import title_key

MOST_CHAPTERS = 0.5
"""Bookmarks of which a greater part is numbered are the chapters of one report."""

_CHAPTER = re.compile(
    r"第[一二三四五六七八九十百\d]{1,4}[章节篇部]|[(（]?[一二三四五六七八九十]{1,3}[)）、.．]|\d{1,2}(?:[.．、]|\s|$)"
)


def with_pages(entries: Sequence[Entry], outline: Sequence[Mark]) -> tuple[Entry, ...]:
    """Return the entries of printed contents, with the outline's pages where none is printed."""
    pages = {title_key(mark.title): mark.page for mark in outline if mark.page}
    if not pages or any(entry.page is not None for entry in entries):
        return tuple(entries)
    return tuple(replace(entry, page=pages.get(title_key(entry.title))) for entry in entries)


def outline_entries(outline: Sequence[Mark]) -> tuple[Entry, ...]:
    """Return the contents list that an outline is: its two upper levels; nothing for a report's chapters."""
    upper = [mark for mark in _clean(outline) if mark.level <= 2][:MOST_ENTRIES]
    chapters = sum(_CHAPTER.match(mark.title) is not None for mark in upper)
    if len(upper) < LEAST_ENTRIES or chapters > MOST_CHAPTERS * len(upper):
        return ()
    leads = [following.level > mark.level for mark, following in pairwise(upper)] + [False]
    return tuple(
        Entry(mark.title, mark.page, marked=not lead) for mark, lead in zip(upper, leads, strict=True)
    )


def _clean(outline: Sequence[Mark]) -> Iterator[Mark]:
    for mark in outline:
        if title := clean_line(mark.title):
            yield mark._replace(title=title)
