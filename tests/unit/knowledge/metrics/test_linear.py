"""Reading costs what the text is long: no nested repeats, and twice the text is twice the work."""

from __future__ import annotations

import re
import re._parser as parser
import sys
import time
from datetime import date
from importlib import import_module
from inspect import signature
from pkgutil import iter_modules

import pytest

import knowledge.metrics
from knowledge.metrics import extract_metrics, patterns
from knowledge.metrics.alternatives import Alternatives
from knowledge.model import Article, Block, BlockKind, Issue

MODULES = tuple(
    import_module(f"knowledge.metrics.{module.name}") for module in iter_modules(knowledge.metrics.__path__)
)
ISSUE = Issue("i", "i", date(2024, 3, 15))


def compiled() -> list[re.Pattern[str]]:
    """Every pattern of the extraction, those that are made when first used as well."""
    article("2023年产量3万吨，同比增长5%，分别为1个和2个。")
    rules = patterns.load_patterns()
    found = [re.compile(side) for pattern in rules for side in (pattern.left, pattern.right)]
    for module in MODULES:
        for value in vars(module).values():
            if isinstance(value, re.Pattern):
                found.append(value)
            elif is_made_once(value):
                made = value()
                found += [made] if isinstance(made, re.Pattern) else []
                found += map(re.compile, made.by_first.values()) if isinstance(made, Alternatives) else []
    return found


def is_made_once(value) -> bool:
    return hasattr(value, "cache_info") and not signature(value).parameters


def nested_repeats(items, inside: bool = False) -> bool:
    """Tell whether a repeat without a limit stands in another one."""
    for operator, argument in items:
        repeat = operator in {parser.MAX_REPEAT, parser.MIN_REPEAT}
        endless = repeat and argument[1] is parser.MAXREPEAT
        if endless and inside:
            return True
        if any(nested_repeats(part, inside or endless) for part in parts_of(argument)):
            return True
    return False


def parts_of(argument) -> list:
    if isinstance(argument, parser.SubPattern):
        return [argument]
    if isinstance(argument, (tuple, list)):
        return [part for item in argument for part in parts_of(item)]
    return []


def article(text: str) -> int:
    """Read a text as an article; return how many calls it took."""
    calls = 0

    def count(frame, event, argument) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        extract_metrics(Article("a", "标题", "", 1, ISSUE, (Block(BlockKind.PARAGRAPH, text),)))
    finally:
        sys.setprofile(None)
    return calls


def test_no_pattern_repeats_without_a_limit_inside_another_repeat():
    allowed = parser.parse(r"(?: [A-Z][A-Za-z0-9]+)+")  # a space before each word leaves one way to match
    assert nested_repeats(allowed)

    nested = [p.pattern for p in compiled() if nested_repeats(parser.parse(p.pattern))]

    assert [text[:60] for text in nested if "(?: [A-Z][A-Za-z0-9]+)+" not in text] == []


HOSTILE = (
    "1", "一", "（", "“", "《", "比较", "占", "2023年", "3%、", "从1到2", "第1", "1-", "1:", "公司", "A a ",
    "万亿", "\ue000", "\ue002", "达的", "同比增长", "分别为\ue002和", "发布了",
)  # fmt: skip
SHORT, TIMES, LIMIT = 1000, 4, 12  # a square would take 16 times as long


def seconds(pattern: re.Pattern[str], text: str) -> float:
    started = time.thread_time()
    for _ in pattern.finditer(text):
        pass
    return time.thread_time() - started


def growth(pattern: re.Pattern[str], piece: str) -> float:
    """How many times as long a text that is four times as long takes, the calmest of a few tries."""
    short = piece * (SHORT // len(piece))
    tries = (seconds(pattern, short * TIMES) / max(seconds(pattern, short), 2e-5) for _ in range(30))
    return next((ratio for ratio in tries if ratio < LIMIT), LIMIT)


@pytest.mark.parametrize("pattern", list(dict.fromkeys(compiled())), ids=lambda pattern: pattern.pattern[:40])
def test_no_pattern_takes_more_than_its_share_of_a_hostile_text(pattern):
    slow = [piece for piece in HOSTILE if growth(pattern, piece) >= LIMIT]

    assert slow == []


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "一",
        "（",
        "“",
        "比较",
        "2023年",
        "3%、",
        "分别为1和",
        "从1增长到",
        "占占占",
        "第1",
        "1-",
        "公司",
        "A a ",
    ],
)
def test_twice_the_text_is_at_most_about_twice_the_work(piece):
    text = piece * (3000 // len(piece))
    article(text + "。")

    once, twice = article(text + "甲。"), article(text + text + "乙。")

    assert twice <= 2.3 * once + 500
