"""`hangxun downgrade`: the tables of an older version, for going back to it."""

from __future__ import annotations

import click

from bot.cli.common import configured, opened_alone


@click.command(epilog="Example: hangxun downgrade 0008")
@click.argument("step")
@click.option("--force", is_flag=True, help="Even while a bot may be running.")
def command(step: str, force: bool) -> None:
    """Bring the database back to the tables of an older version.

    STEP is the one that the older version names when it refuses the database. Make a backup and stop the bot
    first: what the older version has no place for is lost. Going up needs no command: every start does it.
    """
    from bot.store.migrate import HEAD, downgrade, steps

    if step not in (known := steps()):
        raise click.BadParameter(f"{step!r} is none of {', '.join(known)}")
    with opened_alone(configured(), force=force) as store:
        downgrade(store.database, step)
    click.echo(f"downgrade ok: {HEAD} -> {step}")
