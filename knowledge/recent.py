"""Articles about a topic or a rule: of the newest issues from memory, of others through the text index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from knowledge.about import About, published
from knowledge.index.catalog import Entry
from knowledge.index.engine import Clause, Within
from knowledge.index.opening import OpenedIndex
from knowledge.model import Topic, TopicMatch
from knowledge.normalize import fold
from knowledge.rules.expression import Leaf, Scope, leaves_of
from knowledge.search.folded import folded_article
from knowledge.search.statistics import pairs_and_words
from knowledge.search.tokens import issue_token, section_token
from knowledge.topics import TopicTable, topic_names

MOST_RECENT = 2_000
"""Articles kept in memory, about 20 MB: years of a digest, and what is new of the busiest feeds."""

MOST_ABOUT = 1_000
"""Articles looked through for a topic where older ones are asked for, those first that name it most."""


@dataclass(frozen=True, slots=True)
class _Newest:
    """The newest issues as far as they fit; they are all there is from the day after `complete_after`."""

    about: About
    numbers: tuple[int, ...]
    complete_after: date | None

    def has_all(self, since: date | None) -> bool:
        """Tell whether no article published since a date is missing."""
        return self.complete_after is None or (since is not None and since > self.complete_after)


@dataclass(frozen=True)
class TopicSearch:
    """Finds the articles of one index that are about a topic."""

    index: OpenedIndex
    table: TopicTable
    most_recent: int = MOST_RECENT

    def find(self, topic: Topic, since: date | None) -> tuple[TopicMatch, ...]:
        """Return the articles about a topic, newest issue first; with `since`, none published before it."""
        if self._newest.has_all(since):
            return self._newest.about.find(topic, since)
        return self._about(self._candidates(topic)).find(topic, since)

    def told_first(self, article_id: str) -> str:
        """Return the id of the recent article that told the same news first: its own where none did."""
        return self._retold.get(article_id, article_id)

    @cached_property
    def _retold(self) -> Mapping[str, str]:
        """The recent articles that tell news told before, with the one that told it first."""
        first_of = self.index.catalog.retellings(self._newest.numbers)
        cited = self.index.catalog.citations({*first_of, *first_of.values()})
        return {cited[number].article_id: cited[first].article_id for number, first in first_of.items()}

    @cached_property
    def _newest(self) -> _Newest:
        numbers: list[int] = []
        for issue in self.index.catalog.issues():
            place = Within((((Clause("place", issue_token(issue.id))),),))
            own = self.index.articles.chosen(place, self.most_recent + 1)
            if len(numbers) + len(own) > self.most_recent:
                return _Newest(self._about(numbers), tuple(numbers), issue.published or date.min)
            numbers += own
        return _Newest(self._about(numbers), tuple(numbers), None)

    def _about(self, numbers: Iterable[int]) -> About:
        entries = sorted(self.index.catalog.entries(numbers).values(), key=_newest_first)
        articles = (folded_article(entry.article, entry.folded) for entry in entries)
        return About(articles, self.table.names_of)

    def _candidates(self, topic: Topic) -> set[int]:
        """Return the articles that may be about a topic, for a rule those that have any of what it wants."""
        leaves = [] if topic.rule is None else list(leaves_of(topic.rule, wanted=True))
        places = [leaf for leaf in leaves if leaf.scope is Scope.SECTION]
        names = topic_names(topic) if topic.rule is None else self._names(leaves)
        tokens = [list(pairs_and_words(name)) for name in names]
        found = self.index.articles.holding("text", tokens, MOST_ABOUT) if tokens else []
        return {*found, *(number for leaf in places for number in self._in_section(leaf))}

    def _names(self, leaves: Iterable[Leaf]) -> Iterator[str]:
        for leaf in leaves:
            if leaf.scope is not Scope.SECTION:
                yield from self.table.names_of(leaf)

    def _in_section(self, leaf: Leaf) -> list[int]:
        name = fold(leaf.words)
        sections = [each for each in self.index.catalog.sections() if name in fold(each)]
        clauses = tuple(Clause("place", section_token(section)) for section in sections)
        return self.index.articles.chosen(Within((clauses,)), MOST_ABOUT) if clauses else []


def _newest_first(entry: Entry) -> tuple[int, int]:
    return -published(entry.article).toordinal(), entry.number
