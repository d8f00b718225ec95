"""Many expressions looked for in one go, each tried only where it can begin.

As one regular expression all of them would be tried at every place where any of them can begin.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from knowledge.metrics.needs import DIGIT, needs_of

_DIGITS = "0123456789"


@dataclass(frozen=True, slots=True)
class Alternatives:
    """Expressions of which the first that fits is taken: by each character those that can begin with it."""

    begins: re.Pattern[str]
    by_first: Mapping[str, str]
    other_digit: str

    @classmethod
    def of(cls, expressions: Sequence[str]) -> Alternatives:
        """Make them of expressions without flags. Raises ValueError where one can begin with anything."""
        firsts = [_firsts_of(expression) for expression in expressions]
        known = frozenset[str]().union(*firsts)
        by_first = {first: _joined(expressions, firsts, first) for first in known}
        begins = "".join(first if first == DIGIT else re.escape(first) for first in sorted(known))
        return cls(re.compile(f"[{begins}]"), by_first, by_first.get(DIGIT, ""))

    def find(self, text: str) -> Iterator[re.Match[str]]:
        """Yield the matches in a text in order, none that overlaps the one before."""
        stop = 0
        for begin in self.begins.finditer(text):
            start = begin.start()
            if start >= stop:
                expression = self.by_first.get(text[start], self.other_digit)
                match = compiled(expression).match(text, start)
                if match:
                    stop = match.end()
                    yield match


@cache
def compiled(expression: str) -> re.Pattern[str]:
    """Return an expression of the tables, compiled when it is first tried: most texts need few of them."""
    return re.compile(expression)


def _firsts_of(expression: str) -> frozenset[str]:
    """Return what an expression can begin with, each digit by itself."""
    firsts = needs_of(expression).first
    if firsts is None:
        raise ValueError(f"can begin with anything: {expression}")
    return firsts.union(_DIGITS) if DIGIT in firsts else firsts


def _joined(expressions: Iterable[str], firsts: Iterable[frozenset[str]], first: str) -> str:
    fitting = (each for each, begins in zip(expressions, firsts, strict=True) if first in begins)
    return "|".join(fitting)
