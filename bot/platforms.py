"""The table of platforms. A new platform is one folder and one line here."""

from __future__ import annotations

from importlib import import_module

from bot.config import Config
from bot.platform import Actions, Platform

MODULES = {
    "telegram": "bot.telegram",
    "slack": "bot.slack",
}


def configured_platforms(config: Config, actions: Actions) -> dict[str, Platform]:
    """Make every platform that has its tokens, importing only those.

    Raises ConfigError where a platform is half configured.
    """
    made = {name: import_module(module).from_config(config, actions) for name, module in MODULES.items()}
    return {name: platform for name, platform in made.items() if platform is not None}
