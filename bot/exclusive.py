"""One process at a time on a SQLite file: what it finds unfinished at its start belongs to nobody alive."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from sqlalchemy import make_url

from bot.errors import ConfigError

SUFFIX = ".lock"


def is_shared(database_url: str) -> bool:
    """Tell whether several processes may work on a database."""
    return make_url(database_url).get_backend_name() != "sqlite"


@contextmanager
def only_process(database_url: str) -> Iterator[None]:
    """Be the only process on a SQLite file for the length of a block; another database needs no such thing.

    The lock ends with the process, however it ends. Raises ConfigError where another process holds it.
    """
    if is_shared(database_url):
        yield
        return
    path = Path((make_url(database_url).database or "").removeprefix("file:"))
    with _lock_file(path) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise ConfigError(
                f"another hangxun runs on {path}: stop it first, "
                "or let HANGXUN_DATABASE_URL name a PostgreSQL, which several can share"
            ) from error
        yield


def _lock_file(path: Path) -> TextIO:
    """Open the file beside the database, or the database where nothing can be written."""
    try:
        return Path(f"{path}{SUFFIX}").open("a")
    except OSError:
        return path.open()
