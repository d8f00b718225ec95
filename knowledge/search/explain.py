"""Saying how a query was read and scored: the debugging tool of the search."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from knowledge.index.engine import Clause
from knowledge.search.query import Part, Reading
from knowledge.search.ranking import Judgement
from knowledge.search.search import Found

MOST_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Scored:
    """What is known of the best articles: their titles, and what each part of the query added to BM25."""

    titles: Mapping[int, str]
    parts: Mapping[int, Sequence[tuple[str, float]]]


def explain_found(found: Found, clauses: Sequence[Clause], scored: Scored) -> str:
    """Return the reading, how many clauses each field has, and the scores of the best articles."""
    lines = [*_reading_lines(found.reading), _clause_line(clauses), ""]
    for judgement in found.kept[:MOST_SHOWN]:
        lines += _judgement_lines(judgement, scored, " ")
    for judgement in found.dropped[: max(0, MOST_SHOWN - len(found.kept))]:
        lines += _judgement_lines(judgement, scored, "-")
    lines.append(f"shown {len(found.kept)}, left out {len(found.dropped)}")
    return "\n".join(lines)


def _reading_lines(reading: Reading) -> Iterator[str]:
    yield f"typed  {reading.asked}"
    if reading.read_as:
        yield f"read   {reading.read_as}    as typed: {reading.as_typed}"
    for demand in reading.demands.shown:
        yield f"needs  {demand.aspect.value} {demand.value}"
    for named in reading.aspects.understood:
        yield f"names  {named.aspect.value} {named.value}"
    total = sum(part.weight for part in reading.parts) or 1.0
    for part in reading.parts:
        yield f"part   {part.weight / total:4.0%}  {_forms(part)}"


def _forms(part: Part) -> str:
    return " | ".join(f"{form.text} ({form.way.value})" for form in part.forms)


def _clause_line(clauses: Sequence[Clause]) -> str:
    fields = dict.fromkeys(clause.field for clause in clauses)
    counts = (f"{sum(c.field == field for c in clauses)} {field}" for field in fields)
    return f"tokens {', '.join(counts)}"


def _judgement_lines(judgement: Judgement, scored: Scored, mark: str) -> Iterator[str]:
    shares = f"near {judgement.near:4.0%}, title {judgement.title:4.0%}, fit {judgement.fit:4.0%}"
    measures = f"topical {judgement.topical:4.0%}, strength {judgement.strength:4.2f}"
    lacking = ", lacks the company" if judgement.lacks else ""
    title = scored.titles[judgement.number]
    total = f"{mark} {judgement.score:7.2f} = bm25 {judgement.bm25:6.2f}"
    yield f"{total} by {shares}; {measures}{lacking}  {title}"
    if parts := scored.parts.get(judgement.number):
        yield " " * 12 + ", ".join(f"{text} {score / (judgement.bm25 or 1):.0%}" for text, score in parts)
