"""Alerts: planned into the outbox by a tick, sent from it by a worker a platform.

    tick -> planner (pure plan, one transaction) -> deliveries -> worker -> Platform.send -> outcome -> ledger

A message is sent at least once until it expires. It comes twice only after a crash or an answer that never
came, is then marked as a possible repeat, and is never sent more than three times.
"""

from bot.alerts.clock import Clock
from bot.alerts.ledger import Ledger
from bot.alerts.planner import plan_due, preview
from bot.alerts.policy import Policy
from bot.alerts.service import AlertService, Duties, deliver_once

__all__ = ["AlertService", "Clock", "Duties", "Ledger", "Policy", "deliver_once", "plan_due", "preview"]
