"""The connection to the database: how it is opened, and the two kinds of transaction there are."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from sqlite3 import SQLITE_READONLY
from sqlite3 import Connection as SqliteConnection
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeAlias

from sqlalchemy import (
    URL,
    ColumnElement,
    Connection,
    Engine,
    Table,
    cast,
    create_engine,
    event,
    func,
    literal,
    literal_column,
    make_url,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.types import TypeEngine

from bot.errors import ConfigError
from handlers.errors import StoreError

if TYPE_CHECKING:
    from psycopg import Connection as PostgresqlConnection

BUSY_TIMEOUT_SECONDS = 5.0
"""How long a call waits while another process holds SQLite's lock (`?timeout=` in the URL changes it)."""

EXAMPLE = "set it to something like sqlite:///var/hangxun.sqlite"

_PRIMARY_CODE = 0xFF
"""The part of SQLite's error codes that tells the kind: https://sqlite.org/rescode.html"""

Clock: TypeAlias = Callable[[Connection, datetime], datetime]


def given_time(_connection: Connection, now: datetime) -> datetime:
    """Return the time of the caller."""
    return now


def server_time(connection: Connection, _now: datetime) -> datetime:
    """Return the time of the database server."""
    there: datetime = connection.scalars(select(func.clock_timestamp())).one()
    return there


@dataclass(frozen=True, slots=True)
class Database:
    """A pool of connections. Every use of it is one transaction that saves all or nothing.

    `turn` is entered for as long as a transaction writes. `time` is the clock by which leases count: the
    server's where there is one, since the clocks of several machines differ, else the one handed in.
    """

    engine: Engine
    turn: Callable[[], AbstractContextManager[None]] = nullcontext
    time: Clock = given_time

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Look at one consistent state. Raises StoreError."""
        with saving_all_or_nothing(self.engine) as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Look and change. Raises StoreError; nothing was saved then.

        SQLite takes its write lock at once: a transaction that reads first and locks later fails without
        waiting when another writes in between.
        """
        engine = self.engine.execution_options(begin="BEGIN IMMEDIATE")
        with self.turn(), saving_all_or_nothing(engine) as connection:
            yield connection


@contextmanager
def saving_all_or_nothing(engine: Engine) -> Iterator[Connection]:
    """Do one transaction. Raises StoreError."""
    try:
        with engine.begin() as connection:
            yield connection
    except SQLAlchemyError as error:
        if _can_only_be_read(error):
            engine.dispose()
        raise StoreError(_words_of(error)) from error


def _can_only_be_read(error: SQLAlchemyError) -> bool:
    """Whether SQLite opened its file without the right to write, which it has again only if opened anew."""
    code = getattr(getattr(error, "orig", None), "sqlite_errorcode", 0)
    return bool(code & _PRIMARY_CODE == SQLITE_READONLY)


def _words_of(error: SQLAlchemyError) -> str:
    """Say in one line what the database said, without the statement and its values."""
    return str(getattr(error, "orig", None) or error).splitlines()[0]


def connect(url: str) -> Database:
    """Make the pool for a database URL; nothing is opened yet but the folder of a SQLite file.

    Raises ConfigError for a URL of no known database or a folder that cannot be made.
    """
    try:
        parsed = make_url(url)
        is_sqlite = parsed.get_backend_name() == "sqlite"
        has_own_timeout = not is_sqlite or "timeout" in parsed.query
        waiting = {} if has_own_timeout else {"timeout": BUSY_TIMEOUT_SECONDS}
        engine = create_engine(
            parsed, hide_parameters=True, pool_pre_ping=not is_sqlite, connect_args=waiting
        )
    except (ArgumentError, SQLAlchemyError, ImportError) as error:
        raise ConfigError(f"HANGXUN_DATABASE_URL names no usable database ({error}); {EXAMPLE}") from error
    if not is_sqlite:
        _set_up_postgresql(engine)
        return Database(engine, time=server_time)
    _make_folder(parsed)
    _set_up_sqlite(engine)
    return Database(engine, partial(_one_by_one, Lock()))


def _make_folder(url: URL) -> None:
    if not url.database or url.database == ":memory:":
        raise ConfigError(f"HANGXUN_DATABASE_URL names no file; {EXAMPLE}")
    if url.database.startswith("file:"):
        return
    folder = Path(url.database).parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError(
            f"HANGXUN_DATABASE_URL: cannot make the folder {folder} ({error.strerror}); "
            "name a folder that this user may write"
        ) from error


def _set_up_postgresql(engine: Engine) -> None:
    """Switch compiling of statements off: for what takes milliseconds it costs more than it saves."""

    @event.listens_for(engine, "connect")
    def set_up(connection: PostgresqlConnection[Any], _record: object) -> None:
        connection.execute("SET jit = off")
        connection.commit()


def _set_up_sqlite(engine: Engine) -> None:
    """Make a commit outlive a power cut, and let transactions begin as `Database` says.

    A rollback journal, not WAL: WAL can lose commits in SQLite before 3.51.3
    (https://sqlite.org/wal.html#walresetbug).
    """

    @event.listens_for(engine, "connect")
    def set_pragmas(connection: SqliteConnection, _record: object) -> None:
        connection.isolation_level = None
        for pragma in ("journal_mode=DELETE", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))


@contextmanager
def _one_by_one(lock: Lock) -> Iterator[None]:
    """Queue up the writers of this process: SQLite lets them try again by chance, and some starve."""
    if not lock.acquire(timeout=BUSY_TIMEOUT_SECONDS):
        raise StoreError("the database is busy")
    try:
        yield
    finally:
        lock.release()


def insert(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """Begin an INSERT that knows ON CONFLICT, which SQLite and PostgreSQL spell alike."""
    if connection.dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)


def wait_for_writers(connection: Connection, table: Table) -> None:
    """Wait until nobody else is writing to a table, and let nobody begin to before the commit.

    On SQLite one transaction writes at a time anyway.
    """
    if connection.dialect.name == "postgresql":
        name = connection.dialect.identifier_preparer.format_table(table)
        connection.exec_driver_sql(f"LOCK TABLE {name} IN SHARE ROW EXCLUSIVE MODE")


def handed_over(
    connection: Connection, rows: Sequence[Sequence[object]], *types: type[TypeEngine[Any]]
) -> list[ColumnElement[Any]]:
    """Return the columns of a table that is handed over as JSON: one parameter, however many rows."""
    listed = literal(json.dumps(rows))
    if connection.dialect.name == "postgresql":
        each = func.jsonb_array_elements(cast(listed, postgresql.JSONB))
    else:
        each = func.json_each(listed)
    value = each.table_valued("value").c.value
    return [cast(value.op("->>")(literal_column(str(n))), kind) for n, kind in enumerate(types)]


def constants(table: Table, values: Mapping[str, object]) -> list[ColumnElement[Any]]:
    """Return values as the columns of a table keep them, for a SELECT that fills it."""
    return [literal(value, table.c[name].type) for name, value in values.items()]
