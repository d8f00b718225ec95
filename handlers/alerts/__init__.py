"""Who gets which alert, and what it says. Pure: storing and sending is the bot's.

chats -> planning (what is new for each) -> Alert -> alert_reply -> Reply
"""

from __future__ import annotations

from handlers.alerts.alert import Alert
from handlers.alerts.message import alert_reply
from handlers.alerts.planning import LOOK_BACK, plan_alerts, planning
from handlers.alerts.stories import storytelling

__all__ = ["LOOK_BACK", "Alert", "alert_reply", "plan_alerts", "planning", "storytelling"]
