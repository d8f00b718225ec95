"""`hangxun deliveries`: messages that did not arrive."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from bot.cli.common import configured, echo_json_lines, opened_store
from bot.clock import utc_now

if TYPE_CHECKING:
    from bot.store.letters import Letter

STATES = ("pending", "sending", "sent", "dead", "held", "expired", "suppressed")
NUMBERS = click.argument("numbers", nargs=-1, type=int, metavar="[NUMBER]...")
ALL = click.option("--all", "all_of_them", is_flag=True, help="All that are dead, held or expired.")


@click.group(epilog="Example: hangxun deliveries list --state dead")
def command() -> None:
    """Look at messages that did not arrive, and send them again."""


@command.command("list", epilog="Example: hangxun deliveries list --state dead --json")
@click.option(
    "--state",
    "states",
    multiple=True,
    type=click.Choice(STATES),
    default=("dead", "held"),
    show_default=True,
    help="Where they stand; may be given again.",
)
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def list_(states: tuple[str, ...], limit: int, as_json: bool) -> None:
    """List messages, the newest first."""
    from bot.store.letters import Letters
    from bot.store.rows import State

    with opened_store(configured()) as store:
        letters = Letters(store.database).list([State(state) for state in states], limit)
    if as_json:
        echo_json_lines(_row(letter) for letter in letters)
        return
    for letter in letters:
        due = f"{letter.due_at:%Y-%m-%d %H:%M}Z" if letter.due_at else "-"
        where = letter.chat or "(forgotten)"
        tries = f"{letter.attempts} attempts"
        click.echo(f"{letter.id}  {letter.state}  {due}  {where}  {tries}  {letter.reason or ''}".rstrip())
    click.echo(f"deliveries={len(letters)}")


@command.command(epilog="Example: hangxun deliveries retry 1234 1235")
@NUMBERS
@ALL
def retry(numbers: Sequence[int], all_of_them: bool) -> None:
    """Send messages again that are dead, held or expired."""
    from bot.store.letters import Letters

    chosen = _chosen(numbers, all_of_them)
    with opened_store(configured()) as store:
        click.echo(f"queued={Letters(store.database).retry(chosen, utc_now())}")


@command.command(epilog="Example: hangxun deliveries drop --all")
@NUMBERS
@ALL
def drop(numbers: Sequence[int], all_of_them: bool) -> None:
    """Let messages be that are dead, held or expired."""
    from bot.store.letters import Letters

    chosen = _chosen(numbers, all_of_them)
    with opened_store(configured()) as store:
        click.echo(f"dropped={Letters(store.database).drop(chosen)}")


def _chosen(numbers: Sequence[int], all_of_them: bool) -> Sequence[int] | None:
    if bool(numbers) == all_of_them:
        raise click.UsageError("Name messages by their numbers, or say --all.")
    return None if all_of_them else numbers


def _row(letter: Letter) -> dict[str, object]:
    return {
        "id": letter.id,
        "state": letter.state,
        "due": letter.due_at.isoformat() if letter.due_at else None,
        "chat": letter.chat,
        "attempts": letter.attempts,
        "reason": letter.reason,
    }
