"""Lists told with 分别: as many figures as things, years or places before them, in the same order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from knowledge.metrics.dates import each_year
from knowledge.metrics.figures import FIGURE, TIME
from knowledge.metrics.indicator import clean_name, is_same, shared_ending
from knowledge.metrics.period import TimeMention
from knowledge.metrics.sentence import Sentence
from knowledge.metrics.subject import Mention, find_mentions
from knowledge.metrics.tables import load_table
from knowledge.model import Period

_SEVERAL = 2


@dataclass(frozen=True, slots=True)
class Share:
    """What one figure of a list has of its own: the words before it, its period, its subject.

    `of` is the index of the figure of the sentence that it tells more about.
    """

    left: str
    period: Period | None = None
    subject: Mention | None = None
    of: int | None = None


def read_lists(sentence: Sentence) -> dict[int, Share]:
    """Return what belongs to each figure (by its index) that stands in a list with 分别."""
    return (
        dict(_shares(sentence))
        if any(marker in sentence.text for marker in load_table("lists")["markers"])
        else {}
    )


def _shares(sentence: Sentence) -> Iterator[tuple[int, Share]]:
    lefts: list[Share] = []
    for match in _list_pattern().finditer(sentence.view):
        indexes = [
            n for n, figure in enumerate(sentence.figures) if match.start() <= figure.start < match.end()
        ]
        before = sentence.view[sentence.clause_start(match.start()) : match.start()]
        lefts = (
            _shared(before, lefts)
            or _of_before(before, indexes)
            or list(_split(before, _periods(sentence, match.start(), len(indexes))))
        )
        lefts = lefts if len(lefts) == len(indexes) else []
        for index, share in zip(indexes, lefts, strict=False):
            yield index, replace(share, left=share.left + match["verb"])


def _shared(before: str, lefts: list[Share]) -> list[Share]:
    """Return the shares of the list before where this one tells more of the same things."""
    if _says_nothing_new(before):
        return lefts
    own = find_mentions(before) or TIME in before
    named = lefts and not own and all(share.subject or share.period for share in lefts)
    return [replace(share, left=before) for share in lefts] if named else []


def _says_nothing_new(before: str) -> bool:
    """Tell words that name neither what is measured nor several whose it is: 同比."""
    named = sum(1 for mention in find_mentions(before) for _ in mention.parts())
    return named < _SEVERAL and is_same(clean_name(before))


def _of_before(before: str, indexes: list[int]) -> list[Share]:
    """Return the shares of a list that tells more about as many figures right before it."""
    first, count = indexes[0] if indexes else 0, len(indexes)
    if not _says_nothing_new(before) or first < count or count < 2:
        return []
    return [Share(before, of=first - count + n) for n in range(count)]


def _periods(sentence: Sentence, position: int, count: int) -> list[Period | None]:
    start = sentence.view.rfind(FIGURE, 0, position)
    times = [t for t in sentence.times if start < t.start and t.end <= position and not t.compared]
    listed = times[-count:] if count and _are_listed(sentence, times[-count:]) else times[-1:]
    named = [time.period for time in listed]
    if len(named) == 1:
        named = list(each_year(named[0]))
    return [*named] if len(named) == count else [None] * count


def _are_listed(sentence: Sentence, times: list[TimeMention]) -> bool:
    """Tell years of a list (2021年、2022年和2023年) from a day and the year that something is said of."""
    return all(_separator().fullmatch(sentence.view, one.end, after.start) for one, after in pairwise(times))


def _split(before: str, periods: list[Period | None]) -> Iterator[Share]:
    """Deal the words before 分别 out to as many figures as there are periods."""
    count = len(periods)
    mentions = [part for mention in find_mentions(before) for part in mention.parts()]
    if len(mentions) == count:
        rest = before[mentions[-1].end :]
        return (Share(rest, period, mention) for period, mention in zip(periods, mentions, strict=True))
    items = _separator().split(_paired(before, count))
    if len(items) != count or count < 2:
        return (Share(before, period) for period in periods)
    ending = shared_ending(items[-1])
    lefts = [item if shared_ending(item) else item + ending for item in items[:-1]]
    return (Share(left, period) for left, period in zip([*lefts, items[-1]], periods, strict=True))


def _paired(before: str, count: int) -> str:
    """Return the words with what names two things at once as a list of them: 产销 is 产量、销量."""
    pairs = load_table("lists")["pairs"] if count == 2 else {}
    return next((before.replace(pair, both) for pair, both in pairs.items() if pair in before), before)


@cache
def _separator() -> re.Pattern[str]:
    return re.compile(load_table("lists")["separator"])


@cache
def _list_pattern() -> re.Pattern[str]:
    table = load_table("lists")
    return re.compile(table["pattern"].replace("<figure>", f"{FIGURE}+"))
