"""What a handler may raise.

UserError    something the user can mend; becomes a notice
StoreError   the database did not save; becomes a notice with the id under which the log has the cause
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handlers.reply import Button, Text


class UserError(Exception):
    """Something the user can mend; `text` says what to do, `buttons` do it."""

    def __init__(self, text: Text, buttons: tuple[Button, ...] = ()) -> None:
        super().__init__(text.value)
        self.text = text
        self.buttons = buttons


class StoreError(Exception):
    """The database did not take or give what was asked; nothing of the call was saved."""
