"""Figures about the process itself, for Prometheus, and the pages that tell how it is.

Never called metrics: a metric is a figure from an article.
"""

from bot.telemetry.counted import Telemetry

__all__ = ["Telemetry"]
