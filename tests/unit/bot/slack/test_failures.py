"""What Slack's errors mean; the whole table over HTTP is in tests/e2e/test_slack.py."""

from __future__ import annotations

from datetime import timedelta

import aiohttp
import pytest
from slack_sdk.errors import SlackRequestError

from bot.errors import Outcome
from bot.slack.failures import delivery_error, refusal


@pytest.mark.parametrize(
    ("status", "code", "outcome"),
    [
        (200, "channel_not_found", Outcome.PERMANENT),
        (200, "not_in_channel", Outcome.PERMANENT),
        (200, "invalid_auth", Outcome.CREDENTIAL),
        (200, "account_inactive", Outcome.CREDENTIAL),
        (200, "fatal_error", Outcome.AMBIGUOUS),
        (503, "service_unavailable", Outcome.AMBIGUOUS),
        (502, "unheard_of", Outcome.AMBIGUOUS),
        (200, "unheard_of", Outcome.REFUSED),
        (200, None, Outcome.AMBIGUOUS),
        (429, None, Outcome.NOT_SENT),
        (200, "ratelimited", Outcome.NOT_SENT),
    ],
)
def test_a_refusal_has_its_outcome(status: int, code: str | None, outcome: Outcome) -> None:
    assert refusal(status, code, {}).outcome is outcome


@pytest.mark.parametrize(
    ("headers", "seconds"), [({"Retry-After": "30"}, 30), ({}, 1), ({"Retry-After": "soon"}, 1)]
)
def test_a_pause_is_the_one_that_slack_names(headers: dict[str, str], seconds: int) -> None:
    assert refusal(429, None, headers).retry_after == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (aiohttp.ConnectionTimeoutError(), Outcome.NOT_SENT),
        (aiohttp.InvalidURL("x"), Outcome.NOT_SENT),
        (aiohttp.ServerDisconnectedError(), Outcome.AMBIGUOUS),
        (TimeoutError(), Outcome.AMBIGUOUS),
        (ConnectionResetError(), Outcome.AMBIGUOUS),
        (AttributeError(), Outcome.AMBIGUOUS),
        (SlackRequestError("xoxb-secret"), Outcome.AMBIGUOUS),
        (ValueError("xoxb-secret"), Outcome.CREDENTIAL),
    ],
)
def test_an_exception_has_its_outcome_and_tells_no_secret(error: Exception, outcome: Outcome) -> None:
    failure = delivery_error(error)
    assert failure.outcome is outcome
    assert "secret" not in failure.reason
