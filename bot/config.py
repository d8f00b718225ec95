"""The configuration: environment variables `HANGXUN_*` and an optional `.env`, read once at start.

Every name also works with `_FILE` behind it, for secrets kept in files (Docker and Kubernetes secrets).
"""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias, cast
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import (
    BeforeValidator,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from bot.errors import ConfigError
from handlers.request import Language

PREFIX = "HANGXUN_"
FILE_SUFFIX = "_FILE"
DEFAULT_PATHS = {"telegram_base_url": "/bot", "slack_base_url": "/api/"}


def _split(value: object) -> object:
    return tuple(filter(None, map(str.strip, value.split(",")))) if isinstance(value, str) else value


Ids: TypeAlias = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_split)]
"""Ids with commas between them."""
Secret: TypeAlias = Annotated[SecretStr | None, Field(repr=False)]


class Config(BaseSettings):
    """All settings, validated together; secrets do not show in its repr."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_ignore_empty=True,
        dotenv_filtering="only_existing",  # it may hold settings of other programs
        frozen=True,
        extra="forbid",
        allow_inf_nan=False,
    )

    index: Path = Path("var/index")
    words: Path | None = None
    keep_misses: bool = False
    sources: Path = Path("var/sources")
    sources_minutes: int = Field(default=15, ge=1)
    sources_pause: float = Field(default=1.0, ge=0)
    sources_private: str = ""
    database_url: str = Field(default="sqlite:///var/hangxun.sqlite", repr=False)
    telegram_token: Secret = None
    telegram_base_url: str = "https://api.telegram.org/bot"
    telegram_webhook_url: str | None = None
    telegram_webhook_secret: Secret = None
    slack_bot_token: Secret = None
    slack_app_token: Secret = None
    slack_signing_secret: Secret = None
    slack_base_url: str = "https://slack.com/api/"
    allowed_teams: Ids = ()
    allowed_chats: Ids = ()
    admins: Ids = ()
    questions_per_minute: int = Field(default=20, ge=1)
    http_host: str = "127.0.0.1"
    http_port: int = Field(default=8080, ge=0, le=65535)
    window: int = Field(default=8, ge=1, le=1000)
    deadline_seconds: float = Field(default=15.0, gt=0)
    lease_seconds: float = Field(default=60.0, gt=0, validate_default=True)
    telegram_per_second: float = Field(default=28.9, gt=0)
    timezone: str = "Asia/Shanghai"
    language: Language = Language.ZH
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["text", "json"] = "text"

    @model_validator(mode="before")
    @classmethod
    def _without_blanks(cls, values: dict[str, Any]) -> dict[str, Any]:
        stripped = {name: v.strip() if isinstance(v, str) else v for name, v in values.items()}
        return {name: value for name, value in stripped.items() if value != ""}

    @field_validator("timezone")
    @classmethod
    def _known_timezone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError):
            raise ValueError("is no time zone; use a name such as Asia/Shanghai") from None
        return value

    @field_validator("lease_seconds")
    @classmethod
    def _outlives_attempts(cls, value: float, info: ValidationInfo) -> float:
        if value < 3 * info.data.get("deadline_seconds", 0.0):
            raise ValueError(f"is less than three times {PREFIX}DEADLINE_SECONDS")
        return value

    @field_validator("allowed_chats", "admins")
    @classmethod
    def _by_id(cls, value: Ids) -> Ids:
        if any(not re.fullmatch(r"telegram:-?\d{1,20}|slack:[A-Z0-9]{2,20}", entry) for entry in value):
            raise ValueError("is a list of ids such as telegram:123456789,slack:C0123456789, never of names")
        return value

    @field_validator("telegram_base_url", "slack_base_url")
    @classmethod
    def _with_path(cls, value: str, info: ValidationInfo) -> str:
        address = urlsplit(value)
        if address.scheme not in {"http", "https"} or not address.netloc:
            raise ValueError("is no http(s) address")
        default = DEFAULT_PATHS[str(info.field_name)]
        return value if address.path.strip("/") else value.rstrip("/") + default

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 -- the library passes it
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read, first wins: arguments, the environment, files named by it, `.env`, files named by that."""
        given, noted = (_FileSource(settings_cls, _names(each)) for each in (env_settings, dotenv_settings))
        return init_settings, env_settings, given, dotenv_settings, noted

    @property
    def shows_pages(self) -> bool:
        """Whether the HTTP server was asked for: by default no port is open."""
        return not self.model_fields_set.isdisjoint({"http_host", "http_port"})

    @property
    def secrets(self) -> tuple[str, ...]:
        """The values that must never be printed."""
        values = (getattr(self, name) for name in type(self).model_fields)
        tokens = [value.get_secret_value() for value in values if isinstance(value, SecretStr)]
        return (*tokens, urlsplit(self.database_url).password or "")


class _FileSource(PydanticBaseSettingsSource):
    """Reads `HANGXUN_NAME` from the file that `HANGXUN_NAME_FILE` names.

    `names` are what the environment or `.env` gives, by names in lower case. Raises ConfigError for one that
    is no setting.
    """

    def __init__(self, settings_cls: type[BaseSettings], names: Mapping[str, str | None]) -> None:
        super().__init__(settings_cls)
        _refuse_unknown(names)
        self._names = names

    def get_field_value(self, field: Any, field_name: str) -> tuple[Any, str, bool]:  # noqa: ARG002 -- theirs
        """Return (value, key, is_complex) as the library asks; None where no file is named."""
        name = f"{PREFIX}{field_name}{FILE_SUFFIX}"
        path = self._names.get(name.lower())
        return _read_file(name.upper(), path) if path else None, field_name, False

    def __call__(self) -> dict[str, Any]:
        """Return the settings that stand in files."""
        found = {name: self.get_field_value(field, name)[0] for name, field in Config.model_fields.items()}
        return {name: value for name, value in found.items() if value is not None}


def load_config(dotenv: Path = Path(".env")) -> Config:
    """Read and validate the configuration.

    Raises ConfigError with all mistakes in one line; no value is in it, because it may be a secret.
    """
    try:
        return Config(_env_file=dotenv)  # type: ignore[call-arg]
    except ValidationError as error:
        raise ConfigError("; ".join(_mistakes(error))) from None
    except UnicodeDecodeError:
        raise ConfigError(f"{dotenv} is not UTF-8 text") from None


def secret_files(environ: Mapping[str, str] = os.environ) -> tuple[Path, ...]:
    """Return the files that settings are read from."""
    names = (name for name in environ if name.startswith(PREFIX) and name.endswith(FILE_SUFFIX))
    return tuple(Path(environ[name]) for name in sorted(names))


def _names(source: PydanticBaseSettingsSource) -> Mapping[str, str | None]:
    return cast("EnvSettingsSource", source).env_vars


def _refuse_unknown(names: Iterable[str]) -> None:
    known = {f"{PREFIX}{name}".upper() for name in Config.model_fields}
    for name in map(str.upper, names):
        if name.startswith(PREFIX) and name.removesuffix(FILE_SUFFIX) not in known:
            near = difflib.get_close_matches(name, known, n=1)
            raise ConfigError(f"{name} is no setting" + (f"; did you mean {near[0]}?" if near else ""))


def _read_file(name: str, path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        cause = error.strerror or "unreadable"
    except UnicodeDecodeError:
        cause = "it is not UTF-8 text"
    raise ConfigError(f"{name}: cannot read the file: {cause}")


def _mistakes(error: ValidationError) -> list[str]:
    return [
        f"{PREFIX}{str(mistake['loc'][0]).upper()} {_clause(mistake['msg'])}"
        for mistake in error.errors(include_input=False, include_url=False)
    ]


def _clause(message: str) -> str:
    text = message.removeprefix("Value error, ")
    return text if text.startswith("is ") else f"is wrong: {text.replace('Input should', 'it must')}"
