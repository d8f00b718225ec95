"""Figures that words around them make one: ranks (居全国第4位) and ratios (男女比为1:3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from operator import attrgetter

from knowledge.metrics.figure import Figure
from knowledge.metrics.numerals import parse_number
from knowledge.metrics.tables import either, load_table
from knowledge.metrics.units import UnitType
from knowledge.model import Quantity

_VERB_REACH, _RATIO_REACH = 16, 20
_TO_ONE = ":1"


def find_marked(text: str) -> list[Figure]:
    """Return the ranks and ratios of a folded text in order."""
    ranks = [*_scan_ranks(text)] if _rank_mark().search(text) else []
    ratios = [*_scan_ratios(text)] if _ratio_mark().search(text) else []
    return sorted((*ranks, *ratios), key=attrgetter("start")) if ranks and ratios else ranks or ratios


def _scan_ranks(text: str) -> Iterator[Figure]:
    unit = load_table("figures")["rank"]["unit"]
    for match in _rank_pattern().finditer(text):
        start, end = match.span()
        if match["named"] or _verb_pattern().search(text, max(0, start - _VERB_REACH), start):
            value = parse_number(match["number"]) if match["number"] else Decimal(1)
            yield Figure(start, end, Quantity(value, unit, value, unit), UnitType.RANK)


def _scan_ratios(text: str) -> Iterator[Figure]:
    for match in _ratio_pattern().finditer(text):
        start, end = match.span()
        named = _before_ratio_pattern().search(text, max(0, start - _RATIO_REACH), start)
        if named or _after_ratio_pattern().match(text, end):
            first, second = (parse_number(part) for part in match.groups() if part)
            if second:
                yield Figure(start, end, _ratio(first, second), UnitType.RATIO)


def _ratio(first: Decimal, second: Decimal) -> Quantity:
    """Return a ratio as it is printed; its base value is how much comes to one."""
    return Quantity(first, f":{second}", first / second, _TO_ONE)


@cache
def _rank_mark() -> re.Pattern[str]:
    """Return a pattern for what every rank has, quicker to look for."""
    rank = load_table("figures")["rank"]
    return re.compile(either((rank["mark"], *rank["first"])))


@cache
def _ratio_mark() -> re.Pattern[str]:
    """Return the same for ratios."""
    return re.compile(load_table("figures")["ratio"]["mark"])


@cache
def _rank_pattern() -> re.Pattern[str]:
    rank = load_table("figures")["rank"]
    follow = f"(?=[{''.join(rank['after'])}]|$)"
    named = f"[{''.join(rank['named'])}]"
    return re.compile(f"(?:{rank['number']}(?:(?P<named>{named})|{follow})|{either(rank['first'])}{follow})")


@cache
def _verb_pattern() -> re.Pattern[str]:
    rank = load_table("figures")["rank"]
    return re.compile(rf"(?:(?:{either(rank['verbs'])})[^，。；、]{{0,10}}|{either(rank['scopes'])})$")


@cache
def _ratio_pattern() -> re.Pattern[str]:
    return re.compile(load_table("figures")["ratio"]["number"])


@cache
def _before_ratio_pattern() -> re.Pattern[str]:
    return re.compile(load_table("figures")["ratio"]["before"])


@cache
def _after_ratio_pattern() -> re.Pattern[str]:
    return re.compile(load_table("figures")["ratio"]["after"])
