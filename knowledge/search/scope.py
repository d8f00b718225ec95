"""From the operators of a query to demands: what the index has of the sections, issues and regions named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from knowledge.index.catalog import Catalog
from knowledge.model import Aspect, Issue
from knowledge.normalize import fold
from knowledge.search.demands import NO_DEMANDS, Demands, shown
from knowledge.search.gazetteer import region_names, region_of
from knowledge.search.syntax import Operator, Term, month_of

MOST_ISSUES = 400


@dataclass(frozen=True)
class Scope:
    """The sections and issues of one index."""

    catalog: Catalog

    @cached_property
    def sections(self) -> dict[str, frozenset[str]]:
        """The names of the sections by their folded ones."""
        names: dict[str, frozenset[str]] = {}
        for section in self.catalog.sections():
            key = fold(section).strip()
            names[key] = names.get(key, frozenset()) | {section}
        return names

    @cached_property
    def _issues(self) -> tuple[Issue, ...]:
        return self.catalog.issues()

    @property
    def newest(self) -> date | None:
        """The date of the newest issue."""
        return next((issue.published for issue in self._issues), None)

    def demands(self, terms: Iterable[Term], *, months: bool) -> tuple[Demands, tuple[str, ...]]:
        """Return what the terms demand, and those that demand nothing here, as they were written: words.

        With `months` a bare month demands its issue, else it is words too.
        """
        demands, words = NO_DEMANDS, []
        for term in terms:
            more = self._with(demands, term) if months or term.operator is not Operator.MONTH else None
            demands = more or demands
            words += [] if more else [term.written]
        return demands, tuple(words)

    def _with(self, demands: Demands, term: Term) -> Demands | None:
        """Return the demands with those of a term, None where the index has nothing of that name."""
        value = term.value
        if term.operator is Operator.PHRASE:
            notice = shown(Aspect.PHRASE, value)
            return replace(demands, phrases=(*demands.phrases, value), shown=(*demands.shown, notice))
        if term.operator is Operator.WITHOUT:
            notice = shown(Aspect.WITHOUT, value)
            return replace(demands, without=(*demands.without, value), shown=(*demands.shown, notice))
        if term.operator is Operator.SECTION:
            return self._with_sections(demands, value)
        if term.operator is Operator.REGION:
            return _with_region(demands, value)
        return self._with_issues(demands, value, softly=term.operator is Operator.MONTH)

    def _with_sections(self, demands: Demands, value: str) -> Demands | None:
        exact = self.sections.get(value)
        names = exact or frozenset().union(*(self.sections[key] for key in self.sections if value in key))
        if not names:
            return None
        notice = shown(Aspect.SECTION, "、".join(sorted(names)))
        allowed = names | (demands.sections or frozenset())
        return replace(demands, sections=allowed, shown=(*demands.shown, notice))

    def _with_issues(self, demands: Demands, value: str, *, softly: bool) -> Demands | None:
        issues = list(self._issues_of(value))[:MOST_ISSUES]
        if not issues:
            return None
        notice = shown(Aspect.ISSUE, _written(value) or "、".join(issue.title for issue in issues[:3]))
        ids = frozenset(issue.id for issue in issues) | (demands.issues or frozenset())
        return replace(demands, issues=ids, softly=softly or demands.softly, shown=(*demands.shown, notice))

    def _issues_of(self, value: str) -> Iterator[Issue]:
        month = month_of(value)
        for issue in self._issues:
            names = _month(issue) if month else _names(issue)
            if (month or value) in names:
                yield issue


def _month(issue: Issue) -> set[object]:
    return {(issue.published.year, issue.published.month)} if issue.published else set()


def _names(issue: Issue) -> set[object]:
    year = {str(issue.published.year)} if issue.published else set()
    return {fold(issue.id), fold(issue.title), *year}


def _with_region(demands: Demands, value: str) -> Demands | None:
    region = region_of(value)
    if region is None:
        return None
    names = region_names()[region]
    notice = shown(Aspect.REGION, region)
    return replace(demands, regions=(*demands.regions, names), shown=(*demands.shown, notice))


def _written(value: str) -> str | None:
    month = month_of(value)
    return f"{month[0]}年{month[1]}月" if month else None
