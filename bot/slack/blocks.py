"""Block Kit as plain dictionaries, and the part of a message that each block is.

https://docs.slack.dev/reference/block-kit/blocks
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

from bot.slack.pieces import escape
from bot.weblinks import is_web_address
from handlers.reply import Style, Text

Json: TypeAlias = dict[str, Any]

MAX_URL = 3_000
_WEIGHTS = frozenset({Style.BOLD, Style.ITALIC})


@dataclass(frozen=True, slots=True)
class Part:
    """One block and its words as a reader sees them, not escaped; buttons have none."""

    block: Json
    words: str


def section(text: Text) -> Json:
    """Return a paragraph."""
    return _rich_text({"type": "rich_text_section", "elements": _elements(text)})


def quote(text: Text) -> Json:
    """Return a quotation, with the bar at its left."""
    return _rich_text({"type": "rich_text_quote", "elements": _elements(text)})


def listed(text: Text, number: int | None) -> Json:
    """Return a list of one entry, numbered, or with a bullet where `number` is None."""
    entry = {"type": "rich_text_section", "elements": _elements(text)}
    style = {"style": "bullet"} if number is None else {"style": "ordered", "offset": number - 1}
    return _rich_text({"type": "rich_text_list", **style, "elements": [entry]})


def preformatted(text: str) -> Json:
    """Return text in a monospaced frame."""
    return _rich_text({"type": "rich_text_preformatted", "elements": [{"type": "text", "text": text}]})


def header(text: str) -> Json:
    """Return a large line of at most 150 escaped characters."""
    return {"type": "header", "text": _plain_text(text)}


def context(text: str) -> Json:
    """Return a small grey line."""
    return {"type": "context", "elements": [_plain_text(text)]}


def table(rows: list[tuple[str, ...]]) -> Json:
    """Return a table of at most 100 rows and 20 columns, the first row in bold.

    A cell may not be empty. Cells are rich text: Slack has answered raw_text cells with internal errors
    (https://github.com/soxtoby/SlackNet/issues/246).
    """
    head, *body = rows
    cells = [[_cell(cell, bold=True) for cell in head], *([_cell(cell) for cell in row] for row in body)]
    return {"type": "table", "rows": cells}


def actions(buttons: list[Json]) -> Json:
    """Return a row of at most 25 buttons."""
    return {"type": "actions", "elements": buttons}


def button(number: int, label: str, value: str) -> Json:
    """Return a button; no other of its message has its number."""
    return {"type": "button", "action_id": f"step-{number}", "text": _plain_text(label), "value": value}


def continued(block: Json, following: Json) -> Json | None:
    """Return one block for two neighbouring lists of one kind, None where they are anything else."""
    if block["type"] != "rich_text" or following["type"] != "rich_text":
        return None
    (first,), (second,) = block["elements"], following["elements"]
    if not first["type"] == second["type"] == "rich_text_list":
        return None
    next_offset = first["offset"] + len(first["elements"]) if "offset" in first else None
    if second.get("offset") != next_offset:
        return None
    return _rich_text({**first, "elements": [*first["elements"], *second["elements"]]})


def _rich_text(element: Json) -> Json:
    return {"type": "rich_text", "elements": [element]}


def _elements(text: Text) -> list[Json]:
    return [_element(piece, style, href) for piece, style, href in text.runs() if piece]


def _element(piece: str, style: Style | None, href: str | None) -> Json:
    if style is Style.LINK and href and len(href) <= MAX_URL and is_web_address(href):
        return {"type": "link", "url": href, "text": piece}
    weight = {"style": {style.value: True}} if style in _WEIGHTS and style is not None else {}
    return {"type": "text", "text": piece, **weight}


def _cell(text: str, *, bold: bool = False) -> Json:
    weight = {"style": {"bold": True}} if bold else {}
    element = {"type": "text", "text": text, **weight}
    return _rich_text({"type": "rich_text_section", "elements": [element]})


def _plain_text(text: str) -> Json:
    return {"type": "plain_text", "text": escape(text), "emoji": False}
