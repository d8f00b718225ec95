"""The table of databases that the store runs on. A database joins as one line of DATABASES."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from pathlib import Path

import pytest

from bot.store import open_store
from tests.fakes.postgres import FAST, NoPostgresError, PostgresServer


@contextmanager
def sqlite(folder: Path) -> Iterator[str]:
    """Yield the URL of a new file."""
    yield f"sqlite:///{folder}/hangxun.sqlite"


@contextmanager
def postgresql(_folder: Path) -> Iterator[str]:
    """Yield the URL of a new database on a server that all tests of the run share."""
    server, template = _server()
    name = server.new_database(template)
    yield server.url(name)
    server.drop_database(name)


DATABASES: dict[str, Callable[[Path], AbstractContextManager[str]]] = {
    "sqlite": sqlite,
    "postgresql": postgresql,
}


def stop_servers() -> None:
    """Stop what was started."""
    if _server.cache_info().currsize:
        _server()[0].remove()
        _server.cache_clear()


@cache
def _server() -> tuple[PostgresServer, str]:
    """Start the server; return it and the name of a database that has the tables. Skips without one."""
    try:
        server = PostgresServer(*FAST)
    except NoPostgresError as error:
        pytest.skip(str(error))
    server.start()
    template = server.new_database()
    open_store(server.url(template)).close()
    return server, template
