"""One printed number, or the two ends of a range, with its scale and unit."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from knowledge.metrics.numerals import ARABIC, CHINESE, MARKS, SCALE, split_number
from knowledge.metrics.tables import any_of, either, load_table
from knowledge.metrics.units import Unit, find_unit, unit_pattern

_HALF = Decimal("0.5")


class PrintedNumber(NamedTuple):
    """One printed number: alone, or one end of a range."""

    text: str
    stop: int
    head: Decimal
    scale: str
    unit: Unit
    printed_unit: str
    more: str | None


def read_numbers(text: str, start: int) -> tuple[PrintedNumber, ...]:
    """Return one number, or the two ends of a range, that begin here."""
    first = _read_number(text, start)
    if not first:
        return ()
    dash = _dash_pattern().match(text, first.stop)
    if not dash:
        return (first,)
    second = _read_number(text, dash.end(), percent=text.startswith(MARKS["percent"], start))
    return (first, second) if second and _is_range(first, second, dash[0]) else (first,)


def _is_range(first: PrintedNumber, second: PrintedNumber, dash: str) -> bool:
    if dash in load_table("figures")["dashes"]["tight"]:
        return bool(first.printed_unit) and first.unit == second.unit
    return first.unit == second.unit or not first.printed_unit


def _read_number(text: str, start: int, *, percent: bool = False) -> PrintedNumber | None:
    match = _number_pattern().match(text, start)
    if not match:
        return None
    worded, number, more, scale, unit, half, later, bare_scale, bare_more = match.groups()
    head, scale = split_number(number + (bare_scale or scale or ""))
    if half:
        head += _HALF
    unit = unit or ("%" if percent or worded else "")
    return PrintedNumber(number, match.end(), head, scale, find_unit(unit), unit, more or later or bare_more)


@cache
def _number_pattern() -> re.Pattern[str]:
    """Return a pattern for a number with its unit, else for a number alone."""
    words = load_table("figures")["words"]
    more = any_of(words["more"])
    number = rf"(?P<worded>{MARKS['percent']})?(?P<number>{ARABIC}|{CHINESE})(?P<more>{more})?"
    with_unit = rf"(?P<scale>{SCALE}*?){more}?(?P<unit>{unit_pattern()}){words['after_unit']}"
    alone = rf"(?P<bare_scale>{SCALE}*)(?P<bare_more>{more})?(?![A-Za-z\d])"
    return re.compile(f"{number}(?:{with_unit}|{alone})")


@cache
def _dash_pattern() -> re.Pattern[str]:
    dashes = load_table("figures")["dashes"]
    return re.compile(either((*dashes["any"], *dashes["tight"])))
