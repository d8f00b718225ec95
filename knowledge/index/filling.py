"""Filling the catalog of a new version: each source read, or taken over from the version before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path

from knowledge.errors import SourceError
from knowledge.index.catalog import Catalog
from knowledge.index.sources import Inputs, Plan, Step
from knowledge.index.workers import Workers
from knowledge.index.writing import CatalogWriter
from knowledge.model import Article, Metric
from knowledge.search.analysis import fold_article


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a build is: `done` of `total` sources, and the one that it works on now."""

    done: int
    total: int
    name: str


Report = Callable[[Progress], None]


@dataclass(slots=True)
class Filling:
    """What became of the sources so far."""

    inputs: Inputs
    workers: Workers
    report: Report
    added: int = 0
    updated: int = 0
    failed: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        """Whether anything of the version is not as it was before."""
        return bool(self.added or self.updated)


def fill_catalog(writer: CatalogWriter, plan: Plan, before: Catalog | None, filling: Filling) -> None:
    """Write every source of the plan.

    One that cannot be read is refused; what was read of it before stays.
    """
    for done, step in enumerate(plan.steps):
        filling.report(Progress(done, len(plan.steps), step.source.name))
        if step.unchanged:
            _take_over(writer, step, before)
        else:
            _read(writer, step, before, filling)
    filling.report(Progress(len(plan.steps), len(plan.steps), ""))


def _read(writer: CatalogWriter, step: Step, before: Catalog | None, filling: Filling) -> None:
    try:
        _read_articles(writer, step, filling)
    except SourceError as error:
        writer.drop(step.source.number)
        filling.failed.append((error.name, error.reason))
        _take_over(writer, step, before)
    else:
        filling.added += step.before is None
        filling.updated += step.before is not None


def _take_over(writer: CatalogWriter, step: Step, before: Catalog | None) -> None:
    if before is not None and step.before is not None:
        writer.add_source(step.before, step.source.number)
        writer.copy(before, step.before.number, step.source.number)


def _read_articles(writer: CatalogWriter, step: Step, filling: Filling) -> None:
    stored = step.source
    published = date.fromisoformat(stored.published) if stored.published else None
    source = filling.inputs.read(Path(stored.path), stored.name, published)
    writer.add_source(stored, stored.number)
    repeated = 0
    read = partial(_read_article, filling.inputs.extract)
    for article, (folded, metrics) in filling.workers.each(read, source.articles):
        repeated += not writer.add_article(stored.number, article, folded, metrics)
    filling.notes.extend(f"{stored.name}: {note}" for note in source.notes)
    if repeated:
        filling.notes.append(
            f"{stored.name}: {repeated} articles left out, the index has others of their ids"
        )


def _read_article(
    extract: Callable[[Article], tuple[Metric, ...]], article: Article
) -> tuple[str, tuple[Metric, ...]]:
    """Return the text in which an article is searched, and its metrics."""
    return fold_article(article), extract(article)
