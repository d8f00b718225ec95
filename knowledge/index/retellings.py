"""Which articles of a catalog tell the same news."""

from __future__ import annotations

from dataclasses import replace

from knowledge.duplicates import Story, same_news, story_of
from knowledge.index.catalog import Catalog
from knowledge.index.workers import Workers
from knowledge.model import Article


def find_retellings(catalog: Catalog, workers: Workers) -> dict[int, int]:
    """Return, for each article that tells news told before, the one that told it first, by number."""
    stories = (story for _, story in workers.each(_numbered_story, catalog.articles_by_date()))
    return {int(number): int(first) for number, first in same_news(stories).items()}


def _numbered_story(numbered: tuple[int, Article]) -> Story:
    number, article = numbered
    return replace(story_of(article), id=str(number))
