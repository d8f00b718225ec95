"""Reply -> text for a terminal, or plain text where there is no colour: no escape codes, easy to grep."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text as Line

from bot.terminal.printable import printable
from bot.terminal.table import table_lines
from bot.terminal.wrap import fill, wrap
from handlers.reply import (
    Block,
    Button,
    Buttons,
    Copy,
    File,
    Heading,
    Item,
    Items,
    Notice,
    Paragraph,
    Picture,
    Quote,
    Reply,
    Style,
    Table,
    Text,
)

NARROWEST = 20
_STYLES = {Style.DIM: "dim", Style.ITALIC: "italic", Style.LINK: "underline"}
_MATCH = "bold red"  # as grep marks what it found; readable on dark and on light
_BAR = Line("│ ", style="cyan")
_BETWEEN = Line(" · ", style="dim")
_SPACE = Line(" ")
_BESIDE = Line("  ")
_EMPTY = Line()
_NUMBER_DIGITS = 4
_NOWHERE: Mapping[Picture | File, str] = MappingProxyType({})
_LEADING_ON = ("：", ":", "？", "?")


def render(reply: Reply, *, width: int, colour: bool, places: Mapping[Picture | File, str] = _NOWHERE) -> str:
    """Return the reply as lines of at most `width` cells, with escape codes only where `colour` is true.

    `places` tells where pictures and files are kept; such a line is never broken.
    """
    console = Console(
        file=io.StringIO(),
        color_system="standard" if colour else None,
        force_terminal=colour,
        no_color=False,
        legacy_windows=False,
    )
    with console.capture() as capture:
        for line in _lines(reply, max(width, NARROWEST), places):
            console.print(line, soft_wrap=True, highlight=False)
    return capture.get().rstrip("\n")


def numbered_buttons(reply: Reply) -> dict[int, Button | Copy]:
    """Return the buttons by the number to type: a label that is a number is its own, the others follow."""
    buttons = [button for block in reply.blocks if isinstance(block, Buttons) for button in block.buttons]
    numbered = {int(button.label): button for button in buttons if _is_number(button)}
    others = (button for button in buttons if not _is_number(button))
    return numbered | dict(enumerate(others, max(numbered, default=0) + 1))


def _is_number(button: Button | Copy) -> bool:
    return button.label.isascii() and button.label.isdecimal() and len(button.label) <= _NUMBER_DIGITS


def _lines(reply: Reply, width: int, places: Mapping[Picture | File, str]) -> Iterator[Line]:
    numbers = {button: number for number, button in numbered_buttons(reply).items()}
    previous: Block | None = None
    for block in reply.blocks:
        if previous is not None and not _belong_together(previous, block, width):
            yield _EMPTY
        if isinstance(block, Picture | File):
            yield from _media_lines(block, width, places.get(block, ""))
        else:
            yield from _block_lines(block, width, numbers)
        previous = block


def _belong_together(above: Block, below: Block, width: int) -> bool:
    """Return whether no empty line parts two blocks."""
    match above, below:
        case (Heading(), _) | (Quote(), Paragraph()) | (Buttons(), Buttons()):
            return True
        case Paragraph(one), Paragraph(other):
            return max(cell_len(one.value), cell_len(other.value)) <= width
        case ((Paragraph(text) | Notice(text)), _):
            return text.value.endswith(_LEADING_ON)
    return False


def _media_lines(block: Picture | File, width: int, place: str) -> Iterator[Line]:
    words = block.alt if isinstance(block, Picture) else block.caption
    if words.value:
        yield from wrap(_line(words), width)
    if place:
        yield Line(printable(place), "cyan")


def _block_lines(block: Block, width: int, numbers: dict[Button | Copy, int]) -> Iterator[Line]:
    match block:
        case Heading(text):
            yield from wrap(_line(text, "bold"), width)
        case Paragraph(text):
            yield from wrap(_line(text), width)
        case Quote(text):
            yield from wrap(_line(text, bold=_MATCH), width, first=_BAR, rest=_BAR)
        case Notice(text):
            yield from wrap(_line(text, "dim"), width)
        case Items(items, first):
            yield from _item_lines(items, first, width)
        case Table(columns, rows):
            yield from table_lines(_cells(columns), [_cells(row) for row in rows], width)
        case Buttons(buttons):
            separator = _SPACE if all(map(_is_number, buttons)) else _BETWEEN
            yield from fill((_button(button, numbers[button]) for button in buttons), separator, width)


def _item_lines(items: tuple[Item, ...], first: int | None, width: int) -> Iterator[Line]:
    start = first or 0
    digits = len(str(start + len(items) - 1))
    marks = ["• " if first is None else f"{n:>{digits}}. " for n in range(start, start + len(items))]
    room = width - max(map(len, marks), default=0)
    beside = all(_title_and_place(item).cell_len <= room for item in items)
    for mark, item in zip(marks, items, strict=True):
        parts = [_title_and_place(item)] if beside else [_line(item.title), _line(item.meta)]
        yield from _one_item([*parts, _line(item.body, bold=_MATCH)], Line(mark, style="cyan"), width)


def _title_and_place(item: Item) -> Line:
    return _BESIDE.join(filter(None, (_line(item.title), _line(item.meta))))


def _one_item(parts: list[Line], mark: Line, width: int) -> Iterator[Line]:
    indent = Line(" " * mark.cell_len)
    lead = mark
    for part in filter(None, parts):
        yield from wrap(part, width, first=lead, rest=indent)
        lead = indent


def _button(button: Button | Copy, number: int) -> Line:
    mark = (f"[{number}]", "cyan")
    return Line.assemble(mark) if _is_number(button) else Line.assemble(mark, " ", printable(button.label))


def _cells(texts: tuple[str, ...]) -> list[str]:
    return [printable(text).replace("\n", " ") for text in texts]


def _line(text: Text, plain: str = "", *, bold: str = "bold") -> Line:
    """Return the text safe to print; `plain` is the style of what has none, `bold` that of bold spans."""
    styles = _STYLES | {Style.BOLD: bold}
    line = Line()
    for piece, style, _ in text.runs():
        line.append(printable(piece), styles[style] if style else plain)
    for address in dict.fromkeys(span.href for span in text.spans if span.href):
        line.append(f" {printable(address)}", "dim")
    return line
