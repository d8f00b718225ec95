"""Topics: names that a chat can follow, and which articles are about them.

The table is data (`knowledge/data/topics.toml`). A word that is no topic is one by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from knowledge.model import Topic, TopicMatch
from knowledge.normalize import fold
from knowledge.search.folded import FoldedArticle
from knowledge.search.lexicon import name_key
from knowledge.search.sighting import find_words
from knowledge.search.snippet import Range
from knowledge.search.wordlists import Wordlists, load_wordlists

LONGEST_TOPIC = 40
OFTEN = 2


@dataclass(frozen=True)
class TopicTable:
    """The table of topics in its order."""

    topics: tuple[Topic, ...]

    @cached_property
    def _by_name(self) -> dict[str, Topic]:
        return {name_key(name): topic for topic in reversed(self.topics) for name in _names(topic)}

    def find(self, text: str) -> Topic:
        """Return the topic that goes by this name or alias, else a topic of this one free word."""
        word = " ".join(text.split())[:LONGEST_TOPIC]
        return self._by_name.get(name_key(word)) or Topic(word)


def load_topics(words: Wordlists | None = None) -> TopicTable:
    """Return the topics of these tables, by default of the shipped ones."""
    return TopicTable((words or load_wordlists()).topics)


def topic_names(topic: Topic) -> tuple[str, ...]:
    """Return the folded names of a topic, its own first."""
    return tuple(dict.fromkeys(filter(None, (fold(name).strip() for name in _names(topic)))))


def match_topic(topic: Topic, article: FoldedArticle) -> TopicMatch | None:
    """Return how an article is about a topic, None where it is not.

    It is when its title or a subheading has one of the topic's names, or two different sentences have any.
    A free topic of several words wants each of them.
    """
    ranges: list[Range] = []
    for wanted in _wanted(topic):
        found = [(start, start + len(name)) for name in wanted for start in find_words(article.text, name)]
        if not _is_about(found, article):
            return None
        ranges.extend(found)
    if not ranges:
        return None
    marks = article.marks(sorted(ranges))
    lead = article.snippet(marks, next(filter(None, marks), None))
    return TopicMatch(article.article.citation, article.written(marks), lead)


def _wanted(topic: Topic) -> Iterator[tuple[str, ...]]:
    """Yield sets of names, of each of which an article must have one; a free topic has a set a word."""
    names = topic_names(topic)
    if topic.aliases or topic.english or not names or names[0].isascii():
        yield names
    else:
        yield from ((word,) for word in names[0].split())


def _is_about(found: list[Range], article: FoldedArticle) -> bool:
    places = [start for start, _ in found]
    return any(map(article.in_heading, places)) or article.sentences(places) >= OFTEN


def _names(topic: Topic) -> tuple[str, ...]:
    return (topic.name, topic.english, *topic.aliases)
