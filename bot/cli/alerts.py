"""`hangxun alerts`: look at what is due, or deliver it once, at any moment."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

import click

from bot.cli.common import address_of, as_utc, configured, opened_library, opened_store
from bot.config import Config

if TYPE_CHECKING:
    from handlers.alerts import Alert

AT = click.option(
    "--at", "moment", required=True, callback=lambda _ctx, _option, text: as_utc(text), help="An ISO time."
)


@click.group(epilog="Example: hangxun alerts plan --at 2026-11-24T09:00+08:00")
def command() -> None:
    """Preview alerts, or plan and deliver them once."""


@command.command(epilog="Example: hangxun alerts plan --at 2026-11-24T09:00+08:00")
@AT
def plan(moment: datetime) -> None:
    """Print who would get what at a moment. Nothing is written or sent."""
    from bot.alerts import preview

    config = configured()
    with opened_store(config) as store, opened_library(config) as library:
        alerts = [alert for alert in preview(store, library, moment, config.language) if alert.has_news]
    for alert in alerts:
        click.echo("\n".join(_described(alert)))
    articles = sum(len(alert.entries) for alert in alerts)
    figures = sum(len(alert.figures) for alert in alerts)
    click.echo(f"due={len(alerts)} articles={articles} figures={figures}")


@command.command(epilog="Example: hangxun alerts send --at 2026-11-24T09:00+08:00")
@AT
def send(moment: datetime) -> None:
    """Plan what is due at a moment, deliver it once and print the ledger."""
    click.echo(asyncio.run(_send(configured(), moment)))


async def _send(config: Config, moment: datetime) -> str:
    from bot.alerts import Clock, deliver_once
    from bot.alerts.policy import policy_of
    from bot.exclusive import only_process
    from bot.platforms import connected_to_send

    clock = Clock.started_at(moment)
    with opened_store(config) as store, only_process(config.database_url), opened_library(config) as library:
        async with connected_to_send(config, store.actions) as platforms:
            return str(await deliver_once(store, library, platforms, clock, policy_of(config)))


def _described(alert: Alert) -> Iterator[str]:
    counts = f"{len(alert.entries)} articles, {len(alert.figures)} figures"
    yield f"{address_of(alert.conversation)} {alert.local_date} {alert.slot}: {counts}"
    for figure in alert.figures:
        yield f"  [{', '.join(figure.topics)}] {figure.news.change}: {figure.news.metric.sentence}"
    for entry in alert.entries:
        topics = ", ".join(topic.name for topic in (entry.topic, *entry.also))
        yield f"  [{topics}] {entry.match.citation.title}"
