"""What a button says when it can do nothing any more."""

from __future__ import annotations

from handlers.texts import Message

TYPE_A_NUMBER = Message(
    "输入方括号里的数字，就是按那个按钮；输入 exit 离开。",
    "Type the number in brackets to press that button; exit leaves.",
)
TOO_OLD = Message("这个按钮太旧了，请重新提问。", "This button is too old, please ask again.")
NOT_READ = Message(
    "这个按钮暂时用不了，请稍后再试。", "This button cannot be used right now, please try again later."
)
