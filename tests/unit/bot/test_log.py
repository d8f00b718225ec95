from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest

from bot.log import new_error_id, setup_logging
from tests.fakes.logs import log_restored

TOKEN = "123456789:AAExampleExampleExampleExampleExample"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    with log_restored():
        setup_logging("DEBUG", ["hush-hush"], stream)
        yield stream


def test_an_event_is_one_line_whatever_it_quotes(log: io.StringIO) -> None:
    logging.getLogger("bot.test").info("asked name=%s", "a\nERROR forged\r\x1b[2J\u2028\u202eb")
    lines = log.getvalue().splitlines()
    assert len(lines) == 1
    assert lines[0].endswith("INFO bot.test asked name=a\\nERROR forged[2J\\u2028b")


def test_known_secrets_and_token_shapes_are_cut_out_of_messages_and_tracebacks(log: io.StringIO) -> None:
    try:
        raise ValueError(f"bad url /bot{TOKEN}/getMe xoxb-1-2-abc xapp-1-A-b hush-hush")
    except ValueError:
        logging.getLogger("bot.test").exception("failed")
    text = log.getvalue()
    assert "ValueError" in text
    for secret in (TOKEN, "xoxb-1", "xapp-1", "hush-hush"):
        assert secret not in text


def test_libraries_that_log_tokens_or_bodies_stay_quiet_even_at_debug(log: io.StringIO) -> None:
    logging.getLogger("httpx").info("HTTP Request: POST https://api.telegram.org")
    logging.getLogger("telegram.ext").debug("update")
    assert log.getvalue() == ""


def test_error_ids_are_short_and_differ() -> None:
    ids = {new_error_id() for _ in range(50)}
    assert len(ids) == 50
    assert all(len(one) == 6 and one.isalnum() for one in ids)
