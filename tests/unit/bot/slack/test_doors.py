"""Slack's signature, forged in every way."""

from __future__ import annotations

import pytest
from slack_sdk.signature import SignatureVerifier

from bot.slack.doors import is_signed

SECRET = "local-secret"
NOW = 1_700_000_000
BODY = '{"text": "问"}'.encode()


def signed(timestamp: int = NOW, body: bytes = BODY, secret: str = SECRET) -> dict[str, str]:
    signature = SignatureVerifier(secret).generate_signature(timestamp=str(timestamp), body=body)
    assert signature is not None
    return {"X-Slack-Request-Timestamp": str(timestamp), "X-Slack-Signature": signature}


@pytest.mark.parametrize("age", [-300, 0, 300])
def test_what_slack_signed_within_five_minutes_passes(age: int) -> None:
    assert is_signed(SECRET, signed(NOW - age), BODY, NOW)


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({}, BODY),
        (signed(secret="another"), BODY),
        (signed(), BODY + b" "),
        (signed(NOW - 301), BODY),
        (signed(NOW + 301), BODY),
        (signed() | {"X-Slack-Request-Timestamp": "abc"}, BODY),
        (signed() | {"X-Slack-Request-Timestamp": "²"}, BODY),
        (signed() | {"X-Slack-Request-Timestamp": "1" * 5_000}, BODY),
        (signed() | {"X-Slack-Signature": "签名"}, BODY),
        (signed() | {"X-Slack-Signature": ""}, BODY),
        (signed(), b"\xff\xfe"),
    ],
)
def test_anything_else_does_not(headers: dict[str, str], body: bytes) -> None:
    assert not is_signed(SECRET, headers, body, NOW)
