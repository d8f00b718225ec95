"""A sentence with its figures and times, and the clause around each figure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from knowledge.metrics.figures import FIGURE, TIME, Figure, blank, find_figures, fold_width
from knowledge.metrics.period import TimeMention, find_times

_SENTENCE = re.compile(r"[^。！？!?]*[。！？!?]+[”’」』）\"]*|[^。！？!?]+$")
_BOUNDARY = "，；：。！？!?;（(“"
_STOP = re.compile(r"[，；：。！？!?;、（）)”]")
_DIGITS = re.compile(r"[\d０-９一二两三四五六七八九十百千万亿半]|首位|榜首")
_SPACE = re.compile(r"(?<=[\d\u4e00-\u9fa5]) +(?=[\d\u4e00-\u9fa5])|(?<=\d) +(?=[A-Za-z%])")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A printed sentence (`printed`), its folded `text`, and a `view` of it with times and figures blanked."""

    printed: str
    text: str
    view: str
    figures: tuple[Figure, ...]
    times: tuple[TimeMention, ...]

    def clause_start(self, position: int) -> int:
        """Return where the clause of a position begins."""
        return max(self.view.rfind(mark, 0, position) for mark in _BOUNDARY) + 1

    def clause_end(self, position: int) -> int:
        """Return where the clause of a position ends."""
        stop = _STOP.search(self.view, position)
        return stop.start() if stop else len(self.view)


def split_sentences(paragraph: str) -> Iterator[str]:
    """Cut a paragraph after full stops, exclamation and question marks; closing quotes stay."""
    for match in _SENTENCE.finditer(paragraph):
        if text := match[0].strip():
            yield text


def read_sentence(printed: str, published: date | None) -> Sentence:
    """Find the times and the figures of a sentence."""
    text = _SPACE.sub("", fold_width(printed))
    if not _DIGITS.search(text):
        return Sentence(printed, text, text, (), ())
    times = find_times(text, published)
    without_times = blank(text, ((time.start, time.end) for time in times), TIME)
    figures = find_figures(without_times)
    view = blank(without_times, ((figure.start, figure.end) for figure in figures), FIGURE)
    return Sentence(printed, text, view, figures, times)
