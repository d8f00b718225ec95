"""The whole database in one file and back: the file is a SQLite database of the same tables.

So a backup of one kind of database restores into another. Both are complete or leave everything as it was.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection, Table, delete, func, insert, select, text

from bot.errors import ConfigError
from bot.store import Store, open_store
from bot.store.database import saving_all_or_nothing
from bot.store.schema import chat, metadata
from handlers.errors import StoreError

BATCH = 1000


def backup(store: Store, target: Path) -> Mapping[str, int]:
    """Write everything to a new file, while the bot may go on; return how many rows of each table.

    The file appears when it is complete and was read again. Raises StoreError, OSError.
    """
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as folder:
        file = Path(folder) / "backup.sqlite"
        if store.database.engine.dialect.name == "sqlite":
            _vacuum(store, file)
        else:
            _copy_out(store, file)
        with _opened(file) as copy:
            counts = _counts(copy)
        file.chmod(0o600)
        file.replace(target)
    return counts


def restore(source: Path, store: Store) -> Mapping[str, int]:
    """Put the content of a backup, of this version or an older one, in the place of all that is there.

    One transaction: all of it or nothing. Raises StoreError, ConfigError for a file that is no backup.
    """
    with tempfile.TemporaryDirectory(prefix="hangxun-restore-") as folder:
        file = Path(folder) / "backup.sqlite"
        shutil.copyfile(source, file)
        if not _is_ours(file):
            raise ConfigError(f"{source} is no backup; name a file that `hangxun backup` wrote")
        with _opened(file) as copy, copy.database.read() as reader, store.database.write() as writer:
            for table in reversed(metadata.sorted_tables):
                writer.execute(delete(table))
            counts = {table.name: _copy(table, reader, writer) for table in metadata.sorted_tables}
            _go_on_counting(writer)
    return counts


def is_empty(store: Store) -> bool:
    """Tell whether nothing was ever kept."""
    return not any(_counts(store).values())


def _is_ours(file: Path) -> bool:
    """Tell whether a file is a SQLite database with tables of ours: in another one ours would be made."""
    try:
        with closing(sqlite3.connect(file)) as connection:
            names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    except sqlite3.DatabaseError:
        return False
    return {"alembic_version", chat.name} <= names


@contextmanager
def _opened(file: Path) -> Iterator[Store]:
    """Open a backup, whole and with the tables of this version."""
    store = open_store(f"sqlite:///{file}")
    try:
        with store.database.read() as connection:
            state = connection.scalar(text("PRAGMA integrity_check"))
        if state != "ok":
            raise StoreError(f"the backup is damaged: {state}")
        yield store
    finally:
        store.close()


def _vacuum(store: Store, file: Path) -> None:
    with store.database.engine.connect() as connection:
        raw = connection.connection.dbapi_connection
        if raw is not None:
            raw.execute("VACUUM INTO ?", (str(file),))


def _copy_out(store: Store, file: Path) -> None:
    """Copy one consistent state of a server."""
    there = store.database.engine.execution_options(isolation_level="REPEATABLE READ")
    copy = open_store(f"sqlite:///{file}")
    try:
        with saving_all_or_nothing(there) as reader, copy.database.write() as writer:
            for table in metadata.sorted_tables:
                _copy(table, reader, writer)
    finally:
        copy.close()


def _copy(table: Table, reader: Connection, writer: Connection) -> int:
    """Copy the rows of a table; return how many. Raises StoreError where not all arrived."""
    rows = reader.execution_options(yield_per=BATCH).execute(select(table))
    for batch in rows.mappings().partitions(BATCH):
        writer.execute(insert(table), [dict(row) for row in batch])
    counted = select(func.count()).select_from(table)
    here, there = reader.scalar(counted) or 0, writer.scalar(counted) or 0
    if here != there:
        raise StoreError(f"{there} of {here} rows of {table.name} were copied")
    return there


def _go_on_counting(writer: Connection) -> None:
    """Let the numbers of new rows begin behind those that were copied."""
    if writer.dialect.name != "postgresql":
        return
    for table in metadata.sorted_tables:
        if (column := table.autoincrement_column) is not None:
            last = select(func.coalesce(func.max(column), 0) + 1).scalar_subquery()
            sequence = func.pg_get_serial_sequence(table.name, column.name)
            writer.execute(select(func.setval(sequence, last, False)))


def _counts(store: Store) -> dict[str, int]:
    with store.database.read() as connection:
        return {
            table.name: connection.scalar(select(func.count()).select_from(table)) or 0
            for table in metadata.sorted_tables
        }
