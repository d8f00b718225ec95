"""Figures as people write them: 超过 115 万个, 20–52 周, +10.5%, 1.21 trillion yuan. Decimals are exact."""

from __future__ import annotations

import re
from decimal import Decimal

from handlers.reply import Style, Text, marked
from handlers.request import Language
from knowledge.model import Kind, Metric, Number

_APPROX_AFTER = frozenset({"以上", "以下", "以内", "之内", "内", "左右", "上下"})
_APPROX_INSIDE = frozenset({"多", "余"})
_CLOSE = ("%", "‰", ":")  # no space stands before these: 8.5%, 1:3
_SCALE = re.compile(r"[十百千万亿]+")
_HALF_WIDTH = str.maketrans("０１２３４５６７８９．，％－", "0123456789.,%-")

_APPROX_EN = {
    "over ": ("超", "超过", "超越", "突破", "逾", "多", "余"),
    "about ": ("约", "左右", "上下", "大约", "可能"),
    "nearly ": ("近", "接近"),
    "at least ": ("以上", "至少", "不少于", "不低于"),
    "under ": ("不足", "不到", "以下"),
    "at most ": ("至多", "最多", "以内", "之内", "内"),
    "up to ": ("长达", "高达"),
}
_APPROX_WORDS_EN = {word: english for english, words in _APPROX_EN.items() for word in words}
_UNITS_EN = {
    "%": "%", "个百分点": " percentage points", "元": " yuan", "美元": " US dollars", "日元": " yen",
    "欧元": " euros", "港元": " Hong Kong dollars", "英镑": " pounds", "韩元": " won",
    "个": "", "家": "", "户": "", "台": "", "张": "", "条": "", "项": "", "件": "", "座": "", "种": "",
    "部": "", "辆": "", "人": " people", "名": " people", "次": " times", "倍": "×", "公里": " km",
    "平方米": " m²", "米": " m", "毫米": " mm", "纳米": " nm", "吨": " tonnes", "英寸": " inches",
    "年": " years", "个月": " months", "周": " weeks", "天": " days", "小时": " hours", "分钟": " minutes",
}  # fmt: skip
_SCALES_EN = ((12, " trillion"), (9, " billion"), (6, " million"))


def figure_text(metric: Metric, language: Language) -> str:
    """Return a metric's value with unit, sign and approximation, in words of the language."""
    if metric.kind is Kind.RANK:
        rank = number_text(metric.quantity.value)
        return f"No. {rank}" if language is Language.EN else f"第 {rank} 位"
    return _english(metric) if language is Language.EN else _chinese(metric)


def number_text(value: Number, mark: str = "") -> str:
    """Return a number in plain digits as printed, a range with an en dash, each sign shown.

    `mark` is "+" where a rise shall show its sign, "," for grouped thousands.
    """
    if isinstance(value, tuple):
        return "–".join(number_text(end, mark) for end in value)
    return format(value, f"{mark}f")


def quoted_sentence(metric: Metric) -> Text:
    """Return the sentence that prints the metric, its figure in bold where it stands as digits."""
    place = _place_of(metric, metric.sentence.translate(_HALF_WIDTH))
    return marked(metric.sentence, (place,), Style.BOLD) if place else Text(metric.sentence)


def _chinese(metric: Metric) -> str:
    number, unit = _signed(metric), metric.quantity.unit
    approx = metric.approx or ""
    if approx in _APPROX_INSIDE:
        scale, rest = _scale_and_rest(unit)
        return f"{number} {scale}{approx}{rest}".strip()
    figure = number + ("" if unit.startswith(_CLOSE) else " ") + unit
    if approx in _APPROX_AFTER:
        return figure.strip() + approx
    return f"{approx} {figure}".strip()


def _scale_and_rest(unit: str) -> tuple[str, str]:
    """Split 万条 into 万 and 条."""
    scale = match.group() if (match := _SCALE.match(unit)) else ""
    return scale, unit.removeprefix(scale)


def _english(metric: Metric) -> str:
    quantity = metric.quantity
    if quantity.base_unit not in _UNITS_EN:
        number, space = _signed(metric), "" if quantity.unit.startswith(_CLOSE) else " "
        unit = space + quantity.unit
    else:
        number, unit = _scaled(metric), _UNITS_EN[quantity.base_unit]
    return f"{_APPROX_WORDS_EN.get(metric.approx or '', '')}{number}{unit}"


def _signed(metric: Metric) -> str:
    return number_text(metric.quantity.value, _sign_mark(metric))


def _sign_mark(metric: Metric) -> str:
    return "+" if metric.kind in {Kind.GROWTH, Kind.CAGR} else ""


def _scaled(metric: Metric) -> str:
    value = metric.quantity.base_value
    ends = value if isinstance(value, tuple) else (value,)
    places, word = _scale_en(max(end.copy_abs() for end in ends))
    mark = _sign_mark(metric) + ("" if word else ",")
    return "–".join(_shifted_text(end, places, mark) for end in ends) + word


def _scale_en(value: Decimal) -> tuple[int, str]:
    return next(((places, word) for places, word in _SCALES_EN if value >= Decimal(10) ** places), (0, ""))


def _shifted_text(value: Decimal, places: int, mark: str) -> str:
    """Move the decimal point to the left without loss, and drop the zeros that this leaves."""
    text = format(Decimal(f"{value:f}e-{places}"), f"{mark}f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _place_of(metric: Metric, sentence: str) -> tuple[int, int] | None:
    digits = _printed_digits(metric.quantity.value)
    scale, unit = _scale_and_rest(metric.quantity.unit)
    with_unit = rf"{digits}\s?[多余]?{scale}[多余]?{re.escape(unit)}"
    for pattern in (with_unit, rf"(?<![A-Za-z]){digits}(?![A-Za-z])"):
        if match := re.search(pattern, sentence):
            return match.span()
    return None


def _printed_digits(value: Number) -> str:
    """Return a pattern of the ways in which a number stands in print: 92728, 92,728, 92728.0."""
    ends = value if isinstance(value, tuple) else (value,)
    return r"\D{1,4}".join(_one_number(format(end.copy_abs(), ",f")) for end in ends)


def _one_number(digits: str) -> str:
    whole, _, fraction = digits.partition(".")
    grouped = whole.replace(",", ",?")
    tail = rf"\.{fraction}" if fraction else r"(?:\.0{1,4})?"
    return rf"(?<![\d.])(?:{grouped}){tail}(?!\.?\d)"
