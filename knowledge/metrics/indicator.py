"""The name of what a number measures: the words around it without verbs, adverbs and times."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

from knowledge.metrics.figures import FIGURE, TIME
from knowledge.metrics.subject import starts_with_name
from knowledge.metrics.tables import WordSet, either, load_table

_LONGEST = 40
_REMEMBERED = 1 << 8  # the words before one number are asked for a few times
_HEAD_END = re.compile(r"(?:(?<![A-Za-z\d.])[A-Za-z\d.]+)?.{0,12}$")
_TOPIC_LENGTH = 20
_FRAMED = 12  # the longest topic before 方面 and the like
_LIST = "、"
_EDGES = " “”\"'‘’、，：:；（）()—-·/"
_EDGE_SET = re.escape(_EDGES)
_QUOTES = re.compile(r"[“”\"‘’《》]")
_BRACKET = re.compile("[（(]")
_BRACKETS = re.compile(r"[（(][^（()）]{0,40}[)）]")
_RATE = re.compile("[\u4e00-\u9fa5]{2}率$")
_BLANKS = re.compile(f"[{TIME}{FIGURE}]+")


@cache
def _words(name: str) -> WordSet:
    return WordSet.of(load_table("indicators")[name]["words"])


@lru_cache(_REMEMBERED)
def clean_name(text: str) -> str:
    """Return the name at the end of the words before a number: 全省累计建成5G基站达 gives 5G基站."""
    plain = _without_asides(text)
    for piece in reversed(_BLANKS.split(plain)):
        own = strip_leading(_without_subject(piece.strip(_EDGES)))
        if name := _shorten(_without_subject(strip_leading(strip_trailing(own)))):
            return name
    return ""


def _without_asides(text: str) -> str:
    """Return the words without brackets and without how and how often something was done."""
    text = _BRACKETS.sub("", text) if _BRACKET.search(text) else text
    return _aside_pattern().sub("", text) if _aside_words_pattern().search(text) else text


def _without_subject(text: str) -> str:
    """Return the name without whose figure it is: 全省数字经济规模 measures 数字经济规模."""
    length = starts_with_name(text)
    while length and text.startswith(_LIST, length):
        more = starts_with_name(text[length + len(_LIST) :])
        if not more:
            break
        length += len(_LIST) + more
    return strip_leading(text[length:]) if length else text


def topic_of(clause: str) -> str:
    """Return what a clause is about: the words before its adverbs and verbs; "" where it is too long."""
    frame = _frames().length_at_end(clause)
    growing = None if frame else _growing().search(clause, 2)
    topic = clause[:-frame][-_FRAMED:] if frame else clause[: growing.start()] if growing else clause
    name = clean_name(topic)
    end = _topic_ends().search(name, 2)
    name = name[: end.start()] if end else name
    return name if len(name) <= _TOPIC_LENGTH else ""


def join_names(topic: str, name: str) -> str:
    """Return a name with the thing it belongs to: 云计算市场 and 市场规模 are 云计算市场规模."""
    shared = next((n for n in range(min(len(topic), len(name)), 0, -1) if topic.endswith(name[:n])), 0)
    return topic + name[shared:]


def clean_verb(text: str) -> str:
    """Return the verb before a number, where nothing else tells what it measures: 斥资."""
    return _without_subject(strip_trailing(_BLANKS.split(text)[-1].strip(_EDGES)))[-_LONGEST:]


def strip_trailing(text: str) -> str:
    """Return the text without the verbs and adverbs that lead to a number."""
    match = _trailing_pattern().match(text[::-1])
    return text[: len(text) - match.end()] if match else text


def strip_leading(text: str) -> str:
    """Return the text without conjunctions and verbs at its head; 销售额 keeps its 销售."""
    match = _leading_pattern().match(text)
    return text[match.end() :] if match else text


@cache
def _leading_pattern() -> re.Pattern[str]:
    """Return a pattern for the words before a name, each with the punctuation after it."""
    table = load_table("indicators")["leading"]
    return re.compile(f"(?:(?!{either(table['kept'])}){either(table['words'])}[{_EDGE_SET}]{{0,20}})+")


@cache
def _trailing_pattern() -> re.Pattern[str]:
    """Return the same for the words after a name, all written backwards."""
    table = load_table("indicators")["trailing"]
    kept, words = (either(word[::-1] for word in table[name]) for name in ("kept", "words"))
    return re.compile(f"(?:(?!{kept}){words}[{_EDGE_SET}]{{0,20}})+")


def _shorten(text: str) -> str:
    """Return the part after the last 的 where it can stand alone, and never a whole paragraph."""
    text = _QUOTES.sub("", text)
    at = _last_particle(text)
    if at >= 0:
        head, tail = text[:at], text[at + len(_particle()) :]
        text = tail if len(tail) >= 3 and not is_bare(tail) else _end_of(strip_leading(head)) + tail
    return text[-_LONGEST:].strip(_EDGES)


def _last_particle(text: str) -> int:
    """Return where the last 的 stands that is no part of a word, -1 where none does."""
    places = [match.start() for match in _particle_pattern().finditer(text)] if _particle() in text else []
    return places[-1] if places else -1


@cache
def _particle_pattern() -> re.Pattern[str]:
    table = load_table("indicators")["particle"]
    return outside({"words": [table["word"]], "kept": table["kept"]})


def _end_of(head: str) -> str:
    """Return the last characters of a long description, a Latin word or a number whole."""
    match = _HEAD_END.search(head)
    return match[0] if match else ""


def _particle() -> str:
    return str(load_table("indicators")["particle"]["word"])


def is_bare(name: str) -> bool:
    """Tell a name that says too little without the thing it belongs to: 规模, 市场份额."""
    return name in _words("heads").words


def is_rate(name: str) -> bool:
    """Tell a part or a speed of something measured: 占比, 增速."""
    return name in load_table("indicators")["rates"]["words"]


def rate_at_end(name: str) -> str:
    """Return the rate that a name ends with, "" for none: 儿童近视率 ends with 近视率."""
    match = _RATE.search(name)
    return match[0] if match else ""


def belongs_to_topic(name: str) -> bool:
    """Tell a name that is of the article's topic where nothing nearer is named: 市场规模."""
    return name in load_table("indicators")["of_topic"]["words"]


def normal_name(name: str) -> str:
    """Return a name with the usual ending: 5G基站总数 is 5G基站数."""
    length = _normal_endings().length_at_end(name)
    if not length or is_same(name):
        return name
    return name[:-length] + str(load_table("indicators")["normal"][name[-length:]])


@cache
def _normal_endings() -> WordSet:
    return WordSet.of(load_table("indicators")["normal"])


def is_quantity(name: str) -> bool:
    """Tell the name of something measured (大豆产量) from that of somebody."""
    return bool(_words("heads").length_at_end(name) or _counted_length(name))


def without_quantity(name: str) -> str:
    """Return what a quantity is measured of: ADAS渗透率 is of ADAS."""
    return name[: len(name) - max(_words("heads").length_at_end(name), _counted_length(name))]


def without_rate(name: str) -> str:
    """Return what a part is a part of: 5G基站数占比 is of 5G基站数."""
    rate = next((rate for rate in load_table("indicators")["rates"]["words"] if name.endswith(rate)), "")
    return name.removesuffix(rate) or name


def uncounted_new(name: str) -> str:
    """Return the name of all until now from that of what is new: 新建5G基站数 is 5G基站数."""
    new = next((word for word in load_table("indicators")["new"]["words"] if name.startswith(word)), "")
    return name.removeprefix(new)


def is_per(name: str) -> bool:
    """Tell words that only say per whom something is counted: 每万人拥有."""
    return bool(_per_pattern().search(name))


@cache
def _per_pattern() -> re.Pattern[str]:
    return re.compile(load_table("indicators")["per"]["pattern"])


def without_per(name: str) -> str:
    """Return a name without the words that say per whom: 人均快递量 is of 快递量."""
    length = _words("averages").length_at_start(name)
    return name[length:] or name


def is_same(name: str) -> bool:
    """Tell words that only point back to the figure before: 数量, 总量."""
    return not name or name in _words("same").words


def shared_ending(name: str) -> str:
    """Return the word at the end that every item of a list shares: 5G手机、模组价格 share 价格."""
    growth = _growth_ending().search(name)
    rest = name[: growth.start()] if growth else name
    length = _words("heads").length_at_end(rest) or _counted_length(rest)
    return rest[len(rest) - length :] + name[len(rest) :]


def _counted_length(name: str) -> int:
    return _words("counted").length_at_end(name)


@cache
def _frames() -> WordSet:
    return WordSet.of(load_table("indicators")["topic"]["frames"])


@cache
def _growing() -> re.Pattern[str]:
    return re.compile(load_table("indicators")["topic"]["growing"])


@cache
def _topic_ends() -> re.Pattern[str]:
    return re.compile(load_table("indicators")["topic"]["ends"])


@cache
def _aside_pattern() -> re.Pattern[str]:
    return re.compile(load_table("indicators")["asides"]["pattern"])


@cache
def _aside_words_pattern() -> re.Pattern[str]:
    """Return a pattern for a word that each aside has, quicker to look for than asides."""
    return re.compile(either(load_table("indicators")["asides"]["needed"]))


@cache
def _growth_ending() -> re.Pattern[str]:
    return re.compile(load_table("indicators")["growth"]["ending"])


def counted(name: str) -> str:
    """Return the name of a count: 5G基站 is counted as 5G基站数."""
    if not name or _counted_length(name):
        return name
    return f"{name}{load_table('indicators')['counted']['suffix']}"


def uncounted(name: str) -> str:
    """Return the name of a thing from that of its count: 道路数 counts 道路."""
    table = load_table("indicators")["counted"]
    return name if name.endswith(tuple(table["indexes"])) else name.removesuffix(table["suffix"])


def counted_after(text: str) -> str:
    """Return the name of what is counted from the words after its number: 家企业通过评估."""
    words = _owner(_QUOTES.sub("", _BRACKETS.sub("", text)).strip(_EDGES)[:_LONGEST])
    joint = _joint_pattern().search(words, 2)
    if joint:
        words = words[: joint.start()]
    predicate = _predicate_pattern().search(words, 2)
    if not predicate:
        return counted(strip_trailing(words))
    who, does = words[: predicate.start()], words[predicate.start() :]
    return does + _particle() + counted(strip_trailing(who))


def _owner(words: str) -> str:
    """Return what is counted, not what it has: 家庭的能力 counts 家庭, 有影响力的平台 counts 平台."""
    who, particle, _ = words.partition(_particle())
    describes = len(who) <= 2 or who.startswith(tuple(load_table("indicators")["particle"]["describing"]))
    return words if not particle or describes else who


def name_after(text: str) -> str:
    """Return the name of an amount from the words after it: 的专项基金."""
    words = _QUOTES.sub("", _BRACKETS.sub("", text)).strip(_EDGES)[:_LONGEST]
    joint = _joint_pattern().search(words, 2)
    return strip_trailing(words[: joint.start()] if joint else words)


@cache
def _joint_pattern() -> re.Pattern[str]:
    return outside(load_table("indicators")["joints"])


@cache
def _predicate_pattern() -> re.Pattern[str]:
    return outside(load_table("indicators")["predicates"])


def outside(table: Mapping[str, Any]) -> re.Pattern[str]:
    """Return a pattern for the words of a table where they are not inside one of its kept words."""
    words = sorted(table["words"], key=len, reverse=True)
    kept = table.get("kept", [])
    return re.compile("|".join(_guarded(word, kept) for word in words))


def _guarded(word: str, kept: list[str]) -> str:
    guards = ""
    for longer in kept:
        at = longer.find(word)
        if at >= 0:
            before, after = longer[:at], longer[at + len(word) :]
            guards += f"(?!(?<={re.escape(before + word)}){re.escape(after)})" if before or after else ""
    return f"{re.escape(word)}{guards}" if guards else re.escape(word)
