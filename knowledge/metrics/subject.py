"""Whose figure it is: the places, companies and institutions named in a text, and pronouns for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from knowledge.metrics.figures import FIGURE, TIME
from knowledge.metrics.tables import WordSet, either, load_table

_LIST = "、"
_LONGEST_ENDING = 12
_REMEMBERED = 1 << 11
_LONGEST_NAME = 24
_MARKET = "市场"  # 义乌市场 is the market of 义乌
_SHAPES = {"company": "company", "earner": "company", "district": "place", "site": "site"}
_OPENING = "，；：。！？、（(“\"‘'" + TIME + FIGURE


@dataclass(frozen=True, slots=True)
class Mention:
    """A place, a company or the like where it stands. `name` is its shown name, or "" for a pronoun.

    `level` is world, country, place, company, site (a park, an institution) or thing (a product).
    `topical`: the figures after it may be its own.
    """

    start: int
    end: int
    name: str
    level: str
    topical: bool = True

    def parts(self) -> Iterator[Mention]:
        """Return a mention for each name of a list."""
        return (replace(self, name=name) for name in self.name.split(_LIST) if name)


@lru_cache(_REMEMBERED)
def find_mentions(text: str) -> tuple[Mention, ...]:
    """Return the places, companies and pronouns of a text in order; 京津冀、长三角 is one."""
    found = sorted((*_scan_known(text), *_scan_shapes(text)), key=lambda mention: mention.start)
    joined = _joined(text, _apart(found))
    return tuple(replace(m, topical=False) if _is_example(text, m) else m for m in joined)


def starts_with_name(text: str) -> int:
    """Return how long the place, company or pronoun at the start of the text is, 0 where none is."""
    first = next(iter(find_mentions(text[:_LONGEST_NAME].partition(_LIST)[0])), None)
    return first.end if first and first.start == 0 else 0


def _scan_known(text: str) -> Iterator[Mention]:
    for match in _known_pattern().finditer(text):
        name, level = _names()[match[0]]
        end = match.end() - text.startswith(_MARKET, match.end() - 1)
        if level == "place" and name and (facility := _facility().match(text, end)):
            name, end = match[0] + facility[0], facility.end()
        if not _is_other_name(text, match, level):
            yield Mention(match.start(), end, name, level, _is_topical(text, match, level))


def _is_other_name(text: str, match: re.Match[str], level: str) -> bool:
    """Tell a part of another name (中国电信, 日产能, 芯片公司) from a name or pronoun."""
    guards = load_table("regions")["guards"]
    if level in {"company", "site"}:
        bound = match.start() and match[0] in guards["bound"]
        joined = bound and text[match.start() - 1] not in guards["free"] + _OPENING
        return bool(joined) or text.startswith(tuple(guards["companies"].get(match[0], ("\0",))), match.end())
    if level == "place" and _name_of_firm().match(text, match.end()):
        return True
    return match[0] not in guards["whole"] and text.startswith(tuple(guards["after"]), match.end())


@cache
def _name_of_firm() -> re.Pattern[str]:
    """Return a pattern for what makes a place the beginning of a firm's name."""
    return re.compile(load_table("regions")["guards"]["firm"])


def _scan_shapes(text: str) -> Iterator[Mention]:
    last = max((match.start() for match in _ending_pattern().finditer(text)), default=0)
    for match in _shape_pattern().finditer(text, 0, last + _LONGEST_ENDING) if last else ():
        skipped = _leading_words(match[0])
        name = match[0][skipped:]
        if (
            len(name) > 1
            and name not in _endings()
            and not name.startswith(_pronouns())
            and not _is_common(name)
        ):
            yield Mention(match.start() + skipped, match.end(), name, _SHAPES[match.lastgroup or ""])


def _is_common(name: str) -> bool:
    return name.endswith(tuple(load_table("companies")["shape"]["common"]))


def _leading_words(name: str) -> int:
    """Return how many characters of a name are words before it: 发放科技 is no company."""
    skipped = 0
    while length := _conjunctions().length_at_start(name[skipped:]):
        skipped += length
    return skipped


def _apart(mentions: Iterable[Mention]) -> Iterator[Mention]:
    """Leave out what overlaps a longer name: 南京 in 南京某某公司."""
    last: Mention | None = None
    for mention in mentions:
        if last and mention.start < last.end:
            last = mention if mention.end > last.end else last
            continue
        if last:
            yield last
        last = mention
    if last:
        yield last


def _is_topical(text: str, match: re.Match[str], level: str) -> bool:
    guards = load_table("regions")["guards"]
    if level == "world" and text.startswith(tuple(guards["world"]), match.end()):
        return False
    if level == "world" and text.endswith(tuple(guards["virtual"]), 0, match.start()):
        return False
    return not text.endswith(tuple(guards["before"]), max(0, match.start() - 8), match.start())


def _is_example(text: str, mention: Mention) -> bool:
    guards = load_table("regions")["guards"]
    return text.startswith(tuple(guards["examples"]), mention.end) and not text.startswith(
        tuple(guards["together"]), mention.end
    )


def _joined(text: str, mentions: Iterable[Mention]) -> Iterator[Mention]:
    """Join what is listed into one mention, and a pronoun right after a name (江苏全省) with the name."""
    last: Mention | None = None
    for mention in mentions:
        if last and last.name and _belongs(text, last, mention):
            name = last.name if not mention.name else f"{last.name}{_LIST}{mention.name}"
            last = Mention(last.start, mention.end, name, last.level, last.topical)
        else:
            if last:
                yield last
            last = mention
    if last:
        yield last


def _belongs(text: str, last: Mention, mention: Mention) -> bool:
    if last.end == mention.start:
        return not mention.name
    return bool(mention.name) and mention.level == last.level and text[last.end : mention.start] == _LIST


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
def _facility() -> re.Pattern[str]:
    return re.compile(load_table("regions")["facilities"]["pattern"])


@cache
def _known_pattern() -> re.Pattern[str]:
    return re.compile(either(_names()))


@cache
def _conjunctions() -> WordSet:
    return WordSet.of(load_table("indicators")["leading"]["words"])


@cache
def _endings() -> frozenset[str]:
    shape = load_table("companies")["shape"]
    return frozenset((*shape["endings"], *shape["loose"]))


@cache
def _pronouns() -> tuple[str, ...]:
    return tuple(load_table("regions")["pronouns"])


@cache
def _ending_pattern() -> re.Pattern[str]:
    """Return a pattern for what some shape of a name needs; where none is, no name has one."""
    return re.compile(load_table("companies")["shape"]["needed"])


@cache
def _shape_pattern() -> re.Pattern[str]:
    """Return a pattern for what ends like a company or a district where a name can begin."""
    shape = load_table("companies")["shape"]
    formal = rf"{either(shape['endings'])}(?={either(shape['next'])})"
    loose = rf"{either(shape['loose'])}(?={either(shape['loose_next'])})"
    site = rf"{shape['site']}(?={either((*shape['next'], *shape['site_next']))})"
    shapes = {
        "company": rf"[\u4e00-\u9fa5A-Za-z·]{{2,10}}?(?:{formal}|{loose})",
        "earner": shape["earner"],
        "site": site,
        "district": load_table("regions")["districts"]["pattern"],
    }
    bodies = "|".join(f"(?P<{name}>{body})" for name, body in shapes.items())
    return re.compile(rf"(?:(?<=[{re.escape(_OPENING)}{shape['after']}])|^)(?:{bodies})")
