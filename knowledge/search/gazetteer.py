"""The names of regions, every country, province and city of the table of the figures, and of companies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from knowledge.metrics.tables import load_table
from knowledge.normalize import fold


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


@cache
def entity_names() -> frozenset[str]:
    """Return the folded names of all regions and companies: they are meant as they are typed."""
    companies = load_table("companies")["names"]
    regions = (other for others in region_names().values() for other in others)
    return frozenset(map(fold, (*companies, *regions)))


def has_entity(text: str) -> bool:
    """Tell whether a folded text of a few characters has the name of a region or company in it."""
    ends = range(2, len(text) + 1)
    return any(text[start:end] in entity_names() for end in ends for start in range(end - 1))


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
