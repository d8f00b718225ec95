"""Words added to an alert or an answer on its way, and the message that tries the way."""

from __future__ import annotations

from handlers.texts import Message

TEST = Message("行讯的测试消息：推送可以送到这里。", "A test message of Hangxun: alerts can arrive here.")
MAY_BE_A_REPEAT = Message("（可能重复 · 编号 {number}）", "(possibly a repeat · no. {number})")
NOT_ATTACHED = Message(
    "“{name}”发不到这里。在频道里 @ 我，或给我发私信，就能收到。",
    "“{name}” cannot be sent here. Mention me in the channel or send me a direct message to get it.",
)
