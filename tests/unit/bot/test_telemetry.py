"""The figures as Prometheus reads them, and the pages as a supervisor does."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.http import HttpServer
from bot.telemetry import Telemetry
from bot.telemetry.counted import Gauge
from bot.telemetry.exposition import exposition
from bot.telemetry.pages import offer_pages
from handlers.errors import StoreError
from tests.contract.test_http import free_port


def samples(telemetry: Telemetry) -> dict[str, float]:
    families = text_string_to_metric_families(exposition(telemetry).decode())
    return {
        sample.name + "".join(f"{{{value}}}" for value in sample.labels.values()): sample.value
        for family in families
        for sample in family.samples
    }


def test_events_are_counters_that_begin_at_zero() -> None:
    telemetry = Telemetry()
    telemetry.count("sent", 3)
    telemetry.count("sent")
    told = samples(telemetry)
    assert told["hangxun_sent_total"] == 4
    assert told["hangxun_dead_total"] == 0


def test_an_event_nobody_knows_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError, match="sentt"):
        Telemetry().count("sentt")


def test_answers_are_counted_by_how_long_they_took() -> None:
    telemetry = Telemetry()
    for seconds in (0.005, 0.03, 99.0):
        telemetry.answered(seconds)
    told = samples(telemetry)
    assert told["hangxun_queries_total"] == 3
    assert told["hangxun_query_seconds_bucket{0.005}"] == 1
    assert told["hangxun_query_seconds_bucket{0.05}"] == 2
    assert told["hangxun_query_seconds_bucket{10.0}"] == 2
    assert told["hangxun_query_seconds_bucket{+Inf}"] == 3
    assert told["hangxun_query_seconds_sum"] == pytest.approx(99.035)


def test_gauges_are_read_when_asked_and_left_out_while_they_cannot_be() -> None:
    def fail() -> float:
        raise StoreError("the database is gone")

    telemetry = Telemetry()
    telemetry.gauges += [
        Gauge("index_age_seconds", "x", lambda: 12.5),
        Gauge("deaf_seconds", "x", lambda: {"telegram": 3.0, "slack": 0.0}, "platform"),
        Gauge("oldest_due_seconds", "x", fail),
    ]
    told = samples(telemetry)
    assert told["hangxun_index_age_seconds"] == 12.5
    assert told["hangxun_deaf_seconds{telegram}"] == 3.0
    assert "hangxun_oldest_due_seconds" not in told


def test_two_processes_in_one_interpreter_do_not_share_figures() -> None:
    one, other = Telemetry(), Telemetry()
    one.count("sent")
    assert samples(other)["hangxun_sent_total"] == 0


@pytest.fixture
async def port() -> AsyncIterator[int]:
    port = free_port()
    server = HttpServer("127.0.0.1", port)
    checks = {"database": lambda: "disk full", "index": lambda: None}
    offer_pages(server, Telemetry(), {"telegram": lambda: None}, checks)
    await server.open()
    yield port
    await server.close()


async def get(port: int, path: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}{path}") as answer:
        return answer.status, await answer.text()


async def test_the_pages_tell_how_the_process_is(port: int) -> None:
    status, body = await get(port, "/healthz")
    assert (status, json.loads(body)) == (200, {"telegram": "ok"})
    status, body = await get(port, "/readyz")
    assert (status, json.loads(body)) == (503, {"database": "disk full", "index": "ok"})
    status, body = await get(port, "/metrics")
    assert status == 200
    assert "hangxun_sent_total 0.0" in body
    assert (await get(port, "/"))[0] == 404


async def test_pages_alone_open_no_port() -> None:
    port = free_port()
    server = HttpServer("127.0.0.1", port)
    offer_pages(server, Telemetry(), {}, {})
    with pytest.raises(aiohttp.ClientConnectionError):
        await get(port, "/healthz")
