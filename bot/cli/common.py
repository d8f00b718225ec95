"""What several subcommands share: the configuration, the opened library and database, rows of JSON."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.errors import ConfigError
from bot.log import setup_logging

if TYPE_CHECKING:
    from bot.config import Config
    from bot.store import Store
    from handlers.request import Conversation
    from knowledge.library import Library


def configured() -> Config:
    """Read the configuration and start the log. Raises ConfigError."""
    # Loading its library takes 0.1 s, in which a build has a process load the rules.
    from bot.config import load_config

    config = load_config()
    setup_logging(config.log_level, config.secrets, as_json=config.log_format == "json")
    return config


def quiet_log() -> None:
    """Keep the log to warnings: the terminal belongs to the chat."""
    logging.getLogger().setLevel(logging.WARNING)


@contextmanager
def opened_library(config: Config) -> Iterator[Library]:
    """Open the configured index for the length of a block. Raises IndexUnusableError."""
    from knowledge.index import open_library

    library = open_library(config.index, config.words)
    try:
        yield library
    finally:
        library.close()


@contextmanager
def opened_store(config: Config) -> Iterator[Store]:
    """Open the configured database for the length of a block. Raises ConfigError."""
    from bot.store import open_store

    store = open_store(config.database_url)
    try:
        yield store
    finally:
        store.close()


@contextmanager
def opened_alone(config: Config, *, force: bool) -> Iterator[Store]:
    """Open the database while no bot uses it, or whoever uses it by `force`. Raises ConfigError."""
    from bot.clock import utc_now
    from bot.exclusive import only_process

    with opened_store(config) as store, only_process(config.database_url):
        if not force and store.leases.count("sender|", utc_now()):
            raise ConfigError("a bot runs on this database; stop it first, or say --force")
        yield store


def sample_folder() -> AbstractContextManager[Path]:
    """Return the folder of the sample digests for the length of a block."""
    from importlib.resources import as_file, files

    return as_file(files("knowledge") / "data" / "sample")


def echo_json_lines(rows: Iterable[dict[str, Any]]) -> None:
    """Print each row as one line of JSON."""
    for row in rows:
        click.echo(json.dumps(row, ensure_ascii=False))


def address_of(conversation: Conversation) -> str:
    """Return where a chat is, as it is typed: telegram:123456789, slack:T1:C1."""
    parts = (conversation.platform, conversation.team, conversation.chat, conversation.thread)
    return ":".join(filter(None, parts))


def as_utc(text: str) -> datetime:
    """Read an ISO time; one without an offset is UTC. Raises click.BadParameter."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(f"{text!r} is no ISO time such as 2026-11-24T09:00+08:00") from None
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
