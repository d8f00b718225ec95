"""Sentences about the bot itself: greeting, help, privacy."""

from __future__ import annotations

from handlers.texts import Message

HELLO = Message("你好，我是**行讯**", "Hello, I am **Hangxun**")
WELCOME = Message("不客气，想到什么随时问。", "You are welcome; ask whenever you like.")
WHAT_I_DO = Message(
    "问一个词或一句话，我从行业简报里找出数字和文章，并注明出处；也可以订阅主题，有新内容时每天推送一次。",
    "Ask a word or a question: I find figures and articles in the industry digests and say where they were"
    " printed. Follow a topic and I send what is new, once a day.",
)
WHAT_I_HOLD = Message(
    "库里有 {issues} 期、{articles} 篇文章、{metrics} 个指标，最新一期：{newest}。",
    "The library holds {issues} {issues:issue|issues}, {articles} {articles:article|articles} and {metrics}"
    " {metrics:figure|figures}. Newest: {newest}.",
)
TRY_THESE = Message("试试：", "Try:")
HOW_MUCH = Message("{subject}{indicator}是多少", "what is the {indicator} of {subject}")

HELP_TITLE = Message("**行讯**能做什么", "What **Hangxun** can do")
HELP_PLAIN = Message(
    "直接发一个词或一个问题就是查找。命令前面的“/”可有可无：",
    "Any word or question is a search. The “/” before a command may be left out:",
)
HELP_OTHER_NAMES = Message("也可以写：{names}", "Other names: {names}")

PRIVACY_TITLE = Message("隐私", "Privacy")
PRIVACY_KEPT = Message(
    "关于这个聊天，只保存推送需要的：聊天的编号（关联了的，还有另一边的）、订阅、推送设置，"
    "以及推送过哪些文章和数字。什么都不发给第三方。",
    "Of this chat only what alerts need is kept: its id (and that of a linked chat), what it follows, its"
    " settings, and which articles and figures it was sent. Nothing goes to any third party.",
)
PRIVACY_MISSES = Message(
    "你问的问题不保存，只数每天有几个没有找到答案。",
    "Your questions are not stored; only how many of a day found nothing is counted.",
)
PRIVACY_MISSES_KEPT = Message(
    "没有找到答案的问题会保存文字 90 天，用来补充词表；不记是谁问的。其他问题不保存。",
    "The words of a question that found nothing are stored for 90 days, to grow the tables of words, without"
    " who asked. Other questions are not stored.",
)
PRIVACY_BUTTONS = Message(
    "只有一个例外：太长、放不进按钮的句子会存下文字，好让按钮以后还能用；不记是谁问的。",
    "With one exception: words too long for a button are stored so that the button goes on working,"
    " without who asked.",
)
PRIVACY_DELETE = Message("随时可以全部删除：", "You can delete all of it at any time:")
DELETE_MY_DATA = Message("删除我的数据", "Delete my data")

FORGET_ASK = Message(
    "这会删除这个聊天的 **{count}** 个订阅、推送设置和推送记录，不能恢复。确定吗？",
    "This deletes **{count}** {count:subscription|subscriptions}, the settings and alert records for good."
    " Are you sure?",
)
FORGET_ASK_LINKED = Message(
    "这会删除这个账号的 **{count}** 个订阅、推送设置和推送记录，关联的聊天也一起，不能恢复。确定吗？",
    "This deletes **{count}** {count:subscription|subscriptions}, the settings and alert records for good,"
    " in the linked chats too. Are you sure?",
)
FORGET_CONFIRM = Message("确定删除", "Yes, delete")
FORGOTTEN = Message("已删除这个聊天的全部数据。", "All data of this chat has been deleted.")
NOTHING_KEPT = Message("这个聊天没有保存任何数据。", "Nothing is stored about this chat.")
