"""Units: an open table of names, what each measures, and quantities made of a number and a unit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import cache, lru_cache

from knowledge.metrics.numerals import SCALE, scale_exponent, shift
from knowledge.metrics.tables import either, load_table
from knowledge.model import Quantity

_REMEMBERED = 1 << 10  # printed units


class UnitType(StrEnum):
    """What a unit measures; SCALED is a number with a scale and no unit, BARE one with neither."""

    MONEY = "money"
    PERCENT = "percent"
    POINTS = "points"
    MULTIPLE = "multiple"
    RANK = "rank"
    RATIO = "ratio"
    DURATION = "duration"
    COUNT = "count"
    MEASURE = "measure"
    SCALED = "scaled"
    BARE = "bare"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit by its first name. `firm`: a small number in Chinese script before it still is a figure."""

    name: str
    type: UnitType
    firm: bool = False


BARE = Unit("", UnitType.BARE)


@cache
def known_units() -> dict[str, Unit]:
    """Return every spelling of every unit of the table."""
    table = load_table("units")
    firm = set(table["firm"]["units"])
    return {
        spelling: Unit(name, type_, name in firm)
        for type_ in UnitType
        if type_ not in {UnitType.BARE, UnitType.SCALED}
        for name, others in table[type_].items()
        for spelling in (name, *others)
    }


@cache
def unit_pattern() -> str:
    """Return a regular expression for any unit, also one per another (台/万人, 元/吨, GB/户·月)."""
    units = known_units()
    one = either(units, {spelling: guard for spelling in units if (guard := _guard(spelling))})
    return rf"{one}(?:[/×·]{SCALE}*?{one}){{0,2}}"


def _guard(spelling: str) -> str:
    guards: dict[str, str] = load_table("units")["guards"]
    latin = "A-Za-z" if spelling[-1].isascii() and spelling[-1].isalpha() else ""
    not_before = latin + guards.get(spelling, "")
    return f"(?![{not_before}])" if not_before else ""


def find_unit(text: str) -> Unit:
    """Return the unit written so; a unit per another is a measure. "" is the bare unit."""
    known = known_units().get(text)
    if known:
        return known
    return Unit(text, UnitType.MEASURE) if text else BARE


def make_quantity(heads: tuple[Decimal, ...], scales: tuple[str, ...], unit: str) -> Quantity:
    """Make a quantity of one number, or of two that are a range; `unit` is as printed, without its scale.

    A range that prints its scale once (2-3万) has it for both ends.
    """
    scale, (base_unit, exponent) = scales[-1], _base_of(unit)
    if len(heads) == 1:
        base = shift(heads[0], scale_exponent(scale) + exponent)
        return Quantity(heads[0], scale + unit, base, base_unit)
    first, last = (shift(head, scale_exponent(own or scale)) for head, own in zip(heads, scales, strict=True))
    value = shift(first, -scale_exponent(scale)), heads[1]
    return Quantity(value, scale + unit, (shift(first, exponent), shift(last, exponent)), base_unit)


@lru_cache(_REMEMBERED)
def _base_of(unit: str) -> tuple[str, int]:
    """Return the name of a unit, and the power of ten by which it is of another: 成 is ten %."""
    scaled = load_table("units")["scaled"].get(unit)
    return (scaled["unit"], scaled["exponent"]) if scaled else (find_unit(unit).name, 0)


def with_unit_of(bare: Quantity, other: Quantity) -> Quantity:
    """Return a number printed without a unit with the unit of another, its own scale kept."""
    return replace(bare, unit=bare.unit + other.base_unit, base_unit=other.base_unit)
