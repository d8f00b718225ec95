"""Reading a rule: tokens -> expression, or what is wrong with it. Never raises, never guesses.

    any  := all (OR all)*          all := one ((AND)? one)*         one := NOT* (leaf | "(" any ")")

Words that stand beside each other without an operator are one leaf until it is known what they name. What
is left out at the end counts for all of it, as in a search engine: 甲 OR 乙 -丙 is (甲 OR 乙) -丙.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from knowledge.normalize import fold
from knowledge.rules.expression import (
    Expression,
    Leaf,
    Not,
    Scope,
    all_of,
    any_of,
    is_sound,
    leaves_of,
    negation,
    nesting,
    text_of,
)
from knowledge.rules.tokens import Mark, Token, tokens_of
from knowledge.search.gazetteer import region_of

LONGEST_RULE = 4_096
MOST_LEAVES = 32
DEEPEST = 8
LONGEST_WORDS = 40

Settle = Callable[[Expression], Expression]
"""Puts what a leaf names in its place; it may make several leaves of one."""


class Trouble(StrEnum):
    """What can be wrong with a rule."""

    TOO_LONG = "too long"
    TOO_MANY = "too many leaves"
    TOO_DEEP = "too deep"
    WORDS_TOO_LONG = "words too long"
    NOT_CLOSED = "bracket not closed"
    NOT_OPENED = "bracket not opened"
    QUOTE = "quote without its other half"
    NO_WORDS = "no words where some belong"
    NOTHING_WANTED = "only leaves out"
    NO_FIELD = "no such field"
    COMMA = "a comma says neither all nor any"
    DASH = "a dash stands before no word"
    NO_REGION = "no such region"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a rule, and the piece of it that is."""

    trouble: Trouble
    detail: str = ""


class _ReadingError(Exception):
    """Leaves the parser; it never leaves the module."""

    def __init__(self, trouble: Trouble, detail: str = "") -> None:
        super().__init__(trouble)
        self.problem = Problem(trouble, detail)


_RULE_MARKS = frozenset({Mark.OPEN, Mark.CLOSE, Mark.AND, Mark.OR, Mark.NOT, Mark.PHRASE, Mark.FIELD})
_LEAF_MARKS = frozenset({Mark.WORD, Mark.PHRASE, Mark.FIELD})
_STARTS = _LEAF_MARKS | {Mark.OPEN, Mark.NOT}
_TROUBLES = {
    Mark.CLOSE: Trouble.NOT_OPENED,
    Mark.QUOTE: Trouble.QUOTE,
    Mark.NO_FIELD: Trouble.NO_FIELD,
    Mark.COMMA: Trouble.COMMA,
    Mark.DASH: Trouble.DASH,
}


def is_rule(line: str) -> bool:
    """Tell whether a line has any sign of a rule; a lone dash and a comma are none."""
    return any(token.mark in _RULE_MARKS for token in tokens_of(line[:LONGEST_RULE]))


def read_expression(line: str, settle: Settle = lambda expression: expression) -> Expression | Problem:
    """Return what a line asks of an article, or the first thing that is wrong with it."""
    if len(line) > LONGEST_RULE:
        return Problem(Trouble.TOO_LONG, str(len(line)))
    try:
        return _checked(settle(_Parser(tokens_of(line)).read()))
    except _ReadingError as found:
        return found.problem


def _checked(expression: Expression) -> Expression:
    leaves = tuple(leaves_of(expression))
    longest = max((leaf.words for leaf in leaves), key=len)
    text = text_of(expression)
    if len(leaves) > MOST_LEAVES:
        raise _ReadingError(Trouble.TOO_MANY, str(len(leaves)))
    if len(longest) > LONGEST_WORDS:
        raise _ReadingError(Trouble.WORDS_TOO_LONG, longest)
    if nesting(expression) > DEEPEST:
        raise _ReadingError(Trouble.TOO_DEEP)
    if len(text) > LONGEST_RULE:
        raise _ReadingError(Trouble.TOO_LONG, str(len(text)))
    if isinstance(expression, Not) or not is_sound(expression):
        raise _ReadingError(Trouble.NOTHING_WANTED)
    return expression


class _Parser:
    """Reads the tokens of one line."""

    def __init__(self, tokens: tuple[Token, ...]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    def read(self) -> Expression:
        expression = self._any()
        if self._at < len(self._tokens):
            raise self._wrong()
        return expression

    def _any(self) -> Expression:
        children: list[Expression] = []
        wanted, left_out = self._all()
        while self._take(Mark.OR):
            children.append(all_of((*wanted, *left_out)))
            wanted, left_out = self._all()
        return all_of((any_of((*children, all_of(wanted))), *left_out))

    def _all(self) -> tuple[list[Expression], list[Expression]]:
        """Read one alternative, and apart from it what is left out at its end without an AND."""
        joined, left_out = [self._one()], list[Expression]()
        while (is_joined := self._take(Mark.AND)) or self._mark() in _STARTS:
            child = self._one()
            if isinstance(child, Not) and not is_joined:
                left_out.append(child)
            else:
                joined += [*left_out, child]
                left_out = []
        return joined, left_out

    def _one(self) -> Expression:
        is_negative = False
        was_negative = False
        while self._take(Mark.NOT):
            is_negative, was_negative = not is_negative, True
        child = self._group() if self._mark() is Mark.OPEN else self._leaf(alone=was_negative)
        return negation(child) if is_negative else child

    def _group(self) -> Expression:
        self._at += 1
        self._depth += 1
        if self._depth > DEEPEST:
            raise _ReadingError(Trouble.TOO_DEEP)
        expression = self._any()
        if not self._take(Mark.CLOSE):
            raise self._wrong(Trouble.NOT_CLOSED)
        self._depth -= 1
        return expression

    def _leaf(self, *, alone: bool) -> Leaf:
        """Read one leaf: a phrase, a field with its words, or a word with those beside it unless `alone`."""
        if self._take(Mark.FIELD):
            return self._field(Scope(self._before().text))
        if self._take(Mark.PHRASE):
            return Leaf(self._said(self._before().text), Scope.PHRASE)
        words = [self._word()]
        while not alone and self._mark() is Mark.WORD:
            words.append(self._word())
        return Leaf(" ".join(words))

    def _field(self, scope: Scope) -> Leaf:
        words = self._said(self._before().text) if self._take(Mark.PHRASE) else self._word()
        if scope is not Scope.REGION:
            return Leaf(words, scope)
        if region := region_of(fold(words)):
            return Leaf(region, scope)
        raise _ReadingError(Trouble.NO_REGION, words)

    def _word(self) -> str:
        if not self._take(Mark.WORD):
            raise self._wrong()
        return self._said(self._before().text)

    def _said(self, words: str) -> str:
        """Return words that say something. Raises for signs alone."""
        if not any(map(str.isalnum, words)):
            raise _ReadingError(Trouble.NO_WORDS, words)
        return words

    def _mark(self) -> Mark | None:
        return self._tokens[self._at].mark if self._at < len(self._tokens) else None

    def _before(self) -> Token:
        return self._tokens[self._at - 1]

    def _take(self, mark: Mark) -> bool:
        taken = self._mark() is mark
        self._at += taken
        return taken

    def _wrong(self, at_end: Trouble = Trouble.NO_WORDS) -> _ReadingError:
        """Return what is wrong with the next token, or with the end of the line."""
        if self._at >= len(self._tokens):
            return _ReadingError(at_end, self._tokens[-1].text if self._tokens else "")
        token = self._tokens[self._at]
        is_empty = token.mark is Mark.CLOSE and self._depth > 0
        trouble = Trouble.NO_WORDS if is_empty else _TROUBLES.get(token.mark, Trouble.NO_WORDS)
        return _ReadingError(trouble, token.text)
