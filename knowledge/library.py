"""The library: one opened index and all that can be asked of it. What the handlers see of knowledge."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import cached_property, lru_cache
from threading import Lock

from knowledge.index.opening import OpenedIndex
from knowledge.model import Answer, Article, Citation, Counts, Issue, Metric, MetricHit, Topic, TopicMatch
from knowledge.recent import TopicSearch
from knowledge.rules.reading import Problem
from knowledge.search.answering import Answering, make_answering
from knowledge.search.wordlists import Wordlists, load_wordlists
from knowledge.topics import TopicTable, load_topics

TOPICS_REMEMBERED = 1 << 13


class Library:
    """One opened index; it does not change while it is held. Usable from several threads at once."""

    def __init__(self, index: OpenedIndex, words: Wordlists | None = None) -> None:
        """Take an opened index and the tables of words, by default the shipped ones."""
        self._index = index
        self._words = words or load_wordlists()
        self._catalog = index.catalog
        self._making = Lock()
        self._made: Answering | None = None

    @property
    def counts(self) -> Counts:
        """How much the index holds."""
        manifest = self._index.manifest
        return Counts(manifest.issues, manifest.articles, manifest.metrics)

    @property
    def built_at(self) -> datetime:
        """When the index was built."""
        return self._index.manifest.built

    @property
    def content_hash(self) -> str:
        """The hash of what the index was built from; equal content has equal hashes."""
        return self._index.manifest.content_sha256

    def answer(self, query: str, *, limit: int = 10, offset: int = 0) -> Answer:
        """Find articles and metrics for a query of any form; never raises for what was typed."""
        return self._answering.answer(query, limit=max(0, limit), offset=max(0, offset))

    def figures(self, question: str, *, limit: int = 200) -> tuple[MetricHit, ...]:
        """Return the figures that fit a question, best first: the raw material of tables and series."""
        return self._answering.figures_for(question, limit)

    def explain(self, query: str) -> str:
        """Return how a query was read, and what each part added to the score of the best articles."""
        return self._answering.explain(query)

    def article(self, article_id: str) -> Article | None:
        """Return one article whole, None for an unknown id."""
        return self._catalog.article(article_id)

    def related(self, article_id: str, limit: int = 5) -> tuple[Citation, ...]:
        """Return the articles most related to one, best first; none for an unknown id."""
        article = self.article(article_id)
        return self._answering.related.find(article, limit) if article else ()

    def issues(self) -> tuple[Issue, ...]:
        """Return the issues, newest first."""
        return self._catalog.issues()

    def contents(self, issue_id: str) -> tuple[Citation, ...]:
        """Return the articles of an issue in the order of its contents."""
        return self._catalog.contents(issue_id)

    def metrics(self, article_id: str) -> tuple[Metric, ...]:
        """Return the figures of an article in the order in which they are printed."""
        return self._catalog.metrics_of(article_id)

    def all_articles(self) -> Iterator[Article]:
        """Yield every article in the order of the contents."""
        return (entry.article for entry in self._catalog.all_entries())

    def all_metrics(self) -> Iterator[Metric]:
        """Yield every figure in the order in which they are printed."""
        return (metric for _, metric in self._catalog.all_metrics())

    def topics(self) -> tuple[Topic, ...]:
        """Return the table of topics."""
        return self._topics.topics

    def topic(self, text: str) -> Topic:
        """Return the topic of this name or alias, else the rule of words, else this one free word."""
        return self._topic_of(text)

    def read(self, text: str) -> Topic | Problem:
        """Return what a line asks to follow, or what is wrong with it as a rule of words."""
        return self._topics.read(text)

    def about(self, topic: Topic, since: date | None = None) -> tuple[TopicMatch, ...]:
        """Return the articles about a topic, newest issue first; with `since`, none published before it."""
        return self._topic_search.find(topic, since)

    def told_first(self, article_id: str) -> str:
        """Return the id of the article that told the same news first: its own where none did."""
        return self._topic_search.told_first(article_id)

    def close(self) -> None:
        """Let go of the files; nothing may be asked afterwards."""
        self._index.close()

    @cached_property
    def _topics(self) -> TopicTable:
        return load_topics(self._words)

    @cached_property
    def _topic_of(self) -> Callable[[str], Topic]:
        return lru_cache(TOPICS_REMEMBERED)(self._topics.find)

    @cached_property
    def _topic_search(self) -> TopicSearch:
        return TopicSearch(self._index, self._topics)

    @property
    def _answering(self) -> Answering:
        """What answers queries; made at the first one, because its dictionaries take a moment to load."""
        with self._making:
            if self._made is None:
                self._made = make_answering(self._index, self._words)
            return self._made
