"""Words that many answers share: sources, pages, first aid."""

from __future__ import annotations

from handlers.texts import Message

TITLE = Message("《{title}》", "“{title}”")
PAGE = Message("第{page}页", "p. {page}")
NO_SECTION = Message("其他", "Other")
FROM_ISSUE = Message("出自：{issue}", "From: {issue}")
LIST_COMMA = Message("、", ", ")
CLAUSE_COMMA = Message("，", ", ")
TWO_SENTENCES = Message("{first}{second}", "{first} {second}")

PREVIOUS = Message("上一页", "Previous")
NEXT = Message("下一页", "Next")
PAGE_OF = Message("第 {number}/{count} 页", "Page {number}/{count}")

FULL_TEXT = Message("全文", "Full text")
ALL_ISSUES = Message("所有各期", "All issues")
CONTENTS = Message("目录", "Contents")
HELP = Message("帮助", "Help")
SETTINGS = Message("设置", "Settings")

EMPTY_MESSAGE = Message("发来一个词或一个问题就行，例如：", "Send a word or a question, for example:")
TOO_LONG = Message(
    "这条消息有 {length} 个字，太长了，最多 {limit} 个。请只发问题本身。",
    "This message has {length} characters, the limit is {limit}. Please send only the question.",
)
UNKNOWN_COMMAND = Message("没有“/{name}”这个命令。", "There is no command “/{name}”.")
MISSING_ARGUMENT = Message(
    "请在命令后面写上内容，例如：**{usage}**", "Please add a few words, for example: **{usage}**"
)
EMPTY_LIBRARY = Message(
    "库里还没有内容。管理员用 hangxun build 读入一期后就可以提问。",
    "The library is still empty. Questions can be asked once an admin has run hangxun build.",
)
