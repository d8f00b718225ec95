"""What a button carries: its action, or a token of an action that is longer than Slack carries."""

from __future__ import annotations

from collections.abc import Callable

MAX_VALUE = 2_000
TOKEN_MARK = "~"  # noqa: S105 -- tells a shortened action from one that is written out


def to_value(action: str, shorten: Callable[[str], str]) -> str:
    """Return the value of a button with this action."""
    action = action.encode("utf-8", "replace").decode()
    fits = len(action) <= MAX_VALUE and not action.startswith(TOKEN_MARK)
    return action if fits else TOKEN_MARK + shorten(action)


def to_action(value: str, expand: Callable[[str], str | None]) -> str | None:
    """Return the action of a button with this value, None for a token nobody knows."""
    return expand(value.removeprefix(TOKEN_MARK)) if value.startswith(TOKEN_MARK) else value
