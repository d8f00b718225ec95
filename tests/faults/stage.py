"""What a scenario plays on: an index, a database with a crowd of subscribers, and a folder of its own."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import NullPool, Table, create_engine, func, insert, select

from bot.store import open_store
from bot.store.chats import KeptChats
from bot.store.database import Database, connect
from bot.store.rows import State
from bot.store.schema import chat, delivery, metadata
from handlers.ports import Settings, Subscription
from handlers.request import Conversation
from handlers.schedule import daily
from tests.fakes.slack import payloads

TOPIC = "半导体"
FIRST_CHAT = 1_000_001
TELEGRAM, SLACK = "", "D"
"""How the ids of private chats begin."""

UNDER_WAY = (State.PENDING, State.SENDING)
BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Stage:
    """A folder, the index of the sample digests, and the URL of an empty database."""

    folder: Path
    index: Path
    url: str

    @property
    def settings(self) -> dict[str, str]:
        """The settings of a bot on this stage, without a platform."""
        return {"HANGXUN_INDEX": str(self.index), "HANGXUN_DATABASE_URL": self.url}

    def subscribe(
        self,
        count: int,
        due: datetime,
        tastes: Sequence[Sequence[str]] = ((TOPIC,),),
        *,
        kind: str = TELEGRAM,
        first: int = FIRST_CHAT,
    ) -> list[str]:
        """Let a crowd follow topics, with its alert at the minute of `due`; return the chats.

        Each chat in turn has the next taste: the topics that it follows. `kind` is how their ids begin.
        """
        chats = [f"{kind}{first + number}" for number in range(count)]
        open_store(self.url).close()
        for number, taste in enumerate(tastes):
            self.follow(chats[number], due, taste)
            with _opened(self.url) as database:
                _multiply(database, chats[number], chats[number + len(tastes) :: len(tastes)])
        return chats

    def follow(self, chat: str, due: datetime, taste: Sequence[str] = (TOPIC,), *, days: float = 3) -> None:
        """Let one chat more follow topics, since some days before its alert; the bot may be running."""
        settings = Settings(daily(due.time()), "UTC", due - timedelta(days=days))
        with _opened(self.url) as database:
            for topic in taste:
                followed = Subscription(topic, due - timedelta(days=30))
                KeptChats(database).subscribe(_conversation(chat), followed, settings)

    def counts(self) -> Mapping[str, int]:
        """Return how many deliveries stand where, by the bot's own table: to know when it is quiet."""
        engine = create_engine(self.url, poolclass=NullPool)
        with engine.connect() as connection:
            each = select(delivery.c.state, func.count().label("count")).group_by(delivery.c.state)
            return {row.state: row.count for row in connection.execute(each)}

    def held(self) -> frozenset[str]:
        """Return the chats whose alert was given up after too many attempts that ended in the dark."""
        engine = create_engine(self.url, poolclass=NullPool)
        given_up = (
            select(chat.c.chat_ref)
            .join(delivery, delivery.c.chat_id == chat.c.id)
            .where(delivery.c.state == State.HELD)
        )
        with engine.connect() as connection:
            return frozenset(connection.scalars(given_up))

    def waiting(self) -> int:
        """Return how many deliveries are under way or will be tried again."""
        counts = self.counts()
        return sum(counts.get(state, 0) for state in UNDER_WAY)

    async def quiet(self, seconds: float) -> None:
        """Wait until every delivery has its outcome. Raises TimeoutError."""
        async with asyncio.timeout(seconds):
            while await asyncio.to_thread(self.waiting):  # noqa: ASYNC110 -- the bot is another process
                await asyncio.sleep(0.2)


def a_minute_ago() -> datetime:
    """Return the full minute before this one, a good time to have been due."""
    return datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(minutes=1)


def a_minute_to_come() -> datetime:
    """Return a full minute far enough away for a few processes to start before it."""
    return datetime.now(UTC).replace(second=0, microsecond=0) + timedelta(minutes=2)


def _conversation(chat: str) -> Conversation:
    is_slack = chat.startswith(SLACK)
    return Conversation("slack", chat, payloads.TEAM) if is_slack else Conversation("telegram", chat)


@contextmanager
def _opened(url: str) -> Iterator[Database]:
    """Open the database beside the bot, which may hold it as its own."""
    database = connect(url)
    try:
        yield database
    finally:
        database.engine.dispose()


def _multiply(database: Database, pattern: str, chats: Sequence[str]) -> None:
    """Give each chat the rows of a chat: through the tables, as it would take minutes by commands."""
    with database.write() as connection:
        row = connection.execute(select(chat).where(chat.c.chat_ref == pattern)).one()._mapping
        top = connection.scalar(select(func.max(chat.c.id))) or 0
        settings = {name: value for name, value in row.items() if name != "id"}
        _add(connection, chat, [settings | {"chat_ref": ref} for ref in chats])
        copies = connection.scalars(select(chat.c.id).where(chat.c.id > top)).all()
        for table in metadata.sorted_tables:
            if "chat_id" in table.c and table.name not in {"delivery"}:
                owned = connection.execute(select(table).where(table.c.chat_id == row["id"])).all()
                _add(connection, table, list(_copies(table, [one._mapping for one in owned], copies)))


def _copies(
    table: Table, rows: Iterable[Mapping[str, Any]], chats: Iterable[int]
) -> Iterator[dict[str, Any]]:
    for row, owner in itertools.product(rows, chats):
        copy = dict(row) | {"chat_id": owner}
        if table.primary_key.columns.keys() == ["id"]:
            del copy["id"]
        yield copy


def _add(connection: Any, table: Table, rows: list[dict[str, Any]]) -> None:
    for start in range(0, len(rows), BATCH):
        connection.execute(insert(table), rows[start : start + BATCH])
