"""`hangxun backup`: everything the bot keeps, in one file."""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli.common import configured, opened_store
from bot.errors import ConfigError


@click.command(epilog="Example: hangxun backup hangxun-2026-11-23.backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def command(file: Path, force: bool) -> None:
    """Write chats, subscriptions and deliveries to one file.

    The bot may go on meanwhile. The file restores into SQLite and into PostgreSQL. The index is not in it:
    it is built from its sources.
    """
    from bot.store.backup import backup

    if file.exists() and not force:
        raise ConfigError(f"{file} is there already; name another file or say --force")
    if not file.parent.is_dir():
        raise ConfigError(f"there is no folder {file.parent}; make it, or name another")
    with opened_store(configured()) as store:
        counts = backup(store, file)
    click.echo(f"backup ok: {file} rows={sum(counts.values())} chats={counts['chat']}")
