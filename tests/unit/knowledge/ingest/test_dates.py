from __future__ import annotations

from datetime import date

import pytest

from knowledge.ingest.dates import date_of_lines, find_date, is_date_line


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("yuebao-2019-03", date(2019, 3, 31)),
        ("2020-02", date(2020, 2, 29)),
        ("jianbao_20190304_v2", date(2019, 3, 4)),
        ("jianbao201903", date(2019, 3, 31)),
        ("2019年3月刊", date(2019, 3, 31)),
        ("２０１９年３月４日", date(2019, 3, 4)),
        ("2019 年 3 月 4 日", date(2019, 3, 4)),
        ("2019/3/4 10:20", date(2019, 3, 4)),
        ("2019.03.04", date(2019, 3, 4)),
        ("二〇一九年三月", date(2019, 3, 31)),
        ("二○一九年十二月二十一日", date(2019, 12, 21)),
        ("2018-2022规划", None),
        ("2019年第3期", None),
        ("2019年1-10月运行情况", None),
        ("2019-13", None),
        ("2019年2月30日", date(2019, 2, 28)),
        ("第120190304号", None),
        ("没有日期", None),
    ],
)
def test_a_date_is_read_however_it_is_written(text: str, expected: date | None) -> None:
    assert find_date(text) == expected


def test_a_full_date_goes_before_a_month() -> None:
    assert date_of_lines(["二〇一九年三月号", "出版日期：2019年3月18日"]) == date(2019, 3, 18)


def test_a_sentence_that_speaks_of_a_day_dates_nothing() -> None:
    assert date_of_lines(["2019年3月18日，全国会议在海边一座城市召开并部署了今年的六项重点工作。"]) is None


def test_a_line_is_a_date_where_it_says_nothing_else() -> None:
    assert is_date_line("2019年3月刊")
    assert not is_date_line("2019年3月全国水产品批发市场运行")
