"""One printed number, or the two ends of a range, with its scale and unit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from knowledge.metrics.numerals import ARABIC, CHINESE, MARKS, SCALE, split_number
from knowledge.metrics.tables import either, load_table
from knowledge.metrics.units import Unit, find_unit, unit_pattern


@dataclass(frozen=True, slots=True)
class PrintedNumber:
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
    dash = first and _dash_pattern().match(text, first.stop)
    second = dash and _read_number(text, dash.end(), percent=text.startswith(MARKS["percent"], start))
    if not first:
        return ()
    if not dash or not second or not _is_range(first, second, dash[0]):
        return (first,)
    return (first, second)


def _is_range(first: PrintedNumber, second: PrintedNumber, dash: str) -> bool:
    if dash in load_table("figures")["dashes"]["tight"]:
        return bool(first.printed_unit) and first.unit == second.unit
    return first.unit == second.unit or not first.printed_unit


def _read_number(text: str, start: int, *, percent: bool = False) -> PrintedNumber | None:
    worded = text.startswith(MARKS["percent"], start)
    begin = start + len(MARKS["percent"]) * worded
    match = _with_unit_pattern().match(text, begin) or _bare_pattern().match(text, begin)
    if not match:
        return None
    head, scale = split_number(match["number"] + match["scale"])
    groups = match.groupdict()
    if groups.get("half"):
        head += Decimal("0.5")
    unit = groups.get("unit") or ("%" if percent or worded else "")
    more = match["more"] or groups.get("later")
    return PrintedNumber(match["number"], match.end("cut"), head, scale, find_unit(unit), unit, more)


@cache
def _with_unit_pattern() -> re.Pattern[str]:
    tail = load_table("figures")["words"]["after_unit"]
    return re.compile(rf"{_number()}(?P<scale>{SCALE}*?){_more()}?(?P<unit>{unit_pattern()}){tail}(?P<cut>)")


@cache
def _bare_pattern() -> re.Pattern[str]:
    return re.compile(rf"{_number()}(?P<scale>{SCALE}*)(?P<later>{_more()})?(?P<cut>)(?![A-Za-z\d])")


def _number() -> str:
    return rf"(?P<number>{ARABIC}|{CHINESE})(?P<more>{_more()})?"


def _more() -> str:
    return f"[{''.join(load_table('figures')['words']['more'])}]"


@cache
def _dash_pattern() -> re.Pattern[str]:
    dashes = load_table("figures")["dashes"]
    return re.compile(either((*dashes["any"], *dashes["tight"])))
