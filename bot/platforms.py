"""The table of platforms. A new platform is one folder and one line here."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from importlib import import_module

from bot.config import Config
from bot.http import HttpServer
from bot.platform import Actions, Platform, Services

MODULES = {
    "telegram": "bot.telegram",
    "slack": "bot.slack",
}


def configured_platforms(config: Config, services: Services) -> Mapping[str, Platform]:
    """Make every platform that has its tokens, importing only those.

    Raises ConfigError where a platform is half configured.
    """
    made = {name: import_module(path).from_config(config, services) for name, path in MODULES.items()}
    return {name: platform for name, platform in made.items() if platform is not None}


@asynccontextmanager
async def connected_to_send(config: Config, actions: Actions) -> AsyncIterator[Mapping[str, Platform]]:
    """Connect every configured platform and the terminal, to send only, for the length of a block.

    Raises ConfigError for a wrong token or address.
    """
    from bot.terminal import open_terminal
    from handlers.reply import Reply

    terminal = open_terminal(Reply(()))
    services = Services(actions, HttpServer(config.http_host, config.http_port))
    platforms: dict[str, Platform] = {terminal.name: terminal, **configured_platforms(config, services)}
    async with AsyncExitStack() as stack:
        for platform in platforms.values():
            stack.push_async_callback(platform.stop)
            await platform.connect()
        yield platforms
