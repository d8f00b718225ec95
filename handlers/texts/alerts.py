"""Sentences of the daily alert."""

from __future__ import annotations

from handlers.texts import Message

TITLE = Message("行讯 · {day}　{news}", "Hangxun · {day}　{news}")
ARTICLES = Message(
    "{topics} 个主题 · {articles} 篇新文章",
    "{articles} new {articles:article|articles} on {topics} {topics:topic|topics}",
)
ALSO = Message("也属{topics}", "also {topics}")
QUOTED = Message("“{topic}”", "“{topic}”")
READ = Message("全文 {number}", "Read {number}")
KEY_FIGURES = Message("要点数字", "Key figures")
SOURCE = Message("见 {number}", "see {number}")
MORE = Message("还有 {count} 篇", "{count} more")

WHY = Message("为什么推送", "Why this?")
LESS = Message("少推“{topic}”", "Less “{topic}”")
LESS_OF = Message("少推…", "Less…")
MUTE = Message("“{topic}”静音 7 天", "Mute “{topic}” 7 days")
MUTE_ONE = Message("静音…", "Mute…")
DROP = Message("退订“{topic}”", "Unfollow “{topic}”")

BECAUSE = Message("因为你订阅了 **{topic}**（{day}）：", "Because you follow **{topic}** (since {day}):")
IN_TITLE = Message("标题中有{words}", "in the title: {words}")
IN_BODY = Message("正文出现 {count} 次", "{count} {count:time|times} in the text")
IN_BODY_AS = Message("正文出现 {count} 次（{words}）", "{count} {count:time|times} in the text ({words})")
BY_PLACE = Message("符合规则里的栏目", "it stands in the section of the rule")
NO_REASON = Message(
    "这些文章对应的订阅已经改了或退了，以后不会再这样推送。",
    "What brought these articles is no longer followed.",
)
WHY_USAGE_HINT = Message(
    "在一条推送下面按“为什么推送”，就能看到它是哪个订阅带来的。",
    "Press “Why this?” below an alert to see what brought it.",
)
