"""Reading a query against one index: which names, words, spellings and slips it holds.

operators -> fold -> drop question phrases -> words -> names (aliases, glossary) -> repair what the index does
not know -> what else is named (region, company, time, section)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from knowledge.normalize import fold, strip_controls
from knowledge.search.analysis import Analyzer
from knowledge.search.demands import Demands
from knowledge.search.glued import split_glued
from knowledge.search.lexicon import Lexicon, folded_key
from knowledge.search.mending import Mender
from knowledge.search.query import Form, Part, Reading, Span, Way
from knowledge.search.scope import Scope
from knowledge.search.separable import join_separated
from knowledge.search.statistics import Statistics
from knowledge.search.syntax import Term, read_syntax
from knowledge.search.understanding import Aspects, sections_named, understand
from knowledge.search.words import QueryWord, cut_query

LONGEST_QUERY = 4_096
MOST_WORDS = 64
LONGEST_NAME_WORDS = 6
GUESSED_WORD_WEIGHT = 0.35


@dataclass(frozen=True, slots=True)
class QueryReader:
    """Reads queries against one index."""

    analyzer: Analyzer
    lexicon: Lexicon
    mender: Mender
    statistics: Statistics
    scope: Scope

    def read(self, query: str, *, relaxed: bool = False) -> Reading:
        """Return the query as it is understood; never raises for what was typed.

        A bare month (2021-12) is that of an issue where the index has one of that month, and the name of a
        section is words too. `relaxed` reads the month as words and the section as no words.
        """
        typed = read_syntax(strip_controls(query[:LONGEST_QUERY]))
        demands, unread = self.scope.demands(typed.terms, months=not relaxed)
        words = _joined(self._apart(typed.words), *map(fold, unread), *_region_words(demands))[:LONGEST_QUERY]
        sections = {name: self.scope.sections[name] for name in sections_named(words, self.scope.sections)}
        asked = _without(words, sections) if relaxed else words
        if not asked and not demands.phrases:
            demands = demands.of_sections(sections.values())
        text, spans = self._content(asked)
        parts = [self._weigh(span, text) for span in spans]
        exact = [self._exact(phrase) for phrase in demands.phrases]
        distinct = {part.forms: part for part in reversed([*parts, *exact])}
        read_as = self._mended(text, parts)
        return Reading(
            asked=_joined(asked, *demands.phrases),
            text=_joined(text, *demands.phrases),
            parts=tuple(distinct.values())[::-1],
            read_as=_joined(read_as, *map(_quoted, demands.phrases)) if read_as else None,
            as_typed=self._as_typed(text, parts, (t for t in typed.terms if t.written not in unread))
            if read_as
            else None,
            demands=demands,
            aspects=self._aspects(read_as or text, parts).with_sections(sections),
        )

    def _apart(self, words: str) -> str:
        knows, spell = self.statistics.frequency, self.analyzer.readings.spell
        return split_glued(words, lambda word: knows(word) > 0, lambda run: bool(spell(run)))

    def _content(self, asked: str) -> tuple[str, list[Span]]:
        """Return a query without its question words, whole where it has nothing else, and its spans."""
        text = self._together(self.lexicon.question.sub(" ", asked))
        spans = list(self._spans(text))
        return (text, spans) if spans else (asked, list(self._spans(asked)))

    def _together(self, text: str) -> str:
        written, knows = self.statistics.frequency, self.analyzer.segmenter.knows
        return join_separated(
            text,
            self.lexicon.parted,
            lambda piece: written(piece) > 0,
            knows,
        )

    def _exact(self, phrase: str) -> Part:
        weight = self.statistics.rarity(self.statistics.frequency(phrase))
        return Part((Form(phrase, Way.PHRASE),), weight)

    def _as_typed(self, text: str, parts: Sequence[Part], terms: Iterable[Term]) -> str:
        """Return the query with what was repaired in quotes, which keep it as it is."""
        words = self._replaced(text, parts, lambda part: _quoted(part.typed) if _repair(part) else None)
        return _joined(words or text, *(term.written for term in terms))

    def _aspects(self, text: str, parts: Sequence[Part]) -> Aspects:
        others = (form.text for part in parts for form in part.forms if form.way is Way.NAME)
        return understand(text, others, self.scope.newest)

    def _spans(self, text: str) -> Iterator[Span]:
        words = cut_query(text, self.analyzer.segmenter.tag, MOST_WORDS)
        unnamed: list[QueryWord] = []
        for item in self._named(words):
            if isinstance(item, QueryWord):
                unnamed.append(item)
                continue
            yield from self.mender.mend(unnamed)
            unnamed = []
            yield item
        yield from self.mender.mend(unnamed)

    def _named(self, words: Sequence[QueryWord]) -> Iterator[Span | QueryWord]:
        """Yield names of the lexicon as spans, longest first, and the words between them."""
        start = 0
        while start < len(words):
            end, others = self._longest_name(words, start)
            if others:
                yield Span(tuple(words[start:end]), tuple(Form(other, Way.NAME) for other in others))
            else:
                yield words[start]
            start = end

    def _longest_name(self, words: Sequence[QueryWord], start: int) -> tuple[int, tuple[str, ...]]:
        for end in range(min(len(words), start + LONGEST_NAME_WORDS), start, -1):
            name = _spelled_out(words[start:end])
            others = self.lexicon.others(name)
            if others and any(map(self.statistics.frequency, (name, *others))):
                return end, others
        return start + 1, ()

    def _mended(self, text: str, parts: Sequence[Part]) -> str | None:
        """Return the text with its words mended, and names in Latin letters beside them in Chinese."""
        if self._replaced(text, parts, _repair) is None:
            return None
        return self._replaced(text, parts, lambda part: _repair(part) or _chinese_name(part))

    def _replaced(self, text: str, parts: Sequence[Part], other: Callable[[Part], str | None]) -> str | None:
        """Return the text with parts that no article has replaced by their other, None where none is."""
        read, end = [], 0
        for part in parts:
            instead = other(part)
            if instead and self.statistics.frequency(part.typed) == 0:
                read += [text[end : part.start], instead]
                end = part.end
        return " ".join("".join((*read, text[end:])).split()) if read else None

    def _weigh(self, span: Span, text: str) -> Part:
        forms = (Form(text[span.start : span.end], Way.TYPED), *span.others)
        written = [form.text for form in forms if form.way not in {Way.SOUND, Way.INITIALS}]
        frequency = max(map(self.statistics.frequency, written))
        kind = max(word.weight for word in span.words)
        if not span.others and frequency == 0 and not self._is_known(span):
            kind *= GUESSED_WORD_WEIGHT
        return Part(forms, kind * self.statistics.rarity(frequency), span.start, span.end)

    def _is_known(self, span: Span) -> bool:
        """Tell whether the dictionary has the words of a span; a latin word always counts as known."""
        return all(not word.is_han or self.analyzer.segmenter.knows(word.text) for word in span.words)


def _repair(part: Part) -> str | None:
    """Return what a part was repaired to, None where it was not."""
    return next((form.text for form in part.forms if form.way is Way.REPAIR), None)


def _chinese_name(part: Part) -> str | None:
    """Return the Chinese name of what was typed in Latin letters, None where it has none."""
    names = (form.text for form in part.forms if form.way is Way.NAME and not form.text.isascii())
    return next(names, None) if part.typed.isascii() else None


def _quoted(text: str) -> str:
    return f"“{text}”"


def _joined(*texts: str) -> str:
    return " ".join(filter(None, texts))


def _without(text: str, names: Iterable[str]) -> str:
    """Return a text without these names in it."""
    for name in names:
        text = text.replace(name, " ")
    return text if any(map(str.isalnum, text)) else ""


def _region_words(demands: Demands) -> list[str]:
    """Return the regions that are demanded as words: they are looked for too."""
    return [names[0] for names in demands.regions]


def _spelled_out(words: Sequence[QueryWord]) -> str:
    """Join words as a name is looked up: with spaces, but where they touch without."""
    text = words[0].text
    for before, word in pairwise(words):
        touch = before.end == word.start
        text += word.text if touch else f" {word.text}"
    return folded_key(text)
