"""Finding the figures of comparisons, rankings and series in the library, for answers and for exports."""

from __future__ import annotations

from collections.abc import Iterable

from handlers.command import Context
from knowledge.metrics.comparison import Comparison, Contestant, Row, compare, rank_owners
from knowledge.metrics.comparison_question import (
    ComparisonQuestion,
    RankQuestion,
    find_contestants,
    is_ranked,
    read_comparison,
    read_ranked,
)
from knowledge.metrics.series import Series, series_of
from knowledge.metrics.statements import printed_beside
from knowledge.model import Metric

MOST_COMPARED = 8
MOST_FIGURES = 400


def read_compared(context: Context, text: str) -> ComparisonQuestion:
    """Read what is compared; relative times are those of the newest issue."""
    newest = next(iter(context.library.issues()), None)
    return read_comparison(text, newest.published if newest else None)


def contestants_of(context: Context, question: ComparisonQuestion) -> tuple[Contestant, ...]:
    """Return those who are compared, with their figures in the library."""
    return find_contestants(question, lambda words: context.library.figures(words, limit=MOST_FIGURES))


def find_ranking(context: Context, question: RankQuestion) -> Comparison | None:
    """Rank the subjects of one level; None where there are not two."""
    hits = context.library.figures(question.indicator, limit=MOST_FIGURES)
    return rank_owners(question.indicator, [hit for hit in hits if is_ranked(hit.metric, question.level)])


def find_series(context: Context, text: str) -> Series | None:
    """Return the figures of one thing over time; None where there are not two times."""
    return series_of(text, context.library.figures(text, limit=MOST_FIGURES))


def compared_metrics(context: Context, text: str) -> tuple[Metric, ...]:
    """Return the figures of a comparison, each followed by what is printed beside it."""
    question = read_compared(context, text)
    fits = 2 <= question.size <= MOST_COMPARED
    comparison = compare(contestants_of(context, question)) if fits else None
    return _all_metrics(context, comparison.rows if comparison else ())


def ranked_metrics(context: Context, text: str) -> tuple[Metric, ...]:
    """Return the figures of a ranking, each followed by what is printed beside it."""
    ranking = find_ranking(context, read_ranked(text))
    return _all_metrics(context, ranking.rows if ranking else ())


def series_metrics(context: Context, text: str) -> tuple[Metric, ...]:
    """Return the figures of a series, each followed by what is printed beside it."""
    series = find_series(context, text)
    return _all_metrics(context, series.rows if series else ())


def _all_metrics(context: Context, rows: Iterable[Row]) -> tuple[Metric, ...]:
    found: dict[str, Metric] = {}
    for row in rows:
        beside = printed_beside(row.metric, context.library.metrics(row.metric.citation.article_id))
        otherwise = (stated.metric for stated in row.otherwise)
        found |= {metric.id: metric for metric in (row.metric, *beside, *otherwise)}
    return tuple(found.values())
