"""The platform-neutral answer: a few frozen blocks of text with spans, never markup.

A platform's renderer turns a Reply into that platform's messages; it escapes, splits and draws. Texts
are built with `compose("**{title}** · {page}", title=..., page=...)`: the template is ours, the values
may come from anywhere and are never read as markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, TypeAlias

EMPTY_CELL = "–"
"""How a cell without text is shown where its place has to be kept."""

COPY_LIMIT = 256  # core.telegram.org/bots/api#copytextbutton, the narrowest of the platforms


class Style(StrEnum):
    """How a span of text stands out."""

    BOLD = "bold"
    DIM = "dim"
    ITALIC = "italic"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of a text, in Python characters; `href` is set for links only."""

    start: int
    end: int
    style: Style
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """A text and its spans, in order and not overlapping."""

    value: str
    spans: tuple[Span, ...] = ()

    def runs(self) -> Iterator[tuple[str, Style | None, str | None]]:
        """Yield the text in pieces of one style each: (piece, style, href)."""
        at = 0
        for span in self.spans:
            if span.start > at:
                yield self.value[at : span.start], None, None
            yield self.value[span.start : span.end], span.style, span.href
            at = span.end
        if at < len(self.value):
            yield self.value[at:], None, None


@dataclass(frozen=True, slots=True)
class Button:
    """A next step. Pressing it sends `action`, a command line as a user could type it."""

    label: str
    action: str


@dataclass(frozen=True, slots=True)
class Copy:
    """A text of at most `COPY_LIMIT` characters to take away: pressed, it goes into the clipboard."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """The first line of an answer or of a part of it."""

    text: Text
    kind: Literal["heading"] = "heading"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of plain talk."""

    text: Text
    kind: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a document, quoted as printed."""

    text: Text
    kind: Literal["quote"] = "quote"


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list: what it is, where it stands, and perhaps a few words of it."""

    title: Text
    meta: Text = Text("")
    body: Text = Text("")


@dataclass(frozen=True, slots=True)
class Items:
    """A list of entries, numbered from `first`, or with bullets where `first` is None."""

    items: tuple[Item, ...]
    first: int | None = 1
    kind: Literal["items"] = "items"


@dataclass(frozen=True, slots=True)
class Table:
    """A small table; every row has as many cells as there are columns, perhaps empty ones."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    kind: Literal["table"] = "table"


@dataclass(frozen=True, slots=True)
class Notice:
    """A quiet line beside the answer: how a query was read, what to do next, what went wrong."""

    text: Text
    kind: Literal["notice"] = "notice"


@dataclass(frozen=True, slots=True)
class Buttons:
    """A row of next steps and texts to copy; a renderer may wrap it."""

    buttons: tuple[Button | Copy, ...]
    kind: Literal["buttons"] = "buttons"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as SVG text. `name` is a file's without its suffix (5g-base-stations).

    `alt` says in words what the picture shows, for those who cannot see it; it is never empty.
    """

    svg: str
    name: str
    alt: Text
    kind: Literal["picture"] = "picture"


@dataclass(frozen=True, slots=True)
class File:
    """A document to keep. `name` is a file's with its suffix (数字经济.csv)."""

    content: bytes
    name: str
    caption: Text
    kind: Literal["file"] = "file"


Block: TypeAlias = Heading | Paragraph | Quote | Items | Table | Notice | Buttons | Picture | File


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer. `in_place` asks the platform to replace the message whose button was pressed."""

    blocks: tuple[Block, ...]
    in_place: bool = False


_TEMPLATE = re.compile(r"\*\*|\{(\w+)(?::([^{}|]*)\|([^{}|]*))?\}")


def compose(template: str, **values: object) -> Text:
    """Fill a template of ours: `{name}` takes a value, `**...**` makes its inside bold.

    `{count:issue|issues}` is the first word where the value is 1, else the second.
    Values may be Text (their spans are kept outside of bold parts), or anything with a `str`; nothing in
    them is read as markup. Raises KeyError for a name without a value.
    """
    pieces: list[str] = []
    spans: list[Span] = []
    length = at = 0
    bold_from: int | None = None
    for match in _TEMPLATE.finditer(template):
        pieces.append(template[at : match.start()])
        length += match.start() - at
        at = match.end()
        if match.group(1):
            value = _filled(match, values[match.group(1)])
            pieces.append(value.value)
            if bold_from is None:
                spans += (_shifted(span, length) for span in value.spans)
            length += len(value.value)
        elif bold_from is None:
            bold_from = length
        else:
            spans.append(Span(bold_from, length, Style.BOLD))
            bold_from = None
    return Text("".join([*pieces, template[at:]]), tuple(span for span in spans if span.end > span.start))


def button_row(*buttons: Button | Copy) -> tuple[Buttons, ...]:
    """Return the buttons as the blocks of a reply: one row, or nothing without buttons."""
    return (Buttons(buttons),) if buttons else ()


def styled(value: str, style: Style) -> Text:
    """Return `value` with one span over all of it."""
    return Text(value, (Span(0, len(value), style),)) if value else Text("")


def marked(value: str, ranges: tuple[tuple[int, int], ...], style: Style = Style.BOLD) -> Text:
    """Return `value` with a span over each half-open range."""
    return Text(value, tuple(Span(start, end, style) for start, end in ranges))


def _filled(field: re.Match[str], value: object) -> Text:
    one, several = field.group(2, 3)
    if one is not None:
        return Text(one if str(value) == "1" else several)
    return value if isinstance(value, Text) else Text(str(value))


def _shifted(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by, span.style, span.href)
