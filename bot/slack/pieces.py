"""Texts on their way to Slack: cleaned, joined, measured as Slack counts, and cut where a reader would."""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate

from handlers.reply import Span, Style, Text
from knowledge.normalize import strip_controls

_PARAGRAPH = re.compile(r"\n")
_SENTENCE = re.compile(r"[。！？；…][”’」』）》]*|[.!?;](?=\s)")
_CLAUSE = re.compile(r"[，、：\s]|[,:](?=\s)")
_EDGES = (_PARAGRAPH, _SENTENCE, _CLAUSE)
_WORD = re.compile(r"(?![\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])[\w.,%+/@:'-]")
_SKIN_TONES = range(0x1F3FB, 0x1F400)


def escape(text: str) -> str:
    """Return the text with Slack's three control characters as entities; no mention or link survives it."""
    return html.escape(text, quote=False)


def size(text: str) -> int:
    """Return how many characters Slack counts: those of the escaped text."""
    return len(escape(text))


def clean(text: Text) -> Text:
    """Return the text without control, bidi and zero-width characters, spans kept in place."""
    return _from_runs((strip_controls(piece), style, href) for piece, style, href in text.runs())


def bold(text: Text) -> Text:
    """Return the text in bold, its links kept."""
    return _from_runs(
        (piece, style if style is Style.LINK else Style.BOLD, href) for piece, style, href in text.runs()
    )


def join(texts: Iterable[Text], separator: str) -> Text:
    """Return the texts that are not empty, with `separator` between them."""
    pieces: list[tuple[str, Style | None, str | None]] = []
    for text in texts:
        if text.value:
            pieces += [(separator, None, None)] * bool(pieces) + list(text.runs())
    return _from_runs(pieces)


def cut(text: Text, limit: int) -> Iterator[Text]:
    """Yield the text in parts of at most `limit` escaped characters; white space at a cut is dropped.

    A cut falls in the second half of what fits, at the end of a paragraph, else of a sentence, else of a
    clause; else between two characters, and never inside a word or a link that fits into one part.
    """
    while size(text.value) > limit:
        at = _cut_point(text, limit)
        yield from _unless_blank(_trimmed(text, 0, at))
        text = _trimmed(text, at, len(text.value))
    yield from _unless_blank(text)


def _cut_point(text: Text, limit: int) -> int:
    sizes = list(accumulate(map(size, text.value)))
    fits = bisect_right(sizes, limit)
    for edge in _EDGES:
        ends = [match.end() for match in edge.finditer(text.value, fits // 2, fits)]
        outside = [end for end in ends if not _is_in_link(text, end)]
        if outside:
            return outside[-1]
    whole = (at for at in range(fits, 0, -1) if not _is_inside(text, at))
    return next(whole, fits)


def _is_inside(text: Text, at: int) -> bool:
    before, after = text.value[at - 1], text.value[at]
    in_word = _WORD.match(before) and _WORD.match(after)
    return bool(in_word) or _clings(after) or _is_in_link(text, at)


def _clings(character: str) -> bool:
    return unicodedata.category(character).startswith("M") or ord(character) in _SKIN_TONES


def _is_in_link(text: Text, at: int) -> bool:
    return any(span.style is Style.LINK and span.start < at < span.end for span in text.spans)


def _trimmed(text: Text, start: int, end: int) -> Text:
    kept = text.value[start:end]
    start += len(kept) - len(kept.lstrip())
    end = start + len(kept.strip())
    spans = (
        Span(max(span.start, start) - start, min(span.end, end) - start, span.style, span.href)
        for span in text.spans
        if span.start < end and span.end > start
    )
    return Text(text.value[start:end], tuple(spans))


def _unless_blank(text: Text) -> Iterator[Text]:
    if text.value.strip():
        yield text


def _from_runs(runs: Iterable[tuple[str, Style | None, str | None]]) -> Text:
    value = ""
    spans: list[Span] = []
    for piece, style, href in runs:
        if piece and style is not None:
            spans.append(Span(len(value), len(value) + len(piece), style, href))
        value += piece
    return Text(value, tuple(spans))
