from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.store import Store, open_store
from bot.store.database import given_time


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    store = open_store(url, time=given_time)
    yield store
    store.close()
