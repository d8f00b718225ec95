"""Lines of the page, not of the text: page numbers, running headers, links back to the contents."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise

from knowledge.ingest.document import Line
from knowledge.ingest.titles import title_key

HEADER_REPEATS = 3
"""A name is a running header where it stands alone on at least so many lines."""
LONGEST_HEADER = 80

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


def find_running_headers(lines: Sequence[Line], names: Iterable[str]) -> frozenset[str]:
    """Return the keys of those of `names` that stand alone on a line, page after page."""
    keys = {title_key(name) for name in names} - {""}
    found = Counter(key for line in lines if (key := _header_key(line)) in keys)
    return frozenset(key for key, times in found.items() if times >= HEADER_REPEATS)


def without_headers(lines: Sequence[Line], headers: Collection[str]) -> tuple[Line, ...]:
    """Return the lines without those that are one of `headers`, given by their keys."""
    return tuple(line for line in lines if _header_key(line) not in headers) if headers else tuple(lines)


def _header_key(line: Line) -> str:
    return title_key(line.text) if len(line.text) <= LONGEST_HEADER else ""


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
