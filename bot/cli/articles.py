"""`hangxun articles`: what the index holds, in the order of the contents."""

from __future__ import annotations

import click

from bot.cli.common import configured, echo_json_lines, opened_library
from knowledge.wire import article_row


@click.command(epilog="Example: hangxun articles --jsonl | head -3")
@click.option("--jsonl", is_flag=True, help="Print one line of JSON for each article.")
def command(jsonl: bool) -> None:
    """List the articles of the index."""
    with opened_library(configured()) as library:
        rows = (article_row(article) for article in library.all_articles())
        if jsonl:
            echo_json_lines(rows)
            return
        for row in rows:
            click.echo(f"{row['issue']}  {row['section']}  p{row['page'] or '-'}  {row['title']}")
