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
from knowledge.search.query import Form, Part, Reading, Way
from knowledge.search.repair import Repairer, joined_windows
from knowledge.search.statistics import Statistics
from knowledge.search.words import EMPTY_TAGS, QueryWord, cut_query

LONGEST_QUERY = 4_096
MOST_WORDS = 64
LONGEST_NAME_WORDS = 6
LONGEST_REPAIR = 7
GUESSED_WORD_WEIGHT = 0.35


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of the query before it is weighed: neighbouring words, and the forms besides the typed one."""

    words: tuple[QueryWord, ...]
    others: tuple[Form, ...] = ()

    @property
    def typed(self) -> str:
        """The piece as typed."""
        glue = "" if self.words[0].is_han else " "
        return glue.join(word.text for word in self.words)


@dataclass(frozen=True, slots=True)
class QueryReader:
    """Reads queries against one index."""

    analyzer: Analyzer
    lexicon: Lexicon
    repairer: Repairer
    statistics: Statistics

    def read(self, query: str) -> Reading:
        """Return the query as it is understood; never raises for what was typed."""
        folded = fold(strip_controls(query[:LONGEST_QUERY]))
        text = self.lexicon.question.sub(" ", folded)
        spans = list(self._spans(text)) or list(self._spans(folded))
        parts = tuple(map(self._weigh, spans))
        return Reading(folded, text, parts)

    def _spans(self, text: str) -> Iterator[Span]:
        words = cut_query(text, self.analyzer.segmenter.tag)[:MOST_WORDS]
        unnamed: list[QueryWord] = []
        for item in self._named(words):
            if isinstance(item, QueryWord):
                unnamed.append(item)
                continue
            yield from self._repaired(unnamed)
            unnamed = []
            yield item
        yield from self._repaired(unnamed)

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

    def _repaired(self, words: list[QueryWord]) -> Iterator[Span]:
        """Yield spans of the words with content, unknown ones repaired where they can be."""
        for group in _groups([word for word in words if not self._is_empty(word)]):
            if group[0].is_han:
                yield from self._repair_han(group)
            else:
                yield from self._repair_latin(group)

    def _is_empty(self, word: QueryWord) -> bool:
        fillers = self.lexicon.fillers
        return word.text in fillers or (
            word.is_han and (word.tag[0] in EMPTY_TAGS or fillers.issuperset(word.text))
        )

    def _repair_han(self, group: Sequence[QueryWord]) -> Iterator[Span]:
        start = 0
        while start < len(group):
            end, others = self._han_window(group, start)
            if others or end > start + 1:
                yield Span(tuple(group[start:end]), others)
            else:
                yield from self._plain(group[start])
            start = end

    def _plain(self, word: QueryWord) -> Iterator[Span]:
        """Yield a word that was not repaired; one that no article has is split, or taken by its sound."""
        if self.statistics.frequency(word.text):
            yield Span((word,))
            return
        if pieces := self._pieces(word):
            for piece in pieces:
                yield Span((piece,), self._other_names(piece.text))
            return
        sound = self.analyzer.syllables(word.text)
        known = self.statistics.knows_sound(sound)
        yield Span((word,), (Form(" ".join(sound), Way.SOUND),) if known else ())

    def _pieces(self, word: QueryWord) -> Sequence[QueryWord]:
        """Return the words inside an unknown one (通讯设备, 往西部), () where they leave more out."""
        pieces, place = [], 0
        inside = {piece for piece in self.analyzer.segmenter.cut_for_search(word.text) if piece != word.text}
        while place < len(word.text):
            rest = word.text[place:]
            piece = next((p for n in (2, 3) if (p := rest[:n]) in inside), "")
            if piece:
                pieces.append(QueryWord(piece, word.start + place, word.tag))
            elif rest[0] not in self.lexicon.fillers:
                return ()
            place += len(piece) or 1
        return pieces

    def _other_names(self, text: str) -> tuple[Form, ...]:
        return tuple(Form(other, Way.NAME) for other in self.lexicon.others(text))

    def _han_window(self, group: Sequence[QueryWord], start: int) -> tuple[int, tuple[Form, ...]]:
        rest = group[start:]
        for first, last in joined_windows([len(word.text) for word in rest], LONGEST_REPAIR):
            if first == 0 and (repaired := self._repair_window(rest[:last])):
                return start + last, tuple(Form(word, Way.REPAIR) for word in repaired)
        return start + 1, ()

    def _repair_window(self, words: Sequence[QueryWord]) -> tuple[str, ...]:
        """Return what neighbouring words may stand for, () where the index knows them as they are."""
        text = "".join(word.text for word in words)
        if all(map(self.statistics.knows_pair, map("".join, pairwise(text)))):
            return ()
        doubtful = any(len(word.text) == 1 or self.statistics.frequency(word.text) == 0 for word in words)
        if doubtful or len(text) > 3:
            same = self.repairer.by_sound(self.analyzer.syllables(text))
            if same and text not in same:
                return same
        guessed = any(not self.analyzer.segmenter.knows(word.text) or len(word.text) == 1 for word in words)
        near = self.repairer.by_look(text) if doubtful and guessed and len(text) >= 3 else None
        return (near,) if near else ()

    def _repair_latin(self, group: Sequence[QueryWord]) -> Iterator[Span]:
        spelled = [self.analyzer.readings.spell(word.text) for word in group]
        start = 0
        while start < len(group):
            end = start
            while end < len(group) and spelled[end] and not self._is_known_latin(group[end].text):
                end += 1
            if end == start:
                yield Span((group[start],), self._other_latin(group[start].text))
                start += 1
                continue
            yield from self._spell_out(group[start:end], [s for each in spelled[start:end] for s in each])
            start = end

    def _is_known_latin(self, text: str) -> bool:
        return self.statistics.frequency(text) > 0 and len(text) < 4

    def _spell_out(self, words: Sequence[QueryWord], syllables: list[str]) -> Iterator[Span]:
        for sound, found in self.repairer.spelled_words(syllables):
            typed = QueryWord("".join(sound), words[0].start, "eng")
            forms = tuple(Form(word, Way.REPAIR) for word in found) or (Form(" ".join(sound), Way.SOUND),)
            yield Span((typed,), forms)

    def _other_latin(self, text: str) -> tuple[Form, ...]:
        if self.statistics.frequency(text) > 0 or not text.isalpha():
            return ()
        words = tuple(Form(word, Way.REPAIR) for word in self.repairer.by_initials(text))
        if words or not text.isascii():
            return words
        near = self.repairer.by_look(text) if len(text) > 4 else None
        if near:
            return (Form(near, Way.REPAIR),)
        return (Form(text, Way.INITIALS),) if len(text) > 2 else ()

    def _weigh(self, span: Span) -> Part:
        forms = (Form(span.typed, Way.TYPED), *span.others)
        written = [form.text for form in forms if form.way not in {Way.SOUND, Way.INITIALS}]
        frequency = max(map(self.statistics.frequency, written))
        kind = max(word.weight for word in span.words)
        if not span.others and frequency == 0 and not self._is_known(span):
            kind *= GUESSED_WORD_WEIGHT
        return Part(forms, kind * self.statistics.rarity(frequency))

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


def _groups(words: Sequence[QueryWord]) -> Iterator[list[QueryWord]]:
    """Yield neighbouring words of one script; Chinese ones only while they touch."""
    group: list[QueryWord] = []
    for word in words:
        if group and (word.is_han != group[-1].is_han or (word.is_han and group[-1].end != word.start)):
            yield group
            group = []
        group.append(word)
    if group:
        yield group
