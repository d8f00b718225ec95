"""Words added to an alert or an answer on its way."""

from __future__ import annotations

from handlers.texts import Message

MAY_BE_A_REPEAT = Message("（可能重复 · 编号 {number}）", "(possibly a repeat · no. {number})")
NOT_ATTACHED = Message(
    "“{name}”发不到这里。在频道里 @ 我，或给我发私信，就能收到。",
    "“{name}” cannot be sent here. Mention me in the channel or send me a direct message to get it.",
)
