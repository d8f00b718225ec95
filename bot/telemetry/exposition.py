"""The figures in the words of Prometheus (https://prometheus.io/docs/instrumenting/exposition_formats/)."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from itertools import accumulate

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from bot.telemetry.counted import BUCKETS, EVENTS, Gauge, Telemetry
from handlers.errors import StoreError

LOG = logging.getLogger(__name__)
PREFIX = "hangxun_"


def exposition(telemetry: Telemetry) -> bytes:
    """Return all figures as the text that Prometheus scrapes. Reads the database: not for the event loop."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Figures(telemetry))
    return generate_latest(registry)


class _Figures(Collector):
    """The library's view of our figures, made for one scrape."""

    def __init__(self, telemetry: Telemetry) -> None:
        self._telemetry = telemetry

    def describe(self) -> list[Metric]:
        """Describe nothing beforehand: the registry would read every figure twice."""
        return []

    def collect(self) -> Iterator[Metric]:
        """Yield every figure; one that cannot be read is left out of this scrape."""
        for event, about in EVENTS.items():
            yield CounterMetricFamily(PREFIX + event, about, value=self._telemetry.events[event])
        yield _histogram(self._telemetry)
        for gauge in self._telemetry.gauges:
            try:
                yield _gauge(gauge)
            except StoreError as error:
                LOG.warning("figure not read name=%s error=%s", gauge.name, error)


def _histogram(telemetry: Telemetry) -> Metric:
    edges = [*map(str, BUCKETS), "+Inf"]
    buckets = list(zip(edges, accumulate(telemetry.waits), strict=True))
    about = "How long answers took, from the request to the reply."
    return HistogramMetricFamily(PREFIX + "query_seconds", about, buckets, sum_value=telemetry.seconds)


def _gauge(gauge: Gauge) -> Metric:
    values = gauge.read()
    if isinstance(values, float | int):
        return GaugeMetricFamily(PREFIX + gauge.name, gauge.help, value=values)
    family = GaugeMetricFamily(PREFIX + gauge.name, gauge.help, labels=[gauge.label])
    for name, value in values.items():
        family.add_metric([name], value)
    return family
