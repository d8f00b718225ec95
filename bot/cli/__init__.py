"""The command line: one module a subcommand, imported only when it is called."""

from __future__ import annotations

from importlib import import_module

import click

MODULES = {
    "run": "bot.cli.run",
    "chat": "bot.cli.chat",
    "ask": "bot.cli.ask",
    "build": "bot.cli.build",
    "remove": "bot.cli.remove",
    "sources": "bot.cli.sources",
    "watch": "bot.cli.watch",
    "metrics": "bot.cli.metrics",
    "articles": "bot.cli.articles",
    "explain": "bot.cli.explain",
    "alerts": "bot.cli.alerts",
    "deliveries": "bot.cli.deliveries",
    "backup": "bot.cli.backup",
    "restore": "bot.cli.restore",
    "downgrade": "bot.cli.downgrade",
    "misses": "bot.cli.misses",
    "manifest": "bot.cli.manifest",
    "check": "bot.cli.check",
}


class LazyGroup(click.Group):
    """A group whose subcommands are imported when they are needed: `ask` must not load a chat library."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the table."""
        del ctx
        return list(MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return a subcommand, None for an unknown name."""
        del ctx
        if cmd_name not in MODULES:
            return None
        command = import_module(MODULES[cmd_name]).command
        if not isinstance(command, click.Command):
            raise TypeError(f"{MODULES[cmd_name]}.command is no command")
        return command


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="hangxun")
def cli() -> None:
    """行讯 Hangxun: answers from your industry digests, in Slack, Telegram and the terminal."""
