"""Plain questions that ask for several figures at once: 河北和青海数字经济规模对比, 哪个省5G基站最多."""

from __future__ import annotations

from handlers.command import Context
from handlers.comparison_answer import answer_comparison, answer_ranking
from handlers.comparisons import MOST_COMPARED, contestants_of, read_compared
from handlers.reply import Block
from handlers.series_answer import answer_series
from knowledge.metrics.comparison_question import read_ranking, read_series

_LONGEST = 60


def plain_answer(context: Context, text: str) -> tuple[Block, ...]:
    """Return the table that a question clearly asks for, nothing where it does not or there is none."""
    if len(text) > _LONGEST:
        return ()
    if ranking := read_ranking(text):
        return answer_ranking(context, ranking, chart=False)
    question = read_compared(context, text)
    if question.says_so and question.indicator and 2 <= question.size <= MOST_COMPARED:
        contestants = contestants_of(context, question)
        return answer_comparison(context, text, question, contestants, chart=False)
    series = read_series(text)
    return answer_series(context, series, chart=False) if series else ()
