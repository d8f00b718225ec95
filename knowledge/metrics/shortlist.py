"""Of many rules the few that can match around a place: those whose needs its characters meet.

Rules are bits of a number, so that a look-up of a character strikes out all that it rules out at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from knowledge.metrics.needs import DIGIT, Characters, needs_of
from knowledge.metrics.tables import any_of

_REMEMBERED = 1 << 12


_Allowed: TypeAlias = "tuple[Mapping[str, int], int]"
"""The rules that each character allows, and those that any other does."""


@dataclass(frozen=True, slots=True)
class Shortlist:
    """What each rule needs before a place, in the text and at its end, and right after it.

    `telling`: the characters of which some rule needs one in the text.
    """

    telling: re.Pattern[str]
    some_before: _Allowed
    last_before: _Allowed
    first_after: _Allowed

    @classmethod
    def of(cls, rules: Sequence[tuple[str, str]]) -> Shortlist:
        """Make the list of rules, each an expression searched before a place and one matched after it."""
        before, after = zip(*((needs_of(left), needs_of(right)) for left, right in rules), strict=True)
        some = _allowed(needs.some for needs in before)
        return cls(
            re.compile(any_of(some[0])),
            some,
            _allowed(needs.last for needs in before),
            _allowed(needs.first for needs in after),
        )

    def find(self, before: str, after: str, among: int) -> tuple[int, ...]:
        """Return the numbers of the rules `among` these bits that can match between two texts, in order."""
        allowed, other = self.last_before
        among &= allowed.get(before[-1:], other)
        allowed, other = self.first_after
        among &= allowed.get(after[:1], other)
        allowed, seen = self.some_before
        for character in self.telling.findall(before):
            seen |= allowed[character]
        return numbers_of(among & seen)


def _allowed(needs: Iterable[Characters]) -> _Allowed:
    """Return the rules by what each needs, where the digits of all scripts are no character."""
    told = (None if characters and DIGIT in characters else characters for characters in needs)
    listed = list(enumerate(told))
    other = bits_of(number for number, characters in listed if characters is None)
    by_character: dict[str, int] = {}
    for number, characters in listed:
        for character in characters or ():
            by_character[character] = by_character.get(character, other) | 1 << number
    return by_character, other


@lru_cache(_REMEMBERED)
def numbers_of(bits: int) -> tuple[int, ...]:
    """Return which bits of a number are set, the lowest first."""
    return tuple(number for number in range(bits.bit_length()) if bits >> number & 1)


def bits_of(numbers: Iterable[int]) -> int:
    """Return a number with these bits."""
    return sum(1 << number for number in set(numbers))
