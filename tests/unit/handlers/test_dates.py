from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from handlers.dates import date_and_time, full_date, period_text, short_date
from handlers.request import Language
from knowledge.model import Period


def test_dates_are_written_as_each_language_does():
    day = date(2026, 11, 3)
    assert (full_date(day, Language.ZH), full_date(day, Language.EN)) == ("2026年11月3日", "3 Nov 2026")
    assert (short_date(day, Language.ZH), short_date(day, Language.EN)) == ("11月3日", "3 Nov")
    assert date_and_time(datetime(2026, 11, 3, 9, tzinfo=UTC), Language.ZH) == "11月3日 09:00"


@pytest.mark.parametrize(
    ("start", "end", "chinese", "english"),
    [
        (None, date(2021, 10, 31), "截至2021年10月底", "as of Oct 2021"),
        (None, date(2021, 12, 22), "截至2021年12月22日", "as of 22 Dec 2021"),
        (date(2020, 1, 1), date(2020, 12, 31), "2020年", "2020"),
        (date(2018, 1, 1), date(2020, 12, 31), "2018–2020年", "2018–2020"),
        (date(2021, 2, 1), date(2021, 2, 28), "2021年2月", "Feb 2021"),
        (date(2021, 1, 1), date(2021, 10, 31), "2021年1月–2021年10月", "Jan 2021–Oct 2021"),
        (date(2021, 12, 1), date(2021, 12, 5), "2021年12月1日–2021年12月5日", "1 Dec 2021–5 Dec 2021"),
    ],
)
def test_a_period_without_words_is_told_by_its_dates(start, end, chinese, english):
    assert period_text(Period(None, start, end), Language.ZH) == chinese
    assert period_text(Period("原文", start, end), Language.EN) == english


def test_a_period_keeps_the_words_of_the_source_in_chinese():
    assert (
        period_text(Period("“十四五”期间", date(2021, 1, 1), date(2025, 12, 31)), Language.ZH)
        == "“十四五”期间"
    )


def test_a_period_without_dates_has_its_words_or_none():
    assert period_text(Period("近年来"), Language.EN) == "近年来"
    assert period_text(Period(), Language.ZH) == ""
