"""Whose figure it is: places and companies named in a text, and what pronouns mean in an article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from knowledge.metrics.figures import FIGURE, TIME
from knowledge.metrics.tables import WordSet, either, load_table

_OFTEN = 2
_LIST = "、"
_OPENING = "，；：。！？、（(“\"‘'" + TIME + FIGURE


@dataclass(frozen=True, slots=True)
class Mention:
    """A place or a company where it stands. `name` is its shown name, or "" for a pronoun.

    `level` is world, country, place or company. `topical`: the figures after it may be its own.
    """

    start: int
    end: int
    name: str
    level: str
    topical: bool = True

    def parts(self) -> Iterator[Mention]:
        """Return a mention for each name of a list."""
        return (replace(self, name=name) for name in self.name.split(_LIST) if name)


@dataclass(frozen=True, slots=True)
class Cast:
    """Whom an article is about: what 全省 and 公司 mean in it, and whose a figure is that names nobody.

    `named`: the title itself names the default.
    """

    place: str = ""
    company: str = ""
    default: str = ""
    named: bool = False

    def resolve(self, mention: Mention) -> str:
        """Return the name that a mention stands for, "" where the article does not tell it."""
        if mention.name:
            return mention.name
        return self.company if mention.level == "company" else self.place


def find_mentions(text: str) -> tuple[Mention, ...]:
    """Return the places, companies and pronouns of a text in order; 京津冀、长三角 is one."""
    found = sorted((*_scan_known(text), *_scan_shapes(text)), key=lambda mention: mention.start)
    joined = _joined(text, _apart(found))
    return tuple(replace(m, topical=False) if _is_example(text, m) else m for m in joined)


def starts_with_name(text: str) -> int:
    """Return how long the place, company or pronoun at the start of the text is, 0 where none is."""
    mentions = _apart(sorted((*_scan_known(text), *_scan_shapes(text)), key=lambda m: m.start))
    first = next(mentions, None)
    return first.end if first and first.start == 0 else 0


def _scan_known(text: str) -> Iterator[Mention]:
    other_names = tuple(load_table("regions")["guards"]["after"])
    for match in _known_pattern().finditer(text):
        name, level = _names()[match[0]]
        end = match.end()
        if level == "place" and name and (facility := _facility().match(text, end)):
            name, end = match[0] + facility[0], facility.end()
        if level == "company" or not text.startswith(other_names, end):
            yield Mention(match.start(), end, name, level, _is_topical(text, match, level))


def _scan_shapes(text: str) -> Iterator[Mention]:
    for match in _shape_pattern().finditer(text):
        skipped = _leading_words(match[0])
        name = match[0][skipped:]
        if name and name not in _endings() and not name.startswith(_pronouns()):
            level = "place" if match["district"] else "company"
            yield Mention(match.start() + skipped, match.end(), name, level)


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
    return not text.endswith(tuple(guards["before"]), max(0, match.start() - 4), match.start())


def _is_example(text: str, mention: Mention) -> bool:
    return text.startswith(tuple(load_table("regions")["guards"]["examples"]), mention.end)


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


def cast_of(title: str, paragraphs: tuple[str, ...]) -> Cast:
    """Work out whom an article is about, from its title first, then from what it names most."""
    in_title = [mention for mention in find_mentions(title) if mention.name]
    in_body = [mention for text in paragraphs for mention in find_mentions(text) if mention.name]
    place = _first(in_title, "place") or _most(in_body, {"place"})
    company = _first(in_title, "company") or _most(in_body, {"company"})
    named = next((mention.name for mention in in_title if mention.topical), "")
    return Cast(place, company, named or _most(in_body, {"country"}) or place, bool(named))


def _first(mentions: list[Mention], level: str) -> str:
    return next((mention.name for mention in mentions if mention.level == level), "")


def _most(mentions: list[Mention], levels: set[str]) -> str:
    names = Counter(mention.name for mention in mentions if mention.level in levels)
    common = names.most_common(1)
    return common[0][0] if common and common[0][1] >= _OFTEN else ""


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
def _shape_pattern() -> re.Pattern[str]:
    """Return a pattern for what ends like a company or a district where a name can begin."""
    shape = load_table("companies")["shape"]
    formal = rf"{either(shape['endings'])}(?={either(shape['next'])})"
    loose = rf"{either(shape['loose'])}(?={either(shape['loose_next'])})"
    company = rf"[\u4e00-\u9fa5A-Za-z·]{{2,10}}?(?:{formal}|{loose})"
    district = load_table("regions")["districts"]["pattern"]
    return re.compile(
        rf"(?:(?<=[{re.escape(_OPENING)}{shape['after']}])|^)(?:{company}|(?P<district>{district}))"
    )
