"""Pages of lists: reading `--page 2` at the end of a command line, and the buttons that turn pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from handlers.reply import Button, Notice
from handlers.request import Language
from handlers.texts import common, label, say

_OPTION = "--page"
_NUMBER_DIGITS = 4

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Pages:
    """One page of a list of `total` entries; `number` counts from 1 and always exists."""

    number: int
    size: int
    total: int

    @property
    def count(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.size))

    @property
    def offset(self) -> int:
        """How many entries come before this page."""
        return (self.number - 1) * self.size

    def of(self, entries: Sequence[T]) -> Sequence[T]:
        """Return this page's part of all the entries."""
        return entries[self.offset : self.offset + self.size]


def read_page(argument: str) -> tuple[str, int | None]:
    """Split `半导体 --page 2` into the text and the page, None where the line names none."""
    return read_number(argument, _OPTION)


def read_number(argument: str, option: str) -> tuple[str, int | None]:
    """Split off an option with a number that ends the line; only the last one counts, the rest is text."""
    text, found, number = argument.rpartition(option)
    digits = number.strip()
    if found and digits.isascii() and digits.isdecimal() and len(digits) <= _NUMBER_DIGITS:
        return text.strip(), int(digits)
    return argument, None


def open_page(wanted: int | None, size: int, total: int) -> Pages:
    """Return the wanted page of a list, the nearest one where it has no such page."""
    last = Pages(1, size, total).count
    return Pages(min(max(wanted or 1, 1), last), size, total)


def position_notice(pages: Pages, language: Language) -> tuple[Notice, ...]:
    """Return the line that tells which page this is, nothing where there is one only."""
    position = say(common.PAGE_OF, language, number=pages.number, count=pages.count)
    return (Notice(position),) if pages.count > 1 else ()


def turn_buttons(line: str, pages: Pages, language: Language) -> tuple[Button, ...]:
    """Return the buttons to the pages before and after; `line` is the command line without its page."""
    turns = ((common.PREVIOUS, pages.number - 1), (common.NEXT, pages.number + 1))
    return tuple(
        Button(label(message, language), f"{line} {_OPTION} {number}")
        for message, number in turns
        if 1 <= number <= pages.count
    )
