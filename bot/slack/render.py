"""A Reply as Slack messages. Pure.

Words of documents and users go into `rich_text` elements, not into mrkdwn. A rich_text element shows its
text as it is: `*`, `_`, `~`, a backquote, `<!channel>` or `@here` of a document can neither format nor
mention, and nothing needs escaping or zero-width tricks. Header, context line and button take plain_text,
which formats nothing either but in which, as in the fallback text, `& < >` have to be entities.

A message holds what its fallback text holds, 4,000 escaped characters: below it Slack neither splits nor
truncates, far below it lies the limit on all blocks together (msg_blocks_too_long, about 12,000), and when
Slack refuses the blocks the fallback says everything.

Pictures and files are uploads of their own after the words. A text to copy is shown in a frame: no button
of Slack's copies, but its frames do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import count, islice
from typing import TypeAlias

from bot.buttons import to_value
from bot.media import safe_name
from bot.slack.blocks import (
    Json,
    Part,
    actions,
    button,
    context,
    continued,
    header,
    listed,
    preformatted,
    quote,
    section,
)
from bot.slack.pieces import bold, clean, cut, escape, join, size
from bot.slack.tables import table_parts
from handlers.reply import (
    COPY_LIMIT,
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
from handlers.request import Language
from handlers.texts import delivery, say
from knowledge.normalize import strip_controls

MAX_BLOCKS = 50
MAX_MESSAGE = 4_000
MAX_BLOCK = 3_000
MAX_HEADER = 150
MAX_BUTTONS = 25
MAX_LABEL = 75
MAX_VALUE = 2_000
MAX_ALT = 400  # of Slack's 1,000: it travels in a URL, at nine bytes a Chinese character


@dataclass(frozen=True, slots=True)
class SlackMessage:
    """One message: its blocks, and its words as escaped text for notifications and as a fallback."""

    blocks: tuple[Json, ...]
    text: str


@dataclass(frozen=True, slots=True)
class SlackUpload:
    """A picture or a file, what is said of it where it cannot be seen, and the message in its place."""

    block: Picture | File
    alt: str
    instead: SlackMessage


Message: TypeAlias = SlackMessage | SlackUpload


def render(reply: Reply, shorten: Callable[[str], str], language: Language) -> tuple[Message, ...]:
    """Return the messages that show a reply, none for an empty one; pictures and files come last.

    `shorten` makes a token of an action that is too long for a button; `language` is that of the few words
    that stand in the place of an upload.
    """
    numbers = count(1)

    def element(made: Button) -> Json:
        return button(next(numbers), _label(made.label), to_value(made.action, shorten, _fits))

    parts = [part for block in reply.blocks for part in _parts(block, element)]
    uploads = (block for block in reply.blocks if isinstance(block, Picture | File))
    return (*_messages(parts), *(_upload(block, language) for block in uploads))


def _messages(parts: Iterable[Part]) -> Iterator[SlackMessage]:
    for group in _grouped(parts):
        yield SlackMessage(tuple(_merged(group)), _fallback(group))


def _upload(block: Picture | File, language: Language) -> SlackUpload:
    words = clean(block.alt if isinstance(block, Picture) else block.caption)
    name = safe_name(block.name)
    alt = next(cut(words, MAX_ALT), Text(name))
    notice = say(delivery.NOT_ATTACHED, language, name=name)
    in_place = alt if isinstance(block, Picture) else Text("")
    (instead,) = _messages([*_paragraph(in_place), *_notice(notice)])
    return SlackUpload(block, alt.value, instead)


def _parts(block: Block, element: Callable[[Button], Json]) -> Iterator[Part]:
    match block:
        case Heading(text):
            yield from _heading(clean(text))
        case Paragraph(text) | File(caption=text):
            yield from _paragraph(clean(text))
        case Quote(text):
            yield from (Part(quote(piece), piece.value) for piece in cut(clean(text), MAX_BLOCK))
        case Items(items, first):
            yield from _items(items, first)
        case Table():
            yield from table_parts(block, MAX_BLOCK)
        case Notice(text):
            yield from _notice(clean(text))
        case Buttons(buttons):
            yield from _buttons(buttons, element)


def _heading(text: Text) -> Iterator[Part]:
    line = text.value.strip()
    if line and not text.spans and "\n" not in line and size(line) <= MAX_HEADER:
        yield Part(header(line), line)
    else:
        yield from _paragraph(text if text.spans else bold(text))


def _paragraph(text: Text) -> Iterator[Part]:
    for piece in cut(text, MAX_BLOCK):
        yield Part(section(piece), piece.value)


def _notice(text: Text) -> Iterator[Part]:
    if any(span.style is Style.LINK for span in text.spans):
        yield from _paragraph(text)  # a context line of plain text holds no link
        return
    for piece in cut(text, MAX_BLOCK):
        yield Part(context(piece.value), piece.value)


def _items(items: tuple[Item, ...], first: int | None) -> Iterator[Part]:
    for position, item in enumerate(items):
        number = None if first is None else first + position
        mark = "•" if number is None else f"{number}."
        for place, piece in enumerate(cut(_item_text(item), MAX_BLOCK)):
            if place == 0:
                yield Part(listed(piece, number), f"{mark} {piece.value}")
            else:
                yield Part(section(piece), piece.value)


def _item_text(item: Item) -> Text:
    line = join((bold(clean(item.title)), clean(item.meta)), "　")
    return join((line, clean(item.body)), "\n")


def _buttons(buttons: tuple[Button | Copy, ...], element: Callable[[Button], Json]) -> Iterator[Part]:
    for made in buttons:
        if isinstance(made, Copy) and (text := strip_controls(made.text).strip()[:COPY_LIMIT]):
            yield Part(preformatted(text), text)
    elements = (element(made) for made in buttons if isinstance(made, Button) and made.action)
    while row := list(islice(elements, MAX_BUTTONS)):
        yield Part(actions(row), "")


def _fits(action: str) -> bool:
    return len(action) <= MAX_VALUE


def _label(text: str) -> str:
    label = " ".join(strip_controls(text).split()) or "…"
    return label if size(label) <= MAX_LABEL else next(cut(Text(label), MAX_LABEL - 1)).value + "…"


def _grouped(parts: Iterable[Part]) -> Iterator[list[Part]]:
    group: list[Part] = []
    for part in parts:
        if group and not _has_room(group, part):
            yield group
            group = []
        group.append(part)
    if group:
        yield group


def _has_room(group: list[Part], part: Part) -> bool:
    """Tell whether a message takes one more part; Slack shows one table a message."""
    second_table = any(other.block["type"] == part.block["type"] == "table" for other in group)
    return len(group) < MAX_BLOCKS and len(_fallback([*group, part])) <= MAX_MESSAGE and not second_table


def _merged(group: list[Part]) -> list[Json]:
    blocks = [group[0].block]
    for part in group[1:]:
        both = continued(blocks[-1], part.block)
        blocks[-1:] = [blocks[-1], part.block] if both is None else [both]
    return blocks


def _fallback(group: list[Part]) -> str:
    words = "\n".join(part.words for part in group if part.words)
    return escape(words) or str(group[0].block["elements"][0]["text"]["text"])
