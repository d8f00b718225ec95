"""Words added to an alert on its way."""

from __future__ import annotations

from handlers.texts import Message

MAY_BE_A_REPEAT = Message("（可能重复）", "(possibly a repeat)")
