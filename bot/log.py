"""Logging: one line an event on stderr, secrets cut out at every level.

A line is `time level logger event key=value ...`, or the same as JSON. Control characters of names and
messages are written as escapes or dropped, so that no document or user can forge a line (CWE-117); known
secrets and anything shaped like a token or an address that works like one are replaced (CWE-532).
"""

from __future__ import annotations

import json
import logging
import os
import re
import time
from collections.abc import Iterable
from typing import TextIO

from knowledge.normalize import strip_controls

HIDDEN = "[secret]"
QUIET_LOGGERS = {
    "httpx": logging.WARNING,  # logs addresses with the bot's token in them at INFO
    "httpcore": logging.WARNING,
    "telegram": logging.INFO,  # logs whole updates at DEBUG
    "telegram.request.BaseRequest": logging.CRITICAL,  # logs what is no JSON, with a trace, at ERROR
    "slack_bolt": logging.INFO,  # logs whole events at DEBUG
    "slack_bolt.RequestVerification": logging.WARNING,  # logs the body of unsigned requests at INFO
    "slack_sdk": logging.INFO,  # logs whole messages at DEBUG
    "apscheduler": logging.WARNING,
    "alembic": logging.WARNING,
}
_TOKEN_SHAPES = re.compile(
    r"(?<!\d)\d{6,12}:[A-Za-z0-9_-]{30,}"  # a bot token of Telegram
    r"|x(?:ox[a-z]|app)-[A-Za-z0-9-]+"  # a token of Slack
    r"|(?<=ticket=)[\w-]+"  # opens a websocket of Slack
    r"|(?<=hooks\.slack\.com/)[\w/-]+"  # answers a command of Slack
)
_FIELD = re.compile(r"(?<!\w)(\w{1,40})=%")


def setup_logging(
    level: str, hidden: Iterable[str], stream: TextIO | None = None, *, as_json: bool = False
) -> None:
    """Send the log to `stream` (stderr by default) from `level` up, with `hidden` values cut out."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonFormatter(hidden) if as_json else LineFormatter(hidden))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name, least in QUIET_LOGGERS.items():
        logging.getLogger(name).setLevel(max(least, root.level))


def new_error_id() -> str:
    """Return a short id that stands both in the log and in what the user sees, such as 7F3A2C."""
    return os.urandom(3).hex().upper()


class LineFormatter(logging.Formatter):
    """Formats a record as one line, tracebacks included, without secrets or control characters."""

    converter = staticmethod(time.gmtime)

    def __init__(self, hidden: Iterable[str] = ()) -> None:
        super().__init__("%(asctime)sZ %(levelname)s %(name)s %(message)s", "%Y-%m-%dT%H:%M:%S")
        self._hidden = tuple(sorted(filter(None, hidden), key=len, reverse=True))

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one line."""
        return self.clean(super().format(record))

    def clean(self, text: str) -> str:
        """Return a text without secrets and control characters, on one line."""
        return _one_line(self._redact(text))

    def _redact(self, line: str) -> str:
        for secret in self._hidden:
            line = line.replace(secret, HIDDEN)
        return _TOKEN_SHAPES.sub(HIDDEN, line)


class JsonFormatter(LineFormatter):
    """Formats a record as one JSON object; `key=value` of the event are fields of it too."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one line."""
        told = {
            "time": f"{self.formatTime(record, self.datefmt)}Z",
            "level": record.levelname,
            "logger": record.name,
            "event": self.clean(record.getMessage()),
        }
        if record.exc_info:
            told["error"] = self.clean(self.formatException(record.exc_info))
        return json.dumps(self._fields(record) | told, ensure_ascii=False)

    def _fields(self, record: logging.LogRecord) -> dict[str, str]:
        """Return the named values of the event, none where some values have no name."""
        names = _FIELD.findall(str(record.msg))
        values = record.args if isinstance(record.args, tuple) else ()
        if len(names) != len(values):
            return {}
        return {name: self.clean(str(value)) for name, value in zip(names, values, strict=True)}


def _one_line(text: str) -> str:
    escaped = (
        text.replace("\n", "\\n")
        .replace("\t", "\\t")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
    )
    return strip_controls(escaped)
