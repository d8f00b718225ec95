"""Saving what became of claimed messages, inside the transaction of the caller.

Every outcome is fenced: it counts only while the row is still claimed by this owner for this attempt.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, insert, null, select, update

from bot.store.database import insert as insert_new
from bot.store.rows import Delivery, Pause, Result, State
from bot.store.schema import attempt, chat, delivery, pause

NO_LEASE = {"lease_owner": null(), "lease_until": null()}

_SAVED = (
    "state", "attempts", "ambiguous", "last_error", "sent_at", "not_before", "parts_sent",
    "platform_message_id",
)  # fmt: skip


def claim_of(claimed: Delivery) -> tuple[ColumnElement[bool], ...]:
    """Match the row of a delivery while its claim stands."""
    return _claim(claimed.id, claimed.owner, claimed.attempts)


def save(connection: Connection, results: Sequence[Result], now: datetime) -> int:
    """Save outcomes; return how many came after their claim was lost and so do not count."""
    if not results:
        return 0
    plain = [each for each in results if not _is_about_chat(each)]
    counted = connection.execute(_OUTCOME, [_values(each, now) for each in plain]).rowcount if plain else 0
    for each in results:
        if _is_about_chat(each) and connection.execute(_OUTCOME, _values(each, now)).rowcount:
            counted += 1
            _change_chat(connection, each, now)
    if attempts := list(_attempts(results)):
        connection.execute(_ATTEMPT, attempts)
    return len(results) - counted


def save_pauses(
    connection: Connection, platform: str, results: Sequence[Result], now: datetime
) -> tuple[Pause, ...]:
    """Save the pauses that outcomes ask for, the longer one counts; return those where there was none."""
    new = []
    for asked in (each.pause for each in results if each.pause):
        place = (pause.c.platform == platform, pause.c.scope == asked.scope)
        known = connection.scalar(select(pause.c.until).where(*place))
        if known is None or known <= now:
            new.append(asked)
        values = {"until": asked.until, "reason": asked.reason}
        row = insert_new(connection, pause).values(platform=platform, scope=asked.scope, **values)
        longer = row.on_conflict_do_update(
            index_elements=["platform", "scope"], set_=values, where=pause.c.until < asked.until
        )
        connection.execute(longer)
    return tuple(new)


def _claim(number: Any, owner: Any, attempts: Any) -> tuple[ColumnElement[bool], ...]:
    is_claimed = delivery.c.state == State.SENDING
    return (
        delivery.c.id == number,
        is_claimed,
        delivery.c.lease_owner == owner,
        delivery.c.attempts == attempts,
    )


_OUTCOME = (
    update(delivery)
    .where(*_claim(bindparam("its_id"), bindparam("its_owner"), bindparam("its_attempts")))
    .values(**NO_LEASE, **{name: bindparam(f"new_{name}") for name in _SAVED})
)
_ATTEMPT = insert(attempt)


def _is_about_chat(result: Result) -> bool:
    return result.settlement.gone or result.settlement.moved_to is not None


def _values(result: Result, now: datetime) -> dict[str, object]:
    claimed, settled = result.delivery, result.settlement
    return {
        "its_id": claimed.id,
        "its_owner": claimed.owner,
        "its_attempts": claimed.attempts,
        "new_state": settled.state,
        "new_attempts": settled.attempts,
        "new_ambiguous": settled.ambiguous,
        "new_last_error": settled.error,
        "new_sent_at": now if settled.state is State.SENT else None,
        "new_not_before": settled.not_before or now,
        "new_parts_sent": result.parts_sent,
        "new_platform_message_id": result.message_id,
    }


def _attempts(results: Sequence[Result]) -> Iterator[dict[str, object]]:
    for each in results:
        if made := each.attempt:
            yield {
                "delivery_id": each.delivery.id,
                "n": each.delivery.attempts,
                "started_at": made.started_at,
                "ended_at": made.ended_at,
                "outcome": made.outcome,
                "status": made.status,
                "retry_after": made.retry_after,
            }


def _change_chat(connection: Connection, result: Result, now: datetime) -> None:
    """Mark a chat as gone, or give it its new id; where that id is known already the old chat is gone."""
    chat_id, moved_to = result.delivery.chat_id, result.settlement.moved_to
    mine = update(chat).where(chat.c.id == chat_id)
    if moved_to is None:
        connection.execute(mine.values(gone_reason=result.settlement.error, gone_at=now))
        return
    place = result.delivery.conversation
    there = (chat.c.platform == place.platform, chat.c.team == place.team, chat.c.thread == place.thread)
    is_known = connection.scalar(select(chat.c.id).where(*there, chat.c.chat_ref == moved_to)) is not None
    moved = {"gone_reason": "moved", "gone_at": now} if is_known else {"chat_ref": moved_to}
    connection.execute(mine.values(moved))
