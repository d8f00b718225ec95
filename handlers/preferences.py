"""What a line of the settings command changes: `时间 08:30`, `8点半`, `时区 东京`, `暂停`, `语言 en`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias

from handlers.errors import UserError
from handlers.ports import Settings
from handlers.reply import Text
from handlers.request import Language
from handlers.texts import say
from handlers.texts import settings as texts
from handlers.times import read_time
from handlers.zones import find_zone, zone_name
from knowledge.normalize import fold

_SHOWN = 40
_BETWEEN = " \t\n　:：=到为改成"


@dataclass(frozen=True, slots=True)
class Change:
    """The settings after a change, and the sentence that confirms it."""

    settings: Settings
    done: Text


@dataclass(frozen=True, slots=True)
class _Asked:
    """A value to set, who has which settings now, and in which language to answer."""

    value: str
    settings: Settings
    now: datetime
    language: Language


_Apply: TypeAlias = Callable[[_Asked], Change]


def read_change(line: str, settings: Settings, now: datetime, language: Language) -> Change:
    """Return the change that a line asks for. Raises UserError for a line that asks for none."""
    apply, value = _read(line) or (_refuse, line)
    return apply(_Asked(value, settings, now, language))


def is_change(line: str) -> bool:
    """Tell whether a line means to change a setting, perhaps with a value that cannot be taken."""
    return _read(line) is not None


def _read(line: str) -> tuple[_Apply, str] | None:
    if read_time(line) is not None:
        return _set_time, line
    for word, apply in _APPLY_BY_WORD:
        value = line[len(word) :]
        if fold(line[: len(word)]) == word and not (word.isascii() and value[:1].isalnum()):
            return apply, value.strip(_BETWEEN)
    return None


def _set_time(asked: _Asked) -> Change:
    at = read_time(asked.value)
    if at is None:
        raise UserError(say(texts.BAD_TIME, asked.language, value=asked.value[:_SHOWN]))
    settings = _restarted(asked, replace(asked.settings, at=at))
    return Change(settings, say(texts.TIME_SET, asked.language, time=f"{at:%H:%M}"))


def _set_zone(asked: _Asked) -> Change:
    zone = find_zone(asked.value)
    if zone is None:
        raise UserError(say(texts.BAD_ZONE, asked.language, value=asked.value[:_SHOWN]))
    settings = _restarted(asked, replace(asked.settings, timezone=zone))
    return Change(settings, say(texts.ZONE_SET, asked.language, zone=zone_name(zone, asked.language)))


def _pause(asked: _Asked) -> Change:
    return Change(replace(asked.settings, paused=True), say(texts.PAUSE_SET, asked.language))


def _resume(asked: _Asked) -> Change:
    settings = _restarted(asked, replace(asked.settings, paused=False))
    return Change(settings, say(texts.RESUME_SET, asked.language))


def _set_language(asked: _Asked) -> Change:
    language = _LANGUAGES.get(fold(asked.value))
    if language is None:
        raise UserError(say(texts.BAD_LANGUAGE, asked.language))
    return Change(replace(asked.settings, language=language), say(texts.LANGUAGE_SET, language))


def _refuse(asked: _Asked) -> Change:
    raise UserError(say(texts.BAD_SETTING, asked.language, value=asked.value[:_SHOWN]))


def _restarted(asked: _Asked, settings: Settings) -> Settings:
    """Count from now where anything changed: a time of today that is past already is not made up for."""
    return settings if settings == asked.settings else replace(settings, active_since=asked.now)


_LANGUAGES = {
    **dict.fromkeys(("中文", "汉语", "简体中文", "zh", "zh-cn", "chinese"), Language.ZH),
    **dict.fromkeys(("英文", "英语", "en", "english"), Language.EN),
}
_WORDS: tuple[tuple[_Apply, tuple[str, ...]], ...] = (
    (_set_time, ("推送时间", "时间", "time", "at")),
    (_set_zone, ("时区", "timezone", "time zone", "zone", "tz")),
    (_pause, ("暂停推送", "暂停", "pause", "off", "stop")),
    (_resume, ("恢复推送", "恢复", "继续", "resume", "on")),
    (_set_language, ("语言", "language", "lang")),
)
_APPLY_BY_WORD = sorted(
    ((word, apply) for apply, words in _WORDS for word in words), key=lambda pair: -len(pair[0])
)
