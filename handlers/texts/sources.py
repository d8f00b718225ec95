"""Sentences about the sources that the library keeps up with."""

from __future__ import annotations

from handlers.texts import Message

SUMMARY = Message("看管、添加来源（管理员）", "Keep up with feeds and pages (admins)")
USAGE = Message("来源 https://example.com/feed.xml", "sources https://example.com/feed.xml")

ONLY_ADMINS = Message(
    "来源由机器人的管理员看管。请他们添加：**来源 网址**",
    "Sources are kept by the admins of this bot. Ask one of them to add it: **sources ADDRESS**",
)
NONE = Message(
    "还没有来源。发来一个网页或订阅源的地址，例如：**来源 https://example.com/feed.xml**",
    "There are no sources yet. Send the address of a feed or page: **sources https://example.com/feed.xml**",
)
LISTED = Message("**正在看 {count} 个来源**", "**Looking at {count} {count:source|sources}**")
TROUBLED = Message("，其中 {count} 个有问题", ", {count} in trouble")
FINE = Message("正常", "fine")
NOT_YET = Message("还没看过", "not looked at yet")
TROUBLE = Message("有问题：{trouble}", "in trouble: {trouble}")
REMOVE = Message("移除 {number}", "Remove {number}")
ADDED = Message(
    "已添加来源：{address}\n几秒后开始读，读到的新文章会进库，也会推送给订阅的人。",
    "Added: {address}\nIt is read within seconds; new articles become searchable and are alerted.",
)
THERE = Message("这个来源已经在看了：{address}", "This source is looked at already: {address}")
REFUSED = Message(
    "这个地址用不了：要写公开的网页或订阅源的完整地址，例如 **https://example.com/feed.xml**（{reason}）",
    "This address cannot be used: {reason}",
)
REMOVED = Message(
    "已移除来源 {number}，它带来的文章会从库里去掉。",
    "Source {number} is removed, its articles leave the library.",
)
NO_SUCH = Message("没有编号为 {number} 的来源。", "There is no source {number}.")
ALL = Message("全部来源", "All sources")
