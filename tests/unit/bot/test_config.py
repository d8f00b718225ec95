from __future__ import annotations

from pathlib import Path

import pytest

from bot.config import Config, load_config
from bot.errors import ConfigError
from bot.http import HttpServer
from bot.slack.adapter import SlackSettings
from bot.telegram.account import Account
from bot.telegram.webhook import Webhook
from handlers.request import Language


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    def load_with(dotenv: str = "", **settings: str) -> Config:
        for name, value in settings.items():
            monkeypatch.setenv(f"HANGXUN_{name}", value)
        file = tmp_path / ".env"
        file.write_text(dotenv, encoding="utf-8")
        return load_config(dotenv=file)

    return load_with


def test_everything_has_a_default_but_the_tokens(load) -> None:
    config = load()
    assert (config.index, config.timezone, config.language) == (
        Path("var/index"),
        "Asia/Shanghai",
        Language.ZH,
    )
    assert config.telegram_token is None
    assert config.slack_bot_token is None


def test_the_environment_wins_over_the_dotenv_file(load) -> None:
    config = load("HANGXUN_TIMEZONE=Asia/Tokyo\nHANGXUN_LANGUAGE=en\n", TIMEZONE="Europe/Berlin")
    assert (config.timezone, config.language) == ("Europe/Berlin", Language.EN)


def test_a_secret_can_be_read_from_a_file(load, tmp_path: Path) -> None:
    secret = tmp_path / "token"
    secret.write_text("12345:from-a-file\n", encoding="utf-8")
    config = load(TELEGRAM_TOKEN_FILE=str(secret))
    assert config.telegram_token is not None
    assert config.telegram_token.get_secret_value() == "12345:from-a-file"


def test_secrets_are_known_to_the_redactor_and_absent_from_the_repr(load) -> None:
    config = load(TELEGRAM_TOKEN="12345:abc", DATABASE_URL="postgresql+psycopg://me:hush@localhost/db")
    assert {"12345:abc", "hush"} <= set(config.secrets)
    assert "12345:abc" not in repr(config)
    assert "hush" not in repr(config)


def test_nothing_that_is_made_of_secrets_shows_them() -> None:
    hook = Webhook("https://bot.example.org/telegram", "hush-hook", HttpServer("127.0.0.1", 0))
    made = (Account("12345:hush", webhook=hook), SlackSettings("xoxb-hush", "xapp-hush", "hush-sign"), hook)
    assert "hush" not in repr(made)


def test_lists_of_ids_have_commas_between_them(load) -> None:
    config = load(ALLOWED_CHATS=" telegram:-100500, slack:C1A ,", ALLOWED_TEAMS="T1,T2", ADMINS="telegram:42")
    assert config.allowed_chats == ("telegram:-100500", "slack:C1A")
    assert config.allowed_teams == ("T1", "T2")
    assert config.admins == ("telegram:42",)


def test_pages_are_shown_only_where_an_address_was_given_for_them(load) -> None:
    assert not load().shows_pages
    assert load(HTTP_PORT="8080").shows_pages


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("http://127.0.0.1:8081", "http://127.0.0.1:8081/bot"),
        ("http://127.0.0.1:8081/", "http://127.0.0.1:8081/bot"),
        ("http://127.0.0.1:8081/bot", "http://127.0.0.1:8081/bot"),
    ],
)
def test_a_base_url_without_a_path_gets_the_platforms_own(load, given: str, expected: str) -> None:
    assert load(TELEGRAM_BASE_URL=given).telegram_base_url == expected


@pytest.mark.parametrize(
    ("settings", "complaint"),
    [
        ({"TELEGRAM_TOKN": "x"}, "HANGXUN_TELEGRAM_TOKN is no setting; did you mean HANGXUN_TELEGRAM_TOKEN?"),
        ({"LEASE_SECONDS": "44"}, "HANGXUN_LEASE_SECONDS is less than three times HANGXUN_DEADLINE_SECONDS"),
        ({"WINDOW": "0"}, "HANGXUN_WINDOW is wrong"),
        ({"TIMEZONE": "Mars/Base"}, "HANGXUN_TIMEZONE is no time zone; use a name such as Asia/Shanghai"),
        ({"ALLOWED_CHATS": "telegram:@ourgroup"}, "HANGXUN_ALLOWED_CHATS is a list of ids such as telegram:"),
        ({"ADMINS": "wang"}, "HANGXUN_ADMINS is a list of ids such as telegram:123456789,slack:C0123456789"),
        ({"SLACK_BASE_URL": "slack.com"}, "HANGXUN_SLACK_BASE_URL is no http(s) address"),
        ({"SLACK_BOT_TOKEN_FILE": "/nowhere/token"}, "HANGXUN_SLACK_BOT_TOKEN_FILE: cannot read the file"),
    ],
)
def test_a_mistake_is_one_line_that_names_the_setting(load, settings: dict[str, str], complaint: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load(**settings)
    assert complaint in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("settings", "complaint"),
    [
        ({"HTTP_PORT": "65536"}, "HANGXUN_HTTP_PORT is wrong: it must be less than or equal to 65535"),
        ({"SOURCES_MINUTES": "0"}, "HANGXUN_SOURCES_MINUTES is wrong: it must be greater than or equal to 1"),
        (
            {"SOURCES_MINUTES": "1.5"},
            "HANGXUN_SOURCES_MINUTES is wrong: "
            "it must be a valid integer, unable to parse string as an integer",
        ),
        ({"SOURCES_PAUSE": "-1"}, "HANGXUN_SOURCES_PAUSE is wrong: it must be greater than or equal to 0"),
        ({"SOURCES_PAUSE": "nan"}, "HANGXUN_SOURCES_PAUSE is wrong: it must be a finite number"),
        ({"DEADLINE_SECONDS": "0"}, "HANGXUN_DEADLINE_SECONDS is wrong: it must be greater than 0"),
        (
            {"KEEP_MISSES": "perhaps"},
            "HANGXUN_KEEP_MISSES is wrong: it must be a valid boolean, unable to interpret input",
        ),
        ({"LOG_FORMAT": "xml"}, "HANGXUN_LOG_FORMAT is wrong: it must be 'text' or 'json'"),
        ({"LANGUAGE": "de"}, "HANGXUN_LANGUAGE is wrong: it must be 'zh-CN' or 'en'"),
    ],
)
def test_a_complaint_tells_what_a_setting_must_be(load, settings: dict[str, str], complaint: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load(**settings)
    assert str(caught.value) == complaint


def test_numbers_and_switches_are_read(load) -> None:
    config = load(SOURCES_PAUSE="0.25", SOURCES_MINUTES=" 5 ", KEEP_MISSES="True", WORDS="own")
    assert (config.sources_pause, config.sources_minutes, config.keep_misses) == (0.25, 5, True)
    assert config.words == Path("own")


def test_an_empty_setting_is_as_good_as_none(load) -> None:
    assert load(SLACK_BOT_TOKEN="", TIMEZONE=" ") == load()


def test_files_named_by_the_environment_win_over_the_dotenv_file(load, tmp_path: Path) -> None:
    secret = tmp_path / "token"
    secret.write_text("from-a-file\n", encoding="utf-8")
    dotenv = "HANGXUN_SLACK_BOT_TOKEN=from-dotenv\nCOMPOSE_PROJECT_NAME=hangxun\n"
    assert "from-dotenv" in load(dotenv).secrets
    assert "from-a-file" in load(dotenv, SLACK_BOT_TOKEN_FILE=str(secret)).secrets


def test_the_dotenv_file_may_name_files_too(load, tmp_path: Path) -> None:
    secret = tmp_path / "token"
    secret.write_text("from-a-file\n", encoding="utf-8")
    assert "from-a-file" in load(f"HANGXUN_SLACK_BOT_TOKEN_FILE={secret}\n").secrets


def test_the_deadline_is_checked_against_the_default_of_the_lease(load) -> None:
    with pytest.raises(ConfigError, match="HANGXUN_LEASE_SECONDS is less than three times"):
        load(DEADLINE_SECONDS="30")


def test_what_is_not_utf_8_is_refused(load, tmp_path: Path) -> None:
    bad = tmp_path / "bad"
    bad.write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigError, match="it is not UTF-8 text"):
        load(SLACK_BOT_TOKEN_FILE=str(bad))
    with pytest.raises(ConfigError, match="is not UTF-8 text"):
        load_config(bad)


def test_all_mistakes_are_reported_at_once_without_their_values(load) -> None:
    with pytest.raises(ConfigError) as caught:
        load(HTTP_PORT="secret-value", LANGUAGE="de")
    assert "HANGXUN_HTTP_PORT" in str(caught.value)
    assert "HANGXUN_LANGUAGE" in str(caught.value)
    assert "secret-value" not in str(caught.value)


def test_an_unknown_name_in_the_dotenv_file_is_refused(load) -> None:
    with pytest.raises(ConfigError, match="HANGXUN_TYPO"):
        load("HANGXUN_TYPO=1\n")
