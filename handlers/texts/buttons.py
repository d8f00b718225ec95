"""What a button says when it can do nothing any more."""

from __future__ import annotations

from handlers.texts import Message

TOO_OLD = Message("这个按钮太旧了，请重新提问。", "This button is too old, please ask again.")
NOT_READ = Message(
    "这个按钮暂时用不了，请稍后再试。", "This button cannot be used right now, please try again later."
)
