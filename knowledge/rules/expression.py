"""Expressions: what a rule asks of an article, in one form for the same meaning, and as text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias


class Scope(StrEnum):
    """Where a leaf looks; the value is how its name is written before the words."""

    ABOUT = ""
    PHRASE = '"'
    TITLE = "标题"
    SECTION = "栏目"
    REGION = "地区"


@dataclass(frozen=True, slots=True)
class Leaf:
    """Words in a scope.

    ABOUT: the article is about them, as about a topic. PHRASE: they stand in it, once is enough.
    TITLE: its title has them. SECTION: it stands in that section. REGION: it is about that region.
    """

    words: str
    scope: Scope = Scope.ABOUT


@dataclass(frozen=True, slots=True)
class Not:
    """What must not hold."""

    child: Expression


@dataclass(frozen=True, slots=True)
class AllOf:
    """Two or more that must hold together, those that must not at the end."""

    children: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Two or more of which one must hold."""

    children: tuple[Expression, ...]


Expression: TypeAlias = Leaf | Not | AllOf | AnyOf

_BARE = re.compile(r"[^\s()\"|&、;,:。]+")
_SIGNED = re.compile(r"[-−!+]|[\d.,]+%?$")


def all_of(children: Iterable[Expression]) -> Expression:
    """Return the expression that holds where all do; `children` has one at least."""
    parts = dict.fromkeys(_flat(children, AllOf))
    ordered = sorted(parts, key=lambda part: isinstance(part, Not))
    return AllOf(tuple(ordered)) if len(ordered) > 1 else ordered[0]


def any_of(children: Iterable[Expression]) -> Expression:
    """Return the expression that holds where one does; `children` has one at least."""
    parts = tuple(dict.fromkeys(_flat(children, AnyOf)))
    return AnyOf(parts) if len(parts) > 1 else parts[0]


def negation(child: Expression) -> Expression:
    """Return the expression that holds where `child` does not."""
    return child.child if isinstance(child, Not) else Not(child)


def leaves_of(expression: Expression, *, wanted: bool = False) -> Iterator[Leaf]:
    """Yield the leaves in their order; with `wanted` only those that an article is to have."""
    if isinstance(expression, Leaf):
        yield expression
    elif isinstance(expression, Not):
        yield from () if wanted else leaves_of(expression.child)
    else:
        for child in expression.children:
            yield from leaves_of(child, wanted=wanted)


def is_sound(expression: Expression) -> bool:
    """Tell whether each branch looks for something, and not only leaves something out."""
    if isinstance(expression, Leaf):
        return True
    if isinstance(expression, Not):
        return is_sound(expression.child) and not isinstance(expression.child, Not)
    wanted = [child for child in expression.children if not isinstance(child, Not)]
    enough = len(wanted) == len(expression.children) if isinstance(expression, AnyOf) else bool(wanted)
    return enough and all(map(is_sound, expression.children))


def nesting(expression: Expression) -> int:
    """Return how deep the brackets of the text stand in each other."""
    if isinstance(expression, Leaf):
        return 0
    if isinstance(expression, Not):
        return nesting(expression.child) + (not _takes_a_minus(expression.child))
    return max(nesting(child) + isinstance(child, AllOf | AnyOf) for child in expression.children)


def text_of(expression: Expression) -> str:
    """Return the expression as it is kept and shown; it reads back as the same one."""
    if isinstance(expression, Leaf):
        return _leaf_text(expression)
    if isinstance(expression, Not):
        text = text_of(expression.child)
        return f"-{text}" if _takes_a_minus(expression.child) else f"-({text})"
    if isinstance(expression, AnyOf):
        return " OR ".join(map(_grouped, expression.children))
    wanted = [_grouped(child) for child in expression.children if not isinstance(child, Not)]
    left_out = [text_of(child) for child in expression.children if isinstance(child, Not)]
    return " ".join((" AND ".join(wanted), *left_out))


def _flat(children: Iterable[Expression], kind: type[AllOf] | type[AnyOf]) -> Iterator[Expression]:
    for child in children:
        if isinstance(child, kind):
            yield from child.children
        else:
            yield child


def _grouped(child: Expression) -> str:
    text = text_of(child)
    return f"({text})" if isinstance(child, AllOf | AnyOf) else text


def _takes_a_minus(child: Expression) -> bool:
    """Tell whether a minus before the child means all of it: not before several words, nor a number."""
    if not isinstance(child, Leaf):
        return False
    return child.scope is not Scope.ABOUT or not (" " in child.words or _SIGNED.match(child.words))


def _leaf_text(leaf: Leaf) -> str:
    if leaf.scope is Scope.ABOUT:
        return leaf.words
    if leaf.scope is Scope.PHRASE:
        return f'"{leaf.words}"'
    words = leaf.words if _BARE.fullmatch(leaf.words) else f'"{leaf.words}"'
    return f"{leaf.scope}:{words}"
