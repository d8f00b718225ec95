"""Sentences about following figures."""

from __future__ import annotations

from handlers.texts import Message

FOLLOW_FIGURE = Message("订阅这个指标", "Follow this figure")

NOT_UNDERSTOOD = Message(
    "没看懂“{line}”，例如：**{example}**", "“{line}” is not understood. For example: **{example}**"
)
RULE_USAGE = Message("订阅 指标 5G基站 > 200万", "follow figure 5G base stations > 2 million")
RULE = Message("**{name}**", "**{name}**")
ALSO_FIGURES = Message(
    "也可以订阅一个数字，例如：**{example}**", "Or follow a figure, for example: **{example}**"
)
NOW = Message("现在：{figure}", "Now: {figure}")
CURRENT = Message("**{figure}**　{period}", "**{figure}**　{period}")
NOT_PRINTED = Message("库里还没有这个数字。", "No such figure is printed so far.")
EVERY_VALUE = Message(
    "{rhythm}，有新数字或修订才推送{earliest}。",
    "{rhythm}, only for a new or revised value{earliest}.",
)
WHEN_CROSSED = Message(
    "达到“{threshold}”时推送：{rhythm}{earliest}。",
    "I tell when it is {threshold}, {rhythm}{earliest}.",
)
CROSSED_ALREADY = Message(
    "已经达到“{threshold}”；退回去以后再次达到时推送{earliest}。",
    "It is {threshold} already; I tell when it is so again after falling back{earliest}.",
)
EARLIEST = Message("，最早 {when}", "; {when} at the earliest")
AT_PRESENT = Message("现在 {figure}", "now {figure}")
NONE_YET = Message("还没有数字", "no figure so far")
ALL_FIGURES = Message("所有数字", "All figures")

FIGURES = Message("{figures} 个新数字", "{figures} new {figures:figure|figures}")
NEW_FIGURES = Message("关注的指标", "Figures you follow")
MORE_FIGURES = Message("还有 {count} 个数字", "{count} more figures")
NOTE = Message("（{note}）", " ({note})")
CROSSED = Message("达到“{threshold}”", "{threshold}")
BEFORE = Message("上次 {figure}，{period}", "before: {figure}, {period}")
REVISED = Message("修订，原为 {figure}，{period}", "revised, was {figure}, {period}")
