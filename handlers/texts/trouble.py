"""What a user reads when something of ours went wrong; `id` stands in the log too."""

from __future__ import annotations

from handlers.texts import Message

NOT_SAVED = Message(
    "没有保存，原来的内容没有变化。请稍后再试；还不行，请把编号 {id} 告诉管理员。",
    "Not saved; what was kept before is unchanged. Try again, or tell an admin this number: {id}",
)
FAILED = Message(
    "出了点问题，这次没有答上来。请稍后再试；还不行，请把编号 {id} 告诉管理员。",
    "Something went wrong and there is no answer. Try again, or tell an admin this number: {id}",
)
OLD_INDEX = Message(
    "新索引暂时不可用，正在用{day}的版本回答。",
    "The new index cannot be used; this answer is from that of {day}.",
)
NOT_ALLOWED = Message(
    "这里还没有开通，请联系管理员。",
    "This chat is not enabled; please ask an admin.",
)
TOO_FAST = Message(
    "问得太快了，请过一分钟再问。",
    "Too many questions; please wait a minute.",
)
