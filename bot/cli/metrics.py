"""`hangxun metrics`: every figure in the index."""

from __future__ import annotations

import click

from bot.cli.common import configured, echo_json_lines, opened_library
from knowledge.wire import metric_row


@click.command(epilog="Example: hangxun metrics --jsonl > metrics.jsonl")
@click.option("--jsonl", is_flag=True, help="Print METRIC, one line of JSON for each figure.")
def command(jsonl: bool) -> None:
    """List the figures of the index."""
    with opened_library(configured()) as library:
        if jsonl:
            echo_json_lines(metric_row(metric) for metric in library.all_metrics())
            return
        for row in map(metric_row, library.all_metrics()):
            value = row["value"] if not isinstance(row["value"], list) else "–".join(map(str, row["value"]))
            click.echo(f"{row['subject']}  {row['indicator']}  {value} {row['unit']}  {row['period'] or ''}")
