"""The buttons under a message: rows that fit a phone, data that fits Telegram's 64 bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size

from bot.buttons import to_value
from bot.telegram.layout import visible
from handlers.reply import COPY_LIMIT, Block, Button, Buttons, Copy

MAX_DATA_BYTES = 64
MAX_KEYS = 100
KEYS_A_ROW = 8
ROW_CELLS = 32
LABEL_CELLS = 30
KEY_BORDER_CELLS = 2


@dataclass(frozen=True, slots=True)
class Key:
    """One button: what stands on it, and the data that comes back or the text that is copied."""

    label: str
    data: str = ""
    copies: str = ""


def lay_keys(blocks: Iterable[Block], shorten: Callable[[str], str]) -> tuple[tuple[Key, ...], ...]:
    """Return the rows of keys for all buttons of a reply; each Buttons block begins a new row."""
    rows: list[list[Key]] = []
    left = MAX_KEYS
    for block in blocks:
        if isinstance(block, Buttons):
            keys = [key for button in block.buttons[:left] if (key := _key(button, shorten))]
            left -= len(keys)
            rows += _wrapped(keys)
    return tuple(tuple(row) for row in rows)


def _key(button: Button | Copy, shorten: Callable[[str], str]) -> Key | None:
    """Return the key of a button, None for one that would do nothing."""
    if isinstance(button, Copy):
        text = visible(button.text).strip()
        return Key(_label(button.label), copies=_clipped(text)) if text else None
    return Key(_label(button.label), to_value(button.action, shorten, _fits)) if button.action else None


def _fits(action: str) -> bool:
    return len(action.encode()) <= MAX_DATA_BYTES


def _clipped(text: str) -> str:
    """Return as much of a text as may be copied, counted in UTF-16 units as Telegram does."""
    return text.encode("utf-16-le")[: 2 * COPY_LIMIT].decode("utf-16-le", "ignore")


def _label(text: str) -> str:
    label = " ".join(visible(text).split()) or "…"
    return label if cell_len(label) <= LABEL_CELLS else set_cell_size(label, LABEL_CELLS - 1).rstrip() + "…"


def _wrapped(keys: Iterable[Key]) -> list[list[Key]]:
    rows: list[list[Key]] = []
    width = 0
    for key in keys:
        cells = cell_len(key.label) + KEY_BORDER_CELLS
        if not rows or width + cells > ROW_CELLS or len(rows[-1]) == KEYS_A_ROW:
            rows.append([])
            width = 0
        rows[-1].append(key)
        width += cells
    return rows
