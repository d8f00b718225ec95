"""Mending words that the index does not know: misspelled ones, ones that spell Chinese, ones cut too long.

Each word becomes one span or more, with the forms in which the articles may have it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice, pairwise

from knowledge.search.analysis import Analyzer
from knowledge.search.gazetteer import entity_names, has_entity
from knowledge.search.lexicon import Lexicon
from knowledge.search.query import Form, Span, Way
from knowledge.search.repair import Repairer, nearest_name, windows
from knowledge.search.statistics import Statistics
from knowledge.search.words import EMPTY_TAGS, QueryWord

LONGEST_REPAIR = 7
LEAST_SPELLED = 4
LEAST_INITIALS, MOST_INITIALS = 3, 16


@dataclass(frozen=True, slots=True)
class Mender:
    """Mends the words of queries against one index."""

    analyzer: Analyzer
    lexicon: Lexicon
    repairer: Repairer
    statistics: Statistics

    def mend(self, words: Sequence[QueryWord]) -> Iterator[Span]:
        """Yield spans of the words with content, unknown ones mended where they can be."""
        for group in _groups([word for word in words if not self._is_empty(word)]):
            yield from self._mend_han(group) if group[0].is_han else self._mend_latin(group)

    def _is_empty(self, word: QueryWord) -> bool:
        fillers = self.lexicon.fillers
        if word.text in fillers:
            return True
        return word.is_han and (word.tag[0] in EMPTY_TAGS or fillers.issuperset(word.text))

    def _mend_han(self, group: Sequence[QueryWord]) -> Iterator[Span]:
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
        if self.statistics.frequency(word.text) or word.text in entity_names():
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
            if piece and piece not in self.lexicon.fillers:
                pieces.append(QueryWord(piece, word.start + place, word.tag))
            elif not piece and rest[0] not in self.lexicon.fillers:
                return ()
            place += len(piece) or 1
        return pieces

    def _other_names(self, text: str) -> tuple[Form, ...]:
        return tuple(Form(other, Way.NAME) for other in self.lexicon.others(text))

    def _han_window(self, group: Sequence[QueryWord], start: int) -> tuple[int, tuple[Form, ...]]:
        for end in windows([len(word.text) for word in group], start, LONGEST_REPAIR):
            words = group[start:end]
            if "".join(word.text for word in words) in entity_names():
                return end, ()
            if repaired := self._repair_window(words):
                return end, tuple(Form(word, Way.REPAIR) for word in repaired)
        return start + 1, ()

    def _repair_window(self, words: Sequence[QueryWord]) -> tuple[str, ...]:
        """Return what neighbouring words may stand for, () where the index knows them as they are.

        To leave out the first or the last word (年 of 年数字经济) mends nothing.
        """
        text = "".join(word.text for word in words)
        if has_entity(text) or all(map(self.statistics.knows_pair, map("".join, pairwise(text)))):
            return ()
        doubtful = any(len(word.text) == 1 or self.statistics.frequency(word.text) == 0 for word in words)
        if doubtful or len(text) > 3:
            same = self.repairer.by_sound(self.analyzer.syllables(text))
            if same and text not in same:
                return same
        guessed = any(not self.analyzer.segmenter.knows(word.text) or len(word.text) == 1 for word in words)
        near = self.repairer.by_look(text) if doubtful and guessed and len(text) >= 3 else None
        left_out = {text[len(words[0].text) :], text[: -len(words[-1].text)]}
        return (near,) if near and near not in left_out else ()

    def _mend_latin(self, group: Sequence[QueryWord]) -> Iterator[Span]:
        """Yield latin words; those in a row that spell Chinese are taken together (naoji jiekou)."""
        for spells, words in groupby(group, key=lambda word: bool(self._syllables(word))):
            if spells:
                yield from self._spell_out([syllable for word in words for syllable in self._syllables(word)])
            else:
                yield from (Span((word,), self._other_latin(word.text)) for word in words)

    def _syllables(self, word: QueryWord) -> list[QueryWord]:
        """Return the syllables that a latin word spells, none for a short one that the index has as it is."""
        if len(word.text) < LEAST_SPELLED and self.statistics.frequency(word.text) > 0:
            return []
        syllables, place = [], word.start
        for syllable in self.analyzer.readings.spell(word.text):
            syllables.append(QueryWord(syllable, place, word.tag))
            place += len(syllable)
        return syllables

    def _spell_out(self, syllables: Sequence[QueryWord]) -> Iterator[Span]:
        rest = iter(syllables)
        for sound, found in self.repairer.spelled_words([syllable.text for syllable in syllables]):
            forms = tuple(Form(word, Way.REPAIR) for word in found) or (Form(" ".join(sound), Way.SOUND),)
            yield Span(tuple(islice(rest, len(sound))), forms)

    def _other_latin(self, text: str) -> tuple[Form, ...]:
        """Return what a latin word may stand for; two letters are a name, not the initials of a word."""
        if len(text) < LEAST_INITIALS or not (text.isascii() and text.isalpha()):
            return ()
        if self.statistics.frequency(text) > 0:
            return ()
        if words := self.repairer.by_initials(text):
            return tuple(Form(word, Way.REPAIR) for word in words)
        near = self.repairer.by_look(text) if len(text) > LEAST_SPELLED else None
        meant = nearest_name(text, self.lexicon.latin) if len(text) > LEAST_SPELLED else None
        if near or meant:
            others = self.lexicon.others(meant) if meant else ()
            return tuple(Form(word, Way.REPAIR) for word in (near or meant, *others) if word)
        return (Form(text, Way.INITIALS),) if len(text) <= MOST_INITIALS else ()


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
