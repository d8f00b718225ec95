"""What an article must have, or must not have, to be an answer: the operators of a query, understood."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from knowledge.index.engine import Clause, Within
from knowledge.model import Aspect, Citation, Understood
from knowledge.search.phrase import phrase_pattern
from knowledge.search.statistics import pairs_and_words
from knowledge.search.tokens import issue_token, section_token

MOST_SETS = 16


@dataclass(frozen=True, slots=True)
class Demands:
    """The demands of a query, folded but for sections and issues, which are names and ids of the index.

    `regions` are sets of names, of each of which one must stand in the article. With `softly` the month was
    named without `期:` and may have meant the time of a figure. `shown` is how a person is told.
    """

    phrases: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    sections: frozenset[str] | None = None
    issues: frozenset[str] | None = None
    regions: tuple[tuple[str, ...], ...] = ()
    softly: bool = False
    shown: tuple[Understood, ...] = ()

    def of_sections(self, sections: Iterable[frozenset[str]]) -> Demands:
        """Return these demands for articles of any of the sections; the same where there are none."""
        names = frozenset[str]().union(*sections)
        return replace(self, sections=names) if names else self

    @property
    def restrict(self) -> bool:
        """Whether any article may be left out."""
        places = self.sections is not None or self.issues is not None
        return bool(places or self.phrases or self.without or self.regions)

    @property
    def choose(self) -> bool:
        """Whether the demands alone choose articles, with no words beside them."""
        return self.sections is not None or self.issues is not None or bool(self.regions)

    def allow(self, citation: Citation, folded: str) -> bool:
        """Tell whether an article meets every demand."""
        return self.allow_place(citation) and self.allow_text(folded)

    def allow_place(self, citation: Citation) -> bool:
        """Tell whether an article is in a section and an issue that were asked for."""
        in_section = self.sections is None or citation.section in self.sections
        return in_section and (self.issues is None or citation.issue.id in self.issues)

    def allow_text(self, folded: str) -> bool:
        """Tell whether a folded text has all that it must have and nothing that it must not have."""
        return (
            all(phrase_pattern(phrase).search(folded) for phrase in self.phrases)
            and not any(phrase_pattern(word).search(folded) for word in self.without)
            and all(any(name in folded for name in names) for names in self.regions)
        )

    def within(self) -> Within:
        """Return the part of the articles that may meet the demands, by the first of their tokens."""
        needed, refused = dict.fromkeys(map(tuple, self._needed())), dict.fromkeys(self._refused())
        return Within(tuple(needed)[:MOST_SETS], tuple(refused)[:MOST_SETS])

    def _needed(self) -> Iterator[list[Clause]]:
        if self.sections is not None:
            yield [Clause("place", section_token(section)) for section in sorted(self.sections)]
        if self.issues is not None:
            yield [Clause("place", issue_token(issue)) for issue in sorted(self.issues)]
        for names in self.regions:
            yield [Clause("text", next(pairs_and_words(name))) for name in names]
        for phrase in self.phrases:
            yield from ([Clause("text", token)] for token in pairs_and_words(phrase) if token)

    def _refused(self) -> Iterator[Clause]:
        for word in self.without:
            if list(pairs_and_words(word)) == [word]:
                yield Clause("text", word)


NO_DEMANDS = Demands()


def shown(aspect: Aspect, value: str) -> Understood:
    """Return what a person is told of a demand."""
    return Understood(aspect, value)
