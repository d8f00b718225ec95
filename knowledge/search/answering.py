"""Answering: articles and figures for a query, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from knowledge.index.opening import OpenedIndex
from knowledge.metrics.question import Question
from knowledge.metrics.ranking import is_named
from knowledge.model import Answer, Citation, MetricHit
from knowledge.search.analysis import fold_article
from knowledge.search.demands import Demands
from knowledge.search.explain import Scored, explain_found
from knowledge.search.figures import FigureSearch
from knowledge.search.lexicon import load_lexicon
from knowledge.search.mending import Mender
from knowledge.search.nearest import Nearest
from knowledge.search.query import Reading
from knowledge.search.ranking import is_loose, shares
from knowledge.search.reading import QueryReader
from knowledge.search.related import RelatedSearch
from knowledge.search.repair import Repairer
from knowledge.search.retold import told_once, with_others
from knowledge.search.retrieval import Retrieval
from knowledge.search.scope import Scope
from knowledge.search.search import ArticleSearch, Found
from knowledge.search.statistics import Statistics
from knowledge.search.wordlists import Wordlists

_Asked: TypeAlias = tuple[Question, tuple[MetricHit, ...]]
"""What a query asks, and the figures that fit."""


@dataclass(frozen=True, slots=True)
class Answering:
    """All that one index is asked."""

    index: OpenedIndex
    articles: ArticleSearch
    figures: FigureSearch
    related: RelatedSearch
    nearest: Nearest

    def answer(self, query: str, *, limit: int, offset: int) -> Answer:
        """Find articles and figures for a query."""
        found, asked = self._find(query)
        reading = found.reading
        if asked is None:
            near = self.nearest.suggest(found, self._finds)
            return Answer(query, (), 0, (), did_you_mean=near, understood=reading.understood)
        question, figures = asked
        told = told_once(self.index.catalog, found.kept)
        shown = told.kept[offset : offset + limit]
        hits = with_others(self.index.catalog, told, shown, self.articles.hits(found, shown))
        return Answer(
            query,
            hits,
            len(told.kept),
            figures,
            wants_figure=_wants_figure(question, figures),
            read_as=reading.read_as,
            understood=reading.understood,
            as_typed=reading.as_typed,
        )

    def _find(self, query: str) -> tuple[Found, _Asked | None]:
        """Return the articles, and what is asked with its figures, None where there is no answer.

        Where a figure is asked for and none is printed, articles with a part of the words are no answer.
        """
        found = self.articles.find(query)
        if not found.kept:
            return found, None
        question, figures = self._figures(found.reading, query)
        is_missing = question.names_figure and not figures and not found.reading.demands.restrict
        if is_missing and is_loose(found.kept, shares(found.reading.parts)):
            return found, None
        return found, (question, figures)

    def _finds(self, query: str) -> bool:
        """Tell whether a query has an answer; figures are looked for only where the articles do not tell."""
        found = self.articles.find(query)
        if not found.kept or not is_loose(found.kept, shares(found.reading.parts)):
            return bool(found.kept)
        return self._find(query)[1] is not None

    def figures_for(self, question: str, limit: int) -> tuple[MetricHit, ...]:
        """Return the figures that fit a question, best first, of the `limit` likeliest."""
        return self._figures(self.articles.reader.read(question, relaxed=True), question, limit)[1]

    def _figures(self, reading: Reading, query: str, most: int | None = None) -> _Asked:
        """Return what a query asks and the figures for it, of the articles that its operators allow."""
        demands = reading.demands
        typed = reading.asked if demands.shown else query
        question, figures = self.figures.find(typed, reading.read_as, most)
        if not demands.restrict:
            return question, figures
        allowed = {
            article: self._allowed(demands, article) for article in {f.metric.citation for f in figures}
        }
        return question, tuple(figure for figure in figures if allowed[figure.metric.citation])

    def _allowed(self, demands: Demands, citation: Citation) -> bool:
        article = self.index.catalog.article(citation.article_id)
        return article is not None and demands.allow(citation, fold_article(article))

    def explain(self, query: str) -> str:
        """Return how a query was read and scored."""
        found = self.articles.find(query)
        best = (*found.kept, *found.dropped)[:10]
        entries = self.index.catalog.entries(judgement.number for judgement in best)
        titles = {number: entry.article.title for number, entry in entries.items()}
        scored = Scored(titles, self.articles.part_scores(found.reading, titles))
        return explain_found(found, self.articles.retrieval.sought(found.reading).clauses, scored)


def _wants_figure(question: Question, figures: Sequence[MetricHit]) -> bool:
    """Tell whether a figure is the answer: asked for by its name, or having what is asked for in its own.

    Where none is printed it is missed if it was asked of somebody.
    """
    if question.asks_plainly or not figures:
        return question.asks_plainly or (question.names_figure and bool(question.subjects))
    return question.names_figure or (question.asks_figure and is_named(question, figures[0].metric))


def make_answering(index: OpenedIndex, words: Wordlists) -> Answering:
    """Put together what answers queries to an index; loading its dictionaries takes 0.2 s."""
    analyzer = index.analyzer()
    statistics = Statistics(index.articles)
    repairer = Repairer(index.catalog, index.words, analyzer.readings)
    lexicon = load_lexicon(words)
    mender = Mender(analyzer, lexicon, repairer, statistics)
    reader = QueryReader(analyzer, lexicon, mender, statistics, Scope(index.catalog))
    retrieval = Retrieval(analyzer, statistics)
    articles = ArticleSearch(index.catalog, index.articles, analyzer.readings, reader, retrieval)
    related = RelatedSearch(index.catalog, index.articles, analyzer, statistics)
    figures = FigureSearch(index.catalog, index.metrics)
    return Answering(index, articles, figures, related, Nearest(index.catalog, repairer, statistics))
