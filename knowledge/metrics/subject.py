"""Whose figure it is: the places, companies and institutions named in a text, and pronouns for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import attrgetter
from typing import NamedTuple

from knowledge.metrics.finder import Finder
from knowledge.metrics.shapes import OPENING, find_shapes, may_begin_with_shape
from knowledge.metrics.tables import WordSet, load_table

_LIST = "、"
_HAVE_OWN = frozenset({"place", "country"})
_FIRMS = frozenset({"company", "site"})
_FIRM = "公司"  # what ends the name of a firm after a place
_LONGEST_FIRM = 20
_LONGEST_GUARD = 12
_REMEMBERED = 1 << 11
_LONGEST_NAME = 24
_VERSION = re.compile(r"(?<=[A-Za-z])-[A-Za-z\d]+(?:\.\d+)?")  # DeepSeek-V3
_MARKET = "市场"  # 义乌市场 is the market of 义乌


class Mention(NamedTuple):
    """A place, a company or the like where it stands. `name` is its shown name, or "" for a pronoun.

    `level` is world, country, place, company, site (a park, an institution) or thing (a product).
    `topical`: the figures after it may be its own.
    """

    start: int
    end: int
    name: str
    level: str
    topical: bool = True

    def moved(self, by: int) -> Mention:
        """Return the mention so many characters further on."""
        return Mention(self.start + by, self.end + by, self.name, self.level, self.topical)

    def parts(self) -> Iterator[Mention]:
        """Return a mention for each name of a list."""
        return (self._replace(name=name) for name in self.name.split(_LIST) if name)


@lru_cache(_REMEMBERED)
def find_mentions(text: str) -> tuple[Mention, ...]:
    """Return the places, companies and pronouns of a text in order; 京津冀、长三角 is one."""
    found = [*_scan_known(text), *_scan_shapes(text)]
    if len(found) > 1:
        found.sort(key=attrgetter("start"))
        found = _joined(text, _apart(found))
    examples = _guards().examples
    return tuple([_unless_example(text, m) if text.startswith(examples, m.end) else m for m in found])


@lru_cache(_REMEMBERED)
def starts_with_name(text: str) -> int:
    """Return how long the place, company or pronoun at the start of the text is, 0 where none is."""
    head = text[:_LONGEST_NAME].partition(_LIST)[0]
    if not _known().length_at(head, 0) and not may_begin_with_shape(head):
        return 0
    first = next(iter(find_mentions(head)), None)
    return first.end if first and first.start == 0 else 0


def _scan_known(text: str) -> Iterator[Mention]:
    for start, end in _known().find(text):
        known = _known_name(text[start:end])
        if not _is_other_name(text, known, start, end):
            yield _mention(text, known, start, end)


def _mention(text: str, known: _Known, start: int, end: int) -> Mention:
    """Return a known name where it stands, its version or what it owns as part of it."""
    guards, name, level = _guards(), known.shown, known.level
    if text.startswith(_MARKET, end - 1):
        end -= 1
    if level == "company" and (version := _VERSION.match(text, end)):
        name, end = name + version[0], version.end()
    own = _own_pattern(level).match(text, end) if name and level in _HAVE_OWN else None
    if own:
        name, end = known.word + own[0], own.end()
    topical = not guards.before.length_at_end(text[max(0, start - _LONGEST_GUARD) : start])
    if level == "world":
        topical = topical and not _is_no_world(text, start, end)
    elif level == "country":
        topical = topical and not text.startswith(guards.ranked, end)
    return Mention(start, end, name, level, topical)


def _scan_shapes(text: str) -> Iterator[Mention]:
    return (Mention(start, end, text[start:end], level) for start, end, level in find_shapes(text))


def _is_inside_word(text: str, start: int, end: int) -> bool:
    """Tell a part of a Latin word (meta in metaverse) from a name."""
    first, last = text[start], text[end - 1]
    before = first.isascii() and text[start - 1 : start].isascii() and text[start - 1 : start].isalpha()
    after = last.isascii() and text[end : end + 1].isascii() and text[end : end + 1].isalpha()
    return before or after


def _is_other_name(text: str, known: _Known, start: int, end: int) -> bool:
    """Tell a part of another name (中国电信, 日产能, 芯片公司) from a name or pronoun."""
    guards = _guards()
    if start and text[start - 1 : start + 1] in guards.split:
        return True
    if known.latin and _is_inside_word(text, start, end):
        return True
    if known.firm:
        bound = known.bound and start and text[start - 1] not in guards.free
        return bool(bound) or text.startswith(known.not_before, end)
    if (
        known.level == "place"
        and text.find(_FIRM, end, end + _LONGEST_FIRM) >= 0
        and _firm_pattern().match(text, end)
    ):
        return True
    return not known.whole and guards.after.length_at_start(text[end : end + _LONGEST_GUARD]) > 0


def _is_no_world(text: str, start: int, end: int) -> bool:
    """Tell a part of a name, or what something is only compared with, from all the world."""
    guards = _guards()
    return text.startswith(guards.world, end) or text.endswith(guards.virtual, 0, start)


@cache
def _firm_pattern() -> re.Pattern[str]:
    """Return a pattern for what makes a place the beginning of a firm's name."""
    return re.compile(load_table("regions")["guards"]["firm"])


def _apart(mentions: Iterable[Mention]) -> list[Mention]:
    """Leave out what overlaps a longer name: 南京 in 南京某某公司."""
    apart: list[Mention] = []
    for mention in mentions:
        if not apart or mention.start >= apart[-1].end:
            apart.append(mention)
        elif mention.end > apart[-1].end:
            apart[-1] = mention
    return apart


def _unless_example(text: str, mention: Mention) -> Mention:
    """Return a mention; what is named only as an example (浙江等) is no topic."""
    guards = _guards()
    named = not text.startswith(guards.examples, mention.end) or text.startswith(guards.together, mention.end)
    return mention if named else mention._replace(topical=False)


def _joined(text: str, mentions: Iterable[Mention]) -> list[Mention]:
    """Join what is listed into one mention, and a pronoun right after a name (江苏全省) with the name."""
    joined: list[Mention] = []
    for mention in mentions:
        last = joined[-1] if joined else None
        if last and last.end == mention.start and _is_within(mention, last):
            joined[-1] = Mention(last.start, mention.end, mention.name, mention.level, last.topical)
        elif last and mention.start <= last.end + len(_LIST) and last.name and _belongs(text, last, mention):
            name = last.name if not mention.name else f"{last.name}{_LIST}{mention.name}"
            joined[-1] = Mention(last.start, mention.end, name, last.level, last.topical)
        else:
            joined.append(mention)
    return joined


def _is_within(mention: Mention, last: Mention) -> bool:
    """Tell a town after its province: 江苏南京."""
    provinces = load_table("regions")["provinces"]
    return mention.level == "place" and last.name in provinces and mention.name not in {"", *provinces}


def _belongs(text: str, last: Mention, mention: Mention) -> bool:
    if last.end == mention.start:
        return not mention.name
    return bool(mention.name) and mention.level == last.level and text[last.end : mention.start] == _LIST


@dataclass(frozen=True, slots=True)
class _Guards:
    """The words around a name that make it something else; see the table `guards`."""

    after: WordSet
    before: WordSet
    bound: frozenset[str]
    companies: Mapping[str, tuple[str, ...]]
    examples: tuple[str, ...]
    free: str
    ranked: tuple[str, ...]
    split: frozenset[str]
    together: tuple[str, ...]
    virtual: tuple[str, ...]
    whole: frozenset[str]
    world: tuple[str, ...]


@cache
def _guards() -> _Guards:
    table = load_table("regions")["guards"]
    return _Guards(
        after=WordSet.of(table["after"]),
        before=WordSet.of(table["before"]),
        bound=frozenset(table["bound"]),
        companies={name: tuple(words) for name, words in table["companies"].items()},
        examples=tuple(table["examples"]),
        free=table["free"] + OPENING,
        ranked=tuple(table["ranked"]),
        split=frozenset(table["split"]),
        together=tuple(table["together"]),
        virtual=tuple(table["virtual"]),
        whole=frozenset(table["whole"]),
        world=tuple(table["world"]),
    )


class _Known(NamedTuple):
    """A spelling, the name that it is shown by and its level, with what tells it from a part of another name.

    `latin`: at an end of it; `firm`: of a company or institution; `bound`: only where a name can begin;
    `whole`: whatever follows it; `not_before`: but for these words.
    """

    word: str
    shown: str
    level: str
    latin: bool
    firm: bool
    bound: bool
    whole: bool
    not_before: tuple[str, ...]


@cache
def _known_name(word: str) -> _Known:
    """Return what is known of a spelling of the tables."""
    (shown, level), guards = _names()[word], _guards()
    latin = word[0].isascii() or word[-1].isascii()
    bound, whole, not_before = word in guards.bound, word in guards.whole, guards.companies.get(word, ())
    return _Known(word, shown, level, latin, level in _FIRMS, bound, whole, not_before)


@cache
def _names() -> dict[str, tuple[str, str]]:
    """Every known spelling -> the shown name ("" for pronouns) and its level."""
    regions = load_table("regions")
    names: dict[str, tuple[str, str]] = {}
    for table, level in (
        ("world", "world"),
        ("countries", "country"),
        ("groups", "country"),
        ("provinces", "place"),
    ):
        names |= {s: (name, level) for name, others in regions[table].items() for s in (name, *others)}
    for city in regions["cities"]["names"]:
        full = city if city.endswith(tuple(regions["cities"]["ranks"])) else city + regions["cities"]["rank"]
        names |= {city: (full, "place"), full: (full, "place")}
    names |= {name: (name, "company") for name in load_table("companies")["names"]}
    names |= {spelling.lower(): named for spelling, named in names.items()}
    return names | {word: ("", level) for word, level in regions["pronouns"].items()}


@cache
def _own_pattern(level: str) -> re.Pattern[str]:
    """Return a pattern for what a place, or a country, has that has figures of its own."""
    table = load_table("regions")["facilities"]
    return re.compile(table["pattern"] if level == "place" else table["team"])


@cache
def _known() -> Finder:
    return Finder.of(_names())
