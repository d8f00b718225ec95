"""Names that are in no table, known by their shape: 某某公司, 某某产业园, 某某区.

A shape is tried only where a name can begin and an ending stands near: both are found by short patterns,
so that a text without endings costs next to nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from knowledge.metrics.figures import FIGURE, TIME
from knowledge.metrics.tables import WordSet, either, glance, load_table

OPENING = "，；：。！？、（(“\"‘'\n" + TIME + FIGURE
"""What stands before a name, if it does not begin the text."""

_LEVELS = {"company": "company", "earner": "company", "district": "place", "site": "site"}
_OF = "的"
_REACH = 20  # from the beginning of a name to that of its ending, or of what is earned


def find_shapes(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and level of the names of a text that are known by their shape, in order."""
    stop = 0
    for opening in _openings(text):
        match = _shape_pattern().match(text, opening) if opening >= stop else None
        if match:
            stop = match.end()
            start = opening + max(_leading_words(match[0]), match[0].rfind(_OF) + len(_OF))
            if _is_name(text[start:stop]):
                yield start, stop, _LEVELS[match.lastgroup or ""]


def may_begin_with_shape(text: str) -> bool:
    """Tell quickly whether a text can begin with such a name."""
    return bool(_ending_pattern().search(text) and _shape_pattern().match(text))


def _openings(text: str) -> Iterator[int]:
    """Yield the places before an ending where a name can begin."""
    done = -1
    for ending in _ending_pattern().finditer(text):
        near = ending.start() - _REACH
        if near <= 0 and done < 0:
            done = 0
            yield 0
        for match in _opening_pattern().finditer(text, max(near, done), ending.start()):
            done = match.end()
            yield done


def _leading_words(name: str) -> int:
    """Return how many characters of a name are words before it: 发放科技 is no company."""
    skipped = 0
    while length := _conjunctions().length_at_start(name[skipped:]):
        skipped += length
    return skipped


def _is_name(name: str) -> bool:
    return (
        len(name) > 1
        and name not in _endings()
        and not name.startswith(_pronouns())
        and not name.endswith(_common())
    )


@cache
def _conjunctions() -> WordSet:
    return WordSet.of(load_table("indicators")["leading"]["words"])


@cache
def _endings() -> frozenset[str]:
    shape = load_table("companies")["shape"]
    return frozenset((*shape["endings"], *shape["loose"]))


@cache
def _pronouns() -> tuple[str, ...]:
    return tuple(load_table("regions")["pronouns"])


@cache
def _common() -> tuple[str, ...]:
    return tuple(load_table("companies")["shape"]["common"])


@cache
def _opening_pattern() -> re.Pattern[str]:
    return re.compile(f"[{re.escape(OPENING)}{load_table('companies')['shape']['after']}]")


@cache
def _ending_pattern() -> re.Pattern[str]:
    """Return a pattern for what some shape ends with, or is followed by."""
    shape, districts = load_table("companies")["shape"], load_table("regions")["districts"]["endings"]
    endings = (*shape["endings"], *shape["loose"], *shape["site_endings"], *shape["earned"], *districts)
    bodies = (_formal(), _loose(), _site(), either((*shape["earned"], *districts)))
    return re.compile(f"{glance(endings)}(?:{'|'.join(bodies)})")


@cache
def _shape_pattern() -> re.Pattern[str]:
    """Return a pattern for what ends like a company, an institution or a district."""
    shape = load_table("companies")["shape"]
    shapes = {
        "company": rf"[\u4e00-\u9fa5A-Za-z·]{{2,10}}?(?:{_formal()}|{_loose()})",
        "earner": f"{shape['earner']}{either(shape['earned'])})",
        "site": f"{shape['site']}(?:{_site()})",
        "district": load_table("regions")["districts"]["pattern"],
    }
    return re.compile("|".join(f"(?P<{name}>{body})" for name, body in shapes.items()))


def _formal() -> str:
    shape = load_table("companies")["shape"]
    return f"{either(shape['endings'])}(?={either(shape['next'])})"


def _loose() -> str:
    shape = load_table("companies")["shape"]
    return f"{either(shape['loose'])}(?={either(shape['loose_next'])})"


def _site() -> str:
    shape = load_table("companies")["shape"]
    return f"{either(shape['site_endings'])}(?={either((*shape['next'], *shape['site_next']))})"
