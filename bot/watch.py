"""What whoever watches over the process is told: the figures that are read on demand, and the checks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial

from bot.hearing import DEAF_SECONDS, Listener
from bot.http import HttpServer
from bot.shelf import Shelf
from bot.store import Store
from bot.store.pulse import Pulse
from bot.telemetry import Telemetry
from bot.telemetry.counted import Gauge
from bot.telemetry.pages import offer_pages


def watch_over(
    server: HttpServer,
    telemetry: Telemetry,
    state: tuple[Shelf, Store, Callable[[], datetime]],
    platforms: Mapping[str, Listener],
) -> None:
    """Show the pages of this process on its server. `state` is the library, the database and the clock."""
    shelf, store, now = state
    pulse = Pulse(store.database)
    telemetry.gauges += [
        Gauge("pending", "Messages that should be sent now.", lambda: store.deliveries.due(now())),
        Gauge(
            "oldest_pending_seconds",
            "How long the message that waits longest should have been sent.",
            lambda: pulse.oldest_due_seconds(now()),
        ),
        Gauge(
            "pause_seconds",
            "How much longer a paused platform is left alone.",
            lambda: pulse.pause_seconds(now()),
            "platform",
        ),
        Gauge(
            "deaf_seconds",
            "How long a platform was not heard.",
            lambda: {name: platform.deaf_seconds for name, platform in platforms.items()},
            "platform",
        ),
        Gauge("index_age_seconds", "How old the index in use is.", lambda: _age(shelf, now())),
    ]
    health = {name: partial(_deafness, platform) for name, platform in platforms.items()}
    offer_pages(server, telemetry, health, {"database": pulse.trouble, "index": partial(_emptiness, shelf)})


def _age(shelf: Shelf, now: datetime) -> float:
    with shelf.borrow() as library:
        return (now - library.built_at).total_seconds()


def _emptiness(shelf: Shelf) -> str | None:
    with shelf.borrow() as library:
        return None if library.counts.articles else "no articles: run hangxun build"


def _deafness(platform: Listener) -> str | None:
    silent = platform.deaf_seconds
    return f"not heard for {silent:.0f} seconds" if silent > DEAF_SECONDS else None
