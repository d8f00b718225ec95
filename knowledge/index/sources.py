"""What a build has to read: the files found, compared with those that the version before was built from."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import count
from pathlib import Path

from knowledge.errors import SourceError
from knowledge.index.catalog import StoredSource
from knowledge.index.inputs import Inputs
from knowledge.index.manifest import file_hash
from knowledge.index.refusals import Refusal


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
    """The sources of the new version in their order, those that go, and those that were refused at once.

    `still_refused` are files that did not change since they were refused.
    """

    steps: tuple[Step, ...]
    removed: tuple[StoredSource, ...]
    refused: tuple[tuple[str, str], ...]
    still_refused: tuple[Refusal, ...] = ()

    @property
    def changes(self) -> bool:
        """Whether anything is to be read or removed."""
        return bool(self.removed) or not all(step.unchanged for step in self.steps)


@dataclass(frozen=True, slots=True)
class Known:
    """The sources of the version before, whether today's rules made it, and the files that these refuse."""

    sources: tuple[StoredSource, ...] = ()
    same_rules: bool = False
    refused: tuple[Refusal, ...] = ()


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
    still = {r.path: r for r in known.refused if r.path in found and r.sha256 == found[r.path].sha256}
    named = name_issues([s for s in found.values() if s.path not in still], known.sources)
    steps = [_step(source, before.get(source.path), known.same_rules) for source in named]
    steps += [Step(before[path], before[path], unchanged=True) for path in still if path in before]
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
    refused += [(refusal.name, refusal.reason) for refusal in still.values()]
    return Plan(tuple(numbered), removed, tuple(refused), tuple(still.values()))


def name_issues(sources: Iterable[StoredSource], before: Iterable[StoredSource]) -> Iterator[StoredSource]:
    """Yield the sources with keys that keep apart the issues of files that are called the same.

    A source of the version before keeps its key; of new ones the first in order needs none.
    """
    keys = {source.path: source.key for source in before}
    found = sorted(sources, key=lambda source: (source.name, source.path))
    some_new = any(source.path not in keys for source in found)
    taken = {_issue_name(path, key) for path, key in keys.items()} if some_new else set()
    for source in found:
        key = keys.get(source.path)
        if key is None:
            key = next(
                key for key in _possible_keys(source.path) if _issue_name(source.path, key) not in taken
            )
            taken.add(_issue_name(source.path, key))
        yield replace(source, key=key)


def _possible_keys(path: str) -> Iterator[str]:
    """Yield what may stand for the name of a file: nothing, then its folder and suffix, then a number."""
    file = Path(path)
    longer = f"{file.parent.name}-{file.stem}"
    yield from ("", longer, f"{longer}-{file.suffix.lstrip('.')}")
    yield from (f"{longer}-{number}" for number in count(2))


def _issue_name(path: str, key: str) -> str:
    from knowledge.ingest.identity import make_slug  # what only a build needs is not loaded by the bot

    return make_slug(key or Path(path).stem)


def _find(
    given: tuple[Path, ...], published: date | None, inputs: Inputs
) -> tuple[dict[str, StoredSource], list[tuple[str, str]]]:
    found: dict[str, StoredSource] = {}
    refused: list[tuple[str, str]] = []
    day = published.isoformat() if published else None
    for root in given:
        under = os.path.realpath(root)
        try:
            files = list(inputs.find([root]))
        except OSError as error:
            refused.append((str(root), error.strerror or "cannot be read"))
            continue
        for path, name in files:
            try:
                where = os.path.realpath(path)
                found.setdefault(where, StoredSource(0, name, where, under, _hash(path, name), day))
            except SourceError as error:
                refused.append((error.name, error.reason))
    return found, refused


def _hash(path: Path, name: str) -> str:
    """Return the hash of a file. Raises SourceError where it is none, or cannot be read."""
    if not path.is_file() and path.exists():
        raise SourceError(name, "it is not a regular file")
    try:
        return file_hash(path)
    except OSError as error:
        raise SourceError(name, (error.strerror or "it cannot be read").lower()) from error


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
