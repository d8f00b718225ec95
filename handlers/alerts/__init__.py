"""Who gets which alert, and what it says. Pure: storing and sending is the bot's.

chats -> planning (what is new for each) -> Alert -> alert_reply -> Reply
"""

from __future__ import annotations

from handlers.alerts.alert import Alert, AlertEntry, FigureEntry
from handlers.alerts.message import alert_reply
from handlers.alerts.planning import LOOK_BACK, plan_alerts, planning
from handlers.alerts.stories import storytelling
from handlers.due import due_time, next_alert

__all__ = [
    "LOOK_BACK",
    "Alert",
    "AlertEntry",
    "FigureEntry",
    "alert_reply",
    "due_time",
    "next_alert",
    "plan_alerts",
    "planning",
    "storytelling",
]
