"""A sentence with its figures and times, and the clause around each figure."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import NamedTuple

from knowledge.metrics.figure import Figure
from knowledge.metrics.figures import FIGURE, TIME, blank, find_figures
from knowledge.metrics.numerals import DIGITS, MARKS, SCALES, WORDS
from knowledge.metrics.period import TimeMention, find_times
from knowledge.metrics.tables import any_of, either, load_table
from knowledge.metrics.units import UnitType, known_units

_BOUNDS = frozenset({UnitType.MONEY, UnitType.COUNT, UnitType.MEASURE, UnitType.SCALED})
_MEASURED = frozenset({UnitType.PERCENT, UnitType.MULTIPLE})
_LONGEST = 1000
_SENTENCE = re.compile(r"[^。！？!?]*[。！？!?]+[”’」』）\"]*|[^。！？!?]+$")
_SIDE_BY_SIDE = re.compile(f"{FIGURE}[^，。；、{FIGURE}]+{FIGURE}")  # a bound and what has it
_BOUNDARY = re.compile("[，；：。！？!?;（(“]")
_OPEN = ("（", "(")
_CLOSED = re.compile("[)）]")
_BRACKET = re.compile(r"[（(][^（()）]{0,40}[)）]")
_DIGIT = re.compile(r"\d(?!G(?![A-Za-z]))")
_STOP = re.compile(r"[，；：。！？!?;、（）)”]")
_TITLE_MARK = "《"
_TITLE = re.compile(r"《[^《》]{1,80}》")
_SPACE = re.compile(r"(?<=[\d\u4e00-\u9fa5]) +(?=[\d\u4e00-\u9fa5])|(?<=\d) +(?=[A-Za-z%])")


class Sentence(NamedTuple):
    """A folded sentence, and a `view` of it with times and figures blanked.

    `bounds` are the places of the marks that end a clause.
    """

    text: str
    view: str
    figures: tuple[Figure, ...]
    times: tuple[TimeMention, ...]
    bounds: tuple[int, ...] = ()

    def clause_start(self, position: int) -> int:
        """Return where the clause of a position begins; a bracket that is closed begins none."""
        bounds, view = self.bounds, self.view
        for n in range(bisect_left(bounds, position) - 1, -1, -1):
            bound = bounds[n]
            if view[bound] not in _OPEN or not _CLOSED.search(view, bound, position):
                return bound + 1
        return 0

    def is_aside(self, position: int) -> bool:
        """Tell whether a position is inside brackets."""
        opened = max(self.view.rfind(_OPEN[0], 0, position), self.view.rfind(_OPEN[1], 0, position))
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


def split_sentences(paragraph: str) -> list[str]:
    """Cut a paragraph after full stops, exclamation and question marks; closing quotes stay.

    What never ends is cut at a thousand characters, so that reading stays linear in any text.
    """
    sentences = _SENTENCE.findall(paragraph)
    if len(paragraph) > _LONGEST:
        sentences = [piece for sentence in sentences for piece in _bounded(sentence)]
    return [*filter(None, map(str.strip, sentences))]


def _bounded(sentence: str) -> Iterable[str]:
    if len(sentence) <= _LONGEST:
        return (sentence,)
    return (sentence[start : start + _LONGEST] for start in range(0, len(sentence), _LONGEST))


def read_sentence(text: str, published: date | None, said: int | None = None) -> Sentence:
    """Find the times and the figures of a folded sentence; `said` is the year told before it."""
    times = find_times(_without_titles(text), published, said)
    timeless = blank(text, [(time.start, time.end) for time in times], TIME) if times else text
    figures = find_figures(timeless) if may_have_figure(timeless) else ()
    figures = _without_thresholds(timeless, figures) if len(figures) > 1 else figures
    if not figures:
        return Sentence(text, text, (), times)
    view = _blank_figures(timeless, figures)
    if times and any(figure.type in _MEASURED for figure in figures):
        times = _without_measures(view, figures, times)
    bounds = tuple([match.start() for match in _BOUNDARY.finditer(view)])
    return Sentence(text, view, figures, times, bounds)


def without_layout(text: str) -> str:
    """Return a folded sentence without the spaces of its layout."""
    return _SPACE.sub("", text) if " " in text else text


def may_have_figure(text: str) -> bool:
    """Tell quickly whether a text can have a figure at all."""
    return bool(_DIGIT.search(text) or _numeral_pattern().search(text))


def _without_titles(text: str) -> str:
    return _TITLE.sub(lambda match: " " * len(match[0]), text) if _TITLE_MARK in text else text


def _blank_figures(text: str, figures: tuple[Figure, ...]) -> str:
    return blank(text, [(figure.start, figure.end) for figure in figures], FIGURE)


def _without_measures(
    view: str, figures: tuple[Figure, ...], times: tuple[TimeMention, ...]
) -> tuple[TimeMention, ...]:
    """Leave out the times that something is only measured against: 恢复到2019年的93%."""
    starts = {figure.start for figure in figures if figure.type in _MEASURED}
    measures = {m.start("then") for m in _measure_pattern().finditer(view) if m.end() in starts}
    return tuple(time for time in times if time.start not in measures)


def _without_thresholds(text: str, figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """Leave out the bounds that belong to the name of what is counted: 收入亿元以上企业393家."""
    view = _blank_figures(text, figures)
    if not _SIDE_BY_SIDE.search(view):
        return figures
    bounds = {match.start("bound") for pattern in _thresholds() for match in pattern.finditer(view)}
    return tuple(figure for figure in figures if figure.start not in bounds or figure.type not in _BOUNDS)


@cache
def _numeral_pattern() -> re.Pattern[str]:
    """Return a pattern for words for numbers, and numerals that something countable follows.

    A numeral up to ten counts with few units: 三个 is none, 三座 is. A bare scale needs one of them as well,
    or a word that leads to a number: 百度 is none, 超百家 is.
    """
    table = load_table("figures")
    units = known_units()
    ten, any_unit = MARKS["ten"], any_of(spelling[0] for spelling in units)
    small, large = any_of((*DIGITS, ten)), any_of({*SCALES} - {ten})
    counting = (
        s[0] for s, unit in units.items() if unit.firm or unit.type not in {UnitType.COUNT, UnitType.MEASURE}
    )
    follows = any_of((*counting, *table["words"]["more"], *DIGITS, *SCALES))
    leads = any_of(word[-1] for name in ("before", "reached") for word in table["words"][name])
    words = (*WORDS, *table["rank"]["first"], MARKS["percent"])
    begins = any_of((*DIGITS, *SCALES, table["rank"]["mark"], *(word[0] for word in words)))
    return re.compile(
        rf"(?={begins})(?:{small}(?<!{table['small']['one']})(?={follows})|{large}(?={follows})"
        rf"|(?<={leads}){large}(?={any_unit})|{table['small']['alone']}|{either(words)}|{table['rank']['number']})"
    )


@cache
def _measure_pattern() -> re.Pattern[str]:
    pattern = load_table("periods")["measured"]["pattern"]
    return re.compile(pattern.replace("<time>", TIME).replace("<figure>", FIGURE))


@cache
def _thresholds() -> tuple[re.Pattern[str], ...]:
    table = load_table("figures")["threshold"]
    return tuple(
        re.compile(
            table[name]
            .replace("[^，。；、<figure>]", f"[^，。；、{FIGURE}]")
            .replace("<figure>", f"{FIGURE}+")
            .replace("<time>", TIME)
        )
        for name in ("pattern", "passed")
    )
