"""`hangxun build`: read digests and publish the index."""

from __future__ import annotations

import dataclasses
import gc
import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import click

from bot.cli.common import configured, sample_folder
from knowledge.index import index_signature
from knowledge.index.extracting import load_rules
from knowledge.index.workers import Workers
from knowledge.normalize import strip_controls

if TYPE_CHECKING:
    from knowledge.index.build import BuildSummary
    from knowledge.index.filling import Progress

Report: TypeAlias = "Callable[[Progress], None]"
LONGEST_NAME = 40
COLLECTED_AFTER = 20_000
"""Objects: a build makes very many and hardly a circle of them, which Python would look for every 700."""
STOPPED = "stopped; the index is as it was, and the same command goes on where this one was"


@click.command(epilog="Example: hangxun build digests/ --out var/index --published 2021-12-22")
@click.argument("sources", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), help="The index folder [HANGXUN_INDEX]."
)
@click.option("--published", type=click.DateTime(["%Y-%m-%d"]), help="The publication date of SOURCES.")
@click.option("--sample", is_flag=True, help="Read the sample digests that come with Hangxun.")
@click.option("--if-missing", is_flag=True, help="Do nothing where there is an index already.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON, in the last line.")
def command(  # noqa: PLR0913, PLR0917 -- one parameter an option
    sources: tuple[Path, ...],
    out: Path | None,
    published: datetime | None,
    sample: bool,
    if_missing: bool,
    as_json: bool,
) -> int:
    """Build the index from files and folders, or extend it.

    SOURCES that were read before are read again only where they changed.
    """
    if not sources and not sample:
        raise click.UsageError("Give SOURCES, or --sample.")
    started = time.perf_counter()
    gc.set_threshold(COLLECTED_AFTER)
    with ExitStack() as stack:
        workers = stack.enter_context(closing(Workers()))
        if not if_missing:  # which mostly finds an index
            workers.start()
            workers.prepare(load_rules)
        config = configured()
        out = out or config.index
        if if_missing and index_signature(out):
            return 0
        from knowledge.index.build import build_index  # while the process loads the rules
        from knowledge.index.product import product_inputs

        paths = (*sources, *([stack.enter_context(sample_folder())] if sample else []))
        report = stack.enter_context(_progress_bar())
        day = published.date() if published else None
        inputs = product_inputs(config.words, workers)
        try:
            summary = build_index(paths, out, published=day, report=report, inputs=inputs)
        except KeyboardInterrupt:
            raise click.ClickException(STOPPED) from None
    _print_summary(summary, out, time.perf_counter() - started, as_json=as_json)
    return 1 if summary.refused else 0


@contextmanager
def _progress_bar() -> Iterator[Report | None]:
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"), TimeElapsedColumn())
    with Bar(*columns, TextColumn("{task.description}"), console=Console(stderr=True)) as bar:
        task, started = bar.add_task("", total=None, rate=""), time.perf_counter()

        def show(step: Progress) -> None:
            rate = f"{step.done / (time.perf_counter() - started):.1f}/s" if step.done else ""
            name = Path(step.name).name[-LONGEST_NAME:]
            bar.update(task, completed=step.done, total=step.total, description=name, rate=rate)

        yield show


def _print_summary(summary: BuildSummary, out: Path, seconds: float, *, as_json: bool) -> None:
    # Names come from strangers' folders and archives: they must not steer the terminal.
    for name, reason in summary.refused:
        click.echo(strip_controls(f"hangxun: refused {name}: {reason}"), err=True)
    for note in summary.notes:
        click.echo(strip_controls(f"hangxun: note: {note}"), err=True)
    if as_json:
        row = dataclasses.asdict(summary) | {"index": str(out), "seconds": round(seconds, 3)}
        click.echo(json.dumps(row, ensure_ascii=False))
        return
    click.echo(
        f"{summary.issues} issues, {summary.articles} articles, {summary.metrics} figures in {out} "
        f"({summary.added} added, {summary.updated} updated, {summary.unchanged} unchanged, "
        f"{summary.removed} removed, {len(summary.refused)} refused; {seconds:.1f} s)"
    )
