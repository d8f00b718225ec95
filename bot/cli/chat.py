"""`hangxun chat`: the same bot in the terminal."""

from __future__ import annotations

import asyncio

import click

from bot.cli.common import configured, quiet_log


@click.command(epilog="Example: printf '5G基站有多少\\n' | hangxun chat")
def command() -> None:
    """Chat in the terminal, or line by line through a pipe."""
    config = configured()
    quiet_log()
    from bot.app import run_chat

    asyncio.run(run_chat(config))
