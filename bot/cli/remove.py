"""`hangxun remove`: take issues out of the index."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import click

from bot.cli.common import configured, sample_folder
from knowledge.index.build import remove_sources


@click.command(epilog="Example: hangxun remove digests/2019-03.pdf")
@click.argument("sources", nargs=-1, type=click.Path(path_type=Path))
@click.option("--sample", is_flag=True, help="Take out the sample digests that come with Hangxun.")
def command(sources: tuple[Path, ...], sample: bool) -> int:
    """Take out of the index what came from files and folders.

    It does not matter whether SOURCES are still there; files stay as they are. A folder that is watched is
    left out with `hangxun sources remove`.
    """
    if not sources and not sample:
        raise click.UsageError("Give SOURCES, or --sample.")
    config = configured()
    with ExitStack() as stack:
        samples = (stack.enter_context(sample_folder()),) if sample else ()
        summary = remove_sources((*sources, *samples), config.index)
    click.echo(
        f"{summary.removed} removed; {summary.issues} issues, {summary.articles} articles, "
        f"{summary.metrics} figures stay in {config.index}"
    )
    return 0 if summary.removed else 1
