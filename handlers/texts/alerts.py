"""Sentences of the daily alert."""

from __future__ import annotations

from handlers.texts import Message

TITLE = Message("行讯 · {day}　{news}", "Hangxun · {day}　{news}")
ARTICLES = Message("{topics} 个主题 · {articles} 篇新文章", "{articles} new, {topics} topic(s)")
ALSO = Message("也属{topics}", "also {topics}")
QUOTED = Message("“{topic}”", "“{topic}”")
READ = Message("全文 {number}", "Read {number}")
MORE = Message("还有 {count} 篇", "{count} more")
