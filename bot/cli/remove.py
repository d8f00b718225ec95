"""`hangxun remove`: take issues out of the index."""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli.common import configured
from knowledge.index import remove_sources


@click.command(epilog="Example: hangxun remove digests/2019-03.pdf")
@click.argument("sources", nargs=-1, required=True, type=click.Path(path_type=Path))
def command(sources: tuple[Path, ...]) -> int:
    """Take out of the index what came from files and folders.

    It does not matter whether SOURCES are still there; files stay as they are. A folder that is watched is
    left out with `hangxun sources remove`.
    """
    config = configured()
    summary = remove_sources(sources, config.index)
    click.echo(
        f"{summary.removed} removed; {summary.issues} issues, {summary.articles} articles, "
        f"{summary.metrics} figures stay in {config.index}"
    )
    return 0 if summary.removed else 1
