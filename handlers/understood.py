"""Telling how a query was understood: what was corrected in it, and what it names besides its words."""

from __future__ import annotations

from itertools import groupby

from handlers.citations import joined
from handlers.clip import clip
from handlers.dates import period_text
from handlers.regions import subject_name
from handlers.reply import Block, Button, Notice, Text, button_row
from handlers.request import Language
from handlers.texts import Message, common, label, say
from handlers.texts import search as search_texts
from handlers.texts import understood as texts
from knowledge.metrics.question import names_year
from knowledge.metrics.ranking import is_same_part
from knowledge.model import Answer, Aspect, Period, Understood
from knowledge.normalize import fold

_SHOWN = 40
_LABEL = 14
_NARROWING = frozenset({Aspect.ISSUE, Aspect.PHRASE, Aspect.WITHOUT})
_LABELS = {
    Aspect.REGION: texts.REGION,
    Aspect.COMPANY: texts.COMPANY,
    Aspect.PERIOD: texts.PERIOD,
    Aspect.SECTION: texts.SECTION,
    Aspect.ISSUE: texts.ISSUE,
    Aspect.PHRASE: texts.PHRASE,
    Aspect.WITHOUT: texts.WITHOUT,
}


def understood_blocks(answer: Answer, language: Language) -> tuple[Block, ...]:
    """Return the line of what was corrected, with the way back, and that of what is named."""
    named = _named_line(answer.understood, language)
    return (*_read_as(answer, language), *((Notice(Text(named)),) if named else ()))


def other_period_blocks(answer: Answer, told: Period, language: Language) -> tuple[Block, ...]:
    """Return what is said of a figure that is of another time than was asked for, () where it is of that.

    Whoever names no year (全年, 一季度) is content with any.
    """
    asked = [each.period for each in answer.understood if each.period]
    if not names_year(fold(answer.query)) and any(is_same_part(period, told) for period in asked):
        return ()
    if not asked or any(_has_period(period, told) for period in asked):
        return ()
    return (Notice(say(texts.OTHER_PERIOD, language, period=period_text(asked[-1], language))),)


def is_narrowed(answer: Answer) -> bool:
    """Tell whether the query has operators that say nothing about its subject."""
    return any(each.aspect in _NARROWING for each in answer.understood)


def _has_period(asked: Period, told: Period) -> bool:
    """Tell whether a told time is a part of the asked one; a point in time has an end alone."""
    if asked.end is None or told.end is None:
        return True
    if asked.start is None or told.start is None:
        return (asked.start or asked.end) <= told.end <= asked.end
    return asked.start <= told.start and told.end <= asked.end


def _read_as(answer: Answer, language: Language) -> tuple[Block, ...]:
    if not answer.read_as:
        return ()
    notice = Notice(say(search_texts.READ_AS, language, query=clip(answer.read_as, _SHOWN)))
    if not answer.as_typed:
        return (notice,)
    typed = label(texts.AS_TYPED, language, query=clip(answer.query, _LABEL))
    return (notice, *button_row(Button(typed, f"search {answer.as_typed}")))


def _named_line(understood: tuple[Understood, ...], language: Language) -> str:
    comma = label(common.LIST_COMMA, language)
    values = (
        (message, [_value(each, language) for each in group])
        for message, group in groupby(understood, _message)
    )
    return joined(
        *(label(message, language, values=clip(comma.join(names), _SHOWN)) for message, names in values)
    )


def _message(understood: Understood) -> Message:
    if understood.period and _year(understood.period):
        return texts.YEAR
    return _LABELS[understood.aspect]


def _value(understood: Understood, language: Language) -> str:
    if understood.period:
        return _year(understood.period) or period_text(understood.period, language)
    if understood.aspect is Aspect.PHRASE:
        return f"“{understood.value}”"
    return subject_name(understood.value, language)


def _year(period: Period) -> str | None:
    """Return the year that a period is, None for any other."""
    if period.start is None or period.end is None or period.start.year != period.end.year:
        return None
    whole = (period.start.month, period.end.month) == (1, 12) and period.start.day == 1
    return str(period.start.year) if whole else None
