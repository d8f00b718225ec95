"""What each command does, and how it is typed: help and the platforms' menus are made of these."""

from __future__ import annotations

from handlers.texts import Message

SEARCH_SUMMARY = Message("查找数字和文章", "Find figures and articles")
SEARCH_USAGE = Message("搜索 5G基站有多少", "search 5G base stations")
ARTICLE_SUMMARY = Message("逐页阅读一篇文章", "Read an article page by page")
ARTICLE_USAGE = Message("文章 编号", "article ID")
CONTENTS_SUMMARY = Message("各期、栏目和文章的目录", "Issues, sections and articles")
CONTENTS_USAGE = Message("目录", "contents")
METRIC_SUMMARY = Message("列出一个主题的数字和出处", "List the figures on a subject, with sources")
METRIC_USAGE = Message("指标 数字经济", "metric digital economy")
SUBSCRIBE_SUMMARY = Message("订阅一个主题，每天推送新内容", "Follow a topic: what is new, once a day")
SUBSCRIBE_USAGE = Message("订阅 半导体", "subscribe semiconductor")
UNSUBSCRIBE_SUMMARY = Message("退订一个主题", "Stop following a topic")
UNSUBSCRIBE_USAGE = Message("退订 半导体", "unsubscribe semiconductor")
SUBSCRIPTIONS_SUMMARY = Message("我的订阅和下次推送的时间", "What I follow and when the next alert comes")
SUBSCRIPTIONS_USAGE = Message("我的订阅", "subscriptions")
SETTINGS_SUMMARY = Message("推送时间、时区、暂停和语言", "Alert time, time zone, pause and language")
SETTINGS_USAGE = Message("设置 时间 08:30", "settings time 08:30")
HELP_SUMMARY = Message("怎么用", "How to use the bot")
HELP_USAGE = Message("帮助", "help")
PRIVACY_SUMMARY = Message("保存了什么", "What is stored")
PRIVACY_USAGE = Message("隐私", "privacy")
FORGET_SUMMARY = Message("删除这个聊天的全部数据", "Delete all data of this chat")
FORGET_USAGE = Message("删除我的数据", "forget_me")
START_SUMMARY = Message("打招呼并给出例子", "Say hello and show examples")
START_USAGE = Message("开始", "start")
