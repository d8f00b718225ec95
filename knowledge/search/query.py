"""Reading a query: from what was typed to the parts that an article should have, each in several forms.

    fold -> drop question phrases -> names (aliases, glossary) -> words -> spelled or mistyped words repaired

A part is found in an article when any of its forms is. How much a part weighs follows from how rare it is
in the index and what kind of word it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Way(StrEnum):
    """How a form of a part came about."""

    TYPED = "typed"
    NAME = "name"
    REPAIR = "repair"
    SOUND = "sound"
    INITIALS = "initials"


@dataclass(frozen=True, slots=True)
class Form:
    """One way in which an article may write a part: text, or syllables (joined by spaces), or initials."""

    text: str
    way: Way


@dataclass(frozen=True, slots=True)
class Part:
    """A word or name of the query with its forms, the typed one first, and its weight among the parts."""

    forms: tuple[Form, ...]
    weight: float

    @property
    def typed(self) -> str:
        """The part as it was typed, folded."""
        return self.forms[0].text


@dataclass(frozen=True, slots=True)
class Reading:
    """A query as it was understood.

    `text` is the folded query without its question words; `read_as` is set where something was repaired.
    """

    typed: str
    text: str
    parts: tuple[Part, ...]
    read_as: str | None = None
