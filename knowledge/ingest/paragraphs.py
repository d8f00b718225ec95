"""Lines to blocks: paragraphs that a page break cut in two joined again, subheadings kept apart.

Three steps: measure how the lines are set, join the parts of a paragraph, tell which pieces are subheadings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import reduce
from itertools import groupby
from statistics import median, quantiles
from typing import NamedTuple

from knowledge.ingest.document import Line
from knowledge.ingest.titles import rejoin, width
from knowledge.model import Block, BlockKind

LABEL_WIDTH = 30.0
"""Wider lines are text. A line that the end of a page cut is a full line, and so wider than this."""
LONGEST_LABEL_RUN = 2
"""More labels in a row are a list, not subheadings."""
LEAST_CUT = 8
"""Fewer lines that end in mid-sentence do not tell how wide a page is."""

_END = re.compile(r"[。！？；：!?;:.…～][」』”’\"'）)】》\]]*$")
_IN_SENTENCE = re.compile(r"[。；！？][^」』”’）)》]|[，、]$")
_NO_LABEL = re.compile(r"[。；]|[，、,(（“‘《—-]$|^\W*$")
_CREDIT = re.compile(
    r"——|—|[(（][^()（）]*[)）]?$|[•·*●○□-]\s"
    r"|(?:问|答|记者|主持人|作者|来源|编辑|责编|责任编辑|校对|审核|图|表|单位|注|q|a)[\d\s]*[:：/／|｜]"
    r"|(?:19|20)\d\d\s*[-./年]\s*\d{1,2}\s*[-./月]\s*\d{1,2}"
    r"|(?:文|图)\s*[/／|｜]|(?:资料|数据|图片|信息|稿件|文章)来源|(?:图|表)\s*\d|\S{0,8}(?:记者|通讯员)\s",
    re.IGNORECASE,
)
_CHAPTER = re.compile(
    r"[(（][一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}、(?![一二三四五六七八九十])"
    r"|第[一二三四五六七八九十]{1,3}[章节篇]"
)
_ITEM = re.compile(r"[(（]\d{1,2}[)）]|\d{1,2}(?:[.．、]|[)）])(?!\d)|[①-⑳•●■◆]|——")


class Setting(NamedTuple):
    """How lines are set: `full` is the least width of a line that ends for want of room.

    `wrapped` tells that lines end so all over the page, not only at its foot, and `indented` that each
    paragraph then begins with blanks.
    """

    full: float = LABEL_WIDTH
    wrapped: bool = False
    indented: bool = False


def measure_setting(lines: Sequence[Line]) -> Setting:
    """Return how the lines of a document are set: most of them cut at one width, or a paragraph a line."""
    long = [line for line in lines if len(line.text) > 12]
    cut = [width(line.text[:200]) for line in long if not _is_ended(line.text)]
    if len(cut) < LEAST_CUT or len(cut) * 5 < len(long) * 2:
        return Setting()
    usual = median(cut)
    if quantiles(cut, n=10)[-1] > 1.2 * usual:
        return Setting()
    indents = sum(line.indented for line in long) / len(long)
    return Setting(0.85 * usual, wrapped=True, indented=0.1 <= indents <= 0.6)


def make_blocks(lines: Sequence[Line], setting: Setting) -> tuple[Block, ...]:
    """Return the body of an article as subheadings and paragraphs, in order, with nothing left out."""
    if len(lines) == 1:
        return (_make_block(lines[0], is_heading=False),)
    pieces = list(_join_lines(lines, setting))
    runs = [list(run) for _, run in groupby(pieces, lambda piece: _is_label(piece, setting))]
    blocks: list[Block] = []
    for place, run in enumerate(runs):
        leads = _is_label(run[0], setting) and place + 1 < len(runs)
        blocks += (_make_block(piece, is_heading=leads and _is_heading(piece, len(run))) for piece in run)
    return tuple(blocks)


def _make_block(piece: Line, *, is_heading: bool) -> Block:
    kind = BlockKind.HEADING if is_heading or piece.level else BlockKind.PARAGRAPH
    return Block(kind, piece.text, piece.page)


def _is_heading(label: Line, run_length: int) -> bool:
    return run_length <= LONGEST_LABEL_RUN or _CHAPTER.match(label.text) is not None


def _join_lines(lines: Sequence[Line], setting: Setting) -> Iterator[Line]:
    """Give the lines, those joined that are parts of one paragraph."""
    begun: list[Line] = []
    for i, line in enumerate(lines, 1):
        if begun and not _runs_on(begun[-1], line, i == len(lines), setting):
            yield _join(begun)
            begun = []
        begun.append(line)
    if begun:
        yield _join(begun)


def _join(parts: Sequence[Line]) -> Line:
    text = reduce(rejoin, (part.text for part in parts))
    return parts[0] if len(parts) == 1 else replace(parts[0], text=text)


def _runs_on(last: Line, following: Line, is_last: bool, setting: Setting) -> bool:
    """Tell whether `following` goes on with the sentence of a line that was cut."""
    if last.level or following.level or last.whole or following.whole or not _is_cut(last.text, setting):
        return False
    if setting.indented:
        return not following.indented and not (_is_ended(last.text) and _is_label(following, setting))
    if _CHAPTER.match(following.text) or _ITEM.match(following.text):
        return False
    # Where only the foot of a page cuts lines, what comes after is a long line or the end of a sentence.
    return setting.wrapped or is_last or not _is_label(following, setting)


def _is_label(line: Line, setting: Setting) -> bool:
    """Tell whether a line could be a subheading: short, no sentence, and no byline, question or caption."""
    text, limit = line.text, min(setting.full, LABEL_WIDTH)
    return bool(line.level) or (
        not line.whole
        and len(text) <= 2 * limit
        and width(text) < limit
        and not _is_ended(text)
        and not _NO_LABEL.search(text)
        and not _CREDIT.match(text)
    )


def _is_cut(text: str, setting: Setting) -> bool:
    """Tell whether a line stops where no writer would: in mid-sentence, or for want of room."""
    is_full = width(text[: int(2 * setting.full)]) >= setting.full
    if _is_ended(text):
        return setting.indented and is_full
    return is_full or _IN_SENTENCE.search(text) is not None


def _is_ended(text: str) -> bool:
    return _END.search(text[-6:]) is not None
