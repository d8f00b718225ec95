"""Reading a query against one index: which names, words, spellings and slips it holds.

fold -> drop question phrases -> words -> names (aliases, glossary) -> repair what the index does not know
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from knowledge.normalize import fold, strip_controls
from knowledge.search.analysis import Analyzer
from knowledge.search.lexicon import Lexicon, name_key
from knowledge.search.mending import Mender
from knowledge.search.query import Form, Part, Reading, Span, Way
from knowledge.search.statistics import Statistics
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

    def read(self, query: str) -> Reading:
        """Return the query as it is understood; never raises for what was typed."""
        folded = fold(strip_controls(query[:LONGEST_QUERY]))[:LONGEST_QUERY]
        text = self.lexicon.question.sub(" ", folded)
        spans = list(self._spans(text))
        if not spans:
            text, spans = folded, list(self._spans(folded))
        parts = [self._weigh(span, text) for span in spans]
        distinct = {part.forms: part for part in reversed(parts)}
        return Reading(folded, text, tuple(distinct.values())[::-1], self._read_as(text, parts))

    def _spans(self, text: str) -> Iterator[Span]:
        words = cut_query(text, self.analyzer.segmenter.tag)[:MOST_WORDS]
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

    def _read_as(self, text: str, parts: Sequence[Part]) -> str | None:
        """Return the text with what was repaired put in its place, None where nothing was."""
        read, end = [], 0
        for part in parts:
            repair = next((form.text for form in part.forms if form.way is Way.REPAIR), None)
            if repair and self.statistics.frequency(part.typed) == 0:
                read += [text[end : part.start], repair]
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


def _spelled_out(words: Sequence[QueryWord]) -> str:
    """Join words as a name is looked up: with spaces, but where they touch without."""
    text = words[0].text
    for before, word in pairwise(words):
        touch = before.end == word.start
        text += word.text if touch else f" {word.text}"
    return name_key(text)
