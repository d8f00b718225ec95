"""Reading the operators of a query: quoted phrases, exclusions, fields and months.

    “…” "…" 「…」 『…』   stands in the article exactly so        -词  NOT 词   does not stand in it
    栏目:技术情报  期:2021-12  地区:河北                          2021-12  2021年12月  the month of an issue

There is no wrong syntax: what is no operator is words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from knowledge.normalize import fold, simplify

LONGEST_PHRASE = 100
_QUOTES = (("“", "”"), ('"', '"'), ("「", "」"), ("『", "』"), ("„", "”"))
_QUOTED = "|".join(f"{a}[^{a}{b}]{{1,{LONGEST_PHRASE}}}{b}" for a, b in _QUOTES)
_TERM = re.compile(
    r"(?P<no>(?<!\S)(?:[-−](?=\S)|NOT\s+))?"
    r"(?:(?P<name>(?i:栏目|板块|section|期|期号|issue|地区|region))\s?:\s?)?"
    rf"(?:(?P<quoted>{_QUOTED})|(?P<bare>[^\s“\"「『„]+|\S))"
)
_NUMBER = re.compile(r"[\d.,]+%?")
_MONTH = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?:[-/.](?P<month>0?[1-9]|1[0-2])|年(?P<han>0?[1-9]|1[0-2])月)[号刊期]?"
)


class Operator(StrEnum):
    """What a term of a query asks of an article."""

    PHRASE = "phrase"
    WITHOUT = "without"
    SECTION = "section"
    ISSUE = "issue"
    REGION = "region"
    MONTH = "month"


_FIELDS = {
    "栏目": Operator.SECTION,
    "板块": Operator.SECTION,
    "section": Operator.SECTION,
    "期": Operator.ISSUE,
    "期号": Operator.ISSUE,
    "issue": Operator.ISSUE,
    "地区": Operator.REGION,
    "region": Operator.REGION,
}


@dataclass(frozen=True, slots=True)
class Term:
    """An operator with its folded value; `written` is how it stands in the query."""

    operator: Operator
    value: str
    written: str


@dataclass(frozen=True, slots=True)
class Typed:
    """A query taken apart: its operators, and the words that are left, folded."""

    words: str
    terms: tuple[Term, ...] = ()


def read_syntax(query: str) -> Typed:
    """Take a query apart; never raises. A query that only leaves out is no query: it is read as words."""
    text = simplify(query)
    terms: list[Term] = []
    words: list[str] = []
    for match in _TERM.finditer(text):
        term = _term(match)
        if term:
            terms.append(term)
        words.append(" " if term else text[match.start() : match.end()])
        words.append(_space_after(text, match.end()))
    rest = fold("".join(words))
    if not _has_word(rest) and all(term.operator is Operator.WITHOUT for term in terms):
        return Typed(fold(text))
    return Typed(rest, tuple(terms))


def month_of(value: str) -> tuple[int, int] | None:
    """Return the year and month that a text is, None where it is none."""
    match = _MONTH.fullmatch(value)
    return (int(match["year"]), int(match["month"] or match["han"])) if match else None


def _space_after(text: str, end: int) -> str:
    return " " if end < len(text) and text[end].isspace() else ""


def _term(match: re.Match[str]) -> Term | None:
    operator = _operator(match)
    if operator is None:
        return None
    quoted, bare = match["quoted"], match["bare"]
    value = fold(quoted[1:-1] if quoted else bare).strip()
    return Term(operator, value, match[0].strip()) if _has_word(value) else None


def _operator(match: re.Match[str]) -> Operator | None:
    """Return the operator that a piece of a query has, None where it is words."""
    excludes, name, quoted, bare = match["no"], match["name"], match["quoted"], match["bare"]
    if name:
        return None if excludes else _FIELDS.get(name.lower())
    if quoted:
        return Operator.WITHOUT if excludes else Operator.PHRASE
    if excludes:
        return None if _NUMBER.fullmatch(bare) else Operator.WITHOUT
    return Operator.MONTH if month_of(bare) and _stands_alone(match) else None


def _stands_alone(match: re.Match[str]) -> bool:
    text, start, end = match.string, match.start(), match.end()
    return (start == 0 or text[start - 1].isspace()) and (end == len(text) or text[end].isspace())


def _has_word(text: str) -> bool:
    return any(character.isalnum() for character in text)
