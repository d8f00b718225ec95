"""A query's way: read it, retrieve candidates, judge each by its text, keep those that answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from knowledge.index.catalog import Catalog
from knowledge.index.engine import Scored, TextIndex
from knowledge.model import Article, Citation, Hit
from knowledge.pinyin import Readings
from knowledge.search.folded import FoldedArticle, folded_article
from knowledge.search.query import Reading
from knowledge.search.ranking import (
    Candidate,
    Judgement,
    Scale,
    judge,
    nearest,
    ranked,
    shares,
    split_answers,
)
from knowledge.search.reading import QueryReader
from knowledge.search.retrieval import Retrieval
from knowledge.search.sighting import Place, Sights

MOST_CANDIDATES = 16
MOST_CHOSEN = 200
MOST_EXPLAINED = 1_000


@dataclass(frozen=True, slots=True)
class Found:
    """The answers to a reading, best first, and the candidates that were judged to be none.

    `texts` are the searched texts of both by number.
    """

    reading: Reading
    kept: tuple[Judgement, ...]
    dropped: tuple[Judgement, ...]
    texts: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class ArticleSearch:
    """Searches the articles of one index."""

    catalog: Catalog
    articles: TextIndex
    readings: Readings
    reader: QueryReader
    retrieval: Retrieval

    def find(self, query: str) -> Found:
        """Return the articles that answer the query.

        Where none does, a month may have been meant as the time of a figure, a section as no word. The name
        of a section alone asks for its articles first.
        """
        found = self._answers(self.reader.read(query))
        if not found.reading.may_relax or (found.kept and not found.reading.is_section):
            return found
        relaxed = self._answers(self.reader.read(query, relaxed=True))
        listed = {judgement.number for judgement in relaxed.kept}
        others = tuple(judgement for judgement in found.kept if judgement.number not in listed)
        return replace(relaxed, kept=(*relaxed.kept, *others), texts={**found.texts, **relaxed.texts})

    def _answers(self, reading: Reading) -> Found:
        if not reading.parts:
            return self._chosen(reading)
        within = reading.demands.within()
        sought = self.retrieval.sought(reading)
        candidates = self.articles.search(sought.clauses, MOST_CANDIDATES, within)
        texts = self.catalog.folded(number for number, _ in candidates)
        judged = self._judged(candidates, texts, reading, Scale(shares(reading.parts), sought.ideal))
        if reading.demands.phrases:
            return Found(reading, tuple(ranked(judged)), (), texts)
        shown, others = split_answers(judged)
        return Found(reading, tuple(shown), tuple(others), texts)

    def _chosen(self, reading: Reading) -> Found:
        """Return the articles that demands without words choose, the newest first."""
        if not reading.demands.choose:
            return Found(reading, (), (), {})
        numbers = self.articles.chosen(reading.demands.within(), MOST_CHOSEN)
        texts, citations = self.catalog.folded(numbers), self.catalog.citations(numbers)
        allowed = [n for n in numbers if reading.demands.allow(citations[n], texts[n])]
        newest_first = sorted(allowed, key=lambda n: (-_ordinal(citations[n].issue.published), n))
        chosen = (Judgement(n, 0.0, 0.0, 0.0, 0.0, 0.0, len(texts[n])) for n in newest_first)
        return Found(reading, tuple(chosen), (), texts)

    def _judged(
        self, candidates: Sequence[Scored], texts: Mapping[int, str], reading: Reading, scale: Scale
    ) -> list[Judgement]:
        placed = reading.demands.restrict or reading.aspects.understood
        citations = self.catalog.citations(texts) if placed else {}
        return [
            self._judge(reading, scale, (n, bm25), texts[n], citations.get(n))
            for n, bm25 in candidates
            if n not in citations or reading.demands.allow(citations[n], texts[n])
        ]

    def _judge(
        self, reading: Reading, scale: Scale, scored: Scored, text: str, citation: Citation | None
    ) -> Judgement:
        title_end = text.find("\n")
        fit = reading.aspects.fit(citation, text, title_end) if citation else 0.0
        places = Sights(text, self.readings).places(reading.parts)
        return judge(
            Candidate(*scored, len(text), title_end, fit, reading.aspects.lacks(text)), places, scale
        )

    def part_scores(self, reading: Reading, numbers: Iterable[int]) -> dict[int, list[tuple[str, float]]]:
        """Return what each part of a reading alone adds to the BM25 score of these articles."""
        found: dict[int, list[tuple[str, float]]] = {number: [] for number in numbers}
        for part in reading.parts:
            clauses = self.retrieval.sought(replace(reading, text=part.typed, parts=(part,))).clauses
            for number, score in self.articles.search(clauses, MOST_EXPLAINED):
                if number in found:
                    found[number].append((part.typed, score))
        return found

    def hits(self, found: Found, kept: Sequence[Judgement]) -> tuple[Hit, ...]:
        """Return articles with their snippets."""
        articles = self.catalog.articles(judgement.number for judgement in kept)
        weights = shares(found.reading.parts)
        return tuple(_hit(articles[j.number], found.texts[j.number], j, weights) for j in kept)


def _ordinal(day: date | None) -> int:
    return day.toordinal() if day else 0


def _hit(article: Article, text: str, judgement: Judgement, weights: Sequence[float]) -> Hit:
    folded = folded_article(article, text)
    marks = folded.marks((start, end) for start, end, _ in judgement.places)
    snippet = folded.snippet(marks, _best_line(judgement.places, folded, weights))
    return Hit(article, round(judgement.score, 4), snippet, folded.written(marks))


def _best_line(places: Sequence[Place], article: FoldedArticle, weights: Sequence[float]) -> int | None:
    """Return the block with the passage that has most of the query, None where no block has any."""
    blocks: dict[int, list[Place]] = {}
    for place in places:
        if line := article.line_of(place.start):
            blocks.setdefault(line, []).append(place)
    if len(blocks) == 1:
        return next(iter(blocks))
    return max(blocks, key=lambda line: nearest(blocks[line], weights).share, default=None)
