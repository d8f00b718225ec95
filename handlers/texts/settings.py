"""Sentences of the settings."""

from __future__ import annotations

from handlers.texts import Message

TITLE = Message("推送设置", "Alert settings")
STATE = Message(
    "每天 **{time}**（{zone}）· {state} · 语言：{spoken}",
    "Every day at **{time}** ({zone}) · {state} · language: {spoken}",
)
ON = Message("已开启", "on")
OFF = Message("已暂停", "paused")
NEXT = Message("下次推送：{when}", "Next alert: {when}")
HOW = Message(
    "也可以直接写：设置 时间 08:30 · 设置 时区 东京 · 设置 暂停",
    "Or write: settings time 08:30 · settings zone Asia/Tokyo · settings pause",
)
TIME_SET = Message("推送时间改为 **{time}**。", "Alerts now come at **{time}**.")
ZONE_SET = Message("时区改为 **{zone}**。", "The time zone is now **{zone}**.")
PAUSE_SET = Message("推送已暂停，订阅都保留。", "Alerts are paused; everything you follow is kept.")
RESUME_SET = Message("推送已恢复。", "Alerts are on again.")
LANGUAGE_SET = Message("以后用中文回答。", "From now on I answer in English.")

PAUSE = Message("暂停", "Pause")
RESUME = Message("恢复", "Resume")
OTHER_LANGUAGE = Message("English", "中文")
LANGUAGE_NAME = Message("中文", "English")

BAD_TIME = Message(
    "没看懂时间“{value}”。请写成 08:30、8点半 或 下午6点。",
    "“{value}” is no time of day. Please write 08:30 or 6 pm.",
)
BAD_ZONE = Message(
    "没有时区“{value}”。请写城市或 Asia/Shanghai 这样的名字。",
    "There is no time zone “{value}”. Please write a city or a name like Asia/Tokyo.",
)
BAD_LANGUAGE = Message("可选的语言：中文、English。", "Languages: 中文, English.")
BAD_SETTING = Message(
    "没看懂“{value}”。可以设置时间、时区、暂停、恢复、语言。",
    "“{value}” is not understood. Set time, zone, pause, resume or language.",
)
