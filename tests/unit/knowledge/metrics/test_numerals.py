from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.metrics.numerals import format_number, parse_number, shift, split_number

NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, min_value=0, max_value=10**16, places=4)


@pytest.mark.parametrize(
    ("text", "head", "scale"),
    [
        ("1.21万亿", "1.21", "万亿"),
        ("12,345", "12345", ""),
        ("一万亿", "1", "万亿"),
        ("三千五百万", "3500", "万"),
        ("千亿", "1", "千亿"),
        ("十", "10", ""),
        ("二十三点五", "23.5", ""),
        ("二〇二一", "2021", ""),
        ("两", "2", ""),
        ("亿亿亿", "1", "亿亿亿"),
    ],
)
def test_a_number_is_read_as_it_is_printed(text, head, scale):
    assert split_number(text) == (Decimal(head), scale)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("一亿三千万", 130_000_000),
        ("二百零五", 205),
        ("十五", 15),
        ("4.71亿", 471_000_000),
        ("1万亿", 10**12),
    ],
)
def test_a_number_has_its_whole_value(text, value):
    assert parse_number(text) == value


@pytest.mark.parametrize("text", ["", "个", "1.2吨", "三只", "点五"])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(ValueError, match="not a"):
        parse_number(text)


@given(NUMBERS)
def test_a_shown_number_parses_to_itself(value):
    assert parse_number(format_number(value)) == value


@given(NUMBERS, st.integers(-24, 24))
def test_shifting_loses_no_digit(value, exponent):
    assert shift(value, exponent).as_tuple().digits == value.as_tuple().digits
    assert shift(shift(value, exponent), -exponent) == value
