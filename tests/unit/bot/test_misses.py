from __future__ import annotations

from datetime import date

from bot.cli.misses import listed
from bot.store.misses import Miss

TODAY, YESTERDAY = date(2026, 11, 23), date(2026, 11, 22)


def test_misses_are_counted_by_day_and_kept_texts_listed_below() -> None:
    misses = [Miss(TODAY, "火星基地", 2), Miss(TODAY, "", 1), Miss(YESTERDAY, "", 4)]
    assert list(listed(misses)) == ["2026-11-23  3", "  2  火星基地", "2026-11-22  4"]
