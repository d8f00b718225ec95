"""What a build has to read: the files found, compared with those that the version before was built from."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.errors import SourceError
from knowledge.index.catalog import StoredSource
from knowledge.index.manifest import file_hash
from knowledge.model import Article, Metric
from knowledge.search.wordlists import Wordlists, load_wordlists

if TYPE_CHECKING:
    from knowledge.ingest import Source


@dataclass(frozen=True, slots=True)
class Inputs:
    """Where a build gets its content: finding files, reading one, extracting an article's metrics."""

    find: Callable[[Iterable[Path]], Iterator[tuple[Path, str]]]
    read: Callable[[Path, str, date | None], Source]
    extract: Callable[[Article], tuple[Metric, ...]]
    words: Wordlists = field(default_factory=load_wordlists)


def product_inputs(words: Path | None = None) -> Inputs:
    """Return the readers and the metric rules of the product, with an admin's own tables of words.

    Raises WordsError.
    """
    from knowledge.ingest import find_sources, read_source
    from knowledge.metrics import extract_metrics

    return Inputs(
        find_sources,
        lambda path, name, day: read_source(path, name=name, published=day),
        extract_metrics,
        load_wordlists(words),
    )


@dataclass(frozen=True, slots=True)
class Step:
    """One source of the new version: read from its file, or taken over from the version before.

    `before` is what the version before had of it, None for a new one.
    """

    source: StoredSource
    before: StoredSource | None
    unchanged: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """The sources of the new version in their order, those that go, and those that were refused at once."""

    steps: tuple[Step, ...]
    removed: tuple[StoredSource, ...]
    refused: tuple[tuple[str, str], ...]

    @property
    def changes(self) -> bool:
        """Whether anything is to be read or removed."""
        return bool(self.removed) or not all(step.unchanged for step in self.steps)


@dataclass(frozen=True, slots=True)
class Known:
    """The sources of the version before, and whether today's rules made it."""

    sources: tuple[StoredSource, ...] = ()
    same_rules: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a build is asked for: files and folders to read, and those whose articles shall go.

    `published` goes before any date that a file itself gives.
    """

    given: tuple[Path, ...]
    published: date | None = None
    without: tuple[Path, ...] = ()

    def drops(self, source: StoredSource) -> bool:
        """Whether a source of the version before lies under what shall go."""
        path = Path(source.path)
        return any(path.is_relative_to(gone.resolve()) for gone in self.without)


def plan_build(wanted: Wanted, known: Known, inputs: Inputs) -> Plan:
    """Compare the files that are there now with those of the version before.

    A file found again is updated, one that is gone from a folder given now is removed, and so is what shall
    go; all others stay.
    """
    found, refused = _find(wanted.given, wanted.published, inputs)
    before = {source.path: source for source in known.sources}
    steps = [_step(source, before.get(source.path), known.same_rules) for source in found.values()]
    roots = {str(path.resolve()) for path in wanted.given}
    absent = [source for source in known.sources if source.path not in found]
    removed = tuple(s for s in absent if wanted.drops(s) or _is_gone(s, roots))
    steps += [
        Step(source, source, unchanged=known.same_rules or not _still_there(source))
        for source in absent
        if source not in removed
    ]
    ordered = sorted(steps, key=lambda step: (step.source.name, step.source.path))
    numbered = (replace(step, source=replace(step.source, number=n)) for n, step in enumerate(ordered, 1))
    return Plan(tuple(numbered), removed, tuple(refused))


def _find(
    given: tuple[Path, ...], published: date | None, inputs: Inputs
) -> tuple[dict[str, StoredSource], list[tuple[str, str]]]:
    found: dict[str, StoredSource] = {}
    refused: list[tuple[str, str]] = []
    day = published.isoformat() if published else None
    for root in given:
        try:
            for path, name in inputs.find([root]):
                where = str(path.resolve())
                source = StoredSource(0, name, where, str(root.resolve()), file_hash(path), day)
                found.setdefault(where, source)
        except SourceError as error:
            refused.append((error.name, error.reason))
        except OSError as error:
            refused.append((str(root), error.strerror or "cannot be read"))
    return found, refused


def _step(source: StoredSource, before: StoredSource | None, same_rules: bool) -> Step:
    same = before is not None and (source.sha256, source.published) == (before.sha256, before.published)
    return Step(source, before, unchanged=same and same_rules)


def _is_gone(source: StoredSource, roots: Collection[str]) -> bool:
    """Tell whether a file is gone from a folder that was looked through now."""
    return source.root in roots and source.root != source.path and not Path(source.path).exists()


def _still_there(source: StoredSource) -> bool:
    """Tell whether a source that was not given now can be read again as it was."""
    try:
        return file_hash(Path(source.path)) == source.sha256
    except OSError:
        return False
