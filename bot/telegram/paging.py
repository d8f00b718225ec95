"""Cutting a reply into messages that Telegram takes.

A message holds at most 4,096 UTF-16 units counted after its entities are parsed, and only its first 100
entities are drawn (core.telegram.org/bots/api#sendmessage).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import accumulate

from bot.telegram.layout import Fragment, Run, shared_tags

MAX_UNITS = 4096
MAX_ENTITIES = 100
CLOSERS = frozenset("，。！？；：、…”’」』）》】〉,.!?;:)]}%％")

_LINE_END = re.compile(r"\n")
_SENTENCE_END = re.compile(r"[。！？；…!?;][”’」』）]?|\.(?=\s)")


def paginate(fragments: Iterable[Fragment], most: int = MAX_UNITS) -> Iterator[tuple[Run, ...]]:
    """Yield the runs of each message: whole fragments while they fit, a longer one cut at its best edges."""
    page: tuple[Run, ...] = ()
    for fragment in fragments:
        joined = (*page, Run(fragment.gap), *fragment.runs) if page else fragment.runs
        if page and not _fits(joined, most):
            yield page
            joined = fragment.runs
        *full, page = _cut_to_fit(joined, most)
        yield from full
    if page:
        yield page


def _cut_to_fit(runs: tuple[Run, ...], most: int) -> Iterator[tuple[Run, ...]]:
    while not _fits(runs, most):
        end = _best_edge("".join(run.text for run in runs), _room(runs, most))
        yield _slice(runs, 0, end)
        runs = _slice(runs, end, _length(runs))
    yield runs


def _fits(runs: tuple[Run, ...], most: int) -> bool:
    return _room(runs, most) == _length(runs)


def _length(runs: Iterable[Run]) -> int:
    return sum(len(run.text) for run in runs)


def _room(runs: tuple[Run, ...], most: int) -> int:
    """Return how many characters from the start fit into `most` units."""
    entities = length = 0
    opened: tuple[str, ...] = ()
    for run in runs:
        entities += len(run.tags) - shared_tags(opened, run.tags)
        if entities > MAX_ENTITIES:
            break
        opened, length = run.tags, length + len(run.text)
    text = "".join(run.text for run in runs)[: min(length, most)]
    widths = accumulate(2 if character > "\uffff" else 1 for character in text)
    return sum(width <= most for width in widths)


def _best_edge(text: str, room: int) -> int:
    """Return where to cut: after a line, a sentence, a word or a character, whichever fills half the room."""
    for pattern in (_LINE_END, _SENTENCE_END):
        ends = [match.end() for match in pattern.finditer(text, room // 2, room)]
        if ends := [end for end in ends if text[end] not in CLOSERS]:
            return ends[-1]
    for is_edge in (_between_words, _between_clusters):
        edge = next((at for at in range(room, room // 2, -1) if is_edge(text, at)), None)
        if edge:
            return edge
    return max(room, 1)


def _between_words(text: str, at: int) -> bool:
    before, after = text[at - 1], text[at]
    inside = _in_word(before) and _in_word(after)
    return not inside and after not in CLOSERS and _between_clusters(text, at)


def _in_word(character: str) -> bool:
    """Say whether a character is part of words that are written without spaces between their letters."""
    narrow = unicodedata.east_asian_width(character) not in "WF"
    return narrow and (character.isalnum() or character in "+-.,'’:/%@&#_=?~$")


def _between_clusters(text: str, at: int) -> bool:
    """Say whether no accent, emoji style, skin tone or flag is torn off (Unicode annex 29, in short)."""
    before, after = text[at - 1], text[at]
    if unicodedata.category(after) in {"Mn", "Me", "Mc"} or "\U0001f3fb" <= after <= "\U0001f3ff":
        return False
    return not (_is_flag_letter(before) and _is_flag_letter(after) and _flag_letters_before(text, at) % 2)


def _is_flag_letter(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _flag_letters_before(text: str, at: int) -> int:
    count = 0
    while count < at and _is_flag_letter(text[at - count - 1]):
        count += 1
    return count


def _slice(runs: Iterable[Run], start: int, end: int) -> tuple[Run, ...]:
    """Return the runs of the characters from `start` to `end`."""
    pieces = []
    at = 0
    for run in runs:
        piece = run.text[max(start - at, 0) : max(end - at, 0)]
        if piece:
            pieces.append(Run(piece, run.tags))
        at += len(run.text)
    return tuple(pieces)
