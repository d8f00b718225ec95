"""A query's way: read it, retrieve candidates, judge each by its text, keep those that answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from knowledge.index.catalog import Catalog, Entry
from knowledge.index.engine import TextIndex
from knowledge.model import Hit
from knowledge.pinyin import Readings
from knowledge.search.folded import FoldedArticle, folded_article
from knowledge.search.query import Reading
from knowledge.search.ranking import Candidate, Judgement, judge, nearest, shares, split_answers
from knowledge.search.reading import QueryReader
from knowledge.search.repair import Repairer
from knowledge.search.retrieval import Retrieval
from knowledge.search.sighting import Place, Sights

MOST_CANDIDATES = 50
MOST_NEAR_WORDS = 3


@dataclass(frozen=True, slots=True)
class Found:
    """The answers to a reading, best first, and the candidates that were judged to be none."""

    reading: Reading
    kept: tuple[Judgement, ...]
    dropped: tuple[Judgement, ...]


@dataclass(frozen=True, slots=True)
class ArticleSearch:
    """Searches the articles of one index."""

    catalog: Catalog
    articles: TextIndex
    readings: Readings
    reader: QueryReader
    repairer: Repairer
    retrieval: Retrieval

    def find(self, query: str) -> Found:
        """Return the articles that answer the query."""
        reading = self.reader.read(query)
        if not reading.parts:
            return Found(reading, (), ())
        candidates = self.articles.search(self.retrieval.clauses(reading), MOST_CANDIDATES)
        texts = self.catalog.folded(number for number, _ in candidates)
        ideal = self.retrieval.ideal(reading)
        judged = [self._judge(n, bm25, texts[n], reading, ideal) for n, bm25 in candidates]
        shown, others = split_answers(judged)
        return Found(reading, tuple(shown), tuple(others))

    def _judge(self, number: int, bm25: float, text: str, reading: Reading, ideal: float) -> Judgement:
        places = Sights(text, self.readings).places(reading.parts)
        candidate = Candidate(number, bm25, len(text), title_end=text.find("\n"))
        return judge(candidate, reading.parts, places, ideal)

    def hits(self, found: Found, kept: Sequence[Judgement]) -> tuple[Hit, ...]:
        """Return articles with their snippets."""
        entries = self.catalog.entries(judgement.number for judgement in kept)
        return tuple(self._hit(entries[judgement.number], judgement, found.reading) for judgement in kept)

    def near_words(self, reading: Reading) -> tuple[str, ...]:
        """Return words of the index that are near those of a query, for one that found nothing."""
        words = (self.repairer.near(part.typed) for part in reading.parts)
        return tuple(dict.fromkeys(word for near in words for word in near))[:MOST_NEAR_WORDS]

    def _hit(self, entry: Entry, judgement: Judgement, reading: Reading) -> Hit:
        folded = folded_article(entry.article, entry.folded)
        places = Sights(entry.folded, self.readings).places(reading.parts)
        body = [place for place in places if place.start >= folded.title_end]
        best = _best_place(body, folded, shares(reading.parts))
        snippet = folded.snippet([(place.start, place.end) for place in body], best)
        words = folded.written((place.start, place.end) for place in places)
        return Hit(entry.article, round(judgement.score, 4), snippet, words)


def _best_place(places: Sequence[Place], article: FoldedArticle, weights: Sequence[float]) -> int | None:
    """Return where the passage begins that has most of the query within one block, None without places."""
    blocks = [list(block) for _, block in groupby(places, key=lambda place: article.line_of(place.start))]
    passages = (nearest(block, weights) for block in blocks)
    best = max(passages, key=lambda passage: passage.share, default=None)
    return best.start if best else None
