"""A sentence with its figures and times, and the clause around each figure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from knowledge.metrics.figures import FIGURE, TIME, Figure, blank, find_figures, fold_width
from knowledge.metrics.numerals import DIGITS, MARKS, SCALES
from knowledge.metrics.period import TimeMention, find_times
from knowledge.metrics.tables import either, load_table
from knowledge.metrics.units import UnitType

_BOUNDS = frozenset({UnitType.MONEY, UnitType.COUNT, UnitType.MEASURE, UnitType.SCALED})
_LONGEST = 1000
_SENTENCE = re.compile(r"[^。！？!?]*[。！？!?]+[”’」』）\"]*|[^。！？!?]+$")
_BOUNDARY = "，；：。！？!?;（(“"
_OPEN = ("（", "(")
_CLOSED = re.compile("[)）]")
_BRACKET = re.compile(r"[（(][^（()）]{0,40}[)）]")
_STOP = re.compile(r"[，；：。！？!?;、（）)”]")
_TITLE = re.compile(r"《[^《》]{1,80}》")
_SPACE = re.compile(r"(?<=[\d\u4e00-\u9fa5]) +(?=[\d\u4e00-\u9fa5])|(?<=\d) +(?=[A-Za-z%])")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as `printed`, its folded `text`, and a `view` with times and figures blanked."""

    printed: str
    text: str
    view: str
    figures: tuple[Figure, ...]
    times: tuple[TimeMention, ...]

    def clause_start(self, position: int) -> int:
        """Return where the clause of a position begins; a bracket that is closed begins none."""
        end = position
        while True:
            start = max(self.view.rfind(mark, 0, end) for mark in _BOUNDARY) + 1
            closed = self.view[start - 1 : start] in _OPEN and _CLOSED.search(self.view, start, position)
            if not start or not closed:
                return start
            end = start - 1

    def is_aside(self, position: int) -> bool:
        """Tell whether a position is inside brackets."""
        opened = max(self.view.rfind(mark, 0, position) for mark in _OPEN)
        return opened >= 0 and not _CLOSED.search(self.view, opened, position)

    def words_end(self, position: int) -> int:
        """Return where the clause of a position ends."""
        stop = _STOP.search(self.view, position)
        return stop.start() if stop else len(self.view)

    def words_after(self, position: int) -> str:
        """Return the rest of the clause after a position; brackets right after it are left out."""
        bracket = _BRACKET.match(self.view, position)
        start = bracket.end() if bracket else position
        return self.view[start : self.words_end(start)]


def split_sentences(paragraph: str) -> Iterator[str]:
    """Cut a paragraph after full stops, exclamation and question marks; closing quotes stay.

    What never ends is cut at a thousand characters, so that reading stays linear in any text.
    """
    for match in _SENTENCE.finditer(paragraph):
        for start in range(0, len(match[0]), _LONGEST):
            if text := match[0][start : start + _LONGEST].strip():
                yield text


def read_sentence(printed: str, published: date | None, said: int | None = None) -> Sentence:
    """Find the times and the figures of a sentence; `said` is the year told before it."""
    text = _SPACE.sub("", fold_width(printed))
    if not _has_number().search(text):
        return Sentence(printed, text, text, (), ())
    times = find_times(_TITLE.sub(lambda match: " " * len(match[0]), text), published, said)
    without_times = blank(text, ((time.start, time.end) for time in times), TIME)
    figures = find_figures(without_times)
    figures = _without_thresholds(without_times, figures)
    return Sentence(printed, text, _blank_figures(without_times, figures), figures, times)


def _blank_figures(text: str, figures: tuple[Figure, ...]) -> str:
    return blank(text, ((figure.start, figure.end) for figure in figures), FIGURE)


def _without_thresholds(text: str, figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """Leave out the bounds that belong to the name of what is counted: 收入亿元以上企业393家."""
    if len(figures) < 2:
        return figures
    bounds = {match.start("bound") for match in _threshold().finditer(_blank_figures(text, figures))}
    return tuple(figure for figure in figures if figure.start not in bounds or figure.type not in _BOUNDS)


@cache
def _has_number() -> re.Pattern[str]:
    words = either(load_table("figures")["rank"]["first"])
    return re.compile(rf"[\d{''.join((*DIGITS, *SCALES))}{MARKS['half']}]|{words}")


@cache
def _threshold() -> re.Pattern[str]:
    pattern = load_table("figures")["threshold"]["pattern"]
    return re.compile(
        pattern.replace("[^，。；、<figure>]", f"[^，。；、{FIGURE}]")
        .replace("<figure>", f"{FIGURE}+")
        .replace("<time>", TIME)
    )
