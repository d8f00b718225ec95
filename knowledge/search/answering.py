"""Answering: articles and figures for a query, and why."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.index.opening import OpenedIndex
from knowledge.metrics.question import Question
from knowledge.model import Answer, Citation, MetricHit
from knowledge.search.analysis import fold_article
from knowledge.search.demands import Demands
from knowledge.search.explain import Scored, explain_found
from knowledge.search.figures import FigureSearch
from knowledge.search.lexicon import load_lexicon
from knowledge.search.mending import Mender
from knowledge.search.nearest import Nearest
from knowledge.search.query import Reading
from knowledge.search.reading import QueryReader
from knowledge.search.related import RelatedSearch
from knowledge.search.repair import Repairer
from knowledge.search.retold import told_once, with_others
from knowledge.search.retrieval import Retrieval
from knowledge.search.scope import Scope
from knowledge.search.search import ArticleSearch
from knowledge.search.statistics import Statistics
from knowledge.search.wordlists import Wordlists


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
        found = self.articles.find(query)
        reading = found.reading
        if not found.kept:
            near = self.nearest.suggest(found)
            return Answer(query, (), 0, (), did_you_mean=near, understood=reading.understood)
        told = told_once(self.index.catalog, found.kept)
        shown = told.kept[offset : offset + limit]
        hits = with_others(self.index.catalog, told, shown, self.articles.hits(found, shown))
        question, figures = self._figures(reading, query)
        return Answer(
            query,
            hits,
            len(told.kept),
            figures,
            wants_figure=question.asks_plainly or (question.asks_figure and bool(figures)),
            read_as=reading.read_as,
            understood=reading.understood,
            as_typed=reading.as_typed,
        )

    def figures_for(self, question: str, limit: int) -> tuple[MetricHit, ...]:
        """Return the figures that fit a question, best first, of the `limit` likeliest."""
        return self._figures(self.articles.reader.read(question, relaxed=True), question, limit)[1]

    def _figures(
        self, reading: Reading, query: str, most: int | None = None
    ) -> tuple[Question, tuple[MetricHit, ...]]:
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
    return Answering(index, articles, figures, related, Nearest(articles, repairer, statistics))
