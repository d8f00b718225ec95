"""`hangxun run`: the bot."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import click

from bot.cli.common import configured, quiet_log
from bot.config import Config
from bot.platform import Platform, Services
from bot.roles import EVERY_ROLE, Role

NO_PLATFORM = (
    "No platform is configured, so this is the terminal chat. "
    "Set HANGXUN_TELEGRAM_TOKEN, or HANGXUN_SLACK_BOT_TOKEN and HANGXUN_SLACK_APP_TOKEN, to go online."
)


@click.command(epilog="Example: hangxun run --role worker --role planner")
@click.option(
    "--role",
    "roles",
    multiple=True,
    type=click.Choice([role.value for role in Role], case_sensitive=False),
    help="Do only this part of the work; may be given again. Several processes need a PostgreSQL.",
)
def command(roles: tuple[str, ...]) -> None:
    """Run the bot; with no platform configured, chat here.

    It answers on every configured platform at once, sends alerts and keeps up with the sources.
    """
    config = configured()
    from bot.app import run_bot
    from bot.renewal import start_anew

    if asyncio.run(run_bot(config, _choose, tuple(map(Role, roles)) or EVERY_ROLE)):
        start_anew()


def _choose(config: Config, services: Services) -> Mapping[str, Platform]:
    from bot.platforms import configured_platforms

    platforms = configured_platforms(config, services)
    if not platforms:
        click.echo(NO_PLATFORM, err=True)
        quiet_log()
    return platforms
