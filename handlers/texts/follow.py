"""Sentences about following topics."""

from __future__ import annotations

from handlers.texts import Message

SUBSCRIBED = Message("已订阅 **{topic}**{aliases}", "You now follow **{topic}**{aliases}")
ALREADY_SUBSCRIBED = Message("已经订阅了 **{topic}**{aliases}", "You already follow **{topic}**{aliases}")
ALIASES = Message("（含 {aliases}）", " (with {aliases})")
RHYTHM = Message("{rhythm}，有新内容才推送。", "{rhythm}, only when there is something new.")
FIRST_ALERT = Message(
    "最近一期有 **{count}** 篇，下次推送（{when}）送到；也可以现在看。",
    "The newest issue has **{count}** {count:article|articles} on it. The next alert ({when}) brings"
    " {count:it|them}; you can also look now.",
)
NOTHING_YET = Message(
    "最近一期还没有这方面的文章，以后有了就推送（最早 {when}）。",
    "The newest issue has nothing on it yet; the next alert can come on {when}.",
)
NEWEST_HAS = Message(
    "最近一期有 **{count}** 篇，现在就可以看。",
    "The newest issue has **{count}** {count:article|articles} on it; see {count:it|them} now.",
)
NEWEST_HAS_NONE = Message("最近一期还没有这方面的文章。", "The newest issue has nothing on it yet.")
PAUSED = Message("推送现在是暂停的。", "Alerts are paused.")
SEE_THESE = Message("看这 {count} 篇", "See these {count}")
CHANGE_TIME = Message("改时间", "Change the time")
UNDO = Message("撤销", "Undo")

WHICH_TOPIC = Message(
    "想订阅什么？最近一期写得多的主题：", "What do you want to follow? The newest issue writes about:"
)
WHICH_TOPIC_PLAIN = Message(
    "想订阅什么？发“订阅”加一个词就行。", "What do you want to follow? Send “follow” and a word."
)
TOPIC_TOO_LONG = Message(
    "主题最多 {limit} 个字，请用一个词。", "A topic has {limit} characters at most; please use one word."
)
TOO_MANY = Message(
    "一个聊天最多订阅 {limit} 个主题，请先退订一些。",
    "A chat can follow {limit} topics at most; please drop some first.",
)

UNSUBSCRIBED = Message("已退订 **{topic}**。", "You no longer follow **{topic}**.")
UNSUBSCRIBED_ALL = Message("已退订全部 {count} 个主题。", "All {count} dropped; you follow nothing now.")
NOT_SUBSCRIBED = Message("没有订阅“{topic}”。", "You do not follow “{topic}”.")
WHICH_TO_DROP = Message("退订哪一个？", "Which one shall be dropped?")
NO_SUBSCRIPTIONS = Message(
    "还没有订阅。订阅一个主题，有新内容时每天推送一次。",
    "Nothing is followed yet. Follow a topic to get what is new once a day.",
)
DROP_ALL = Message("全部退订", "Drop all")
SUBSCRIBE_AGAIN = Message("重新订阅", "Follow again")
UNSUBSCRIBE = Message("退订…", "Drop…")

MINE = Message("我的订阅", "My subscriptions")
SUBSCRIBE = Message("订阅", "Follow a topic")
MY_SUBSCRIPTIONS = Message("我的订阅　{count} 个", "My subscriptions: {count}")
NEXT_ALERT = Message("下次推送：{when}（{zone}）", "Next alert: {when} ({zone})")
IN_NEWEST = Message("最近一期 {count} 篇", "{count} {count:article|articles} in the newest issue")
SINCE = Message("{day}订阅", "since {day}")
ABOUT_TOPIC = Message("**{topic}**　最近一期 {count} 篇", "**{topic}**　{count} in the newest issue")
