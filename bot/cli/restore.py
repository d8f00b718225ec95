"""`hangxun restore`: a backup in the place of what the bot keeps."""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli.common import configured, opened_alone
from bot.errors import ConfigError


@click.command(epilog="Example: hangxun restore hangxun-2026-11-23.backup")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Replace what is there, even while a bot may be running.")
def command(file: Path, force: bool) -> None:
    """Replace what the bot keeps by a backup.

    Stop the bot first: the content of FILE takes the place of the configured database.
    """
    from bot.store.backup import is_empty, restore

    with opened_alone(configured(), force=force) as store:
        if not force and not is_empty(store):
            raise ConfigError("the database is not empty; its content is replaced if you say --force")
        counts = restore(file, store)
    click.echo(f"restore ok: rows={sum(counts.values())} chats={counts['chat']}")
