"""What a query was understood to name, and how to have it searched as it was typed."""

from __future__ import annotations

from handlers.texts import Message

REGION = Message("地区: {values}", "Region: {values}")
COMPANY = Message("企业: {values}", "Company: {values}")
YEAR = Message("年份: {values}", "Year: {values}")
PERIOD = Message("时间: {values}", "Period: {values}")
SECTION = Message("栏目: {values}", "Section: {values}")
ISSUE = Message("期: {values}", "Issue: {values}")
PHRASE = Message("原文含: {values}", "Exactly: {values}")
WITHOUT = Message("不含: {values}", "Without: {values}")

AS_TYPED = Message("仍查“{query}”", "Search “{query}” anyway")
OTHER_PERIOD = Message(
    "没有找到{period}的数字，最接近的是：", "No figure found for {period}; the nearest is:"
)
