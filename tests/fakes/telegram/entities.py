"""Telegram's HTML, parsed as strictly as its server does (core.telegram.org/bots/api#html-style)."""

from __future__ import annotations

import re
from dataclasses import dataclass

NESTING_FORBIDDEN = {"pre": set(), "code": set(), "blockquote": {"blockquote"}}
ATTRIBUTES = {
    "a": re.compile(r' href="([^"<>]+)"'),
    "blockquote": re.compile(r"( expandable)?"),
    "span": re.compile(r' class="tg-spoiler"'),
}
PLAIN_TAGS = {"b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "tg-spoiler", "code", "pre"}
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}

_PIECE = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z-]*)(?P<rest>[^>]*)(?P<close>>?)|&(?P<ref>#?\w+);|[^<&]+|&")


class EntityError(Exception):
    """The markup is refused; the text is what Telegram says."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A range of the visible text, in UTF-16 units."""

    type: str
    offset: int
    length: int
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a user sees, and how it is marked."""

    text: str
    entities: tuple[Entity, ...]


def utf16_units(text: str) -> int:
    """Return the length as Telegram counts it. Raises UnicodeEncodeError for a lone surrogate."""
    return len(text.encode("utf-16-le")) // 2


def parse_html(html: str) -> Parsed:
    """Return the visible text and its entities. Raises EntityError."""
    text = ""
    entities: list[Entity] = []
    opened: list[tuple[str, str, int]] = []
    for piece in _PIECE.finditer(html):
        if piece[0].startswith("<"):
            _read_tag(piece, text, opened, entities)
        else:
            text += _character(piece["ref"]) if piece["ref"] else piece[0]
    if opened:
        raise _refusal(f'can\'t find end tag corresponding to start tag "{opened[-1][0]}"')
    return Parsed(text, tuple(entities))


def _read_tag(
    piece: re.Match[str], text: str, opened: list[tuple[str, str, int]], entities: list[Entity]
) -> None:
    name, rest = piece["name"], piece["rest"]
    if not piece["close"]:
        raise _refusal(f'unclosed start tag at "{piece[0][:20]}"')
    if piece["end"]:
        if not opened or opened[-1][0] != name or rest:
            raise _refusal(f'unexpected end tag "{name}"')
        _, url, start = opened.pop()
        if length := utf16_units(text) - start:
            entities.append(Entity(name, start, length, url or None))
        return
    _check_start(name, rest, [open_name for open_name, _, _ in opened])
    opened.append((name, _address(rest) if name == "a" else "", utf16_units(text)))


def _check_start(name: str, rest: str, opened: list[str]) -> None:
    if name in PLAIN_TAGS and rest:
        raise _refusal(f'unsupported attribute of "{name}"')
    if name not in PLAIN_TAGS and not (name in ATTRIBUTES and ATTRIBUTES[name].fullmatch(rest)):
        raise _refusal(f'unsupported start tag "{name}"')
    for outer in opened:
        if name in NESTING_FORBIDDEN.get(outer, set()) or outer in {"pre", "code"} or outer == name:
            raise _refusal(f'"{name}" inside "{outer}"')


def _address(rest: str) -> str:
    return re.sub(r"&(#?\w+);", lambda match: _character(match[1]), rest[len(' href="') : -1])


def _character(reference: str) -> str:
    if reference in NAMED:
        return NAMED[reference]
    if not reference.startswith("#"):
        return f"&{reference};"
    digits = reference[1:]
    return chr(int(digits[1:], 16) if digits[:1] in "xX" else int(digits))


def _refusal(reason: str) -> EntityError:
    return EntityError(f"Bad Request: can't parse entities: {reason}")
