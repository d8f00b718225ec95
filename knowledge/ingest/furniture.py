"""Lines of the page, not of the text: page numbers, running headers, links back to the contents."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import pairwise

from knowledge.ingest.document import Line
from knowledge.ingest.titles import title_key

HEADER_REPEATS = 3
"""A name is a running header where it stands alone on at least so many lines."""

_BARE_NUMBER = re.compile(r"\d{1,4}")
_PAGE_NUMBER = re.compile(
    r"[-–—·•~]\s*\d{1,4}\s*[-–—·•~]|第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?|\d{1,4}\s*/\s*\d{1,4}"
    r"|(?:page|p\.)\s*\d{1,4}(?:\s*of\s*\d{1,4})?",
    re.IGNORECASE,
)
_LINK_BACK = re.compile(r"[\[【(<《]?\s*(?:点击)?(?:返回|回到)(?:目录|首页|顶部|页首)\s*[\]】)>》]?")


def without_page_marks(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return the lines without page numbers and links back to the contents."""
    counted = _counting_lines(lines)
    return tuple(line for i, line in enumerate(lines) if i not in counted and not _is_page_mark(line.text))


def without_running_headers(lines: Sequence[Line], names: Collection[str]) -> tuple[Line, ...]:
    """Return the lines without those that say nothing but one of `names`, page after page."""
    keys = {title_key(name) for name in names} - {""}
    found = Counter(key for line in lines if len(line.text) <= 80 and (key := title_key(line.text)) in keys)
    headers = {key for key, times in found.items() if times >= HEADER_REPEATS}
    return tuple(line for line in lines if len(line.text) > 80 or title_key(line.text) not in headers)


def _is_page_mark(text: str) -> bool:
    if len(text) > 24:
        return False
    text = unicodedata.normalize("NFKC", text)
    return bool(_PAGE_NUMBER.fullmatch(text) or _LINK_BACK.fullmatch(text))


def _counting_lines(lines: Sequence[Line]) -> set[int]:
    """Return which bare numbers count pages: each is one more than the last, with text between the two.

    Other bare numbers may be the cells of a table, and stay.
    """
    numbers = [(i, int(line.text)) for i, line in enumerate(lines) if _BARE_NUMBER.fullmatch(line.text)]
    pairs = [(i, j) for (i, first), (j, second) in pairwise(numbers) if second == first + 1 and j > i + 1]
    return {i for pair in pairs for i in pair}
