"""Sentences about keeping subscriptions in order: muting, files of them, who may change what."""

from __future__ import annotations

from handlers.texts import Message

ADMINS_ONLY = Message(
    "这里的推送由管理员决定：请管理员来发这条命令。你自己想收，可以私聊我订阅。",
    "Admins decide what comes here: please ask one to send this. For yourself, follow it in a private chat"
    " with me.",
)
CANNOT_POST = Message(
    "我还不在这个频道里，推送发不过来。请先发 **/invite** 把我加进来，再试一次。",
    "I am not in this channel yet and cannot post here. Please **/invite** me, then try again.",
)

WHICH_TO_MUTE = Message("静音哪一个？", "Which one shall be muted?")
MUTED = Message(
    "**{topic}** 静音到 {day}，其间的新内容之后一起补上。",
    "**{topic}** is muted until {day}; what it brings until then comes afterwards.",
)
WHICH_TO_UNMUTE = Message("取消哪一个的静音？", "Which one shall be heard again?")
NONE_MUTED = Message("没有静音的订阅。", "Nothing is muted.")
UNMUTED = Message(
    "**{topic}** 不再静音，攒下的新内容随下次推送一起来。",
    "**{topic}** is heard again; what it brought meanwhile comes with the next alert.",
)
MUTE = Message("静音 7 天", "Mute 7 days")
UNMUTE = Message("取消静音", "Unmute")
DROP = Message("退订", "Drop")
IS_MUTED = Message("静音到{day}", "muted until {day}")
MUTED_TOO_LONG = Message("静音最多 {limit} 天。", "{limit} days are the longest.")
