"""What a text must have for a regular expression to match at all, read off the expression itself.

Most rules cannot match most texts, and a character tells: the one that a match begins or ends with, or some
that every match has one of. A need is necessary, never enough; what is not understood needs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from re import _parser  # type: ignore[attr-defined]  # the standard library's own reader of expressions
from typing import Any, NamedTuple, TypeAlias

from knowledge.metrics.tables import any_of

Characters: TypeAlias = "frozenset[str] | None"
"""One of these has to be there; None where any can be, or none."""

EDGE = ""
"""Stands among characters for the beginning or the end of the text."""

DIGIT = r"\d"
"""Stands among characters for all decimal digits of any script."""

_Items: TypeAlias = "Iterable[tuple[Any, Any]]"
_Edge: TypeAlias = "tuple[Characters, bool]"
_NOTHING: frozenset[str] = frozenset()
_WIDEST = 64  # a wider range of characters rules too little out
_LINE_END = "\n"  # $ matches before it as well
_ANY = r"[\s\S]"


class Needs(NamedTuple):
    """What `first` must begin a match, what must end the text, and of what `some` must be in the text."""

    first: Characters = None
    last: Characters = None
    some: Characters = None


def needs_of(expression: str) -> Needs:
    """Return what a regular expression without flags needs."""
    items = _parser.parse(expression)
    anchored = bool(items) and items[-1] == (_parser.AT, _parser.AT_END)
    last = _certain(_edge(items, backward=True)) if anchored else None
    return Needs(_certain(_edge(items, backward=False)), last, _some(items))


def outline(expression: str) -> str:
    """Return a short expression that needs what this one does, wherever it stands; quicker to read again."""
    items = _parser.parse(expression)
    (first, may_be_empty), (last, _) = _edge(items, backward=False), _edge(items, backward=True)
    one = f"(?:{_set(first)}{_set(_some(items))}{_set(last)})"
    return f"{one}?" if may_be_empty else one


def _set(characters: Characters) -> str:
    return _ANY if characters is None else any_of(characters)


def _certain(edge: _Edge) -> Characters:
    characters, may_be_empty = edge
    return None if may_be_empty else characters


def _edge(items: _Items, *, backward: bool) -> _Edge:
    """Return the characters at one end of what the items match, and whether they can match nothing."""
    found = _NOTHING
    for operator, argument in reversed(list(items)) if backward else items:
        read = _EDGES.get(operator)
        characters, may_be_empty = read(argument, backward) if read else (None, False)
        if characters is None:
            return None, False
        found |= characters
        if not may_be_empty:
            return found, False
    return found, True


def _edge_of_literal(code: int, _backward: bool) -> _Edge:
    return frozenset(chr(code)), False


def _edge_of_set(members: _Items, _backward: bool) -> _Edge:
    return _members(members), False


def _edge_of_branch(argument: tuple[None, Iterable[_Items]], backward: bool) -> _Edge:
    edges = [_edge(branch, backward=backward) for branch in argument[1]]
    return _union(characters for characters, _ in edges), any(may_be_empty for _, may_be_empty in edges)


def _edge_of_group(argument: tuple[int | None, int, int, _Items], backward: bool) -> _Edge:
    _, flags, _, items = argument
    return (None, False) if flags else _edge(items, backward=backward)


def _edge_of_repeat(argument: tuple[int, int, _Items], backward: bool) -> _Edge:
    least, _, items = argument
    characters, may_be_empty = _edge(items, backward=backward)
    return characters, may_be_empty or not least


def _edge_of_place(place: int, backward: bool) -> _Edge:
    if place == _parser.AT_END:
        return (frozenset(_LINE_END), True) if backward else (frozenset((EDGE, _LINE_END)), False)
    if place == _parser.AT_BEGINNING and backward:
        return frozenset((EDGE,)), False
    return _NOTHING, True


def _edge_of_look(argument: tuple[int, _Items], backward: bool) -> _Edge:
    """Return what a look ahead at the beginning tells of the character there; any other tells nothing."""
    direction, items = argument
    ahead = _certain(_edge(items, backward=False)) if direction > 0 and not backward else None
    return (_NOTHING, True) if ahead is None else (ahead, False)


def _edge_of_no_look(_argument: object, _backward: bool) -> _Edge:
    return _NOTHING, True


_EDGES: Mapping[Any, Callable[[Any, bool], _Edge]] = {
    _parser.LITERAL: _edge_of_literal,
    _parser.IN: _edge_of_set,
    _parser.BRANCH: _edge_of_branch,
    _parser.SUBPATTERN: _edge_of_group,
    _parser.MAX_REPEAT: _edge_of_repeat,
    _parser.MIN_REPEAT: _edge_of_repeat,
    _parser.AT: _edge_of_place,
    _parser.ASSERT: _edge_of_look,
    _parser.ASSERT_NOT: _edge_of_no_look,
}


def _some(items: _Items) -> Characters:
    """Return the fewest characters of which every match of the items has one."""
    found = [some for operator, argument in items if (some := _some_of(operator, argument)) is not None]
    return min(found, key=len, default=None)


def _some_of(operator: Any, argument: Any) -> Characters:
    if operator is _parser.LITERAL:
        return frozenset(chr(argument))
    if operator is _parser.IN:
        return _members(argument)
    if operator is _parser.BRANCH:
        return _union(map(_some, argument[1]))
    if operator is _parser.SUBPATTERN:
        return None if argument[1] else _some(argument[-1])
    if operator is _parser.ASSERT or (operator in _REPEATS and argument[0]):
        return _some(argument[-1])
    return None


_REPEATS = frozenset({_parser.MAX_REPEAT, _parser.MIN_REPEAT})


def _union(sets: Iterable[Characters]) -> Characters:
    """Return all the characters, None if one of the sets is of any."""
    union = _NOTHING
    for characters in sets:
        if characters is None:
            return None
        union |= characters
    return union


def _members(members: _Items) -> Characters:
    """Return the characters of a set that is told by them or by short ranges."""
    found: set[str] = set()
    for operator, argument in members:
        if operator is _parser.LITERAL:
            found.add(chr(argument))
        elif argument is _parser.CATEGORY_DIGIT:
            found.add(DIGIT)
        elif operator is _parser.RANGE and argument[1] - argument[0] < _WIDEST:
            found.update(map(chr, range(argument[0], argument[1] + 1)))
        else:
            return None
    return frozenset(found)
