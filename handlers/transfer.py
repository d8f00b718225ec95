"""Subscriptions and settings as a file that can be kept, edited and brought to another chat.

    {"format": "hangxun-subscriptions", "version": 1,
     "settings": {"schedule": "workdays 09:00 18:30 quiet 22:00-08:00", "timezone": "Asia/Shanghai"},
     "subscriptions": [{"topic": "半导体"}, {"topic": "5G", "muted_until": "2026-12-01T09:00:00+08:00"}]}

`settings` and each of its parts may be missing; a subscription may be its topic alone. docs/subscriptions.md
tells all of it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from handlers.ports import Settings, Subscription
from handlers.request import Language
from handlers.schedule import Schedule, read_schedule
from handlers.texts import Message
from handlers.texts import transfer as texts
from handlers.zones import find_zone
from knowledge.normalize import strip_controls

FORMAT = "hangxun-subscriptions"
VERSION = 1
MOST_CHARACTERS = 64_000
MOST_SUBSCRIPTIONS = 200
LONGEST_TOPIC = 200


class TransferError(ValueError):
    """A text is not such a file; `reason` says why in one line."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason.en)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Carried:
    """What a file brings: topics with until when they are muted, and the settings that it names."""

    topics: tuple[tuple[str, datetime | None], ...]
    schedule: Schedule | None = None
    timezone: str | None = None
    language: Language | None = None

    def over(self, settings: Settings) -> Settings:
        """Return the settings with those that the file names."""
        return replace(
            settings,
            schedule=self.schedule or settings.schedule,
            timezone=self.timezone or settings.timezone,
            language=self.language or settings.language,
        )


def carried(settings: Settings, subscriptions: tuple[Subscription, ...]) -> Carried:
    """Return what a chat has, ready to be written."""
    topics = tuple((one.topic, one.muted_until) for one in subscriptions)
    return Carried(topics, settings.schedule, settings.timezone, settings.language)


def write_file(carried: Carried, *, indent: int | None = 2) -> str:
    """Return the text of a file; on one line without `indent`."""
    settings = {
        "schedule": carried.schedule and carried.schedule.text,
        "timezone": carried.timezone,
        "language": carried.language,
    }
    subscriptions = [
        {"topic": topic} | ({"muted_until": muted.isoformat()} if muted else {})
        for topic, muted in carried.topics
    ]
    known = {name: value for name, value in settings.items() if value}
    head = {"format": FORMAT, "version": VERSION}
    whole = {**head, **({"settings": known} if known else {}), "subscriptions": subscriptions}
    return json.dumps(whole, ensure_ascii=False, indent=indent)


def read_file(text: str) -> Carried:
    """Read a file. Raises TransferError for whatever is none."""
    if len(text) > MOST_CHARACTERS:
        raise TransferError(texts.TOO_LONG)
    try:
        whole = json.loads(strip_controls(text))
    except (ValueError, RecursionError):
        raise TransferError(texts.NO_JSON) from None
    if not isinstance(whole, dict) or whole.get("format") != FORMAT:
        raise TransferError(texts.OTHER_FORMAT)
    if whole.get("version") != VERSION:
        raise TransferError(texts.OTHER_VERSION)
    settings = whole.get("settings", {})
    if not isinstance(settings, dict):
        raise TransferError(texts.BAD_SETTINGS)
    return replace(_settings(settings), topics=_topics(whole.get("subscriptions", [])))


def _topics(entries: object) -> tuple[tuple[str, datetime | None], ...]:
    if not isinstance(entries, list) or len(entries) > MOST_SUBSCRIPTIONS:
        raise TransferError(texts.BAD_SUBSCRIPTIONS)
    return tuple(dict(map(_topic, entries)).items())


def _topic(entry: object) -> tuple[str, datetime | None]:
    told = {"topic": entry} if isinstance(entry, str) else entry
    topic = told.get("topic") if isinstance(told, dict) else None
    if not isinstance(told, dict) or not isinstance(topic, str):
        raise TransferError(texts.BAD_SUBSCRIPTIONS)
    line = " ".join(topic.split())
    if not 0 < len(line) <= LONGEST_TOPIC:
        raise TransferError(texts.BAD_SUBSCRIPTIONS)
    return line, _moment(told.get("muted_until"))


def _moment(text: object) -> datetime | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        raise TransferError(texts.BAD_SUBSCRIPTIONS) from None
    if moment.tzinfo is None:
        raise TransferError(texts.BAD_SUBSCRIPTIONS)
    return moment


def _settings(settings: dict[str, Any]) -> Carried:
    schedule, timezone, language = (settings.get(name) for name in ("schedule", "timezone", "language"))
    try:
        kept = None if schedule is None else read_schedule(str(schedule))
        spoken = None if language is None else Language(language)
    except (ValueError, TypeError):
        raise TransferError(texts.BAD_SETTINGS) from None
    zone = None if timezone is None else find_zone(str(timezone))
    if timezone is not None and zone is None:
        raise TransferError(texts.BAD_SETTINGS)
    return Carried((), kept, zone, spoken)
