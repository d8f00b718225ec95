"""Every figure of an article: sentence by sentence, each number read by the rules, then whose and when.

article -> paragraphs -> sentences -> facts -> Metric. Titles and subheadings are read too, for what the body
does not repeat.
"""

from __future__ import annotations

import hashlib
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Context, Decimal
from typing import NamedTuple

from knowledge.metrics.cast import Cast, cast_of, introduced_thing
from knowledge.metrics.lines import Line, read_line, read_lines
from knowledge.metrics.period import find_times, goes_on, is_report, period_of_title
from knowledge.metrics.reading import Fact, Memory, read_facts
from knowledge.metrics.sentence import may_have_figure
from knowledge.model import Article, BlockKind, Citation, Metric, Number, Period, Quantity

_ROUND = Context(prec=2)  # a number of more digits is hardly told of two things
_RATE = "%"
_ROUGHLY = Decimal("0.05")  # a title rounds 5784亿 to 近六千亿


class _Printed(NamedTuple):
    """A fact and where it is printed."""

    fact: Fact
    sentence: str
    page: int | None


def extract_metrics(article: Article) -> tuple[Metric, ...]:
    """Return the figures of an article in the order in which they are printed, a repeated one once."""
    published = article.published or article.issue.published
    if not any(may_have_figure(text) for text in (article.title, *(block.text for block in article.blocks))):
        return ()
    lines = read_lines(article.paragraphs)
    cast = cast_of(article.title, article.paragraphs, lines)
    body = list(_scan_body(article, lines, cast, published))
    heads = list(_scan_heads(article, cast, published))
    return tuple(_make_metrics(article, _unrepeated(body, heads)))


def _scan_body(
    article: Article, lines: Iterable[Sequence[Line]], cast: Cast, published: date | None
) -> Iterator[_Printed]:
    section, thing = period_of_title(article.title, published), ""
    before, one_report = section, is_report(article.title)
    paragraphs = iter(lines)
    for block in article.blocks:
        if block.kind is BlockKind.HEADING:
            section = before = _heading_period(block.text, published)
        else:
            period = before if one_report or goes_on(block.text) else section
            memory = Memory(period=period, thing=thing, last=period)
            memory = yield from _scan_paragraph(next(paragraphs), block.page, cast, published, memory)
            before, thing = memory.period, introduced_thing(block.text) or thing


def _scan_paragraph(
    lines: Sequence[Line], page: int | None, cast: Cast, published: date | None, memory: Memory
) -> Generator[_Printed, None, Memory]:
    """Yield the figures of a paragraph; return what its last sentence with a figure left in memory."""
    last = next((n for n in reversed(range(len(lines))) if may_have_figure(lines[n].text)), -1)
    for line in lines[: last + 1]:
        facts, memory = read_facts(line, cast, published, memory)
        for fact in facts:
            yield _Printed(fact, line.printed, page)
    return memory


def _scan_heads(article: Article, cast: Cast, published: date | None) -> Iterator[_Printed]:
    for text in filter(may_have_figure, (article.title, *article.subheadings)):
        facts, _ = read_facts(read_line(text), cast, published, Memory())
        yield from (_Printed(fact, text, article.page) for fact in facts)


def _heading_period(heading: str, published: date | None) -> Period:
    times = [time.period for time in find_times(heading, published)]
    return times[-1] if times else Period()


def _unrepeated(body: list[_Printed], heads: list[_Printed]) -> Iterator[_Printed]:
    """Leave out what is printed again, and what a title takes from the body."""
    seen: set[object] = set()
    in_body = [_amount(printed.fact) for printed in body]
    for printed in (*body, *(head for head in heads if not _is_restated(_amount(head.fact), in_body))):
        key = _identity(printed.fact)
        if key not in seen:
            seen.add(key)
            yield printed


def _amount(fact: Fact) -> tuple[Number, str]:
    return fact.quantity.base_value, fact.quantity.base_unit


def _is_restated(told: tuple[Number, str], in_body: list[tuple[Number, str]]) -> bool:
    """Tell whether the body has what a title tells roundly, with its unit or without: 超6亿 for 6.09亿户."""
    value, unit = told
    return any(unit in {other, ""} and _is_about(value, amount) for amount, other in in_body)


def _is_about(told: Number, printed: Number) -> bool:
    if isinstance(told, tuple) or isinstance(printed, tuple):
        return told == printed
    return abs(told - printed) <= abs(printed) * _ROUGHLY


def _identity(fact: Fact) -> object:
    """What makes two figures the same fact: a number with many digits alone, a round one with its name.

    Rates of different owners often happen to be the same.
    """
    if _is_exact(fact.quantity.value):
        whose = fact.whose.name if fact.quantity.base_unit == _RATE else ""
        return _amount(fact), fact.kind, whose
    return _amount(fact), fact.kind, fact.whose.name, fact.indicator, fact.period.end


def _is_exact(number: Number) -> bool:
    """Tell a number of more than two digits from a round one."""
    if isinstance(number, tuple):
        return any(map(_is_exact, number))
    return _ROUND.plus(number) != number


def _make_metrics(article: Article, printed: Iterator[_Printed]) -> Iterator[Metric]:
    taken: dict[str, int] = {}
    citations: dict[int | None, Citation] = {None: article.citation}
    for item in printed:
        seed = f"{article.id}|{item.sentence}|{_shown(item.fact.quantity)}|{item.fact.kind}"
        taken[seed] = taken.get(seed, 0) + 1
        metric_id = hashlib.sha256(f"{seed}|{taken[seed]}".encode()).hexdigest()[:12]
        if item.page not in citations:
            citations[item.page] = replace(article.citation, page=item.page)
        yield _make_metric(citations[item.page], item, metric_id)


def _shown(quantity: Quantity) -> str:
    """Return a quantity as `repr` does, of which ids were always made, in a quarter of its time."""
    printed = f"value={quantity.value!r}, unit={quantity.unit!r}"
    return f"Quantity({printed}, base_value={quantity.base_value!r}, base_unit={quantity.base_unit!r})"


def _make_metric(citation: Citation, printed: _Printed, metric_id: str) -> Metric:
    fact = printed.fact
    return Metric(
        id=metric_id,
        citation=citation,
        subject=fact.whose.name,
        indicator=fact.indicator,
        quantity=fact.quantity,
        period=fact.period,
        kind=fact.kind,
        approx=fact.figure.approx,
        forecast=fact.forecast,
        sentence=printed.sentence,
        source=fact.source,
        pattern=fact.pattern,
    )
