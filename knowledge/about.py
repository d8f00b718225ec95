"""Which articles are about a topic or a rule, for many topics at once.

topic, rule -> names in a scope -> the articles that may have them (signatures) -> those that do, as the
bits of a number, looked up once however many rules ask -> AND, OR and NOT of such numbers -> matches
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import add, and_, or_
from typing import NamedTuple, TypeAlias

from knowledge.model import Article, Topic, TopicMatch
from knowledge.normalize import fold
from knowledge.rules.expression import AnyOf, Expression, Leaf, Not, Scope, leaves_of
from knowledge.search.folded import SENTENCE_ENDS, FoldedArticle
from knowledge.search.phrase import phrase_pattern
from knowledge.search.sighting import find_words
from knowledge.search.snippet import Range
from knowledge.topics import wanted_names

_MOST_REMEMBERED = 20_000
_SLOTS = 1 << 15
_Ranges: TypeAlias = tuple[Range, ...]


class _Sought(NamedTuple):
    """One of these folded names, in a scope."""

    names: tuple[str, ...]
    scope: Scope = Scope.ABOUT


@dataclass(frozen=True, slots=True)
class _Seen:
    """The articles that have what is sought, as bits, and where each has it."""

    bits: int
    ranges: Mapping[int, _Ranges]


class About:
    """Tells which of the same articles are about what."""

    def __init__(
        self, articles: Iterable[FoldedArticle], names_of: Callable[[Leaf], tuple[str, ...]]
    ) -> None:
        """Take the articles in the order of the answers, and what tells the folded names of a leaf."""
        self._articles = tuple(articles)
        self._names_of = names_of
        self._every = (1 << len(self._articles)) - 1
        self._signatures = _Signatures(article.text for article in self._articles)
        self._seen: dict[Leaf | _Sought, _Seen] = {}

    def find(self, topic: Topic, since: date | None = None) -> tuple[TopicMatch, ...]:
        """Return the articles about a topic; with `since`, none published before it.

        An article is about a name that its title or a subheading has, or two different sentences. A free
        topic of several words wants each of them.
        """
        numbers = _numbers(self._bits(topic))
        seen = [self._see(part) for part in _parts(topic)]
        return tuple(
            self._match(number, seen)
            for number in numbers
            if since is None or published(self._articles[number].article) >= since
        )

    def _bits(self, topic: Topic) -> int:
        if topic.rule is not None:
            return self._holding(topic.rule)
        return reduce(and_, (self._see(each).bits for each in _parts(topic)), self._every)

    def _holding(self, rule: Expression) -> int:
        if isinstance(rule, Leaf):
            return self._see(rule).bits
        if isinstance(rule, Not):
            return self._every & ~self._holding(rule.child)
        return reduce(or_ if isinstance(rule, AnyOf) else and_, map(self._holding, rule.children))

    def _see(self, part: Leaf | _Sought) -> _Seen:
        seen = self._seen.get(part)
        if seen is None:
            if len(self._seen) >= _MOST_REMEMBERED:
                self._seen.clear()
            sought = _Sought(self._names_of(part), part.scope) if isinstance(part, Leaf) else part
            seen = self._seen[part] = self._look(sought)
        return seen

    def _look(self, sought: _Sought) -> _Seen:
        if sought.scope is Scope.SECTION:
            return _Seen(self._in_section(sought.names[0]), {})
        places: dict[int, list[Range]] = {}
        for name in sought.names:
            for number in _numbers(self._signatures.having(name)):
                found = _ranges(name, sought.scope, self._articles[number])
                if found:
                    places.setdefault(number, []).extend(found)
        kept = {
            number: tuple(ranges)
            for number, ranges in places.items()
            if _is_enough(ranges, sought.scope, self._articles[number])
        }
        return _Seen(reduce(or_, (1 << number for number in kept), 0), kept)

    def _in_section(self, name: str) -> int:
        """Return the articles of the section of this name, else of those whose names have it."""
        folded = [fold(article.article.section).strip() for article in self._articles]
        exact = sum(1 << number for number, section in enumerate(folded) if section == name)
        return exact or sum(1 << number for number, section in enumerate(folded) if name in section)

    def _match(self, number: int, seen: Iterable[_Seen]) -> TopicMatch:
        article = self._articles[number]
        ranges = {place for each in seen for place in each.ranges.get(number, ())}
        marks = article.marks(sorted(ranges))
        telling = max(
            filter(None, marks), key=lambda line: len(article.written({line: marks[line]})), default=None
        )
        return TopicMatch(article.article.citation, article.written(marks), article.snippet(marks, telling))


class _Signatures:
    """For each character and pair of them, hashed, the texts that have it: none is missed, few are wrong.

    Spaces are left out on both sides, as a phrase may have them between Chinese characters. A bit-sliced
    signature file: 3 MB for 500 articles, where lists by pair would take 40.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._slots = [0] * _SLOTS
        self._every = 0
        for number, text in enumerate(texts):
            bit = 1 << number
            self._every |= bit
            for slot in _slots(text):
                self._slots[slot] |= bit

    def having(self, name: str) -> int:
        """Return the texts that may have a name."""
        return reduce(and_, map(self._slots.__getitem__, _slots(name)), self._every)


def _slots(text: str) -> set[int]:
    dense = "".join(text.split())
    return {hash(piece) % _SLOTS for piece in {*dense, *map(add, dense, dense[1:])}}


def _parts(topic: Topic) -> Iterable[Leaf | _Sought]:
    """Return what an article about a topic may show."""
    return map(_Sought, wanted_names(topic)) if topic.rule is None else leaves_of(topic.rule, wanted=True)


def published(article: Article) -> date:
    """Return when an article was published, the earliest of dates where nothing tells it."""
    return article.published or article.issue.published or date.min


def _numbers(bits: int) -> Iterator[int]:
    """Yield the numbers of the bits that are set, the lowest first."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


def _ranges(name: str, scope: Scope, article: FoldedArticle) -> list[Range]:
    if scope is Scope.PHRASE:
        return [match.span() for match in phrase_pattern(name).finditer(article.text)]
    text = article.text[: article.title_end - 1] if scope is Scope.TITLE else article.text
    return [(start, start + len(name)) for start in find_words(text, name)]


def _is_enough(ranges: list[Range], scope: Scope, article: FoldedArticle) -> bool:
    """Tell whether an article that has names in these places is about them: two sentences or a heading."""
    if scope in {Scope.PHRASE, Scope.TITLE}:
        return True
    places = [start for start, _ in ranges]
    return _spread(places, article.text) or any(map(article.in_heading, places))


def _spread(places: list[int], text: str) -> bool:
    """Tell whether a sentence ends between the first and the last of the places."""
    return SENTENCE_ENDS.search(text, min(places) + 1, max(places) + 1) is not None
