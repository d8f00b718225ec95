"""Whom an article is about: what its pronouns mean, and whose the figures are that name nobody."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import TypeAlias

from knowledge.metrics.about import topic_of_article
from knowledge.metrics.lines import Line
from knowledge.metrics.subject import Mention, find_mentions
from knowledge.metrics.tables import WordSet, either, load_table

_SHORTEST = 2
_OFTEN = 2
_THING_OFTEN = 3
_OFTENER = 2  # a company named so many times as often as the country is what an article is about
_MUCH_OFTENER = 3  # the same for the world
_LATIN = re.compile(r"\b[A-Z][A-Za-z]+(?: [A-Z][A-Za-z0-9]+)+")
_QUOTE = "“"
_BETWEEN_WORDS = " "  # of a Latin name
_QUOTED = re.compile(r"[“‘](?P<name>[^“”‘’，。；：、！？]{2,12})[”’]")
_Counts: TypeAlias = "defaultdict[str, dict[str, int]]"
_TITLE_BREAKS = " ，：、；“"


@dataclass(frozen=True, slots=True)
class Cast:
    """Whom an article is about: what 全省, 公司 and 团队 mean in it, and whose a figure is that names nobody.

    `places` are all that it names, those of the title first. `level` is that of the default; `named`:
    the title itself names it. `things` are products by name,
    `topic` tells what the article is about, for a bare 市场规模; few articles have to be asked.
    """

    place: str = ""
    places: tuple[str, ...] = ()
    company: str = ""
    site: str = ""
    default: str = ""
    level: str = ""
    named: bool = False
    things: tuple[str, ...] = ()
    topic: Callable[[], str] = str

    def resolve(self, mention: Mention, word: str = "") -> str:
        """Return the name that a mention stands for, "" where the article does not tell it.

        `word` is how it is printed: 全省 means a province, 全市 a city.
        """
        if mention.name:
            return mention.name
        if mention.level == "place":
            return self._place_of(word[-1:])
        return {"company": self.company, "site": self.site}.get(mention.level, "")

    def _place_of(self, rank: str) -> str:
        """Return the first place of a rank, else the one that the article is about."""
        if self.place.endswith(rank) or rank not in load_table("regions")["districts"]["ranks"]:
            return self.place
        return next((place for place in self.places if place.endswith(rank)), self.place)


def cast_of(title: str, paragraphs: Sequence[str], lines: Iterable[Sequence[Line]]) -> Cast:
    """Work out whom an article is about, from its title first, then from what it names most.

    `lines` are the sentences of the paragraphs.
    """
    in_body = [m for paragraph in lines for line in paragraph for m in line.found if m.name]
    in_title = [mention for mention in find_mentions(title.replace(" ", "，")) if mention.name]
    in_title = sorted(in_title, key=lambda mention: not _is_head(title, mention))
    in_title += _shortened(title, in_body, in_title)
    titled, often = _count_names(in_title), _count_names(in_body)
    default = _default(in_title, in_body, often) or _home(title, paragraphs)
    return Cast(
        place=next(iter(titled["place"]), "") or _most(often["place"], _OFTEN),
        places=tuple({**titled["place"], **often["place"]}),
        company=next(iter(titled["company"]), "")
        or _most(often["company"], min(_OFTEN, len(often["company"]))),
        site=next(iter(titled["site"]), "") or _most(often["site"]),
        default=default.name if default else "",
        level=default.level if default else "",
        named=any(mention.topical for mention in in_title),
        things=tuple(_things(title, paragraphs)),
        topic=partial(topic_of_article, title, tuple(paragraphs)),
    )


def _count_names(mentions: Iterable[Mention]) -> _Counts:
    """Return how often each name of a level is told, in the order in which the names are told first."""
    counts: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for mention in mentions:
        names = counts[mention.level]
        names[mention.name] = names.get(mention.name, 0) + 1
    return counts


def _most(names: Mapping[str, int], least: int = 1) -> str:
    """Return the name that is told most, "" where none is told so many times."""
    most = max(names, key=names.__getitem__, default="")
    return most if most and names[most] >= least else ""


def _default(in_title: list[Mention], in_body: list[Mention], often: _Counts) -> Mention | None:
    """Return whose a figure is that names nobody: the one in the title, else the widest in the body."""
    topical = [mention for mention in in_title if mention.topical]
    if topical:
        return topical[0]
    topical = [mention for mention in in_body if mention.topical]
    own = _count_names(topical)
    country = max(_count(topical, _most(own["country"])), 1)
    company = _most(often["company"], _OFTENER * country)
    if company and _count(in_body, company) > _OFTEN:
        return Mention(0, 0, company, "company")
    world = _most(own["world"], _MUCH_OFTENER * country)
    if world:
        return Mention(0, 0, world, "world")
    for level, least in (("country", 1), ("place", _OFTEN), ("world", 1), ("company", _OFTEN)):
        if name := _most(often[level], least):
            return Mention(0, 0, name, level)
    return None


def _home(title: str, paragraphs: Iterable[str]) -> Mention | None:
    """Return the country whose ministries and the like an article quotes."""
    if not any(bodies_pattern().search(text) for text in (title, *paragraphs)):
        return None
    return Mention(0, 0, load_table("regions")["bodies"]["home"], "country")


def _count(mentions: list[Mention], name: str) -> int:
    return sum(mention.name == name for mention in mentions)


def _is_head(title: str, mention: Mention) -> bool:
    return mention.start == 0 or title[mention.start - 1] in _TITLE_BREAKS


def _shortened(title: str, in_body: list[Mention], in_title: list[Mention]) -> list[Mention]:
    """Return what a title names shortly: 朝阳 for the place 朝阳区 of the body, 零跑 for 零跑汽车."""
    if in_title:
        return []
    for mention in in_body:
        short = _without_ending(mention)
        if _SHORTEST <= len(short) < len(mention.name) and short in title:
            return [mention]
    return []


def _without_ending(mention: Mention) -> str:
    """Return a name without its rank, or without what companies are called beside it."""
    endings = _endings().get(mention.level)
    length = endings.length_at_end(mention.name) if endings else 0
    return mention.name[: len(mention.name) - length]


@cache
def _endings() -> Mapping[str, WordSet]:
    """What the names of a level end with."""
    shape = load_table("companies")["shape"]
    return {
        "place": WordSet.of(load_table("regions")["districts"]["ranks"]),
        "company": WordSet.of((*shape["endings"], *shape["loose"])),
    }


def _things(title: str, paragraphs: Sequence[str]) -> Iterator[str]:
    """Return the names of products: in quotes or of Latin words, in the title or again and again."""
    names = {name for text in (title, *paragraphs) for name in named_things(text)}
    for name in sorted(names):
        printed = name if name.isascii() else f"“{name}”"
        often = sum(text.count(printed) for text in paragraphs)
        if (often >= _THING_OFTEN or name in title) and not _no_thing().search(name):
            yield name


def named_things(text: str) -> list[str]:
    """Return what a text names as a product: in quotes, or by Latin words."""
    quoted = (m for m in _QUOTED.finditer(text) if _is_product(text, m)) if _QUOTE in text else ()
    latin = _LATIN.findall(text) if _BETWEEN_WORDS in text else ()
    return [*(match["name"] for match in quoted), *latin]


def _is_product(text: str, quoted: re.Match[str]) -> bool:
    """Tell whether what is quoted stands right after or shortly before what it is: 量子计算机“九章”."""
    if text.endswith(_products(), 0, quoted.start()) and not _no_product_pattern().match(text, quoted.end()):
        return True
    return bool(_product_pattern().match(text, quoted.end()))


def introduced_thing(text: str) -> str:
    """Return the last product that a text introduces, with its maker where both are Latin; "" for none."""
    if _QUOTE not in text and _BETWEEN_WORDS not in text:
        return ""
    found = list(_introduced().finditer(text))
    if not found:
        return ""
    match = found[-1]
    name = match["quoted"] or match["latin"]
    if _no_thing().search(name):
        return ""
    makers = [m.name for m in find_mentions(text) if m.level == "company" and m.end <= match.start()]
    joined = makers and makers[-1].isascii() and not name.startswith(makers[-1])
    return f"{makers[-1]} {name}" if joined else name


@cache
def bodies_pattern() -> re.Pattern[str]:
    """Return a pattern for the ministries and the like that speak for the whole country."""
    return re.compile(either(load_table("regions")["bodies"]["names"]))


@cache
def _introduced() -> re.Pattern[str]:
    return re.compile(load_table("companies")["things"]["introduced"])


@cache
def _products() -> tuple[str, ...]:
    return tuple(load_table("companies")["things"]["products"])


@cache
def _product_pattern() -> re.Pattern[str]:
    return re.compile(f"[^，。；“”]{{0,6}}{either(_products())}")


@cache
def _no_product_pattern() -> re.Pattern[str]:
    return re.compile(either(load_table("companies")["things"]["deeds"]))


@cache
def _no_thing() -> re.Pattern[str]:
    return re.compile(load_table("companies")["things"]["none"])
