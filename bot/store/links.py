"""Linked chats: one account at several places (handlers.ports.Chats tells what that means).

The account is the row of the table of chats, whose address is the place that gets the alerts; every other
place is a row of the table of links. So each statement about a chat finds it from any of its places, and
choosing another place for the alerts swaps two addresses.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, delete, or_, select, update

from bot.store.database import insert, wait_for_writers
from bot.store.schema import (
    chat,
    delivery,
    link,
    link_code,
    link_try,
    planned_slot,
    received,
    subscription,
    told,
)
from handlers.ports import Linking
from handlers.request import Conversation

CODE_LIFE = timedelta(minutes=10)
MOST_TRIES = 5
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""No character that is taken for another; eight of them make 10**12 codes."""
_CODE_LENGTH = 8


def is_chat(conversation: Conversation) -> ColumnElement[bool]:
    """Match the chat that has this place."""
    linked = select(link.c.chat_id).where(_is_at(link, conversation)).scalar_subquery()
    return or_(_is_at(chat, conversation), chat.c.id == linked)


def address_of(conversation: Conversation) -> dict[str, str]:
    """Return the columns that name a place."""
    return {
        "platform": conversation.platform,
        "team": conversation.team,
        "chat_ref": conversation.chat,
        "thread": conversation.thread,
    }


def places_of(connection: Connection, conversation: Conversation) -> tuple[Conversation, ...]:
    """Return all places of the chat, first the one that gets the alerts; none for an unknown chat."""
    mine = select(chat.c.id).where(is_chat(conversation)).scalar_subquery()
    first = connection.execute(_addresses(chat).where(chat.c.id == mine)).all()
    others = connection.execute(_addresses(link).where(link.c.chat_id == mine).order_by(*link.primary_key))
    return tuple(Conversation(r.platform, r.chat_ref, r.team, r.thread) for r in (*first, *others))


def new_code(connection: Connection, chat_id: int, now: datetime) -> str:
    """Return a code that links another place to the chat within ten minutes, instead of any before it."""
    code = "".join(secrets.choice(_LETTERS) for _ in range(_CODE_LENGTH))
    old = or_(link_code.c.chat_id == chat_id, link_code.c.expires_at <= now)
    connection.execute(delete(link_code).where(old))
    connection.execute(delete(link_try).where(link_try.c.until <= now))
    row = {"code": _hash(code), "chat_id": chat_id, "expires_at": now + CODE_LIFE}
    connection.execute(insert(connection, link_code).values(row))
    return code


def link_place(connection: Connection, conversation: Conversation, code: str, now: datetime) -> Linking:
    """Make a place one of the chat that the code is from; what was kept for the place goes over to it."""
    if _tries(connection, conversation, now) >= MOST_TRIES:
        return Linking.TOO_OFTEN
    found = (link_code.c.code == _hash(code), link_code.c.expires_at > now)
    account = connection.scalar(select(link_code.c.chat_id).where(*found))
    if account is None:
        _count_try(connection, conversation, now)
        return Linking.WRONG_CODE
    mine = connection.scalar(select(chat.c.id).where(is_chat(conversation)))
    if mine == account:
        return Linking.SAME_CHAT
    connection.execute(delete(link_code).where(link_code.c.chat_id == account))
    if mine is not None:
        _merge(connection, mine, account)
    row = {**address_of(conversation), "chat_id": account}
    connection.execute(insert(connection, link).values(row).on_conflict_do_nothing())
    return Linking.LINKED


def receive_at(connection: Connection, conversation: Conversation) -> bool:
    """Let a linked place get the alerts. False where it is not linked, or gets them already."""
    at = _is_at(link, conversation)
    account = connection.scalar(select(link.c.chat_id).where(at))
    if account is None:
        return False
    before = connection.execute(_addresses(chat).where(chat.c.id == account)).one()
    connection.execute(delete(link).where(at))
    moved = {**address_of(conversation), "gone_reason": None}
    connection.execute(update(chat).where(chat.c.id == account).values(moved))
    connection.execute(insert(connection, link).values(**before._asdict(), chat_id=account))
    return True


def unlink_places(connection: Connection, conversation: Conversation) -> bool:
    """Take a linked place off its chat; at the place that gets the alerts, all others. False without any."""
    at = connection.scalar(select(chat.c.id).where(_is_at(chat, conversation)))
    others = link.c.chat_id == at if at is not None else _is_at(link, conversation)
    return connection.execute(delete(link).where(others)).rowcount > 0


def forget_tries(connection: Connection, conversation: Conversation) -> None:
    """Forget the wrong codes that were typed at a place."""
    connection.execute(delete(link_try).where(_is_at(link_try, conversation)))


def _merge(connection: Connection, chat_id: int, account: int) -> None:
    """Give the account what a chat had, and delete the chat."""
    wait_for_writers(connection, planned_slot)
    for table in (subscription, told, received):
        kept = [column for column in table.c if column.name not in {"id", "chat_id"}]
        rows = select(*kept).where(table.c.chat_id == chat_id).order_by(*table.primary_key)
        values = [{**row._asdict(), "chat_id": account} for row in connection.execute(rows)]
        if values:
            connection.execute(insert(connection, table).on_conflict_do_nothing(), values)
    for table in (link, delivery):
        connection.execute(update(table).where(table.c.chat_id == chat_id).values(chat_id=account))
    connection.execute(delete(planned_slot).where(planned_slot.c.chat_id == chat_id))
    connection.execute(delete(chat).where(chat.c.id == chat_id))


def _tries(connection: Connection, conversation: Conversation, now: datetime) -> int:
    recent = (_is_at(link_try, conversation), link_try.c.until > now)
    return connection.scalar(select(link_try.c.tries).where(*recent)) or 0


def _count_try(connection: Connection, conversation: Conversation, now: datetime) -> None:
    place = address_of(conversation)
    connection.execute(delete(link_try).where(link_try.c.until <= now))
    row = insert(connection, link_try).values(**place, tries=1, until=now + CODE_LIFE)
    more = {"tries": link_try.c.tries + 1}
    connection.execute(row.on_conflict_do_update(index_elements=list(place), set_=more))


def _is_at(table: Table, conversation: Conversation) -> ColumnElement[bool]:
    return and_(*(table.c[name] == value for name, value in address_of(conversation).items()))


def _addresses(table: Table) -> Select[tuple[str, str, str, str]]:
    return select(table.c.platform, table.c.team, table.c.chat_ref, table.c.thread)


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
