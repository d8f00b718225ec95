"""`hangxun ask`: one question or a batch of them."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from bot.cli.common import configured, echo_json_lines, opened_library
from knowledge.wire import MOST, answer_row

if TYPE_CHECKING:
    from knowledge.library import Library


@click.command(epilog="Example: hangxun ask 5g基站有多少")
@click.argument("text", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print the answer as one line of JSON.")
@click.option(
    "--batch", is_flag=True, help='Read {"id","q"} lines from stdin, print an answer line for each.'
)
def command(text: str | None, as_json: bool, batch: bool) -> None:
    """Answer TEXT from the index."""
    if batch == (text is not None):
        raise click.UsageError("Give TEXT, or --batch with queries on stdin.")
    config = configured()
    with opened_library(config) as library:
        if batch:
            echo_json_lines(_answer_batch(library))
        elif as_json:
            echo_json_lines([_answer(library, None, str(text))])
        else:
            from bot.once import answer_once

            click.echo(answer_once(library, config, str(text)))


def _answer_batch(library: Library) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(sys.stdin, 1):
        if line.strip():
            query_id, text = _read_query(line, number)
            yield _answer(library, query_id, text)


def _read_query(line: str, number: int) -> tuple[str, str]:
    try:
        row = json.loads(line)
        return row["id"], str(row["q"])
    except (ValueError, KeyError, TypeError):
        raise click.ClickException(
            f'line {number} is no {{"id": ..., "q": ...}}; mend it and run again'
        ) from None


def _answer(library: Library, query_id: str | None, text: str) -> dict[str, Any]:
    started = time.perf_counter()
    answer = library.answer(text, limit=MOST)
    return answer_row(query_id, answer, (time.perf_counter() - started) * 1000)
