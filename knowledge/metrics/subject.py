"""Whose figure it is: places and companies named in a text, and what pronouns mean in an article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from knowledge.metrics.figures import FIGURE, TIME
from knowledge.metrics.tables import either, load_table

_CITY = "市"
_CHINA = "中国"
_OPENING = "，；：。！？、（(“\"‘'" + TIME + FIGURE


@dataclass(frozen=True, slots=True)
class Mention:
    """A place or a company where it stands. `name` is its shown name, or "" for a pronoun of `level`."""

    start: int
    end: int
    name: str
    level: str
    topical: bool = True


@dataclass(frozen=True, slots=True)
class Cast:
    """Whom an article is about: what 全省 and 公司 mean in it, and whose a figure is that names nobody."""

    place: str = ""
    company: str = ""
    default: str = ""

    def resolve(self, mention: Mention) -> str:
        """Return the name that a mention stands for, "" where the article does not tell it."""
        if mention.name:
            return mention.name
        return self.company if mention.level == "company" else self.place


def find_mentions(text: str) -> tuple[Mention, ...]:
    """Return the places, companies and pronouns of a text in order."""
    return tuple(_scan(text))


def _scan(text: str) -> Iterator[Mention]:
    for match in _mention_pattern().finditer(text):
        start, end = match.span()
        if match["known"]:
            name, level = _names()[match["known"]]
        else:
            name, level, start = match["shape"], "company", match.start("shape")
        yield Mention(start, end, name, level, _is_topical(text, start))


def _is_topical(text: str, start: int) -> bool:
    return not text.endswith(tuple(load_table("regions")["guards"]["before"]), max(0, start - 4), start)


def cast_of(title: str, paragraphs: tuple[str, ...]) -> Cast:
    """Work out whom an article is about, from its title first, then from what it names most."""
    in_title = [mention for mention in find_mentions(title) if mention.name]
    in_body = [mention for text in paragraphs for mention in find_mentions(text) if mention.name]
    place = _first(in_title, "place") or _most(in_body, "place")
    company = _first(in_title, "company") or _most(in_body, "company")
    default = _topical_title(in_title) or (_CHINA if any(m.name == _CHINA for m in in_body) else "")
    return Cast(place, company, default or place)


def _topical_title(mentions: list[Mention]) -> str:
    return next((mention.name for mention in mentions if mention.topical), "")


def _first(mentions: list[Mention], level: str) -> str:
    return next((mention.name for mention in mentions if mention.level == level), "")


def _most(mentions: list[Mention], level: str) -> str:
    names = Counter(mention.name for mention in mentions if mention.level == level)
    return names.most_common(1)[0][0] if names else ""


@cache
def _names() -> dict[str, tuple[str, str]]:
    """Every known spelling -> the shown name ("" for pronouns) and its level."""
    regions = load_table("regions")
    named = {**regions["world"], **regions["countries"], **regions["groups"]}
    names = {spelling: (name, "country") for name, others in named.items() for spelling in (name, *others)}
    names |= {s: (name, "place") for name, others in regions["provinces"].items() for s in (name, *others)}
    for city in regions["cities"]["names"]:
        full = city if city.endswith((_CITY, "新区")) else city + _CITY
        names |= {city: (full, "place"), full: (full, "place")}
    names |= {name: (name, "company") for name in load_table("companies")["names"]}
    return names | {word: ("", level) for word, level in regions["pronouns"].items()}


@cache
def _mention_pattern() -> re.Pattern[str]:
    guards = either(load_table("regions")["guards"]["after"])
    companies = load_table("companies")
    known = either(companies["names"]) + f"|{either(name for name in _names())}(?!{guards})"
    shape = companies["shape"]
    name = r"[\u4e00-\u9fa5A-Za-z·]{2,10}?"
    ending = rf"(?:{either(shape['endings'])})(?={either(shape['next'])}|$)"
    return re.compile(rf"(?P<known>{known})|(?:(?<=[{re.escape(_OPENING)}的])|^)(?P<shape>{name}{ending})")
