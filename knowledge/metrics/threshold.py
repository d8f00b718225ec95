"""Thresholds for figures: reading `超过 200万` or `over 1.5 trillion yuan`, and holding figures to them.

A threshold is kept as text (`> 200万`), which reads back as the same threshold.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache

from knowledge.metrics.figures import fold_width
from knowledge.metrics.numerals import format_number, shift
from knowledge.metrics.printed import read_numbers
from knowledge.metrics.tables import either, load_table
from knowledge.metrics.units import UnitType, find_unit, make_quantity
from knowledge.model import Metric
from knowledge.normalize import fold, simplify

LARGEST = Decimal(10) ** 18
MOST_DIGITS = 18
_NUMBER_LIMIT = 40
_ENGLISH = re.compile(r"([0-9,]+(?:\.[0-9]+)?) ?([a-z]*) ?([a-z% ]*)")


class Bound(StrEnum):
    """On which side of its number a threshold is met."""

    OVER = ">"
    AT_LEAST = ">="
    UNDER = "<"
    AT_MOST = "<="


_UPWARD = frozenset({Bound.OVER, Bound.AT_LEAST})


@dataclass(frozen=True, slots=True)
class Threshold:
    """A bound, a number in base units (2000000) and its base unit, "" where none is told."""

    bound: Bound
    value: Decimal
    unit: str = ""

    @property
    def text(self) -> str:
        """The threshold as people write it: > 200万, <= 1.5万亿元."""
        return f"{self.bound} {format_number(self.value)}{self.unit}"

    def applies_to(self, metric: Metric) -> bool:
        """Tell whether a figure can be held to it: a number without a unit takes any."""
        unit = metric.quantity.base_unit
        return self.unit in {"", unit} or (is_count(self.unit) and is_count(unit))

    def is_met_by(self, metric: Metric) -> bool:
        """Tell whether a figure is beyond the bound, a range as a whole; 超过 200万 is over 200万."""
        value = metric.quantity.base_value
        ends = value if isinstance(value, tuple) else (value,)
        nearest = min(ends) if self.bound in _UPWARD else max(ends)
        if nearest == self.value:
            return self._is_met_at_its_number(metric.approx or "")
        return (nearest > self.value) == (self.bound in _UPWARD)

    def _is_met_at_its_number(self, approx: str) -> bool:
        words = load_table("thresholds")["approximations"]
        if approx in words["more"]:
            return self.bound in _UPWARD
        if approx in words["less"]:
            return self.bound not in _UPWARD
        return self.bound in {Bound.AT_LEAST, Bound.AT_MOST}


def is_count(unit: str) -> bool:
    """Tell a unit that counts things: 个, 座 and 家 can be held against each other."""
    return find_unit(unit).type is UnitType.COUNT


def split_threshold(line: str) -> tuple[str, Threshold | None]:
    """Split `5G基站 > 200万` into the question and its threshold, None where the line has none.

    Raises ValueError for a line that means a threshold which cannot be understood.
    """
    text = " ".join(simplify(line).split())
    for match in reversed(list(_before().finditer(text))):
        number, _ = _read_end(text[match.end() :])
        if number:
            return _checked(text[: match.start()], Threshold(_bound_of(match[0].lower()), *number))
    question, _, last = text.rpartition(" ")
    number, suffix = _read_end(last)
    if question and number and suffix:
        return _checked(question, Threshold(suffix, *number))
    return _checked(text, None)


def _checked(question: str, threshold: Threshold | None) -> tuple[str, Threshold | None]:
    """Raise ValueError where a sign is left over, or the number is beyond reason."""
    if any(sign in question for sign in load_table("thresholds")["said"]["signs"]):
        raise ValueError(f"not understood: {question}")
    if threshold and not _is_sane(threshold.value):
        raise ValueError(f"beyond reason: {threshold.value}")
    return question.strip(), threshold


def _is_sane(value: Decimal) -> bool:
    return abs(value) < LARGEST and len(value.normalize().as_tuple().digits) <= MOST_DIGITS


def _read_end(text: str) -> tuple[tuple[Decimal, str] | None, Bound | None]:
    """Return the number that ends a line and the bound of its suffix: 200万以上, 200万时提醒我, 20小时."""
    for said in (text, _without_tail(text)):
        rest, suffix = _without_suffix(said)
        if number := _read_number(rest):
            return number, suffix
    return None, None


def _read_number(text: str) -> tuple[Decimal, str] | None:
    """Return a number in base units and its base unit; None for what is not one number and nothing else."""
    text = text.strip()
    if not text or len(text) > _NUMBER_LIMIT:
        return None
    minus = next((word for word in load_table("thresholds")["said"]["minus"] if text.startswith(word)), "")
    text = text[len(minus) :].strip()
    number = _read_english(text.lower()) or _read_printed("".join(text.split()))
    return number and (-number[0] if minus else number[0], number[1])


def _read_english(text: str) -> tuple[Decimal, str] | None:
    match = _ENGLISH.fullmatch(text)
    if not match:
        return None
    table = load_table("thresholds")["english"]
    scale, unit = (match[2], match[3]) if match[2] in table["scales"] else ("", f"{match[2]} {match[3]}")
    if unit.strip() not in table["units"]:
        return None
    try:
        head = Decimal(match[1].replace(",", ""))
    except InvalidOperation:
        return None
    return shift(head, table["scales"].get(scale, 0)), table["units"][unit.strip()]


def _read_printed(text: str) -> tuple[Decimal, str] | None:
    for written in (text, fold(text)):
        try:
            numbers = read_numbers(fold_width(written), 0)
        except (ValueError, InvalidOperation):
            continue
        if len(numbers) == 1 and numbers[0].stop == len(written):
            one = numbers[0]
            quantity = make_quantity((one.head,), (one.scale,), one.printed_unit)
            return Decimal(str(quantity.base_value)), quantity.base_unit
    return None


def _without_tail(text: str) -> str:
    tails: list[str] = load_table("thresholds")["said"]["after"]
    text = text.strip()
    tail = next((word for word in tails if text.endswith(word)), "")
    return text.removesuffix(tail).strip()


def _without_suffix(number: str) -> tuple[str, Bound | None]:
    """Split 200万以上 into 200万 and the bound that the suffix means, None where there is none."""
    number = number.strip()
    for word in load_table("thresholds")["said"]["before"]:
        number = number.removeprefix(word)
    for bound, words in load_table("thresholds")["after"].items():
        for word in words:
            if number.endswith(word):
                return number.removesuffix(word), Bound(bound)
    return number, None


def _bound_of(word: str) -> Bound:
    return next(Bound(bound) for bound, words in load_table("thresholds")["before"].items() if word in words)


@cache
def _before() -> re.Pattern[str]:
    words = [word for words in load_table("thresholds")["before"].values() for word in words]
    latin = either(word for word in words if word[0].isalpha() and word.isascii())
    other = either(word for word in words if not (word[0].isalpha() and word.isascii()))
    return re.compile(rf"(?<![a-z])(?:{latin})(?![a-z])|(?:{other})", re.IGNORECASE)
