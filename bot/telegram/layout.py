"""From blocks to formatted runs, and from runs to Telegram's HTML.

A run is a piece of visible text with the tags around it, outermost first. Runs are cut and joined freely;
tags are written only at the very end, so a message can never hold half a tag.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import takewhile
from typing import assert_never

from rich.cells import cell_len

from bot.weblinks import is_web_address
from handlers.reply import (
    EMPTY_CELL,
    Block,
    Buttons,
    File,
    Heading,
    Item,
    Items,
    Notice,
    Paragraph,
    Picture,
    Quote,
    Style,
    Table,
    Text,
)
from knowledge.normalize import strip_controls

PHONE_COLUMNS = 36
WIDE_SPACE = "　"
TAGS = {Style.BOLD: "b", Style.ITALIC: "i"}

_LINE_BREAK = re.compile("\r\n?|[\v\f\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Run:
    """Visible text and the tags around it, outermost first, such as `("blockquote", 'a href="..."')`."""

    text: str
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fragment:
    """Runs that belong together; `gap` parts them from what stands before in the same message."""

    runs: tuple[Run, ...]
    gap: str = "\n\n"


def lay_out(blocks: Iterable[Block]) -> Iterator[Fragment]:
    """Turn blocks into fragments in their order; a heading stays with what follows.

    Buttons have no text, pictures and files have theirs beside them (`caption`).
    """
    heading: tuple[Run, ...] = ()
    after_quote = False  # a quote is drawn with space around it
    for block in blocks:
        if isinstance(block, Heading):
            heading = _below(heading, _runs(block.text, "b"))
            continue
        for fragment in filter(has_text, _fragments(block)):
            gap = "\n" if after_quote else "\n\n" if heading else fragment.gap
            yield Fragment(_below(heading, fragment.runs), gap)
            heading, after_quote = (), isinstance(block, Quote)
    if heading:
        yield Fragment(heading)


def caption(text: Text) -> Fragment:
    """Return the words beside a picture or a file."""
    return Fragment(_runs(text))


def has_text(fragment: Fragment) -> bool:
    """Say whether a fragment shows anything."""
    return any(run.text.strip() for run in fragment.runs)


def to_html(runs: Iterable[Run]) -> str:
    """Write runs as Telegram's HTML: only `<`, `>` and `&` are escaped, every tag is closed."""
    pieces: list[str] = []
    opened: tuple[str, ...] = ()
    for run in runs:
        kept = shared_tags(opened, run.tags)
        pieces += (f"</{tag.split()[0]}>" for tag in reversed(opened[kept:]))
        pieces += (f"<{tag}>" for tag in run.tags[kept:])
        pieces.append(escape(run.text, quote=False))
        opened = run.tags
    pieces += (f"</{tag.split()[0]}>" for tag in reversed(opened))
    return "".join(pieces)


def shared_tags(opened: Sequence[str], wanted: Sequence[str]) -> int:
    """Return how many outer tags may stay open between two runs."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(opened, wanted, strict=False)))


def visible(text: str) -> str:
    """Return the text without characters that draw nothing, turn its direction or cannot be encoded."""
    return strip_controls(_LINE_BREAK.sub("\n", text))


def _fragments(
    block: Paragraph | Quote | Items | Table | Notice | Buttons | Picture | File,
) -> Iterator[Fragment]:
    match block:
        case Paragraph(text):
            yield Fragment(_runs(text))
        case Quote(text):
            yield Fragment(_runs(text, "blockquote"), "\n")
        case Notice(text):
            yield Fragment(_runs(text, "i"))
        case Items():
            yield from _list(block)
        case Table():
            yield from _table(block)
        case Buttons() | Picture() | File():
            return
        case _:
            assert_never(block)


def _below(heading: tuple[Run, ...], runs: tuple[Run, ...]) -> tuple[Run, ...]:
    return (*heading, Run("\n"), *runs) if heading else runs


def _runs(text: Text, *around: str) -> tuple[Run, ...]:
    pieces = ((visible(piece), _tag(style, href)) for piece, style, href in text.runs())
    return tuple(Run(piece, _nested(around, tag)) for piece, tag in pieces if piece)


def _tag(style: Style | None, href: str | None) -> str:
    if style is Style.LINK:
        return f'a href="{escape(href)}"' if href and is_web_address(href) else ""
    return TAGS.get(style, "") if style else ""


def _nested(around: tuple[str, ...], tag: str) -> tuple[str, ...]:
    return (*around, tag) if tag and tag not in around else around


def _list(items: Items) -> Iterator[Fragment]:
    gap = "\n\n" if any(item.body.value for item in items.items) else "\n"
    for position, item in enumerate(items.items):
        label = "・" if items.first is None else f"{items.first + position}{WIDE_SPACE}"
        yield Fragment(tuple(_item(label, item)), gap if position else "\n\n")


def _item(label: str, item: Item) -> Iterator[Run]:
    yield Run(label, () if label == "・" else ("b",))
    yield from _runs(item.title, "b")
    if item.meta.value:
        yield Run(WIDE_SPACE if item.title.value else "")
        yield from _runs(item.meta)
    if item.body.value:
        yield Run("\n")
        yield from _runs(item.body)


def _table(table: Table) -> Iterator[Fragment]:
    columns = [_cell(column) for column in table.columns]
    rows = [[_cell(cell) for cell in row] for row in table.rows]
    filled = [[cell or EMPTY_CELL for cell in row] for row in (columns, *rows)]
    widths = [max(map(cell_len, column)) for column in zip(*filled, strict=True)]
    if not rows or sum(widths) + 2 * (len(widths) - 1) <= PHONE_COLUMNS:
        lines = (_aligned(cells, widths) for cells in filled)
        yield Fragment((Run("\n".join(lines), ("pre",)),), "\n")
        return
    for position, row in enumerate(rows):
        yield Fragment(tuple(_key_line(columns, row)), "\n" if position else "\n\n")


def _cell(text: str) -> str:
    return " ".join(visible(text).split())


def _aligned(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (cell + " " * (width - cell_len(cell)) for cell, width in zip(cells, widths, strict=True))
    return "  ".join(padded).rstrip()


def _key_line(columns: Sequence[str], row: Sequence[str]) -> Iterator[Run]:
    """Write a row too wide for a phone: each cell behind the name of its column, the first one bold."""
    told = ((column, cell) for column, cell in zip(columns, row, strict=True) if cell)
    for position, (column, cell) in enumerate(told):
        yield Run(f"{' · ' if position else ''}{column} ")
        yield Run(cell, () if position else ("b",))
