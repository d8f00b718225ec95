"""`hangxun manifest`: the app manifest to paste where Slack asks for one."""

from __future__ import annotations

import json

import click


@click.command(epilog="Example: hangxun manifest > slack-manifest.json")
def command() -> None:
    """Print the manifest of the Slack app.

    It names the commands, scopes and events; paste it where Slack asks for one.
    """
    from handlers.commands import COMMANDS
    from handlers.manifest import slack_manifest

    click.echo(json.dumps(slack_manifest(COMMANDS), ensure_ascii=False, indent=2))
