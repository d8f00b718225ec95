"""A clock that runs faster, or jumps while a process runs: libfaketime (Debian's package `faketime`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

LIBRARIES = ("/usr/lib/*/faketime/libfaketimeMT.so.1", "/usr/local/lib/faketime/libfaketimeMT.so.1")


def library() -> Path | None:
    """Return libfaketime where it is installed."""
    found = (path for pattern in LIBRARIES for path in Path("/").glob(pattern.lstrip("/")))
    return next(found, None)


def faster(times: int) -> dict[str, str]:
    """Return the environment of a process whose every second lasts a fraction of one.

    What other computers are given for an answer stays as long as it is.
    """
    return {
        "LD_PRELOAD": str(library()),
        "FAKETIME": f"+0 x{times}",
        "HANGXUN_DEADLINE_SECONDS": str(15 * times),
        "HANGXUN_LEASE_SECONDS": str(60 * times),
    }


@dataclass(frozen=True, slots=True)
class WrongClock:
    """A wall clock that is wrong by a span, which can change; seconds that never jump stay true."""

    path: Path

    @property
    def environment(self) -> dict[str, str]:
        """The environment of a process that shall see this clock."""
        return {
            "LD_PRELOAD": str(library()),
            "FAKETIME_TIMESTAMP_FILE": str(self.path),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }

    def set(self, wrong_by: timedelta) -> None:
        """Let the clock be ahead by this from now on, or behind."""
        part = self.path.with_suffix(".part")
        part.write_text(f"{wrong_by.total_seconds():+.0f}", encoding="utf-8")
        part.replace(self.path)
