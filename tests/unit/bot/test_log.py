from __future__ import annotations

import io
import json
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


HOSTILE = 'a\nERROR forged\r\x1b[2J\u2028\u2029\u202eb\u200b\x00"}'


@pytest.fixture
def json_log() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    with log_restored():
        setup_logging("DEBUG", ["hush-hush"], stream, as_json=True)
        yield stream


def test_as_json_every_line_is_one_object_whatever_it_quotes(json_log: io.StringIO) -> None:
    logger = logging.getLogger("bot.test")
    logger.info("asked name=%s times=%d", HOSTILE, 3)
    try:
        raise ValueError(HOSTILE + " hush-hush " + TOKEN)
    except ValueError:
        logger.exception("failed id=%s", "7F3A2C")
    logger.info(HOSTILE)
    lines = json_log.getvalue().splitlines()
    assert len(lines) == 3
    asked, failed, plain = map(json.loads, lines)
    assert (asked["level"], asked["logger"], asked["times"]) == ("INFO", "bot.test", "3")
    assert failed["id"] == "7F3A2C"
    assert "ValueError" in failed["error"]
    assert plain["event"].startswith("a\\nERROR forged")
    for sign in "\n\r\x1b\u2028\u2029\u202e\u200b\x00":
        assert sign not in json_log.getvalue().replace("\n", "", 3)
    assert "hush-hush" not in json_log.getvalue()
    assert TOKEN not in json_log.getvalue()


def test_addresses_that_work_like_tokens_are_cut_out(log: io.StringIO) -> None:
    logging.getLogger("bot.test").info(
        "wss://wss.slack.com/link/?ticket=12ab-cd&app_id=x https://hooks.slack.com/commands/T1/2/ab3"
    )
    assert "12ab" not in log.getvalue()
    assert "ab3" not in log.getvalue()
    assert "app_id=x" in log.getvalue()


def test_values_without_names_stay_in_the_event(json_log: io.StringIO) -> None:
    logging.getLogger("bot.test").info("%s then b=%s", "one", "two")
    told = json.loads(json_log.getvalue())
    assert told["event"] == "one then b=two"
    assert "b" not in told
