"""Settling: words that stand beside each other become what they name, one leaf each."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from knowledge.rules.expression import (
    AnyOf,
    Expression,
    Leaf,
    Not,
    Scope,
    all_of,
    any_of,
    negation,
)

MOST_WORDS = 6
"""How many words a name may have."""

Named = Callable[[str], Leaf | None]
"""Returns the leaf of what these words name, None where they name nothing."""


def settled(expression: Expression, named: Named) -> Expression:
    """Return the expression with a leaf for each thing named; unknown latin words in a row stay one."""
    if isinstance(expression, Leaf):
        return (
            all_of(_parts(expression.words.split(), named)) if expression.scope is Scope.ABOUT else expression
        )
    if isinstance(expression, Not):
        return negation(settled(expression.child, named))
    children = [settled(child, named) for child in expression.children]
    return any_of(children) if isinstance(expression, AnyOf) else all_of(children)


def _parts(words: list[str], named: Named) -> Iterator[Leaf]:
    unknown: list[str] = []
    while words:
        count, leaf = _first_name(words, named)
        if leaf is None and words[0].isascii():
            unknown.append(words[0])
        else:
            yield from _joined(unknown)
            unknown = []
            yield leaf or Leaf(words[0])
        words = words[count:]
    yield from _joined(unknown)


def _first_name(words: list[str], named: Named) -> tuple[int, Leaf | None]:
    """Return how many of the words are the longest name that they begin with, and its leaf."""
    for count in range(min(MOST_WORDS, len(words)), 0, -1):
        if leaf := named(" ".join(words[:count])):
            return count, leaf
    return 1, None


def _joined(unknown: list[str]) -> Iterator[Leaf]:
    if unknown:
        yield Leaf(" ".join(unknown))
