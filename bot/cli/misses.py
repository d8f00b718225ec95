"""`hangxun misses`: the questions that found nothing, so that the tables of words can grow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING

import click

from bot.cli.common import configured, opened_store
from bot.clock import utc_now

if TYPE_CHECKING:
    from bot.store.misses import Miss

DAY = timedelta(days=1)


@click.command(epilog="Example: hangxun misses --days 7")
@click.option(
    "--days", type=click.IntRange(1, 90), default=30, show_default=True, help="How far to look back."
)
def command(days: int) -> None:
    """Count the questions that found nothing, by day.

    With HANGXUN_KEEP_MISSES=1 they are listed too.
    """
    from bot.store.misses import KeptMisses

    config = configured()
    with opened_store(config) as store:
        misses = KeptMisses(store.database).since((utc_now() - days * DAY).date())
    for line in listed(misses):
        click.echo(line)
    click.echo(f"misses={sum(miss.times for miss in misses)} days={days}")


def listed(misses: Sequence[Miss]) -> Iterator[str]:
    """Yield a line a day, and below it one for each text that was kept."""
    for day, of_day in groupby(misses, key=lambda miss: miss.day):
        together = list(of_day)
        yield f"{day}  {sum(miss.times for miss in together)}"
        yield from (f"  {miss.times}  {miss.text}" for miss in together if miss.text)
