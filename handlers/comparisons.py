"""Finding the figures of comparisons, rankings and series in the library, for answers and for exports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from handlers.command import Context
from handlers.following import newest_date
from knowledge.metrics.comparison import Comparison, Contestant, Row, compare, rank_owners
from knowledge.metrics.comparison_question import (
    ComparisonQuestion,
    find_contestants,
    read_comparison,
)
from knowledge.metrics.ranking_question import RankQuestion, is_ranked, read_ranked
from knowledge.metrics.series import Series, series_of
from knowledge.metrics.statements import printed_beside
from knowledge.metrics.subject import find_mentions
from knowledge.metrics.tables import load_table
from knowledge.model import Aspect, Metric
from knowledge.normalize import fold

MOST_COMPARED = 8
MOST_NAMED = 32
"""How many words are asked for as names: each is a search, and a question may hold a thousand words."""

MOST_FIGURES = 400


def read_compared(context: Context, text: str) -> ComparisonQuestion:
    """Read what is compared; relative times are those of the newest issue, nicknames those of the library."""
    published = newest_date(context)
    question = read_comparison(text, published)
    named = _owners_called(context, question.things)
    return read_comparison(_with_names(fold(text), named), published) if named else question


def _owners_called(context: Context, things: Sequence[str]) -> Mapping[str, str]:
    """Return which words name a company or region; where all do, 移动 is short for 中国移动."""
    things = tuple(dict.fromkeys(things))[:MOST_NAMED]
    country = load_table("questions")["places"]["home"][0]
    known = {thing: name for thing in things if (name := _owner_called(context, thing))}
    short = {thing: name for thing in things if _is_company(name := f"{country}{thing}")}
    return {**short, **known} if len({*short, *known}) == len(things) else known


def _is_company(name: str) -> bool:
    return any(mention.name == name and mention.level == "company" for mention in find_mentions(name))


def _owner_called(context: Context, thing: str) -> str | None:
    understood = context.library.answer(thing, limit=1).understood
    owners = [each.value for each in understood if each.aspect in {Aspect.COMPANY, Aspect.REGION}]
    return owners[0] if len(owners) == 1 and len(understood) == 1 else None


def _with_names(text: str, named: Mapping[str, str]) -> str:
    for thing, name in named.items():
        text = text.replace(thing, f" {name} ")
    return text


def contestants_of(context: Context, question: ComparisonQuestion) -> tuple[Contestant, ...]:
    """Return those who are compared, with their figures in the library."""
    return find_contestants(question, lambda words: context.library.figures(words, limit=MOST_FIGURES))


def find_ranking(context: Context, question: RankQuestion) -> Comparison | None:
    """Rank the subjects of one level, or the first of them; None where there are not two."""
    if not question.level:
        return find_ranking(context, replace(question, level="place")) or find_ranking(
            context, replace(question, level="company")
        )
    hits = context.library.figures(question.indicator, limit=MOST_FIGURES)
    own = [hit for hit in hits if is_ranked(hit.metric, question.level)]
    ranking = rank_owners(question.indicator, own)
    return replace(ranking, rows=ranking.rows[: question.top or None]) if ranking else None


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
