"""The wall clock of the process. What decides by the time is handed it, or this function."""

from __future__ import annotations

from datetime import UTC, datetime

JUMP_SECONDS = 2.0
"""How far the wall clock may get away from one that never jumps between two looks: further, it was set."""


def utc_now() -> datetime:
    """Return the time, aware and in UTC."""
    return datetime.now(UTC)
