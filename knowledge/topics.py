"""Topics: names that a chat can follow, and which articles are about them.

The table is data (`knowledge/data/topics.toml`). A word that is no topic is one by itself; so is a rule of
words, whose words may be topics.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial

from knowledge.model import Topic
from knowledge.normalize import fold
from knowledge.rules.expression import Leaf, Scope, text_of
from knowledge.rules.reading import Problem, Trouble, is_rule, read_expression
from knowledge.rules.settling import settled
from knowledge.search.gazetteer import region_names, region_of
from knowledge.search.lexicon import load_lexicon, name_key
from knowledge.search.wordlists import Wordlists, load_wordlists

LONGEST_TOPIC = 40


@dataclass(frozen=True)
class TopicTable:
    """The table of topics in its order; `others` has what else a word is called, by its key, folded."""

    topics: tuple[Topic, ...]
    others: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def _by_name(self) -> dict[str, Topic]:
        return {name_key(name): topic for topic in reversed(self.topics) for name in _names(topic)}

    @cached_property
    def _as_written(self) -> dict[str, Topic]:
        return {fold(name): topic for topic in reversed(self.topics) for name in _names(topic)}

    def find(self, text: str) -> Topic:
        """Return the topic of this name or alias, else the rule, else a topic of this one free word.

        What is no rule because it is too long is read again as far as a topic may go.
        """
        for line in (text, _cut(text)):
            read = self.read(line)
            if not isinstance(read, Problem):
                return read
        return self._word(text)

    def read(self, text: str) -> Topic | Problem:
        """Return what a line asks to follow, or what is wrong with it: signs alone stand in every article."""
        line = " ".join(text.split())
        if topic := self._as_written.get(fold(line)):
            return topic
        if not any(map(str.isalnum, line)):
            return Problem(Trouble.NO_WORDS, line)
        if not is_rule(line):
            return self._word(line)
        rule = read_expression(line, partial(settled, named=self._leaf))
        if isinstance(rule, Problem):
            return rule
        if isinstance(rule, Leaf) and rule.scope is Scope.ABOUT:
            return self._word(rule.words)
        return Topic(text_of(rule), rule=rule)

    def names_of(self, leaf: Leaf) -> tuple[str, ...]:
        """Return the folded names of what a leaf looks for, its own first."""
        if leaf.scope in {Scope.PHRASE, Scope.SECTION}:
            return (fold(leaf.words),)
        if leaf.scope is Scope.REGION:
            return tuple(dict.fromkeys(map(fold, (leaf.words, *region_names().get(leaf.words, ())))))
        key = name_key(leaf.words)
        if topic := self._by_name.get(key):
            return topic_names(topic)
        return tuple(dict.fromkeys((fold(leaf.words), *self.others.get(key, ()))))

    def _word(self, text: str) -> Topic:
        word = _cut(text)
        return self._by_name.get(name_key(word)) or Topic(word)

    def _leaf(self, words: str) -> Leaf | None:
        """Return the leaf of what words name: a topic, a region or another thing of the tables.

        A region goes before a topic that has it as an alias: 河北 is not all of 京津冀.
        """
        key = name_key(words)
        topic, region = self._by_name.get(key), region_of(fold(words))
        if region and (topic is None or key != name_key(topic.name)):
            return Leaf(region, Scope.REGION)
        if topic:
            named = Leaf(topic.name)
            return named if read_expression(topic.name) == named else Leaf(words)
        return Leaf(words) if key in self.others else None


def _cut(text: str) -> str:
    return " ".join(text.split())[:LONGEST_TOPIC].strip()


def load_topics(words: Wordlists | None = None) -> TopicTable:
    """Return the topics of these tables, by default of the shipped ones."""
    words = words or load_wordlists()
    return TopicTable(words.topics, load_lexicon(words).names)


def topic_names(topic: Topic) -> tuple[str, ...]:
    """Return the folded names of a topic, its own first."""
    return tuple(dict.fromkeys(filter(None, (fold(name).strip() for name in _names(topic)))))


def wanted_names(topic: Topic) -> Iterator[tuple[str, ...]]:
    """Yield sets of names, of each of which an article must have one; a free topic has a set a word."""
    names = topic_names(topic)
    if topic.aliases or topic.english or not names or names[0].isascii():
        yield names
    else:
        yield from ((word,) for word in names[0].split())


def _names(topic: Topic) -> tuple[str, ...]:
    return (topic.name, topic.english, *topic.aliases)
