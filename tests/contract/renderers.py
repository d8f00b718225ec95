"""The table of renderers that the contract is run over: a platform is one line.

`render` turns a reply into its payloads, `read` returns the text that a user sees of one payload, labels of
buttons included, and raises for a payload that the platform would refuse: markup that does not parse, a
text that is too long, a button that holds too much.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.slack.render import render as render_slack
from bot.telegram.render import render as render_telegram
from bot.terminal.render import render as render_terminal
from handlers.reply import Reply
from handlers.request import Language
from tests.fakes.slack.screen import read_message as read_slack_message
from tests.fakes.telegram.screen import read_message
from tests.fakes.terminal import WIDTH, read_lines


@dataclass(frozen=True)
class Renderer:
    """A platform's renderer and the eyes of its users."""

    name: str
    render: Callable[[Reply], Sequence[Any]]
    read: Callable[[Any], str]

    def show(self, reply: Reply) -> str:
        """Return all that a user sees of a reply."""
        return "\n".join(self.read(payload) for payload in self.render(reply))


def shorten(action: str) -> str:
    """Make a token of an action, as the store does."""
    return f"token{len(action)}"


RENDERERS = (
    Renderer("telegram", lambda reply: render_telegram(reply, shorten), read_message),
    Renderer("slack", lambda reply: render_slack(reply, shorten, Language.ZH), read_slack_message),
    Renderer("terminal", lambda reply: (render_terminal(reply, width=WIDTH, colour=False),), read_lines),
)
