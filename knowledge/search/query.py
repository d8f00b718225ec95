"""Reading a query: from what was typed to the parts that an article should have, each in several forms.

    operators -> fold -> drop question phrases -> names (aliases, glossary) -> words -> repair

A part is found in an article when any of its forms is. How much a part weighs follows from how rare it is
in the index and what kind of word it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from knowledge.model import Aspect, Understood
from knowledge.normalize import fold
from knowledge.search.demands import NO_DEMANDS, Demands
from knowledge.search.understanding import NO_ASPECTS, Aspects
from knowledge.search.words import QueryWord


class Way(StrEnum):
    """How a form of a part came about."""

    TYPED = "typed"
    PHRASE = "phrase"
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
class Span:
    """A piece of the query before it is weighed: neighbouring words, and the forms besides the typed one."""

    words: tuple[QueryWord, ...]
    others: tuple[Form, ...] = ()

    @property
    def start(self) -> int:
        """Where the piece begins in the query."""
        return self.words[0].start

    @property
    def end(self) -> int:
        """Where the piece ends in the query."""
        return self.words[-1].end


@dataclass(frozen=True, slots=True)
class Part:
    """A word or name of the query with its forms, the typed one first, and its weight among the parts.

    `start` and `end` are where it stands in the text of the reading.
    """

    forms: tuple[Form, ...]
    weight: float
    start: int = 0
    end: int = 0

    @property
    def typed(self) -> str:
        """The part as it was typed, folded."""
        return self.forms[0].text


@dataclass(frozen=True, slots=True)
class Reading:
    """A query as it was understood.

    `asked` is the folded query without its operators, `text` that without its question words; `read_as` is
    the text with what was repaired in it, `as_typed` the query that has it searched as it was typed.
    """

    asked: str
    text: str
    parts: tuple[Part, ...]
    read_as: str | None = None
    as_typed: str | None = None
    demands: Demands = NO_DEMANDS
    aspects: Aspects = NO_ASPECTS

    @property
    def is_section(self) -> bool:
        """Whether the query is the name of a section and nothing else."""
        return any(
            each.aspect is Aspect.SECTION and fold(each.value) == self.text.strip()
            for each in self.understood
        )

    @property
    def may_relax(self) -> bool:
        """Whether the query can be read in another way, which asks for less."""
        return self.demands.softly or bool(self.aspects.sections)

    @property
    def understood(self) -> tuple[Understood, ...]:
        """What the query names besides its words: demands first."""
        return tuple(dict.fromkeys((*self.demands.shown, *self.aspects.understood)))
