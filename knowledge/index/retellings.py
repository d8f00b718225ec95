"""Which articles of a catalog tell the same news."""

from __future__ import annotations

from knowledge.duplicates import same_news
from knowledge.index.catalog import Catalog
from knowledge.index.deriving import read_story
from knowledge.index.records import Records


def find_retellings(catalog: Catalog, derived: Records) -> dict[int, int]:
    """Return, for each article that tells news told before, the one that told it first, by number."""
    stories = (read_story(number, derived.between(number, number)) for number in catalog.numbers_by_date())
    return {int(number): int(first) for number, first in same_news(stories).items()}
