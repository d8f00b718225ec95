"""Words for the days and times of alerts."""

from __future__ import annotations

from handlers.texts import Message

RHYTHM = Message("{days} {times}（{zone}）", "{days} at {times} ({zone})")
AT_ONCE = Message("即时（有新一期就推送{days}）", "At once (as soon as there is a new issue{days})")
ON_DAYS = Message("，只在{days}", ", on {days} only")
EVERY_DAY = Message("每天", "Every day")
WORKDAYS = Message("工作日", "working days")
EVERY_WORKDAY = Message("每个工作日", "Every working day")
ON_WEEKDAYS = Message("每{days}", "Every {days}")
FIRST_WEEKDAY = Message("周{day}", "{day}")
SPAN = Message("{first}至{last}", "{first} to {last}")
SHORT_WEEKDAYS = (
    Message("一", "Mon"),
    Message("二", "Tue"),
    Message("三", "Wed"),
    Message("四", "Thu"),
    Message("五", "Fri"),
    Message("六", "Sat"),
    Message("日", "Sun"),
)
