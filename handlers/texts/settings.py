"""Sentences of the settings."""

from __future__ import annotations

from handlers.texts import Message

TITLE = Message("推送设置", "Alert settings")
STATE = Message("**{rhythm}**· {state} · 语言：{spoken}", "**{rhythm}** · {state} · language: {spoken}")
ON = Message("已开启", "on")
OFF = Message("已暂停", "paused")
QUIET = Message(
    "静默 **{quiet}**：这段时间的推送留到 {end} 一起发。",
    "Quiet **{quiet}**: what is due in these hours comes at {end} in one message.",
)
NEXT = Message("下次推送：{when}", "Next alert: {when}")
NEXT_AT_ONCE = Message("下次推送：有新一期的时候", "Next alert: when a new issue is in")
LAST = Message("上次推送：{when}", "Last alert: {when}")
HOW = Message(
    "也可以直接写：推送时间 工作日 9:00 18:30 · 推送时间 每周五 17:00 · 推送时间 即时"
    " · 静默 22:00-8:00 · 设置 时区 东京",
    "Or write: schedule working days 9:00, 18:30 · schedule every Friday 17:00 · schedule at once"
    " · quiet 22:00-8:00 · settings zone Asia/Tokyo",
)

HELD_PAUSED = Message(
    "留着：新内容都先留着，恢复后随第一次推送一起发。",
    "Held: everything new waits and comes with the first alert after you resume.",
)
HELD_QUIET = Message(
    "留着：{meant} 的推送，静默结束后（{when}）发。",
    "Held: the alert of {meant}, until the quiet hours end ({when}).",
)
HELD_MUTED = Message("静音：{topics}，之后一起补上。", "Muted: {topics}; what they bring comes afterwards.")
MUTED_UNTIL = Message("{topic}（到{day}）", "{topic} (until {day})")
WAITING = Message("正在发送：{count} 条推送。", "Being sent: {count} {count:alert|alerts}.")
WAITING_UNTIL = Message(
    "等着发：{count} 条推送，平台暂时不收，{when} 再试。",
    "Waiting: {count} {count:alert|alerts}; the platform takes nothing at present, next try at {when}.",
)
WORKDAYS_UNKNOWN = Message(
    "{year} 年的放假调休安排还没有收录，先按周一到周五算。",
    "The working days of {year} are not known yet: Monday to Friday counts until then.",
)

TIME_SET = Message("推送时间改为 **{time}**。", "Alerts now come at **{time}**.")
DAYS_SET = Message("推送改为 **{rhythm}**。", "Alerts now come: **{rhythm}**.")
QUIET_SET = Message(
    "静默时间设为 **{quiet}**，其间的推送 {end} 一起发。",
    "Quiet hours are now **{quiet}**; what is due then comes at {end} in one message.",
)
QUIET_OFF = Message("没有静默时间了。", "There are no quiet hours now.")
ZONE_SET = Message("时区改为 **{zone}**。", "The time zone is now **{zone}**.")
WHICH_ZONE = Message(
    "用哪个时区？发“设置 时区 城市”，或者点一个：",
    "Which time zone? Send “settings zone CITY”, or press one:",
)
PAUSE_SET = Message("推送已暂停，订阅都保留。", "Alerts are paused; everything you follow is kept.")
RESUME_SET = Message("推送已恢复。", "Alerts are on again.")
LANGUAGE_SET = Message("以后用中文回答。", "From now on I answer in English.")

PAUSE = Message("暂停", "Pause")
RESUME = Message("恢复", "Resume")
OTHER_LANGUAGE = Message("English", "中文")
LANGUAGE_NAME = Message("中文", "English")

WORKDAYS = Message("只在工作日", "Working days only")
EVERY_DAY = Message("每天", "Every day")
AT_ONCE = Message("即时", "At once")
QUIET_AT_NIGHT = Message("静默 22–8", "Quiet 22–8")
NO_QUIET = Message("取消静默", "No quiet hours")

BAD_TIME = Message(
    "没看懂时间“{value}”。请写成 08:30、8点半 或 下午6点；也可以写 工作日 9:00 18:30、每周五 17:00、即时。",
    "“{value}” is no time of day. Please write 08:30 or 6 pm, or: working days 9:00, 18:30; Fridays 17:00;"
    " at once.",
)
TOO_MANY_TIMES = Message("一天最多推送 {limit} 次。", "There can be {limit} alerts a day at most.")
BAD_QUIET = Message(
    "没看懂静默时间“{value}”。请写成 静默 22:00-8:00，或者 静默 关。",
    "“{value}” is no range of hours. Please write: quiet 22:00-8:00, or: quiet off.",
)
BAD_ZONE = Message(
    "没有时区“{value}”。请写城市或 Asia/Shanghai 这样的名字。",
    "There is no time zone “{value}”. Please write a city or a name like Asia/Tokyo.",
)
BAD_LANGUAGE = Message("可选的语言：中文、English。", "Languages: 中文, English.")
BAD_SETTING = Message(
    "没看懂“{value}”。可以设置时间、静默、时区、暂停、恢复、语言。",
    "“{value}” is not understood. Set time, quiet, zone, pause, resume or language.",
)
