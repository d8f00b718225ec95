"""Which pattern found which figure of a text: the debugging tool of the rules."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from knowledge.metrics.cast import cast_of
from knowledge.metrics.lines import read_lines
from knowledge.metrics.reading import Fact, Memory, read_facts


def explain_figures(text: str, published: date | None) -> str:
    """Return a line for each figure of a text, with the rule that read it; "" where there is none."""
    return "\n".join(_lines(text, published))


def _lines(text: str, published: date | None) -> Iterator[str]:
    lines, memory = read_lines((text,)), Memory()
    cast = cast_of("", (text,), lines)
    for line in lines[0]:
        facts, memory = read_facts(line, cast, published, memory)
        yield from (_shown(fact) for fact in facts)


def _shown(fact: Fact) -> str:
    quantity, period = fact.quantity, fact.period
    ends = quantity.value if isinstance(quantity.value, tuple) else (quantity.value,)
    dates = f"{period.start or ''}..{period.end or ''}" if period.end else "no period"
    parts = (
        f"{'-'.join(str(end) for end in ends)} {quantity.unit}".rstrip(),
        f"[{fact.pattern}]",
        f"kind={fact.kind}",
        f"subject={fact.whose.name or '?'}",
        f"indicator={fact.indicator or '?'}",
        f"period={period.label or '?'} ({dates})",
        *(f"{name}={value}" for name, value in _remarks(fact)),
    )
    return "  ".join(parts)


def _remarks(fact: Fact) -> Iterator[tuple[str, str]]:
    if fact.figure.approx:
        yield "approx", fact.figure.approx
    if fact.forecast:
        yield "forecast", "yes"
    if fact.source:
        yield "source", fact.source
