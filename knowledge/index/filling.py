"""Filling the catalog of a new version: each source read, or taken over from the version before.

Strangers' files are read in processes of their own, some ahead of the one that is written; rows of JSON and a
few small texts are read here.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import groupby
from pathlib import Path

from knowledge.errors import SourceError
from knowledge.index.catalog import Catalog, StoredSource
from knowledge.index.inputs import ArticleRows, Inputs, Readings, Request, make_rows
from knowledge.index.sources import Plan, Step
from knowledge.index.writing import CatalogWriter

FEW = 20
"""So many small texts are read in the time that a process takes to start."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a build is: `done` of `total` sources, and the one that it works on now."""

    done: int
    total: int
    name: str


Report = Callable[[Progress], None]


@dataclass(slots=True)
class Filling:
    """What became of the sources so far. `failed` has each with its name in errors and the reason.

    `origins` has for each article its number in the version before, 0 where it is not taken from there.
    """

    inputs: Inputs
    report: Report
    added: int = 0
    updated: int = 0
    failed: list[tuple[StoredSource, str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    origins: array[int] = field(default_factory=lambda: array("Q"))

    @property
    def changed(self) -> bool:
        """Whether anything of the version is not as it was before."""
        return bool(self.added or self.updated)


class Earlier:
    """What need not be read again: the version before, and what an interrupted build had read."""

    def __init__(self, version: Catalog | None = None, unfinished: Catalog | None = None) -> None:
        self.version = version
        self.unfinished = unfinished
        self._read = {_content_of(source): source for source in unfinished.sources()} if unfinished else {}

    def read_already(self, source: StoredSource) -> StoredSource | None:
        """Return the source as the interrupted build had it, None where that did not read it."""
        return self._read.get(_content_of(source))


def fill_catalog(writer: CatalogWriter, plan: Plan, earlier: Earlier, filling: Filling) -> None:
    """Write every source of the plan.

    One that cannot be read is refused; what was read of it before stays.
    """
    to_read = [step for step in plan.steps if not step.unchanged and not earlier.read_already(step.source)]
    if len(to_read) > FEW:
        filling.inputs.workers.dismiss()  # there are readers on all cores, and they have all the memory
    apart = _read_apart(to_read, filling.inputs)
    requests = (_request(step.source) for step in to_read if step.source.number in apart)
    with closing(filling.inputs.read_ahead(requests)) as readings:
        for unchanged, group in groupby(enumerate(plan.steps), lambda numbered: numbered[1].unchanged):
            if unchanged:
                _take_over(writer, [step for _, step in group], earlier.version, filling)
                continue
            for done, step in group:
                filling.report(Progress(done, len(plan.steps), step.source.name))
                rows = readings if step.source.number in apart else None
                _read(writer, step, earlier, filling, rows)
    filling.report(Progress(len(plan.steps), len(plan.steps), ""))


def _content_of(source: StoredSource) -> tuple[str, str, str | None, str]:
    return source.path, source.sha256, source.published, source.key


def _read_apart(steps: Sequence[Step], inputs: Inputs) -> frozenset[int]:
    """Return the numbers of the sources that are read in processes of their own."""
    few = len(steps) <= FEW
    return frozenset(s.source.number for s in steps if not inputs.is_read_here(Path(s.source.path), few))


def _request(source: StoredSource) -> Request:
    return Request(source.path, source.name, source.published, source.key or None)


def _read(
    writer: CatalogWriter, step: Step, earlier: Earlier, filling: Filling, readings: Readings | None
) -> None:
    source = step.source
    try:
        saved = earlier.read_already(source)
        if saved and earlier.unfinished:
            taken = writer.copy(earlier.unfinished, [(saved, source)])
            filling.origins.extend(0 for _ in taken)
        else:
            _read_articles(writer, source, filling, readings)
    except SourceError as error:
        writer.drop(source.number)
        filling.failed.append((source, error.name, error.reason))
        _take_over(writer, [step], earlier.version, filling)
    except KeyboardInterrupt:
        writer.drop(source.number)
        raise
    else:
        filling.added += step.before is None
        filling.updated += step.before is not None


def _take_over(
    writer: CatalogWriter, steps: Iterable[Step], before: Catalog | None, filling: Filling
) -> None:
    """Take what the version before had of sources."""
    sources = [(s.before, replace(s.before, number=s.source.number)) for s in steps if s.before]
    if before and sources:
        filling.origins.extend(writer.copy(before, sources))


def _read_articles(
    writer: CatalogWriter, source: StoredSource, filling: Filling, readings: Readings | None
) -> None:
    if readings is not None:
        reading = next(readings)()
        rows, notes = reading.rows(), reading.notes
    else:
        rows, notes = _read_here(source, filling)
    writer.add_source(source)
    added = [writer.add_article(source.number, article, metrics) for article, metrics in rows]
    repeated = added.count(False)
    filling.origins.extend(0 for _ in range(len(added) - repeated))
    filling.notes.extend(f"{source.name}: {note}" for note in notes)
    if repeated:
        filling.notes.append(
            f"{source.name}: {repeated} articles left out, the index has others of their ids"
        )


def _read_here(source: StoredSource, filling: Filling) -> tuple[Iterator[ArticleRows], tuple[str, ...]]:
    read = filling.inputs.read(_request(source))
    made = filling.inputs.workers.each(partial(make_rows, filling.inputs.extract), read.articles)
    return (rows for _, rows in made), read.notes
