"""Plain questions that ask for several figures at once: 河北和青海数字经济谁大, 5G基站最多的省."""

from __future__ import annotations

from handlers.command import Context
from handlers.comparison_answer import answer_comparison, answer_ranking, nothing_comparable
from handlers.comparisons import MOST_COMPARED, contestants_of, find_ranking, read_compared
from handlers.reply import Block
from handlers.series_answer import answer_series
from knowledge.metrics.comparison_question import read_series
from knowledge.metrics.ranking_question import RankQuestion, read_each, read_ranking
from knowledge.metrics.statements import has_words

_LONGEST = 60


def plain_answer(context: Context, text: str) -> tuple[Block, ...]:
    """Return the table that a question clearly asks for, nothing where it does not or there is none."""
    if len(text) > _LONGEST:
        return ()
    return _compared(context, text) or _ranked(context, text) or _followed(context, text)


def _compared(context: Context, text: str) -> tuple[Block, ...]:
    """Compare those who are named; where all are known and nothing is comparable, say what is printed."""
    question = read_compared(context, text)
    if not question.says_so or not 2 <= question.size <= MOST_COMPARED:
        return ()
    contestants = contestants_of(context, question)
    if table := answer_comparison(context, text, question, contestants, chart=False):
        return table
    known = len(question.subjects) > 1 and question.indicator
    return (
        nothing_comparable(context, text, contestants) if known and any(c.hits for c in contestants) else ()
    )


def _ranked(context: Context, text: str) -> tuple[Block, ...]:
    ranking = read_ranking(text)
    if ranking and ranking.indicator:
        return answer_ranking(context, ranking, chart=False)
    each = read_each(text)
    return answer_ranking(context, each, chart=False) if each and _is_of_each(context, each) else ()


def _is_of_each(context: Context, question: RankQuestion) -> bool:
    """Tell whether what is asked of each is the name of the figures, which nobody needs to say then."""
    found = find_ranking(context, question) if question.indicator else None
    return found is not None and all(
        has_words(row.metric.indicator, question.indicator) for row in found.rows
    )


def _followed(context: Context, text: str) -> tuple[Block, ...]:
    series = read_series(text)
    return answer_series(context, series, chart=False) if series else ()
