"""Sentences about taking subscriptions along as a file."""

from __future__ import annotations

from handlers.texts import Message

FILE_NAME = Message("行讯订阅.json", "hangxun-subscriptions.json")
EXPORTED = Message(
    "{count} 个订阅和推送设置。在另一个聊天里发“导入”加上它的内容，或者把文件发给我。",
    "{count} {count:subscription|subscriptions} and the settings. In another chat send “import” and its"
    " content, or the file.",
)
HOW_TO_IMPORT = Message(
    "把导出的文件发给我，或者发“导入”加上文件的内容。“导出订阅”给出这样的文件。",
    "Send me an exported file, or “import” and its content. “backup” makes such a file.",
)
WOULD_FOLLOW = Message("新增 **{count}** 个订阅：{topics}", "**{count}** new: {topics}")
NOTHING_NEW = Message("没有新的订阅", "Nothing new to follow")
KNOWN = Message("已有 {count} 个，保持不变", "{count} followed already")
PREVIEW = Message("导入这份文件：{follow}；{known}。", "This file: {follow}; {known}.")
WOULD_SET = Message("推送会改为：**{rhythm}**。", "Alerts will come: **{rhythm}**.")
WOULD_BE_QUIET = Message("静默时间：{quiet}。", "Quiet hours: {quiet}.")
SAME_SETTINGS = Message("推送设置不变。", "The settings stay.")
IMPORT_ALL = Message("全部导入", "Import all")
IMPORT_TOPICS = Message("只导入订阅", "Subscriptions only")
MINE_ONLY = Message("不导入", "Cancel")
IMPORTED = Message(
    "已导入：新增 {count} 个订阅。", "Imported: {count} new {count:subscription|subscriptions}."
)
NOT_IMPORTED = Message("没有导入，什么都没有变。", "Nothing was imported or changed.")

TOO_LONG = Message("这份文件太大了，不像是导出的订阅。", "This is too long to be a file of subscriptions.")
NO_JSON = Message(
    "这不是一份完整的 JSON，没有导入。请发导出的原文件。",
    "This is no whole JSON, nothing was imported. Please send the file as it was exported.",
)
OTHER_FORMAT = Message(
    "这不是行讯导出的订阅，没有导入。", "This is no file of Hangxun's subscriptions; nothing was imported."
)
OTHER_VERSION = Message(
    "这份文件是另一个版本的行讯导出的，这里读不了，没有导入。",
    "This file is of another version of Hangxun and cannot be read here; nothing was imported.",
)
BAD_SETTINGS = Message(
    "文件里的设置看不懂（schedule、timezone 或 language），没有导入。",
    "Its settings are not understood (schedule, timezone or language); nothing was imported.",
)
BAD_TOPIC = Message(
    "文件里的“{topic}”看不懂，没有导入。", "“{topic}” in the file is not understood; nothing was imported."
)
BAD_SUBSCRIPTIONS = Message(
    "文件里的订阅看不懂，没有导入。每一项要有 topic，最多 200 个字。",
    "Its subscriptions are not understood; nothing was imported. Each needs a topic of 200 characters at"
    " most.",
)
