"""One sentence -> its facts: what each number measures, whose it is and of when.

What a sentence leaves out comes from its memory of the sentences before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import NamedTuple

from knowledge.metrics.attribution import NOBODY, Attribution, Whose, attribute
from knowledge.metrics.cast import Cast, introduced_thing
from knowledge.metrics.dates import each_year, years_before
from knowledge.metrics.figure import Figure
from knowledge.metrics.figures import FIGURE, TIME
from knowledge.metrics.indicator import outside, topic_of, uncounted_new
from knowledge.metrics.lines import Line
from knowledge.metrics.lists import Share, read_lists
from knowledge.metrics.patterns import Place, read_place
from knowledge.metrics.period import TimeMention, is_beside, is_part_of_last
from knowledge.metrics.sentence import Sentence, read_sentence
from knowledge.metrics.tables import load_table
from knowledge.metrics.units import UnitType
from knowledge.model import Kind, Number, Period, Quantity

UNTOLD = Period()
_STOCKS = frozenset({UnitType.COUNT, UnitType.MEASURE})
_SINGLE = frozenset({1, 28, 29, 30, 31, 365, 366})  # days of a day, a month, a year
_COLON = "："
_OF = "的"
_OF_FIGURE = _OF + FIGURE  # 从2021年的45%降至8%: a time of that one number


class Fact(NamedTuple):
    """A figure of a sentence with all that was read of it; the article adds where it is printed."""

    figure: Figure
    quantity: Quantity
    whose: Whose
    indicator: str
    topic: str
    kind: Kind
    period: Period
    forecast: bool
    source: str | None
    pattern: str


class Memory(NamedTuple):
    """What was said before. `period` is that of the paragraph, else of the subheading.

    `last` is the one told last, also if only beside it. `thing` is the product that was introduced last.
    """

    whose: Whose = NOBODY
    period: Period = UNTOLD
    indicator: str = ""
    kind: Kind = Kind.LEVEL
    thing: str = ""
    last: Period = UNTOLD


@dataclass(frozen=True, slots=True)
class _Scene:
    """One sentence while its figures are read."""

    sentence: Sentence
    attribution: Attribution
    published: date | None
    shares: dict[int, Share]


class _Spot(NamedTuple):
    """A figure of a scene, by its number. `clause` is its clause as far as the figure, from `start`."""

    scene: _Scene
    number: int
    figure: Figure
    share: Share | None
    start: int
    clause: str


def read_facts(
    line: Line, cast: Cast, published: date | None, memory: Memory
) -> tuple[tuple[Fact, ...], Memory]:
    """Read the figures of one sentence; return them with what the next sentence may leave out."""
    end = memory.period.end
    sentence = read_sentence(line.text, published, end.year if end else None)
    if not sentence.figures:
        return (), _remember(sentence, memory)
    scene = _Scene(sentence, attribute(sentence, line.mentions, cast), published, read_lists(sentence))
    facts: dict[int, Fact] = {}
    for index in range(len(sentence.figures)):
        spot = _spot(scene, index)
        told = facts.get(spot.share.of) if spot.share and spot.share.of is not None else None
        fact = _read_fact(spot, _after(told, sentence, memory) if told else memory)
        if fact:
            facts[index] = fact
            memory = _after(fact, sentence, memory, spot.share)
    return tuple(facts.values()), _remember(sentence, memory)


def _spot(scene: _Scene, index: int) -> _Spot:
    figure = scene.sentence.figures[index]
    start = scene.sentence.clause_start(figure.start)
    clause = scene.sentence.view[start : figure.start]
    return _Spot(scene, index, figure, scene.shares.get(index), start, clause)


def _after(fact: Fact, sentence: Sentence, memory: Memory, share: Share | None = None) -> Memory:
    """Return what the next figure goes on with; an aside in brackets changes nothing.

    The last of those that a list names is not the one that is spoken of.
    """
    if sentence.is_aside(fact.figure.start):
        return memory
    whose = memory.whose if share and share.subject else fact.whose
    return memory._replace(whose=whose, indicator=fact.topic, kind=fact.kind)


def _read_fact(spot: _Spot, memory: Memory) -> Fact | None:
    figure, scene = spot.figure, spot.scene
    reading = read_place(_place(spot, memory))
    if not reading:
        return None
    whose, period = _whose(spot, memory), _period(spot, memory)
    since = _since_ever(spot, period)
    indicator = uncounted_new(reading.indicator) if since is not period else reading.indicator
    return Fact(
        figure=figure,
        quantity=_negated(figure.quantity) if reading.pattern.negative else figure.quantity,
        whose=whose,
        indicator=indicator,
        topic=reading.topic,
        kind=reading.pattern.kind or memory.kind,
        period=since,
        forecast=_is_forecast(scene, figure, period),
        source=scene.attribution.source_of(figure.start),
        pattern=reading.pattern.name,
    )


def _place(spot: _Spot, memory: Memory) -> Place:
    scene, figure, start = spot.scene, spot.figure, spot.start
    owned = scene.attribution.names_company(start, figure.start)
    topic, said = "" if owned else _topic(scene, start), memory.indicator
    return Place(
        type=figure.type,
        left=spot.share.left if spot.share else spot.clause,
        right=scene.sentence.words_after(figure.end).lstrip(FIGURE),
        named=(said, topic) if spot.number else (topic, said),
        topic=topic,
        article=scene.attribution.cast.topic,
        follows=spot.number > 0,
        adjoins=FIGURE in scene.sentence.view[max(0, start - 2) : start],
        unit=figure.quantity.base_unit,
    )


def _topic(scene: _Scene, clause_start: int) -> str:
    """Return what the clauses before are about, the nearest first, back to one with a figure."""
    sentence, end = scene.sentence, clause_start - 1
    while end > 0:
        start = sentence.clause_start(end)
        clause = sentence.view[start:end]
        if FIGURE in clause or sentence.view[end] == _COLON or scene.attribution.is_stated(start):
            return ""
        if name := topic_of(clause):
            return name
        end = start - 1
    return ""


def _whose(spot: _Spot, memory: Memory) -> Whose:
    attribution, share = spot.scene.attribution, spot.share
    if share and share.subject:
        return Whose(attribution.cast.resolve(share.subject), share.subject.level)
    position, follows = spot.figure.start, spot.number > 0
    return attribution.whose(spot.start, position, memory.whose, follows=follows, thing=memory.thing)


def _period(spot: _Spot, memory: Memory) -> Period:
    if spot.share and spot.share.period:
        return spot.share.period
    sentence, figure = spot.scene.sentence, spot.figure
    before = [time for time in sentence.times if time.end <= figure.start]
    if before and sentence.view[before[-1].end : figure.start] == _OF:
        return before[-1].period
    said = [t for t in before if _is_spoken_of(sentence, t) and (not t.aside or t.start >= spot.start)]
    if not said:
        return _inherited(spot, memory.last if is_part_of_last(sentence.text) else memory.period)
    explains_the_one_before = len(said) > 1 and said[-1].start == said[-2].end
    return _part_of(spot, said[-2 if explains_the_one_before else -1].period)


def _is_spoken_of(sentence: Sentence, time: TimeMention) -> bool:
    """Tell a time from one that is only compared with, or is that of one number: 从2021年的45%."""
    return not time.compared and not sentence.view.startswith(_OF_FIGURE, time.end)


def _part_of(spot: _Spot, period: Period) -> Period:
    """Return the time of one end of a change: 2016—2020年从3万增长到8万; of an average, its years."""
    clause, years = spot.clause, each_year(period)
    if _starting().search(clause) and _change().match(spot.scene.sentence.view, spot.figure.end):
        return years[0] if years else _not_to_come(spot.scene, period)
    if years and _starting_before().search(clause):
        return years[-1]
    averaged = next((n for word, n in load_table("periods")["averaged"].items() if word in clause), 0)
    return (
        replace(period, start=years_before(period.start, averaged)) if averaged and period.start else period
    )


def _not_to_come(scene: _Scene, period: Period) -> Period:
    to_come = scene.published and period.end and period.end > scene.published
    return UNTOLD if to_come else period


def _inherited(spot: _Spot, period: Period) -> Period:
    """Return the period said before: a time to come for what is forecast, another one for what is not.

    What is so by now (已) is not of a span that was over.
    """
    scene, figure, published = spot.scene, spot.figure, spot.scene.published
    over = bool(period.start and period.end and published and period.end < published)
    if over and _by_now().search(spot.clause):
        return UNTOLD
    later = bool(published and period.end and period.end.year > published.year)
    to_come = later or bool(published and period.start and period.start > published)
    return period if to_come is _is_forecast(scene, figure, UNTOLD) else UNTOLD


def _since_ever(spot: _Spot, period: Period) -> Period:
    """累计建成 counts all until the end of the period, not what was added in it; 前10月累计出口 does not."""
    if spot.figure.type not in _STOCKS or not period.start or not period.end:
        return period
    pattern = _standing_pattern() if _is_span(period.start, period.end) else _stock_pattern()
    if pattern.search(spot.clause):
        return Period(period.label, None, period.end)
    return period


def _is_span(start: date, end: date) -> bool:
    """Tell 前10月, 近五年 and some days from a single day, month or year."""
    return (end - start).days + 1 not in _SINGLE


def _is_forecast(scene: _Scene, figure: Figure, period: Period) -> bool:
    begins = period.start or period.end
    if scene.published and begins and begins > scene.published:
        return True
    if scene.published and period.end and period.end < scene.published:
        return False
    view, end = scene.sentence.view, figure.start
    start = max(view.rfind("；", 0, end), view.rfind("。", 0, end)) + 1
    return _forecast_pattern().search(view, start, end) is not None


def _remember(sentence: Sentence, memory: Memory) -> Memory:
    """Keep the last period for the sentences to come, but not the day or the time of an announcement."""
    thing = introduced_thing(sentence.text) or memory.thing
    if not sentence.times and thing == memory.thing:
        return memory
    times = [time for time in sentence.times if _is_spoken_of(sentence, time) and not time.aside]
    lasting = [time for time in times if not _is_passing(sentence, time)]
    told = [time for time in lasting if not is_beside(sentence.text, time)] or lasting
    if not told:
        return memory._replace(thing=thing)
    return memory._replace(period=told[-1].period, last=lasting[-1].period, thing=thing)


def _is_passing(sentence: Sentence, time: TimeMention) -> bool:
    """Tell the day or time at which something happened from a time that is spoken of."""
    period = time.period
    if not period.start or not period.end:
        return False
    lately = period.label in load_table("periods")["lately"]["words"]
    if lately or period.start == period.end or _event_pattern().match(sentence.text, time.end):
        return True
    short = (period.end - period.start).days <= load_table("periods")["events"]["longest"]
    return short and not sentence.figures and bool(_event_sentence_pattern().match(sentence.text, time.end))


def _negated(quantity: Quantity) -> Quantity:
    return replace(quantity, value=_minus(quantity.value), base_value=_minus(quantity.base_value))


def _minus(number: Number) -> Number:
    return (-abs(number[0]), -abs(number[1])) if isinstance(number, tuple) else -abs(number)


@cache
def _forecast_pattern() -> re.Pattern[str]:
    table = load_table("indicators")["forecast"]
    words = {name: [word.replace("<time>", TIME) for word in table[name]] for name in ("words", "kept")}
    return re.compile(f"{outside(words).pattern}|{table['object']}")


@cache
def _by_now() -> re.Pattern[str]:
    return re.compile(load_table("periods")["now"]["already"])


@cache
def _event_pattern() -> re.Pattern[str]:
    return re.compile(load_table("periods")["events"]["directly"])


@cache
def _event_sentence_pattern() -> re.Pattern[str]:
    return re.compile(load_table("periods")["events"]["verbs"])


@cache
def _starting() -> re.Pattern[str]:
    return re.compile(load_table("periods")["change"]["start"])


@cache
def _starting_before() -> re.Pattern[str]:
    return re.compile(load_table("periods")["change"]["end"])


@cache
def _change() -> re.Pattern[str]:
    return re.compile(load_table("periods")["change"]["after"])


@cache
def _stock_pattern() -> re.Pattern[str]:
    return re.compile(load_table("indicators")["forecast"]["stock"])


@cache
def _standing_pattern() -> re.Pattern[str]:
    return re.compile(load_table("indicators")["forecast"]["standing"])
