"""Bring a database to the tables of this version, or back.

alembic takes half a second to import, so a database that is up to date is recognised without it.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from bot.errors import ConfigError
from bot.store.database import Database
from bot.store.pulse import Pulse
from handlers.errors import StoreError

if TYPE_CHECKING:
    from alembic.config import Config

LOG = logging.getLogger(__name__)

HEAD = "0009"
"""The newest step in `migrations/versions`."""

_MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(database: Database) -> None:
    """Make or update the tables. Raises ConfigError when the database cannot be used.

    One that can only be read still answers questions: the log says so, and /readyz.
    """
    try:
        with database.read() as connection:
            found = _version(connection)
        if found != HEAD:
            _upgrade(database)
        elif trouble := Pulse(database).trouble():
            LOG.error("database takes nothing, questions are answered all the same error=%s", trouble)
    except StoreError as error:
        raise ConfigError(
            f"HANGXUN_DATABASE_URL: the database {_place(database)} cannot be used ({error}); "
            f"{_way_out(database)}"
        ) from error


def steps() -> tuple[str, ...]:
    """Return the names of all steps, the oldest first."""
    from alembic.script import ScriptDirectory

    found = ScriptDirectory(str(_MIGRATIONS)).walk_revisions()
    return tuple(sorted(step.revision for step in found))


def downgrade(database: Database, revision: str) -> None:
    """Undo the steps after `revision`; "base" undoes all. Raises StoreError."""
    from alembic import command

    with database.write() as connection:
        command.downgrade(_alembic(connection), revision)


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    version: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return version


def _upgrade(database: Database) -> None:
    from alembic import command
    from alembic.util import CommandError

    try:
        with database.write() as connection:
            command.upgrade(_alembic(connection), "head")
    except CommandError as error:
        raise ConfigError(
            f"HANGXUN_DATABASE_URL: {_place(database)} was made by a newer version of hangxun ({error}); "
            f"bring it back with that version's `hangxun downgrade {HEAD}`, or name another database"
        ) from error


def _alembic(connection: Connection) -> Config:
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(_MIGRATIONS))
    return config


def _way_out(database: Database) -> str:
    if database.engine.dialect.name == "sqlite":
        return "name a file, or a new one, in a folder that this user may write"
    return "start the server, or name one that this user may connect to"


def _place(database: Database) -> str:
    return database.engine.url.render_as_string(hide_password=True)
