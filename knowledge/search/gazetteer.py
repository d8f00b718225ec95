"""The names of regions: every country, province and city of the table of the figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from knowledge.metrics.tables import load_table


@cache
def region_names() -> Mapping[str, tuple[str, ...]]:
    """Return for each region as it is shown (河北省) all of its names, the shortest first."""
    return {name: tuple(sorted({name, *others}, key=len)) for name, others in _rows() if "、" not in name}


@cache
def _by_name() -> Mapping[str, str]:
    return {other: name for name, others in region_names().items() for other in others}


def region_of(text: str) -> str | None:
    """Return the region that goes by a folded name, None where none does."""
    return _by_name().get(text) or _by_name().get(f"{text}市")


def _rows() -> Iterator[tuple[str, list[str]]]:
    table = load_table("regions")
    for level in ("countries", "groups", "provinces"):
        yield from table[level].items()
    cities = table["cities"]
    for name in cities["names"]:
        if name.endswith(tuple(cities["ranks"])):
            yield name, []
        else:
            yield f"{name}{cities['rank']}", [name]
