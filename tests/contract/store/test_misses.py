"""Questions that found nothing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.store import Store
from bot.store.misses import KeptMisses
from tests.contract.store.cast import TODAY


@pytest.mark.parametrize(
    ("keeps_text", "kept"), [(False, [(TODAY, "", 3)]), (True, [(TODAY, "火星", 2), (TODAY, "木星 基地", 1)])]
)
def test_misses_are_counted_and_their_text_is_kept_only_if_switched_on(
    store: Store, keeps_text: bool, kept: list[tuple[date, str, int]]
) -> None:
    misses = KeptMisses(store.database, keeps_text)
    for text in ("火星", "木星\n基地", "火星"):
        misses.count(TODAY, text)
    assert [(miss.day, miss.text, miss.times) for miss in misses.since(TODAY)] == kept


def test_old_misses_are_deleted_and_long_ones_cut(store: Store) -> None:
    misses = KeptMisses(store.database, keeps_text=True)
    misses.count(TODAY - timedelta(days=91), "旧")
    misses.count(TODAY, "长" * 4_096)
    assert [len(miss.text) for miss in misses.since(date.min)] == [100]


def test_a_miss_that_cannot_be_counted_disturbs_nobody(store: Store) -> None:
    with store.database.write() as connection:
        connection.exec_driver_sql("DROP TABLE miss")
    KeptMisses(store.database).count(TODAY, "火星")
