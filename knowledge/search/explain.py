"""Saying how a query was read and scored: the debugging tool of the search."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from knowledge.index.engine import Clause
from knowledge.search.query import Part, Reading
from knowledge.search.ranking import Judgement
from knowledge.search.search import Found

MOST_SHOWN = 10


def explain_found(found: Found, clauses: Sequence[Clause], titles: Mapping[int, str]) -> str:
    """Return the reading, how many clauses each field has, and the scores of the best articles."""
    lines = [*_reading_lines(found.reading), _clause_line(clauses), ""]
    lines += [_judgement_line(j, titles[j.number], " ") for j in found.kept[:MOST_SHOWN]]
    room = MOST_SHOWN - len(found.kept)
    lines += [_judgement_line(j, titles[j.number], "-") for j in found.dropped[: max(0, room)]]
    lines.append(f"shown {len(found.kept)}, left out {len(found.dropped)}")
    return "\n".join(lines)


def _reading_lines(reading: Reading) -> Iterator[str]:
    yield f"typed  {reading.asked}"
    total = sum(part.weight for part in reading.parts) or 1.0
    for part in reading.parts:
        yield f"part   {part.weight / total:4.0%}  {_forms(part)}"


def _forms(part: Part) -> str:
    return " | ".join(f"{form.text} ({form.way.value})" for form in part.forms)


def _clause_line(clauses: Sequence[Clause]) -> str:
    fields = dict.fromkeys(clause.field for clause in clauses)
    counts = (f"{sum(c.field == field for c in clauses)} {field}" for field in fields)
    return f"tokens {', '.join(counts)}"


def _judgement_line(judgement: Judgement, title: str, mark: str) -> str:
    shares = f"near {judgement.near:4.0%}, title {judgement.title:4.0%}"
    measures = f"topical {judgement.topical:4.0%}, strength {judgement.strength:4.2f}"
    return f"{mark} {judgement.score:7.2f} = bm25 {judgement.bm25:6.2f} by {shares}; {measures}  {title}"
