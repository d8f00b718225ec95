"""What the platforms are told of the commands: Slack's app manifest and Telegram's command menu."""

from __future__ import annotations

from collections.abc import Iterable

from handlers.command import Command
from handlers.request import Language
from handlers.texts import commands as texts

SLASH_COMMAND = "/hangxun"
BOT_SCOPES = (
    "app_mentions:read",
    "channels:join",  # only where an alert is due in a public channel
    "channels:read",
    "chat:write",
    "commands",
    "files:read",  # only a list of subscriptions that somebody brings along
    "files:write",
    "groups:read",
    "im:history",
    "im:read",
    "im:write",
    "users:read",
)
BOT_EVENTS = ("app_mention", "message.im", "app_uninstalled", "tokens_revoked")
_USAGE_HINT = 1000  # the limits of api.slack.com/reference/manifests
_DESCRIPTION = 140
_MENU_DESCRIPTION = 256  # core.telegram.org/bots/api#botcommand


def slack_manifest(commands: Iterable[Command]) -> dict[str, object]:
    """Return the manifest of a Slack app that talks over Socket Mode."""
    names = " | ".join(command.name for command in commands if command.listed)
    about = f"{texts.APP.en}; {texts.APP.zh}"
    return {
        "display_information": {"name": "Hangxun 行讯", "description": about[:_DESCRIPTION]},
        "features": {
            "app_home": {"messages_tab_enabled": True, "messages_tab_read_only_enabled": False},
            "bot_user": {"display_name": "hangxun", "always_online": True},
            "slash_commands": [
                {
                    "command": SLASH_COMMAND,
                    "description": about,
                    "usage_hint": f"5G基站有多少 | {names}"[:_USAGE_HINT],
                    "should_escape": False,
                }
            ],
        },
        "oauth_config": {"scopes": {"bot": list(BOT_SCOPES)}},
        "settings": {
            "event_subscriptions": {"bot_events": list(BOT_EVENTS)},
            "interactivity": {"is_enabled": True},
            "org_deploy_enabled": False,
            "socket_mode_enabled": True,
            "token_rotation_enabled": False,
        },
    }


def telegram_menu(commands: Iterable[Command], language: Language) -> tuple[tuple[str, str], ...]:
    """Return (name, description) of each listed command, within Telegram's limits."""
    return tuple(
        (command.name, command.summary.in_language(language)[:_MENU_DESCRIPTION])
        for command in commands
        if command.listed
    )
