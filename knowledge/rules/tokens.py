"""The tokens of a rule's line: brackets, operators, quoted phrases, fields and words.

    AND 且 与 并且 && + (before a word)      OR 或 或者 | ||      NOT 非 - ! (before a word)
    (…) （…）     "…" “…” 「…」 『…』     栏目: 标题: 地区:

Operators in letters are written in capitals. Two Chinese words with 且, 或 or + between them are two words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from knowledge.normalize import simplify, strip_controls
from knowledge.rules.expression import Scope
from knowledge.search.tokens import HAN


class Mark(Enum):
    """What a token is."""

    OPEN = auto()
    CLOSE = auto()
    AND = auto()
    OR = auto()
    NOT = auto()
    WORD = auto()
    PHRASE = auto()
    FIELD = auto()
    QUOTE = auto()
    NO_FIELD = auto()
    COMMA = auto()
    DASH = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A token and its text; a FIELD's is its scope, its words are the token behind it."""

    mark: Mark
    text: str


_REMEMBERED = 64
_OPERATORS = {
    **dict.fromkeys(("AND", "且", "与", "并且", "&", "+"), Mark.AND),
    **dict.fromkeys(("OR", "或", "或者"), Mark.OR),
    **dict.fromkeys(("NOT", "非"), Mark.NOT),
    **dict.fromkeys(("-", "−", "–", "—", "!"), Mark.DASH),
}
_PREFIXES = {"-": Mark.NOT, "−": Mark.NOT, "!": Mark.NOT, "+": Mark.AND}
_FIELDS = {
    **dict.fromkeys(("栏目", "板块", "section"), Scope.SECTION),
    **dict.fromkeys(("标题", "title"), Scope.TITLE),
    **dict.fromkeys(("地区", "region"), Scope.REGION),
}
_QUOTES = (("“", "”"), ('"', '"'), ("「", "」"), ("『", "』"), ("„", "“"), ("„", "”"))
_OPENINGS = "(" + "".join(opening for opening, _ in _QUOTES)
_QUOTED = "|".join(f'{a}[^“”"「」『』„]*{b}' for a, b in _QUOTES)
_PIECE = re.compile(
    rf"(?P<phrase>{_QUOTED})|(?P<sign>[()]|\|\|?|&&)|(?P<word>(?:[^\s()“”\"「」『』„|&]|&(?!&))+)|(?P<quote>\S)"
)
_SIGNS = {"(": Mark.OPEN, ")": Mark.CLOSE, "&&": Mark.AND, "|": Mark.OR, "||": Mark.OR}
_FIELD = re.compile(r"(?P<name>[^\W\d_]{1,12}):(?P<value>.*)", re.DOTALL)
_COMMA = re.compile(r"[、;。]|,(?!\d)")
_NUMBER = re.compile(r"[-−+]?[\d.,]+%?")
_INSIDE = re.compile(
    rf"(?<=[{HAN}][{HAN}])(?:(?<![而并况尚暂姑])且|(?<!抑)或(?![许者是])|\+)(?=[{HAN}][{HAN}])"
)
_BEFORE_BRACKET = re.compile(rf"(?<=[{HAN}])(?:并且|或者|[且或与非+])$")
_AFTER_BRACKET = re.compile(rf"^(?:并且|或者|[且或与非])(?=[{HAN}])")


@lru_cache(_REMEMBERED)
def tokens_of(line: str) -> tuple[Token, ...]:
    """Return the tokens of a line, in half width and simplified characters; never raises."""
    text = unicodedata.normalize("NFKC", strip_controls(line))
    return tuple(token for match in _PIECE.finditer(text) for token in _tokens(match))


def _tokens(match: re.Match[str]) -> Iterator[Token]:
    if match["word"]:
        yield from _prefixed(match["word"], match)
    elif match["phrase"]:
        yield Token(Mark.PHRASE, _clean(match["phrase"][1:-1]))
    elif match["sign"]:
        yield Token(_SIGNS[match["sign"]], match["sign"])
    else:
        yield Token(Mark.QUOTE, match["quote"])


def _prefixed(word: str, match: re.Match[str]) -> Iterator[Token]:
    """Yield the signs before a word, then the word; a number keeps its sign."""
    while _has_prefix(word, followed=match.string[match.end() : match.end() + 1]):
        yield Token(_PREFIXES[word[0]], word[0])
        word = word[1:]
    if not word:
        return
    field = _FIELD.fullmatch(word)
    if field:
        yield from _field(field)
    else:
        yield from _words(word, match)


def _has_prefix(word: str, followed: str) -> bool:
    """Tell whether a word begins with a sign for the rest of it, or for the bracket or quote behind it."""
    stands_before = len(word) > 1 or bool(followed and followed in _OPENINGS)
    return word[:1] in _PREFIXES and stands_before and not _NUMBER.fullmatch(word)


def _field(field: re.Match[str]) -> Iterator[Token]:
    scope = _FIELDS.get(field["name"].lower())
    if scope is None:
        yield Token(Mark.NO_FIELD, field["name"])
        return
    yield Token(Mark.FIELD, scope)
    if field["value"]:
        yield Token(Mark.WORD, _clean(field["value"]))


def _words(word: str, match: re.Match[str]) -> Iterator[Token]:
    """Yield the words that operators join without a space, and the operators between them."""
    text, start, end = match.string, match.start(), match.end()
    if text[end : end + 1] == "(":
        word = _BEFORE_BRACKET.sub(r" \g<0>", word)
    if start and text[start - 1] == ")":
        word = _AFTER_BRACKET.sub(r"\g<0> ", word)
    for piece in _INSIDE.sub(r" \g<0> ", word).split():
        if operator := _OPERATORS.get(piece):
            yield Token(operator, piece)
        elif comma := _COMMA.search(piece):
            yield Token(Mark.COMMA, comma[0])
        else:
            yield Token(Mark.WORD, _clean(piece))


def _clean(words: str) -> str:
    return " ".join(simplify(words).split())
