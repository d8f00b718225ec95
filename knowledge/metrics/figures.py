"""Finding numbers with their units in a sentence.

The text is folded to half width character by character, so that every position is one of the printed
sentence. What looks like a figure and is none (times, 5G, titles) is blanked before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache

from knowledge.metrics.alternatives import Alternatives
from knowledge.metrics.figure import Figure
from knowledge.metrics.marked import find_marked
from knowledge.metrics.numerals import CHINESE, DIGITS, MARKS, SCALES, WORDS, is_scale
from knowledge.metrics.printed import PrintedNumber, read_numbers
from knowledge.metrics.tables import WordSet, either, load_table
from knowledge.metrics.units import Unit, UnitType, find_unit, make_quantity, with_unit_of

TIME = "\ue000"
NO_FIGURE = "\ue001"
FIGURE = "\ue002"
"""Private characters that stand for each character of what is blanked: a time, no figure, a figure."""

_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code) not in "，；：！？（）"}
_FULL_WIDTH = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
_WIDE = re.compile(f"[{''.join(map(chr, _HALF_WIDTH))}]")
_NARROW = re.compile("[,:;?!]")
_PUNCTUATION = re.compile(r"(?<!\d)[,:]|[,:](?!\d)|[;?!]")
_PERCENT_WORD = MARKS["percent"]
_FIRST = "".join({word[0] for word in (*WORDS, _PERCENT_WORD)} | {*DIGITS, *SCALES})
_LONGEST_BEFORE = 4
_SMALL = 10
_YEARS = range(1900, 2101)


def fold_width(text: str) -> str:
    """Return the text with digits and letters in half, punctuation in full width; no character moves."""
    half = text.translate(_HALF_WIDTH) if _WIDE.search(text) else text
    return _PUNCTUATION.sub(lambda match: _FULL_WIDTH[match[0]], half) if _NARROW.search(half) else half


def blank(text: str, spans: Iterable[tuple[int, int]], filler: str) -> str:
    """Return the text with every span replaced by as many fillers."""
    pieces, done = [], 0
    for start, end in spans:
        pieces += [text[done:start], filler * (end - start)]
        done = end
    return "".join((*pieces, text[done:]))


def find_figures(text: str) -> tuple[Figure, ...]:
    """Return the figures of a folded text in order. Times must be blanked before."""
    marked = find_marked(text)
    rest = blank(text, [(figure.start, figure.end) for figure in marked], NO_FIGURE) if marked else text
    if none := [match.span() for match in _no_figures().find(rest)]:
        rest = blank(rest, none, NO_FIGURE)
    figures = _with_shared_units(text, list(_scan_numbers(rest)))
    return tuple(sorted((*marked, *figures), key=_start) if marked else figures)


def _start(figure: Figure) -> int:
    return figure.start


def _with_shared_units(text: str, figures: list[Figure]) -> list[Figure]:
    """Give numbers of a list the unit that only the last one prints: 4100亿、3900亿和3850亿千瓦时."""
    for n in reversed(range(len(figures) - 1)):
        figure, after = figures[n], figures[n + 1]
        between = text[figure.end : after.start]
        if (
            figure.type in {UnitType.BARE, UnitType.SCALED}
            and between in load_table("figures")["dashes"]["list"]
        ):
            shared = with_unit_of(figure.quantity, after.quantity)
            figures[n] = figure._replace(type=after.type, quantity=shared)
    return figures


def _scan_numbers(text: str) -> Iterator[Figure]:
    stop = 0
    for match in _start_pattern().finditer(text):
        start = match.start()
        if start < stop:
            continue
        figure = _read_word(match) if match["word"] else _read_figure(text, start)
        if figure:
            stop = figure.end
            yield figure


def _read_figure(text: str, start: int) -> Figure | None:
    sign = text[start] == "-"
    ends = read_numbers(text, start + sign)
    if not ends or not _is_figure(text, start, ends):
        return None
    last = ends[-1]
    heads = tuple([-end.head if sign else end.head for end in ends])
    quantity = make_quantity(heads, tuple([end.scale for end in ends]), last.printed_unit)
    type_ = UnitType.SCALED if last.unit.type is UnitType.BARE and last.scale else last.unit.type
    return Figure(start, last.stop, quantity, type_, _approximation(text, start, last))


def _read_word(match: re.Match[str]) -> Figure | None:
    number, _, unit = WORDS[match[0]].partition(" ")
    if not number:
        return None
    quantity = make_quantity((Decimal(number),), ("",), unit)
    start = match.start() + match[0].startswith(MARKS["double"])  # the verb of 翻一番 stays outside
    return Figure(start, match.end(), quantity, find_unit(unit).type)


def _is_figure(text: str, start: int, ends: tuple[PrintedNumber, ...]) -> bool:
    """Tell a number that one could ask for from 数百家, 两个方面 and bare words."""
    first, unit = ends[0], ends[-1].unit
    if text[start].isdecimal() or text[start] == "-":
        return unit.type is not UnitType.BARE or bool(first.scale) or first.head not in _YEARS
    if text.endswith(_words("vague"), 0, start):
        return False
    if is_scale(first.text):
        return unit.type is UnitType.MONEY or unit.firm or _is_reached(text, start)
    return not _listed_digits().fullmatch(first.text) and _is_plain_chinese(first, unit, text)


def _is_plain_chinese(end: PrintedNumber, unit: Unit, text: str) -> bool:
    """A number in Chinese script counts with a scale, a firm unit, or when it is large."""
    if unit.type is UnitType.BARE:
        return bool(end.scale)
    if unit.type is UnitType.DURATION:
        return bool(end.more) or end.head % 1 != 0 or bool(_span_pattern().match(text, end.stop))
    if unit.type not in {UnitType.COUNT, UnitType.MEASURE}:
        return True
    return bool(end.scale) or end.head > _SMALL or (unit.firm and end.head > 1)


def _is_reached(text: str, start: int) -> bool:
    return text.endswith((*_words("before"), *_words("reached")), 0, start)


def _approximation(text: str, start: int, last: PrintedNumber) -> str | None:
    before = _before_words().length_at_end(text[max(0, start - _LONGEST_BEFORE) : start])
    if before:
        return text[start - before : start]
    after = _after_pattern().match(text, last.stop)
    return last.more or (after[0] if after else None)


@cache
def _words(name: str) -> tuple[str, ...]:
    return tuple(load_table("figures")["words"][name])


@cache
def _before_words() -> WordSet:
    return WordSet.of(_words("before"))


@cache
def _no_figures() -> Alternatives:
    return Alternatives.of([rule["pattern"] for rule in load_table("figures")["rule"]])


@cache
def _start_pattern() -> re.Pattern[str]:
    no_minus = load_table("figures")["dashes"]["no_minus_after"]
    minus = rf"(?<![\d{no_minus}])-(?=\d)"
    return re.compile(
        rf"(?=[-\d{_FIRST}])(?:(?<![A-Za-z\d.])(?:{minus}|\d)|(?P<word>{either(WORDS)})|{_PERCENT_WORD}|{CHINESE})"
    )


@cache
def _listed_digits() -> re.Pattern[str]:
    """Return a pattern for digits in a row that make no number: 唯一一个, 两三家."""
    return re.compile(load_table("figures")["small"]["listed"])


@cache
def _span_pattern() -> re.Pattern[str]:
    return re.compile(either(load_table("figures")["words"]["span"]))


@cache
def _after_pattern() -> re.Pattern[str]:
    return re.compile(either(load_table("figures")["words"]["after"]))
