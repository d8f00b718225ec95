"""Keeping texts short enough for a phone's screen."""

from __future__ import annotations

from handlers.reply import Span, Text, marked
from knowledge.model import Highlighted

ELLIPSIS = "…"


def clip(value: str, width: int) -> str:
    """Return at most `width` characters of one line, an ellipsis in place of what is left out."""
    line = " ".join(value.split())
    return line if len(line) <= width else line[: width - 1].rstrip() + ELLIPSIS


def clip_text(text: Text, width: int) -> Text:
    """Return about `width` characters of a text around its first span, the spans kept."""
    if len(text.value) <= width:
        return text
    first = text.spans[0].start if text.spans else 0
    start = max(0, min(first - width // 3, len(text.value) - width))
    end = start + width
    head = ELLIPSIS if start else ""
    shift = len(head) - start
    spans = tuple(
        Span(max(span.start, start) + shift, min(span.end, end) + shift, span.style, span.href)
        for span in text.spans
        if span.start < end and span.end > start
    )
    tail = ELLIPSIS if end < len(text.value) else ""
    return Text(head + text.value[start:end] + tail, spans)


def highlighted_text(highlighted: Highlighted, width: int) -> Text:
    """Return a highlighted text as the reply shows it, clipped around its first match."""
    return clip_text(marked(highlighted.value, highlighted.spans), width)
