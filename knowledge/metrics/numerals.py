"""Numbers in any script, exactly: 1.21万亿, 12,345, 三千五百, 二〇二一.

A number is read as a head and a scale (1.21 and 万亿), since that is how it is printed; scaling moves the
decimal point and so loses no digit.
"""

from __future__ import annotations

import re
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal
from functools import lru_cache

from knowledge.metrics.tables import load_table

_TABLE = load_table("numerals")
DIGITS: dict[str, int] = _TABLE["digits"]
SCALES: dict[str, int] = _TABLE["scales"]
WORDS: dict[str, str] = _TABLE["words"]
MARKS: dict[str, str] = _TABLE["marks"]

_DIGIT_SET = "".join(DIGITS)
_SCALE_SET = "".join(SCALES)
ARABIC = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
CHINESE = rf"[{_DIGIT_SET}{_SCALE_SET}]+(?:{MARKS['point']}[{_DIGIT_SET}]+)?"
_ARABIC = re.compile(ARABIC)
SCALE = rf"[{_SCALE_SET}]"
_BIG = 4
_EXACT = Context(prec=MAX_PREC, Emin=MIN_EMIN, Emax=MAX_EMAX)
_REMEMBERED = 1 << 12
_TRAILING_SCALE = re.compile(f"[{''.join(_TABLE['shown'])}]+$")


@lru_cache(_REMEMBERED)
def scale_exponent(scale: str) -> int:
    """Return the power of ten of a scale: 万亿 is 12, no scale is 0."""
    return SCALES.get(scale) or sum(SCALES[character] for character in scale)


def shift(value: Decimal, exponent: int) -> Decimal:
    """Return `value` times ten to the `exponent`, with every digit kept."""
    return value.scaleb(exponent, _EXACT) if exponent else value


def is_scale(text: str) -> bool:
    """Tell a scale without a number (千亿) from a number; ten alone is a number."""
    return bool(text) and text[0] != MARKS["ten"] and not text.strip(_SCALE_SET)


@lru_cache(_REMEMBERED)
def split_number(text: str) -> tuple[Decimal, str]:
    """Split a number into its head and its scale: 1.21万亿 is (1.21, 万亿), 千亿 is (1, 千亿).

    Raises ValueError where the text is no number.
    """
    arabic = _ARABIC.match(text)
    if arabic:
        return Decimal(arabic[0].replace(",", "")), _checked_scale(text[arabic.end() :])
    if is_scale(text):
        return Decimal(1), text
    return _split_chinese(text)


def parse_number(text: str) -> Decimal:
    """Return the whole value of a number: 1.21万亿 is 1210000000000. Raises ValueError."""
    head, scale = split_number(text)
    return shift(head, scale_exponent(scale))


def format_number(value: Decimal) -> str:
    """Write a value as people do: 1291000 is 129.1万. `parse_number` gives it back."""
    for scale, exponent in _TABLE["shown"].items():
        if abs(value) >= Decimal(10) ** exponent:
            return f"{_plain(shift(value, -exponent))}{scale}"
    return _plain(value)


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _checked_scale(scale: str) -> str:
    if scale.strip(_SCALE_SET):
        raise ValueError(f"not a scale: {scale}")
    return scale


def _split_chinese(text: str) -> tuple[Decimal, str]:
    scale = _TRAILING_SCALE.search(text)
    head = text[: scale.start()] if scale else text
    if any(SCALES.get(character, 0) >= _BIG for character in head):
        return _chinese_value(text), ""
    return _chinese_value(head), text[len(head) :]


def _chinese_value(text: str) -> Decimal:
    whole, _, fraction = text.partition(MARKS["point"])
    if not whole:
        raise ValueError(f"not a number: {text}")
    digits = "".join(str(_digit(character)) for character in fraction)
    return Decimal(f"{_chinese_integer(whole)}.{digits}" if digits else _chinese_integer(whole))


def _digit(character: str) -> int:
    if character not in DIGITS:
        raise ValueError(f"not a digit: {character}")
    return DIGITS[character]


def _chinese_integer(text: str) -> int:
    """Read 三千五百 by place words, 二〇二一 by position."""
    if text and all(character in DIGITS for character in text):
        return int("".join(str(DIGITS[character]) for character in text))
    total = section = digit = 0
    for character in text:
        if character in DIGITS:
            digit = DIGITS[character]
        elif character not in SCALES:
            raise ValueError(f"not a number: {text}")
        elif (exponent := SCALES[character]) >= _BIG:
            total, section, digit = _close_section(total, section + digit, 10**exponent), 0, 0
        else:
            section, digit = section + (digit or 1) * 10**exponent, 0
    return total + section + digit


def _close_section(total: int, section: int, scale: int) -> int:
    if scale > total:
        return (total + section or 1) * scale
    return total + (section or 1) * scale
