"""Sentences about one account on both platforms."""

from __future__ import annotations

from handlers.texts import Message

PRIVATE_ONLY = Message(
    "关联账号请在私聊里进行：群里的订阅不能和个人的合在一起。",
    "Please link accounts in a private chat with me; what a group follows stays with the group.",
)
TYPE_THERE = Message(
    "在另一个平台的私聊里对我说：**{line}**",
    "In your private chat with me on the other platform, say: **{line}**",
)
WHAT_IT_DOES = Message(
    "10 分钟内有效，只能用一次。关联后两边共用订阅和设置，推送只发到其中一边。",
    "It counts once, for 10 minutes. Both chats then share what they follow and their settings; alerts go to"
    " one of them.",
)
COPY = Message("复制", "Copy")
LINKED = Message("已关联：两边的订阅合在了一起。", "Linked: both chats now follow the same.")
PLACES = Message(
    "推送发到 **{receiving}**，也关联了 {others}。", "Alerts go to **{receiving}**; linked too: {others}."
)
RECEIVE_HERE = Message("推送到这里", "Send alerts here")
UNLINK = Message("解除关联", "Unlink")
UNLINKED = Message(
    "已解除关联。订阅和设置留在收推送的那一边，另一边从头开始。",
    "Unlinked. What was followed stays with the chat that gets the alerts; the other starts afresh.",
)
NOT_LINKED = Message("这个聊天没有关联。", "This chat is not linked.")
GET_CODE = Message("取关联码", "Get a code")
NO_CODE = Message(
    "关联码是 8 位字母和数字。发“关联”取一个。",
    "A code has 8 letters and digits. Send “link” to get one.",
)
WRONG_CODE = Message(
    "这个关联码不对，或者已经过期、用过。请在另一边重新发“关联”。",
    "This code is wrong, used or too old. Please send “link” in the other chat again.",
)
TOO_OFTEN = Message(
    "试错太多次了，请 10 分钟以后再试。", "Too many wrong codes; please try again in 10 minutes."
)
SAME_CHAT = Message(
    "两边本来就是同一个账号。请把关联码发到另一个平台的私聊里。",
    "This is the same account already. Please send the code in the other platform's private chat.",
)
