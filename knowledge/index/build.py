"""Building an index offline: find sources, read what changed, write a version, publish it.

    sources -> plan -> catalog (articles, metrics) -> text indexes, words -> manifest -> publish

A version is published whole or not at all; until then the one before stays untouched.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from concurrent.futures import BrokenExecutor, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

from knowledge.errors import IndexUnusableError, KnowledgeError
from knowledge.index.catalog import Catalog
from knowledge.index.deriving import DERIVED_FILE, derive_all, keep_derived, open_derived
from knowledge.index.dictionaries import load_analyzer, read_readings, write_dictionaries
from knowledge.index.filling import Earlier, Filling, Report, fill_catalog
from knowledge.index.inputs import Inputs
from knowledge.index.layout import building, publish, remove_older
from knowledge.index.manifest import SCHEMA_VERSION, Manifest, record_files, rules_hash, write_manifest
from knowledge.index.opening import verified_version
from knowledge.index.product import product_inputs
from knowledge.index.records import Records
from knowledge.index.refusals import Refusal, read_refusals, write_refusals
from knowledge.index.retellings import find_retellings
from knowledge.index.sources import Known, Plan, Wanted, plan_build
from knowledge.index.unfinished import forget_unfinished, keep_unfinished, open_unfinished
from knowledge.index.writing import CatalogWriter, content_hash, word_rows, write_text_indexes
from knowledge.model import Counts
from knowledge.segment import DEFAULT_SEGMENTER, segmenter_version


@dataclass(frozen=True, slots=True)
class BuildSummary:
    """What a build did with its sources, and what the index holds now.

    `refused` are names and reasons; `notes` are warnings that a person should read. `published` tells
    whether there is a new version.
    """

    added: int
    updated: int
    unchanged: int
    removed: int
    refused: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    issues: int
    articles: int
    metrics: int
    published: bool


@dataclass(frozen=True, slots=True)
class _Before:
    """The version before: its catalog and what it was made of; nothing where there is none.

    `alike` tells whether today's rules and words made it: what they made of a file need not be made again.
    """

    catalog: Catalog | None = None
    manifest: Manifest | None = None
    notes: tuple[str, ...] = ()
    alike: bool = False

    @property
    def counts(self) -> Counts:
        return self.catalog.counts() if self.catalog else Counts(0, 0, 0)

    @property
    def folder(self) -> Path | None:
        """Where it is, if it was made alike."""
        return self.catalog.folder if self.catalog and self.alike else None

    def known(self, refused: Iterable[Refusal]) -> Known:
        """Return what its sources were; other words or rules make everything new."""
        refused = tuple(refusal for refusal in refused if refusal.rules == rules_hash())
        return Known(self.catalog.sources() if self.catalog else (), self.alike, refused)

    def derived(self, out: Path) -> Records | None:
        """Return what was derived from its articles, where that is kept."""
        return open_derived(out, self.manifest) if self.manifest and self.alike else None


def build_index(
    sources: Iterable[Path],
    out: Path,
    *,
    published: date | None = None,
    report: Report | None = None,
    inputs: Inputs | None = None,
) -> BuildSummary:
    """Build or extend the index in the folder `out` from files and folders.

    What did not change is taken over from the version before; with nothing changed, or nothing readable,
    no version is published. Raises KnowledgeError where the index cannot be written or another build runs.
    """
    return _build(Wanted(tuple(sources), published), out, inputs or product_inputs(), report or _unseen)


def remove_sources(gone: Iterable[Path], out: Path, inputs: Inputs | None = None) -> BuildSummary:
    """Take out of the index what came from these files, or from files under these folders.

    Raises KnowledgeError as `build_index`.
    """
    return _build(Wanted((), without=tuple(gone)), out, inputs or product_inputs(), _unseen)


def _build(wanted: Wanted, out: Path, inputs: Inputs, report: Report) -> BuildSummary:
    try:
        with closing(inputs.workers), building(out) as staging:
            before, refused = _open_before(out, inputs.words_sha256), read_refusals(out)
            if before.folder:
                inputs.workers.prepare(partial(load_analyzer, before.folder, DEFAULT_SEGMENTER))
            plan = plan_build(wanted, before.known(refused), inputs)
            filling = Filling(inputs, report)
            summary = _stage(staging, plan, before, filling)
            if summary.published:
                publish(out, staging)
            forget_unfinished(out)
            write_refusals(out, _refusals(plan, filling, refused))
            return summary
    except (OSError, sqlite3.Error, ValueError, BrokenExecutor) as error:
        raise KnowledgeError(
            f"cannot write the index in {out}: {error}; what was there is unchanged"
        ) from error


def _refusals(plan: Plan, filling: Filling, before: Iterable[Refusal]) -> Iterator[Refusal]:
    """Yield what is refused now: what was found so again, and what lies elsewhere and was not looked at."""
    seen = {step.source.path for step in plan.steps} | {refusal.path for refusal in plan.still_refused}
    yield from (r for r in before if r.path not in seen and Path(r.path).exists())
    yield from plan.still_refused
    for source, name, reason in filling.failed:
        yield Refusal(name, source.path, source.sha256, reason, rules_hash())


def _unseen(_: object) -> None:
    """Report to nobody."""


def _open_before(out: Path, words: str) -> _Before:
    try:
        version, manifest = verified_version(out)
    except IndexUnusableError as error:
        damaged = any(out.glob("version-*"))
        return _Before(notes=(f"{error.reason}; it is built anew from the sources given",) if damaged else ())
    alike = (manifest.rules, manifest.words) == (rules_hash(), words)
    return _Before(Catalog(version), manifest, alike=alike)


def _stage(staging: Path, plan: Plan, before: _Before, filling: Filling) -> BuildSummary:
    """Write a version into the staging folder, if there is anything new to write."""
    if not plan.changes:
        return _summary(plan, filling, before.notes, before.counts)
    words = filling.inputs.words_sha256
    write_dictionaries(staging, filling.inputs.words, before.folder)
    with closing(CatalogWriter(staging)) as writer, open_unfinished(staging.parent, words) as unfinished:
        try:
            fill_catalog(writer, plan, Earlier(before.catalog, unfinished), filling)
        except KeyboardInterrupt:
            writer.commit()
            keep_unfinished(staging.parent, staging, words)
            raise
        writer.commit()
        if filling.changed or plan.removed:
            counts = _finish(staging, writer, filling, before)
            return _summary(plan, filling, before.notes, counts, published=True)
    return _summary(plan, filling, before.notes, before.counts)


def _finish(staging: Path, writer: CatalogWriter, filling: Filling, before: _Before) -> Counts:
    """Write all that is derived from the catalog, the manifest last."""
    with closing(Catalog(staging)) as catalog, ThreadPoolExecutor(1) as beside:
        beside.submit(remove_older, staging.parent)
        content = beside.submit(content_hash, catalog)
        kept = before.derived(staging.parent)
        records = derive_all(catalog, filling.origins, kept, DEFAULT_SEGMENTER, filling.inputs.workers)
        ranked, written = write_text_indexes(staging, records, beside)
        first_of, counts = find_retellings(catalog, Records(staging / DERIVED_FILE)), catalog.counts()
        written.result()
    writer.add_words(word_rows(ranked, read_readings(staging)))
    writer.add_retellings(first_of)
    manifest = replace(_manifest(counts, content.result()), words=filling.inputs.words_sha256)
    keep_derived(staging.parent, staging / DERIVED_FILE, manifest)
    write_manifest(staging, replace(manifest, files=record_files(staging)))
    return counts


def _manifest(counts: Counts, content: str) -> Manifest:
    return Manifest(
        schema=SCHEMA_VERSION,
        built_at=datetime.now(UTC).isoformat(timespec="seconds"),
        content_sha256=content,
        rules=rules_hash(),
        segmenter=DEFAULT_SEGMENTER,
        segmenter_version=segmenter_version(DEFAULT_SEGMENTER) or "",
        issues=counts.issues,
        articles=counts.articles,
        metrics=counts.metrics,
        files=(),
    )


def _summary(
    plan: Plan, filling: Filling, notes: tuple[str, ...], counts: Counts, *, published: bool = False
) -> BuildSummary:
    return BuildSummary(
        added=filling.added,
        updated=filling.updated,
        unchanged=len(plan.steps) - filling.added - filling.updated - len(filling.failed),
        removed=len(plan.removed),
        refused=(*plan.refused, *((name, reason) for _, name, reason in filling.failed)),
        notes=(*notes, *filling.notes),
        issues=counts.issues,
        articles=counts.articles,
        metrics=counts.metrics,
        published=published,
    )
