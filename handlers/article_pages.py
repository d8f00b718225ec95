"""Cutting an article into pages for a chat: at paragraphs, inside a very long one at sentence ends."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from knowledge.model import Block, BlockKind

PAGE_CHARACTERS = 1200
_SENTENCE = re.compile(r"[^。！？!?；;\n]*[。！？!?；;\n]+[”’」』）)]?|[^。！？!?；;\n]+")


def split_pages(blocks: Iterable[Block], size: int = PAGE_CHARACTERS) -> tuple[tuple[Block, ...], ...]:
    """Return the blocks as pages of about `size` characters, at least one page.

    No text is lost or doubled. A page ends where the next paragraph would make it longer than `size`; a
    subheading goes with what follows it.
    """
    pages: list[list[Block]] = [[]]
    length = 0
    for group in _with_subheadings(piece for block in blocks for piece in _pieces(block, size)):
        group_length = sum(len(block.text) for block in group)
        if pages[-1] and length + group_length > size:
            pages.append([])
            length = 0
        pages[-1] += group
        length += group_length
    return tuple(tuple(page) for page in pages)


def _with_subheadings(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    """Group each paragraph with the subheadings right before it."""
    group: list[Block] = []
    for block in blocks:
        group.append(block)
        if block.kind is BlockKind.PARAGRAPH:
            yield group
            group = []
    if group:
        yield group


def _pieces(block: Block, size: int) -> Iterator[Block]:
    if len(block.text) <= size:
        yield block
        return
    piece = ""
    for sentence in _sentences(block.text, size):
        if piece and len(piece) + len(sentence) > size:
            yield replace(block, text=piece)
            piece = ""
        piece += sentence
    yield replace(block, text=piece)


def _sentences(text: str, size: int) -> Iterator[str]:
    for match in _SENTENCE.finditer(text):
        sentence = match.group()
        yield from (sentence[at : at + size] for at in range(0, len(sentence), size))
