"""Whose a figure is: by its own clause, the clauses before, the sentences before, then the article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from knowledge.metrics.cast import Cast, bodies_pattern
from knowledge.metrics.figures import FIGURE, TIME
from knowledge.metrics.indicator import strip_leading
from knowledge.metrics.sentence import Sentence
from knowledge.metrics.source import SourceMention, find_source
from knowledge.metrics.subject import Mention
from knowledge.metrics.tables import load_table


class Whose(NamedTuple):
    """A subject: its shown name and its level, that of the mention."""

    name: str = ""
    level: str = ""


NOBODY = Whose()
_LIST = "、"
_OF = "的"
_EDGES = " “”、)）"
_EXAMPLE = "example"  # the level of a subject that goes on in its own sentence alone
_WIDE = frozenset({"world", "country"})
_NEAREST = frozenset({"company", "site"})


@dataclass(frozen=True, slots=True)
class Attribution:
    """The names of one sentence, and the article that it stands in.

    `topical` names may own its figures; `heads` are those before its last figure that head a clause.
    """

    sentence: Sentence
    mentions: tuple[Mention, ...]
    source: SourceMention | None
    cast: Cast
    topical: tuple[Mention, ...] = ()
    heads: tuple[Mention, ...] = ()

    def whose(self, start: int, position: int, before: Whose, *, follows: bool, thing: str) -> Whose:
        """Return whose the figure at a position is, in the clause from `start`; `before` had the last one.

        `follows`: that one stands in the same sentence. `thing`: the product introduced last.
        """
        if thing and _again().search(self.sentence.text, 0, position):
            return Whose(thing, "thing")
        mention = self._in_clause(start, position) or self._in_earlier_clause(start)
        mention = mention or self._in_report(start, position)
        if mention and (name := self._resolve(mention, before)):
            return Whose(name, _EXAMPLE if self._is_example(mention) else mention.level)
        if self.cast.level == "company" and not follows and self._speaks_for_the_country():
            return Whose(load_table("regions")["bodies"]["home"], "country")
        if before.name and (follows or self._goes_on(before)):
            return before
        return Whose(self.cast.default, self.cast.level)

    def _resolve(self, mention: Mention, before: Whose) -> str:
        """Return the name of a mention; a pronoun for somebody means the one named last."""
        if mention.name or mention.level not in _NEAREST:
            return self.cast.resolve(mention, self.sentence.text[mention.start : mention.end])
        nearer = [m for m in self.topical if m.name and m.level == mention.level and m.end <= mention.start]
        if nearer:
            return nearer[-1].name
        return before.name if before.level == mention.level else self.cast.resolve(mention)

    def source_of(self, position: int) -> str | None:
        """Return who states the figure at a position."""
        return self.source.name if self.source and self.source.end <= position else None

    def names_company(self, start: int, position: int) -> bool:
        """Tell whether a company stands between two places, so that a name there is its own."""
        return any(m.level == "company" and start <= m.start < position for m in self.topical)

    def is_stated(self, position: int) -> bool:
        """Tell whether the words at a position name who states the figures."""
        return self.source is not None and self.source.start <= position < self.source.end

    def _in_clause(self, start: int, position: int) -> Mention | None:
        if self.sentence.view.endswith(_examples(), start, position):
            return None
        named = [m for m in self.topical if start <= m.start and m.end <= position]
        head = next((mention for mention in reversed(named) if mention in self.heads), None)
        return head or next((mention for mention in reversed(named) if not self._is_listed(mention)), None)

    def _in_earlier_clause(self, start: int) -> Mention | None:
        """Return the last name that heads a clause before; a place within the article's own is no topic."""
        return next((m for m in reversed(self.heads) if m.end <= start and self._may_reach(m)), None)

    def _in_report(self, start: int, position: int) -> Mention | None:
        """Return the company whose own report is the source, or that speaks of what it has itself."""
        speaker = next((m for m in self.mentions if m.level == "company" and self._is_source(m)), None)
        if not speaker or not self.source:
            return None
        words, shape = (
            self.sentence.text[self.source.start : self.source.end],
            load_table("companies")["shape"],
        )
        if any(report in words for report in shape["reports"]):
            return speaker
        itself = (self.source.name or "").startswith(speaker.name)
        speaks = itself or any(officer in words for officer in shape["officers"])
        clause = self.sentence.view[start:position]
        return speaker if speaks and any(word in clause for word in shape["own"]) else None

    def _speaks_for_the_country(self) -> bool:
        """Tell whether a ministry or the like is the source."""
        source = self.source
        return source is not None and bool(
            bodies_pattern().search(self.sentence.text, source.start, source.end)
        )

    def _is_example(self, mention: Mention) -> bool:
        """Tell a name that only gives an example, of which no later sentence speaks: 如英特尔."""
        return self.sentence.text.endswith(_example_words(), 0, mention.start)

    def _is_source(self, mention: Mention) -> bool:
        return self.is_stated(mention.start)

    def _is_listed(self, mention: Mention) -> bool:
        return self.sentence.view.endswith(_LIST, 0, mention.start)

    def _may_reach(self, mention: Mention) -> bool:
        """Tell whether a name reaches over the comma, as a place within the article's own does not."""
        end = self.sentence.words_end(mention.end)
        own = FIGURE in self.sentence.view[mention.end : end] or mention.end == end
        return (
            own or not self.cast.named or mention.level not in {"place", "country"} or _is_wide(mention.name)
        )

    def _goes_on(self, before: Whose) -> bool:
        """Tell whether the sentence still speaks of whom the one before spoke."""
        if before.level in {"world", _EXAMPLE}:
            return False
        anaphora = tuple(load_table("regions")["anaphora"]["words"])
        about_companies = before.level == self.cast.level == "company"
        return (
            before.level in {"place", "country"} or about_companies or self.sentence.text.startswith(anaphora)
        )


def attribute(sentence: Sentence, named: tuple[Mention, ...], cast: Cast) -> Attribution:
    """Find who states a sentence and which products it names, beside the names that were found in it."""
    things = [mention for name in cast.things for mention in _find_thing(sentence.text, name)]
    mentions = tuple(sorted((*named, *things), key=lambda mention: mention.start)) if things else named
    source = find_source(sentence.text)
    source = None if source and _is_announcement(sentence, source, mentions) else source
    owned = cast.named and cast.level == "company"
    topical = tuple(
        [
            mention
            for mention in mentions
            if _is_topical(sentence, source, mention) and not (owned and _is_reach(sentence, mention))
        ]
    )
    last = sentence.figures[-1].start
    heads = tuple([mention for mention in topical if mention.end <= last and _is_head(sentence, mention)])
    return Attribution(sentence, mentions, source, cast, topical, heads)


def _is_announcement(sentence: Sentence, source: SourceMention, mentions: tuple[Mention, ...]) -> bool:
    """Tell a company that brings something out (发布新手机) from one that gives data out."""
    company = any(m.level == "company" and source.start <= m.start < source.end for m in mentions)
    return company and bool(_announced_pattern().match(sentence.text, source.end))


def _is_topical(sentence: Sentence, source: SourceMention | None, mention: Mention) -> bool:
    """Tell who may own figures from who states them, and from a product that is only mentioned."""
    states = source is not None and source.start <= mention.start < source.end
    return mention.topical and not states and (mention.level != "thing" or _is_head(sentence, mention))


def _is_reach(sentence: Sentence, mention: Mention) -> bool:
    """Tell how far a company has come from whose a figure is: 全国门店127家."""
    return mention.level in _WIDE and bool(_reach_pattern().match(sentence.text, mention.end))


def _is_head(sentence: Sentence, mention: Mention) -> bool:
    """Tell whether nothing but a time, conjunctions or a description stands before a name in its clause."""
    if _is_described(sentence, mention):
        return True
    head = sentence.view[sentence.clause_start(mention.start) : mention.start]
    return not strip_leading(head.rpartition(FIGURE)[2].replace(TIME, "").strip(_EDGES))


def _is_described(sentence: Sentence, mention: Mention) -> bool:
    """Tell a company that its whole clause tells of: 行业头部的某某科技，."""
    ends = sentence.words_end(mention.end) == mention.end
    return mention.level == "company" and ends and sentence.view.endswith(_OF, 0, mention.start)


@cache
def _announced_pattern() -> re.Pattern[str]:
    return re.compile(load_table("indicators")["sources"]["announced"])


@cache
def _reach_pattern() -> re.Pattern[str]:
    return re.compile(load_table("companies")["shape"]["reach"])


@cache
def _again() -> re.Pattern[str]:
    return re.compile(load_table("companies")["things"]["again"])


def _find_thing(text: str, name: str) -> Iterator[Mention]:
    start = text.find(name)
    while start >= 0:
        yield Mention(start, start + len(name), name, "thing")
        start = text.find(name, start + len(name))


def _is_wide(name: str) -> bool:
    """Tell a country or a province, which is no place within that of the article, from the others."""
    regions = load_table("regions")
    return name in regions["provinces"] or name in regions["countries"]


@cache
def _example_words() -> tuple[str, ...]:
    return tuple(load_table("regions")["guards"]["example_words"])


@cache
def _examples() -> tuple[str, ...]:
    return tuple(load_table("regions")["guards"]["examples"])
