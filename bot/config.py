"""The configuration: environment variables `HANGXUN_*` and an optional `.env`, read once at start.

Every name also works with `_FILE` behind it, for secrets kept in files (Docker and Kubernetes secrets). Plain
dataclasses: every command reads it first, and a library for settings takes a tenth of a second to load.
"""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from math import inf
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from bot.errors import ConfigError
from handlers.request import Language

PREFIX = "HANGXUN_"
FILE_SUFFIX = "_FILE"
LEASED_DEADLINES = 3
_SWITCHES = {
    "true": True,
    "1": True,
    "yes": True,
    "on": True,
    "false": False,
    "0": False,
    "no": False,
    "off": False,
}
_CHAT = re.compile(r"telegram:-?\d{1,20}|slack:[A-Z0-9]{2,20}")
Ids = tuple[str, ...]
T = TypeVar("T")


def _switch(text: str) -> bool:
    if text.lower() not in _SWITCHES:
        raise ValueError("is wrong: it must be true or false")
    return _SWITCHES[text.lower()]


def _whole(least: int, most: float = inf) -> Callable[[str], int]:
    """Return what reads a whole number within bounds."""

    def read(text: str) -> int:
        if not re.fullmatch(r"-?[0-9]{1,18}", text) or not least <= int(text) <= most:
            bounds = f"at least {least}" if most == inf else f"{least} to {most}"
            raise ValueError(f"is wrong: it must be a whole number, {bounds}")
        return int(text)

    return read


def _seconds(text: str) -> float:
    """Read a number that is not negative."""
    if not re.fullmatch(r"[0-9]{1,18}(\.[0-9]{1,18})?", text):
        raise ValueError("is wrong: it must be a number, not a negative one")
    return float(text)


def _more_than_none(text: str) -> float:
    if not (value := _seconds(text)):
        raise ValueError("is wrong: it must be more than 0")
    return value


def _one_of(*allowed: str) -> Callable[[str], str]:
    """Return what reads one of some words."""

    def read(text: str) -> str:
        if text not in allowed:
            raise ValueError(f"is wrong: it must be one of {', '.join(allowed)}")
        return text

    return read


def _language(text: str) -> Language:
    return Language(_one_of(*Language)(text))


def _zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        raise ValueError("is no time zone; use a name such as Asia/Shanghai") from None
    return text


def _ids(text: str) -> Ids:
    """Read ids with commas between them."""
    return tuple(filter(None, map(str.strip, text.split(","))))


def _chats(text: str) -> Ids:
    if not all(map(_CHAT.fullmatch, _ids(text))):
        raise ValueError("is a list of ids such as telegram:123456789,slack:C0123456789, never of names")
    return _ids(text)


def _address(path: str) -> Callable[[str], str]:
    """Return what reads a web address, to which `path` is added where it has none."""

    def read(text: str) -> str:
        address = urlsplit(text)
        if address.scheme not in {"http", "https"} or not address.netloc:
            raise ValueError("is no http(s) address")
        return text if address.path.strip("/") else text.rstrip("/") + path

    return read


def _setting(default: T, read: Callable[[str], T]) -> T:
    """Return a setting; `read` makes its value of a text, or raises ValueError with a clause for a person."""
    return field(default=default, metadata={"read": read})


def _secret() -> str | None:
    """Return a setting that must never be printed."""
    return field(default=None, repr=False, metadata={"read": str, "secret": True})


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """All settings; secrets do not show in its repr. `given` are the names of those that were set."""

    index: Path = _setting(Path("var/index"), Path)
    words: Path | None = _setting(None, Path)
    keep_misses: bool = _setting(False, _switch)
    sources: Path = _setting(Path("var/sources"), Path)
    sources_minutes: int = _setting(15, _whole(1))
    sources_pause: float = _setting(1.0, _seconds)
    sources_private: str = _setting("", str)
    database_url: str = field(default="sqlite:///var/hangxun.sqlite", repr=False, metadata={"read": str})
    telegram_token: str | None = _secret()
    telegram_base_url: str = _setting("https://api.telegram.org/bot", _address("/bot"))
    telegram_webhook_url: str | None = _setting(None, str)
    telegram_webhook_secret: str | None = _secret()
    slack_bot_token: str | None = _secret()
    slack_app_token: str | None = _secret()
    slack_signing_secret: str | None = _secret()
    slack_base_url: str = _setting("https://slack.com/api/", _address("/api/"))
    allowed_teams: Ids = _setting((), _ids)
    allowed_chats: Ids = _setting((), _chats)
    admins: Ids = _setting((), _chats)
    questions_per_minute: int = _setting(20, _whole(1))
    http_host: str = _setting("127.0.0.1", str)
    http_port: int = _setting(8080, _whole(0, 65_535))
    window: int = _setting(8, _whole(1, 1_000))
    deadline_seconds: float = _setting(15.0, _more_than_none)
    lease_seconds: float = _setting(60.0, _more_than_none)
    telegram_per_second: float = _setting(28.9, _more_than_none)
    timezone: str = _setting("Asia/Shanghai", _zone)
    language: Language = _setting(Language.ZH, _language)
    log_level: str = _setting("INFO", _one_of("DEBUG", "INFO", "WARNING", "ERROR"))
    log_format: str = _setting("text", _one_of("text", "json"))
    given: frozenset[str] = frozenset()

    @property
    def shows_pages(self) -> bool:
        """Whether the HTTP server was asked for: by default no port is open."""
        return not self.given.isdisjoint({"http_host", "http_port"})

    @property
    def secrets(self) -> tuple[str, ...]:
        """The values that must never be printed."""
        tokens = (getattr(self, each.name) for each in fields(self) if each.metadata.get("secret"))
        return (*filter(None, tokens), urlsplit(self.database_url).password or "")


SETTINGS = {f"{PREFIX}{each.name.upper()}": each for each in fields(Config) if "read" in each.metadata}
"""Each setting by its name in the environment."""


def load_config(environ: Mapping[str, str] = os.environ, dotenv: Path = Path(".env")) -> Config:
    """Read and validate the configuration: the environment, the files that it names, `.env`; the first wins.

    Raises ConfigError with all mistakes in one line; no value is in it, because it may be a secret.
    """
    values: dict[str, Any] = {}
    mistakes: list[str] = []
    for name, text in (_texts(_read_dotenv(dotenv)) | _texts(environ)).items():
        setting = SETTINGS[name]
        try:
            values[setting.name] = setting.metadata["read"](text)
        except ValueError as error:
            mistakes.append(f"{name} {error}")
    if mistakes:
        raise ConfigError("; ".join(mistakes))
    return _consistent(Config(**values, given=frozenset(values)))


def secret_files(environ: Mapping[str, str] = os.environ) -> tuple[Path, ...]:
    """Return the files that settings are read from."""
    names = (name for name in environ if name.startswith(PREFIX) and name.endswith(FILE_SUFFIX))
    return tuple(Path(environ[name]) for name in sorted(names))


def _consistent(config: Config) -> Config:
    """Return the configuration. Raises ConfigError where two settings do not fit."""
    if config.lease_seconds < LEASED_DEADLINES * config.deadline_seconds:
        raise ConfigError(f"{PREFIX}LEASE_SECONDS is less than three times {PREFIX}DEADLINE_SECONDS")
    return config


def _read_dotenv(path: Path) -> Mapping[str, str | None]:
    if not path.exists():
        return {}
    from dotenv import dotenv_values

    try:
        return dotenv_values(path, encoding="utf-8")
    except UnicodeDecodeError:
        raise ConfigError(f"{path} is not UTF-8 text") from None


def _texts(source: Mapping[str, str | None]) -> dict[str, str]:
    """Return the texts of the settings that are given, from a file where one is named for it.

    Raises ConfigError for a name that is none, and for a file that cannot be read.
    """
    ours = {n.upper(): (text or "").strip() for n, text in source.items() if n.upper().startswith(PREFIX)}
    for name in ours:
        _refuse_unknown(name.removesuffix(FILE_SUFFIX), name)
    named = {name: text for name, text in ours.items() if text and name.endswith(FILE_SUFFIX)}
    files = {name.removesuffix(FILE_SUFFIX): _read_file(name, text) for name, text in named.items()}
    return files | {name: text for name, text in ours.items() if text and name not in named}


def _refuse_unknown(setting: str, name: str) -> None:
    if setting not in SETTINGS:
        near = difflib.get_close_matches(name, SETTINGS, n=1)
        raise ConfigError(f"{name} is no setting" + (f"; did you mean {near[0]}?" if near else ""))


def _read_file(name: str, path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        cause = error.strerror or "unreadable"
    except UnicodeDecodeError:
        cause = "it is not UTF-8 text"
    raise ConfigError(f"{name}: cannot read the file: {cause}")
