"""The parts of the work, which several processes on one PostgreSQL may divide among themselves."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """BOT answers people, WORKER sends alerts, PLANNER plans them and keeps up with the sources."""

    BOT = "bot"
    WORKER = "worker"
    PLANNER = "planner"


EVERY_ROLE = frozenset(Role)
