"""What a platform's button carries: its action, or a token of an action that is longer than it carries."""

from __future__ import annotations

from collections.abc import Callable

TOKEN_MARK = "~"  # noqa: S105 -- tells a shortened action from one that is written out


def to_value(action: str, shorten: Callable[[str], str], fits: Callable[[str], bool]) -> str:
    """Return the value of a button with this action; `fits` tells whether the platform carries it whole."""
    action = action.encode("utf-8", "replace").decode()
    return action if fits(action) and not action.startswith(TOKEN_MARK) else TOKEN_MARK + shorten(action)


def to_action(value: str, expand: Callable[[str], str | None]) -> str | None:
    """Return the action of a button with this value, None for a token that nobody knows any more."""
    return expand(value.removeprefix(TOKEN_MARK)) if value.startswith(TOKEN_MARK) else value
