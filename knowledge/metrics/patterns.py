"""What a number says, told by the words around it: the rules of `data/metrics/patterns.toml`.

A rule is data: a name, what must stand left and right of the number in its clause, the kind and the
indicator that follow from it, examples and counter-examples. They are tried from the top.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from string import Formatter
from typing import Any, NamedTuple

from knowledge.metrics.alternatives import compiled
from knowledge.metrics.figures import FIGURE, TIME
from knowledge.metrics.indicator import (
    belongs_to_topic,
    clean_name,
    clean_verb,
    counted,
    counted_after,
    is_bare,
    is_per,
    is_quantity,
    is_rate,
    is_same,
    join_names,
    name_after,
    normal_name,
    rate_at_end,
    uncounted,
    without_per,
    without_quantity,
    without_rate,
)
from knowledge.metrics.needs import outline
from knowledge.metrics.shortlist import Shortlist, bits_of
from knowledge.metrics.tables import load_table
from knowledge.metrics.units import UnitType
from knowledge.model import Kind

_SAME = "same"
_BEFORE = "{before}"
_COUNTED_AFTER = "counted_after"
_EVERY = "每"
_REACH = 60
_EDGES = " “”、" + TIME
_BLANKS = {"time": TIME, "figure": FIGURE}


@dataclass(frozen=True, slots=True)
class Pattern:
    """One rule. `parts` are what its indicator is made of beside {before}.

    `kind` is None where a figure has the kind of the one before it. `passing`: the figures after it go on
    with the name of the one before it. `after_figure`: only right after another figure. `nameless`: only
    where no name stands before the number. `conditional`: it asks for such things at all.
    """

    name: str
    types: frozenset[UnitType]
    units: frozenset[str]
    left: str
    right: str
    indicator: str
    kind: Kind | None
    parts: tuple[str, ...] = ()
    negative: bool = False
    after_figure: bool = False
    passing: bool = False
    nameless: bool = False
    conditional: bool = False


class Place(NamedTuple):
    """Where a number stands: its clause before and after it.

    `named` are names from before, the most likely first, for a number without one; `topic` is what the
    clause before names, `article` what the article is about. `follows`: another figure of the sentence
    stands before; `adjoins`: right before. `unit` is the base unit.
    """

    type: UnitType
    left: str
    right: str
    named: tuple[str, ...] = ()
    topic: str = ""
    article: Callable[[], str] = str
    follows: bool = False
    adjoins: bool = False
    unit: str = ""


class Reading(NamedTuple):
    """What a rule makes of a number; `topic` is what a figure after it measures, told by no name."""

    pattern: Pattern
    indicator: str
    topic: str


def read_place(place: Place) -> Reading | None:
    """Return what the first rule that fits makes of a number there, None where it is no figure."""
    near, far = place.left[-_REACH:], place.right[:_REACH]
    patterns, among = load_patterns(), _patterns_of(place.type, place.adjoins, any(place.named))
    for number in _shortlist().find(near, far, among):
        pattern = patterns[number]
        left = compiled(pattern.left).search(near)
        right = compiled(pattern.right).match(far) if left else None
        if left and right and (not pattern.conditional or _applies(pattern, place, near)):
            reading = _reading(pattern, place, left, right)
            if reading.indicator:
                return reading
    return None


def _applies(pattern: Pattern, place: Place, near: str) -> bool:
    if pattern.units and place.unit not in pattern.units:
        return False
    return not pattern.nameless or is_same(clean_name(near))


def _reading(pattern: Pattern, place: Place, left: re.Match[str], right: re.Match[str]) -> Reading:
    if pattern.indicator == _SAME:
        name = next(filter(None, place.named))
        return Reading(pattern, name, name)
    near = left.string
    before = _before(place, near, left.start())
    words = {"before": before}
    for part in pattern.parts:
        words[part] = _part(part, before, left, right)
    name = before if pattern.indicator == _BEFORE else pattern.indicator.format_map(words)
    name = normal_name(_per(place, near) + name)
    return Reading(pattern, name, before if pattern.passing else name)


def _part(part: str, before: str, left: re.Match[str], right: re.Match[str]) -> str:
    """Return what a rule's indicator calls so: a group of its right side, or of its left."""
    if part == _COUNTED_AFTER:
        return counted_after((right.groupdict().get("after") or "").split(FIGURE)[0]) or before
    if part in right.re.groupindex:
        name = name_after((right[part] or "").split(FIGURE)[0])
        return without_quantity(name) or name if FIGURE in right.string else name
    return (left[part] or "").rsplit(FIGURE)[-1].strip(_EDGES)


def _per(place: Place, near: str) -> str:
    """Return per whom something is counted that is named after its number: 每万人拥有5个床位."""
    if place.type is not UnitType.COUNT or _EVERY not in near:
        return ""
    per = clean_name(near)
    return per if per.startswith(_EVERY) and is_per(per) and not is_same(place.right) else ""


def _before(place: Place, near: str, end: int) -> str:
    """Return the name before the words that the rule matched, or what was named before the clause."""
    name = clean_name(near[:end])
    if is_per(name) and place.named[0]:
        return name + without_per(place.named[0])
    whole = _whole_name(name, place) if not is_same(name) else _said_before(place)
    whole = whole or clean_verb(place.left)
    return counted(whole) if place.type is UnitType.COUNT else whole


def _said_before(place: Place) -> str:
    """Return the last name; the length of what was counted is no count: 372条道路, 729公里."""
    name = next(filter(None, place.named), "")
    if place.type is UnitType.COUNT:
        return without_rate(name)
    return uncounted(without_rate(name)) if place.type in {UnitType.MEASURE, UnitType.MONEY} else name


def _whole_name(name: str, place: Place) -> str:
    """Return the name as it was told whole before, or a bare one (市场规模) with what it belongs to."""
    longer = next((before for before in place.named if before.endswith(name)), None)
    if longer:
        return longer
    topic = place.named[0] if place.follows and place.named else place.topic
    if place.type is UnitType.PERCENT and place.follows and not is_quantity(name):
        return name + rate_at_end(topic)
    if is_rate(name) or (is_bare(name) and not is_quantity(topic)):
        name = join_names(topic, name)
    if not belongs_to_topic(name):
        return name
    return join_names(without_quantity(topic) or place.article(), name)


@cache
def load_patterns() -> tuple[Pattern, ...]:
    """Return the rules in the order in which they are tried."""
    table = load_table("patterns")
    fragments = {**table["fragments"], **_BLANKS}
    return tuple(_read_pattern(rule, fragments) for rule in table["rule"])


@cache
def _shortlist() -> Shortlist:
    outlines = {
        name: outline(_filled(text, _BLANKS)) for name, text in load_table("patterns")["fragments"].items()
    }
    return Shortlist.of([_sides(rule, {**outlines, **_BLANKS}) for rule in load_table("patterns")["rule"]])


@cache
def _patterns_of(type_: UnitType, adjoins: bool, named: bool) -> int:
    """Return, as bits, the rules for numbers of a type, after a figure or not, with a name before or not."""
    return bits_of(
        number
        for number, pattern in enumerate(load_patterns())
        if type_ in pattern.types
        and (adjoins or not pattern.after_figure)
        and (named or pattern.indicator != _SAME)
    )


def _read_pattern(rule: Mapping[str, Any], fragments: Mapping[str, str]) -> Pattern:
    kind = rule["kind"]
    left, right = _sides(rule, fragments)
    flags = {name: rule[name] for name in ("negative", "after_figure", "passing", "nameless") if name in rule}
    return Pattern(
        name=rule["name"],
        types=frozenset(UnitType(type_) for type_ in rule["types"]),
        units=frozenset(rule.get("units", ())),
        left=left,
        right=right,
        indicator=rule["indicator"],
        kind=None if kind == _SAME else Kind(kind),
        parts=tuple(
            part for _, part, _, _ in Formatter().parse(rule["indicator"]) if part not in {None, "before"}
        ),
        conditional="nameless" in flags or bool(rule.get("units")),
        **flags,
    )


def _sides(rule: Mapping[str, Any], fragments: Mapping[str, str]) -> tuple[str, str]:
    """Return what must stand before the number and what after it, as expressions."""
    return _filled(rule.get("left", "$"), fragments), _filled(rule.get("right", "^"), fragments)


def _filled(expression: str, fragments: Mapping[str, str]) -> str:
    for name, value in fragments.items():
        expression = expression.replace(f"<{name}>", value)
    return expression
