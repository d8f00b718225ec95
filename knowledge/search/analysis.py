"""How texts are analysed, the same when indexing and when asking: cutting, sounding, tokens."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.model import Article
from knowledge.normalize import fold
from knowledge.pinyin import Readings
from knowledge.search.tokens import grams, han_runs, initial_tokens, sound_tokens, text_tokens
from knowledge.segment import Segmenter


@dataclass(frozen=True, slots=True)
class Analyzer:
    """The segmenter and the readings of one index. All methods take folded text."""

    segmenter: Segmenter
    readings: Readings

    def tokens(self, text: str) -> list[str]:
        """Return the words, characters and pairs of a text."""
        return text_tokens(text, self.segmenter.cut_for_search)

    def query_tokens(self, text: str) -> list[str]:
        """Return what is looked for: characters and pairs alone.

        What an article has as a word counts twice there. Looking for words as well does not help
        (MRR@10 with, without: keywords to abstracts 0.970, 0.973; homophones 0.773, 0.776; clean 0.79 both).
        """
        return list(grams(text))

    def syllables(self, run: str) -> list[str]:
        """Return how a run of Chinese characters sounds, a syllable a character."""
        return self.readings.sound(self.segmenter.cut(run))

    def sounds(self, text: str) -> Iterator[str]:
        """Yield the syllable pairs of a text."""
        for run in han_runs(text):
            yield from sound_tokens(self.syllables(run))

    def initials(self, text: str) -> Iterator[str]:
        """Yield the groups of initials of a text."""
        for run in han_runs(text):
            yield from initial_tokens(self.syllables(run))


def fold_line(text: str) -> str:
    """Fold a title or a block and keep it on one line, character for character where folding allows it."""
    return fold(text).replace("\n", " ")


def fold_article(article: Article) -> str:
    """Return the text in which an article is searched: title and blocks folded, one a line."""
    return "\n".join(map(fold_line, (article.title, *(block.text for block in article.blocks))))
