"""The title of an issue, as the lines of its cover print it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.ingest.dates import is_date_line
from knowledge.ingest.titles import width

LONGEST_TITLE = 60
SHORTEST_TITLE = 4
"""A shorter first line (能源) is only the first half of a title (能源 行业周报)."""

_GOES_ON = re.compile(r"[之的与和：:—–]$")
_NUMBER = re.compile(r"[（(]?(?:总|\d{4}\s*年)?\s*第\s*[\d一二三四五六七八九十百]+\s*[期号卷].*")


def read_title(cover: Sequence[str]) -> str:
    """Return the title on a cover, its lines joined, and the issue's number; "" where there is no cover."""
    lines = [text for text in cover if len(text) <= LONGEST_TITLE and not is_date_line(text)]
    title, *rest = lines or [""]
    while rest and (_GOES_ON.search(title) or width(title) < SHORTEST_TITLE):
        title += rest.pop(0) if _GOES_ON.search(title) else f" {rest.pop(0)}"
    number = next((text for text in rest if _NUMBER.fullmatch(text)), "")
    return f"{title} {number}".strip()
