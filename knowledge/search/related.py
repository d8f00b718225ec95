"""Articles related to one: those that share its strongest words, by the same index that answers queries."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from knowledge.index.catalog import Catalog
from knowledge.index.engine import Clause, TextIndex
from knowledge.model import Article, Citation
from knowledge.search.analysis import Analyzer, fold_article, fold_line
from knowledge.search.statistics import Statistics
from knowledge.search.tokens import is_han

MOST_WORDS = 24
LONGEST_READ = 6_000
TITLE_WEIGHT = 3.0
LEAST_OF_ITSELF = 0.1
SAME_TEXT = 0.7
SPARE = 10


@dataclass(frozen=True, slots=True)
class RelatedSearch:
    """Finds what is related to the articles of one index."""

    catalog: Catalog
    articles: TextIndex
    analyzer: Analyzer
    statistics: Statistics

    def find(self, article: Article, limit: int) -> tuple[Citation, ...]:
        """Return the most related articles, best first; neither itself nor copies of it or of each other."""
        clauses = self._strongest(article)
        scored = self.articles.search(clauses, limit + SPARE) if clauses else []
        least = max((score for _, score in scored), default=0.0) * LEAST_OF_ITSELF
        numbers = [number for number, score in scored if score >= least]
        citations, texts = self.catalog.citations(numbers), self.catalog.folded(numbers)
        seen, found = [_pairs(fold_article(article))], []
        for number in numbers:
            pairs = _pairs(texts[number])
            if citations[number].article_id != article.id and not any(_same(pairs, other) for other in seen):
                seen.append(pairs)
                found.append(citations[number])
        return tuple(found[:limit])

    def _strongest(self, article: Article) -> list[Clause]:
        """Return the words that say most of an article: often in it, or in its title, and rare elsewhere."""
        body = Counter(self._words(fold_article(article)[:LONGEST_READ]))
        title = set(self._words(fold_line(article.title)))
        weights = {word: 1 + math.log(n) + TITLE_WEIGHT * (word in title) for word, n in body.items()}
        strength = {word: weight * self.statistics.idf(word) for word, weight in weights.items()}
        strongest = sorted(strength, key=lambda word: (-strength[word], word))[:MOST_WORDS]
        return [Clause("text", word, weights[word]) for word in strongest]

    def _words(self, text: str) -> Iterator[str]:
        for word in self.analyzer.segmenter.cut(text):
            if len(word) > 1 and (is_han(word) or _has_letter(word)):
                yield word


def _has_letter(word: str) -> bool:
    return word.isascii() and any(map(str.isalpha, word))


def _pairs(folded: str) -> frozenset[str]:
    return frozenset(map("".join, pairwise(folded[:LONGEST_READ])))


def _same(one: frozenset[str], other: frozenset[str]) -> bool:
    """Tell whether two texts are nearly the same, by the character pairs that they share."""
    return len(one & other) >= SAME_TEXT * max(1, len(one | other))
