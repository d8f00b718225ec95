"""What a line of the settings command changes: `每个工作日 9点`, `静默 22:00-8:00`, `时区 东京`, `暂停`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import TypeAlias

from handlers.errors import UserError
from handlers.ports import Settings
from handlers.reply import Button, Text
from handlers.request import Language
from handlers.rhythms import is_off, read_quiet, read_rhythm
from handlers.schedule import MOST_TIMES, daily
from handlers.schedule_words import quiet_text, rhythm_text, times_text
from handlers.texts import say
from handlers.texts import settings as texts
from handlers.zones import find_zone, zone_name
from knowledge.normalize import fold

EVERY_MORNING = daily(time(9))
OFFERED_ZONES = ("Asia/Shanghai", "Asia/Tokyo", "Europe/London", "America/New_York")

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


def is_language(name: str) -> bool:
    """Tell whether the bot speaks a language that goes by this name."""
    return fold(name) in _LANGUAGES


def zone_buttons(language: Language, present: str = "") -> tuple[Button, ...]:
    """Return a button for each of a few time zones but the present one."""
    zones = (zone for zone in OFFERED_ZONES if zone != present)
    return tuple(Button(zone_name(zone, language), f"settings zone {zone}") for zone in zones)


def _read(line: str) -> tuple[_Apply, str] | None:
    if read_rhythm(line, EVERY_MORNING):
        return _set_times, line
    for word, apply in _APPLY_BY_WORD:
        value = line[len(word) :]
        if fold(line[: len(word)]) == word and not (word.isascii() and value[:1].isalnum()):
            return apply, value.strip(_BETWEEN)
    return None


def _set_times(asked: _Asked) -> Change:
    before, language = asked.settings, asked.language
    schedule = read_rhythm(asked.value, before.schedule)
    if schedule is None:
        raise UserError(say(texts.BAD_TIME, language, value=asked.value[:_SHOWN]))
    if len(schedule.times) > MOST_TIMES:
        raise UserError(say(texts.TOO_MANY_TIMES, language, limit=MOST_TIMES))
    settings = _restarted(asked, replace(before, schedule=schedule))
    if schedule.weekdays == before.schedule.weekdays and not schedule.is_at_once:
        times = times_text(schedule.times, language)
        return Change(settings, say(texts.TIME_SET, language, time=times))
    return Change(settings, say(texts.DAYS_SET, language, rhythm=rhythm_text(settings, language)))


def _set_quiet(asked: _Asked) -> Change:
    """Set or drop the quiet hours. What they hold back is due as they say, so nothing starts anew."""
    before, language = asked.settings, asked.language
    quiet = None if is_off(asked.value) else read_quiet(asked.value)
    if quiet is None and not is_off(asked.value):
        raise UserError(say(texts.BAD_QUIET, language, value=asked.value[:_SHOWN]))
    settings = replace(before, schedule=replace(before.schedule, quiet=quiet))
    if quiet is None:
        return Change(settings, say(texts.QUIET_OFF, language))
    end = f"{quiet.end:%H:%M}"
    return Change(settings, say(texts.QUIET_SET, language, quiet=quiet_text(quiet), end=end))


def _set_zone(asked: _Asked) -> Change:
    zone = find_zone(asked.value)
    if not asked.value:
        raise UserError(say(texts.WHICH_ZONE, asked.language), zone_buttons(asked.language))
    if zone is None:
        raise UserError(say(texts.BAD_ZONE, asked.language, value=asked.value[:_SHOWN]))
    settings = _restarted(asked, replace(asked.settings, timezone=zone))
    return Change(settings, say(texts.ZONE_SET, asked.language, zone=zone_name(zone, asked.language)))


def _pause(asked: _Asked) -> Change:
    return Change(replace(asked.settings, paused=True), say(texts.PAUSE_SET, asked.language))


def _resume(asked: _Asked) -> Change:
    """Resume; alerts at once then bring what a new edition of the last hours brought meanwhile."""
    settings = replace(asked.settings, paused=False)
    if not settings.schedule.is_at_once:
        settings = _restarted(asked, settings)
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
    (_set_times, ("推送时间", "时间", "schedule", "time", "at")),
    (_set_quiet, ("静默时间", "静默", "免打扰", "勿扰", "quiet hours", "quiet", "dnd")),
    (_set_zone, ("时区", "timezone", "time zone", "zone", "tz")),
    (_pause, ("暂停推送", "暂停", "pause", "off", "stop")),
    (_resume, ("恢复推送", "恢复", "继续", "resume", "on")),
    (_set_language, ("语言", "language", "lang")),
)
_APPLY_BY_WORD = sorted(
    ((word, apply) for apply, words in _WORDS for word in words), key=lambda pair: -len(pair[0])
)
