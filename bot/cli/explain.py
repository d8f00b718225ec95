"""`hangxun explain`: how a query was read and scored, which patterns found which figures."""

from __future__ import annotations

import click

from bot.cli.common import configured, opened_library


@click.command(epilog="Example: hangxun explain 前10月电信业务收入12252亿元")
@click.argument("text")
def command(text: str) -> None:
    """Explain how TEXT is read, as a query and as a sentence."""
    from knowledge.metrics import explain_figures

    with opened_library(configured()) as library:
        newest = library.issues()[:1]
        click.echo(library.explain(text))
        click.echo()
        click.echo(explain_figures(text, newest[0].published if newest else None))
