"""What every database promises of the sources that are looked at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.sources.source import Kind, Marks, WatchedSource
from bot.store import open_store
from bot.store.sources import KeptSources

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
FEED = "https://a.example/feed"


@pytest.fixture
def sources(url: str) -> Iterator[KeptSources]:
    store = open_store(url)
    yield KeptSources(store.database)
    store.close()


def test_a_new_source_is_due_at_once_and_added_only_once(sources: KeptSources) -> None:
    assert sources.add(Kind.NEW, FEED, "", NOW)
    assert not sources.add(Kind.FEED, FEED, "again", NOW)
    assert sources.all() == (WatchedSource(1, Kind.NEW, FEED, "", NOW),)


def test_what_a_look_found_out_is_kept(sources: KeptSources) -> None:
    sources.add(Kind.NEW, FEED, "", NOW)
    (source,) = sources.all()
    looked_at = replace(
        source,
        kind=Kind.FEED,
        title="港口快讯",
        address="https://a.example/rss",
        due_at=NOW + timedelta(minutes=15),
        checked_at=NOW,
        marks=Marks('"abc"', "Mon, 23 Nov 2026 01:00:00 GMT"),
        failures=2,
        trouble="it answered with status 500",
    )
    sources.save(looked_at)
    assert sources.all() == (looked_at,)


def test_a_removed_source_is_gone_and_what_a_look_found_out_since_is_dropped(sources: KeptSources) -> None:
    sources.add(Kind.NEW, FEED, "", NOW)
    (source,) = sources.all()
    assert sources.remove(source.number)
    assert not sources.remove(source.number)
    sources.save(source)
    assert sources.all() == ()


def test_sources_come_in_the_order_in_which_they_were_added(sources: KeptSources) -> None:
    for name in "bca":
        sources.add(Kind.FOLDER, f"/digests/{name}", "", NOW)
    assert [source.location[-1] for source in sources.all()] == ["b", "c", "a"]
