"""Whose a figure is: by its own clause, the clauses before, the sentences before, then the article."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.metrics.figures import FIGURE, TIME
from knowledge.metrics.indicator import strip_leading
from knowledge.metrics.sentence import Sentence
from knowledge.metrics.source import SourceMention, find_source
from knowledge.metrics.subject import Cast, Mention, find_mentions
from knowledge.metrics.tables import load_table


@dataclass(frozen=True, slots=True)
class Whose:
    """A subject: its shown name and its level (world, country, place, company)."""

    name: str = ""
    level: str = ""


NOBODY = Whose()
_LIST = "、"
_EDGES = " “”、)）"


@dataclass(frozen=True, slots=True)
class Attribution:
    """The names of one sentence, and the article that it stands in."""

    sentence: Sentence
    mentions: tuple[Mention, ...]
    source: SourceMention | None
    cast: Cast

    def whose(self, position: int, before: Whose) -> Whose:
        """Return whose the figure at a position is; `before` is whose the last one was."""
        mention = self._in_clause(position) or self._in_earlier_clause(position) or self._in_report()
        if mention and (name := self.cast.resolve(mention)):
            return Whose(name, mention.level)
        if before.name and self._goes_on(before):
            return before
        return Whose(self.cast.default)

    def source_of(self, position: int) -> str | None:
        """Return who states the figure at a position."""
        return self.source.name if self.source and self.source.end <= position else None

    def _in_clause(self, position: int) -> Mention | None:
        start = self.sentence.clause_start(position)
        if self.sentence.view.endswith(_examples(), start, position):
            return None
        named = [m for m in self._topical() if start <= m.start and m.end <= position]
        heads = [mention for mention in named if self._is_head(mention)]
        inner = [mention for mention in named if not self._is_listed(mention)]
        return next(reversed(heads or inner), None)

    def _in_earlier_clause(self, position: int) -> Mention | None:
        """Return the last name that heads a clause before; a place within the article's own is no topic."""
        start = self.sentence.clause_start(position)
        named = [m for m in self._topical() if m.end <= start and self._is_head(m) and self._may_reach(m)]
        return named[-1] if named else None

    def _in_report(self) -> Mention | None:
        """Return the company whose own report is the source."""
        if not self.source:
            return None
        words = self.sentence.text[self.source.start : self.source.end]
        if not any(report in words for report in load_table("companies")["shape"]["reports"]):
            return None
        return next((m for m in self.mentions if m.level == "company" and self._is_source(m)), None)

    def _topical(self) -> list[Mention]:
        return [mention for mention in self.mentions if mention.topical and not self._is_source(mention)]

    def _is_source(self, mention: Mention) -> bool:
        return self.source is not None and self.source.start <= mention.start < self.source.end

    def _is_head(self, mention: Mention) -> bool:
        """Tell whether nothing but a time and conjunctions stands before the name in its clause."""
        head = self.sentence.view[self.sentence.clause_start(mention.start) : mention.start]
        return not strip_leading(head.rpartition(FIGURE)[2].replace(TIME, "").strip(_EDGES))

    def _is_listed(self, mention: Mention) -> bool:
        return self.sentence.view.endswith(_LIST, 0, mention.start)

    def _may_reach(self, mention: Mention) -> bool:
        """Tell whether a name reaches over the comma, as a place within the article's own does not."""
        end = self.sentence.words_end(mention.end)
        own = FIGURE in self.sentence.view[mention.end : end]
        return own or not self.cast.named or mention.level == "company" or mention.end == end

    def _goes_on(self, before: Whose) -> bool:
        """Tell whether the sentence still speaks of whom the one before spoke."""
        if before.level == "world":
            return False
        anaphora = tuple(load_table("regions")["anaphora"]["words"])
        return before.level != "company" or self.sentence.text.startswith(anaphora)


def attribute(sentence: Sentence, cast: Cast) -> Attribution:
    """Find the names in a sentence and who states it."""
    return Attribution(sentence, find_mentions(sentence.text), find_source(sentence.text), cast)


def _examples() -> tuple[str, ...]:
    return tuple(load_table("regions")["guards"]["examples"])
