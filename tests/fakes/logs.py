"""The log of a test run, kept as it was."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from bot.log import QUIET_LOGGERS


@contextmanager
def log_restored() -> Iterator[None]:
    """Put the log back as it was: a command line run in this process sets up its own."""
    root = logging.getLogger()
    levels = {name: logging.getLogger(name).level for name in QUIET_LOGGERS}
    handlers, level = root.handlers[:], root.level
    try:
        yield
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)
        for name, quiet in levels.items():
            logging.getLogger(name).setLevel(quiet)
