"""`hangxun misses`: the questions that found nothing, so that the tables of words can grow."""

from __future__ import annotations

from datetime import timedelta

import click

from bot.cli.alerts import opened_store
from bot.cli.common import configured, now

DAY = timedelta(days=1)


@click.command(epilog="Example: hangxun misses --days 7")
@click.option(
    "--days", type=click.IntRange(1, 90), default=30, show_default=True, help="How far to look back."
)
def command(days: int) -> None:
    """Count the questions that found nothing, by day; with HANGXUN_KEEP_MISSES=1 list them too."""
    from bot.store.misses import KeptMisses, by_day

    config = configured()
    with opened_store(config) as store:
        misses = KeptMisses(store.database).since((now() - days * DAY).date())
    for day, times in by_day(misses).items():
        click.echo(f"{day}  {times}")
        for miss in misses:
            if miss.day == day and miss.text:
                click.echo(f"  {miss.times}  {miss.text}")
    click.echo(f"misses={sum(miss.times for miss in misses)} days={days}")
