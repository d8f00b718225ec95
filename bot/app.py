"""The composition root: makes everything with a lifetime, starts it in order and stops it in reverse.

index folder -> Shelf ─┐
database     -> Store ─┼─> Responder -> Reception -> platforms (Telegram, Slack, or the terminal)
                       └─> AlertService           -> platforms
"""

from __future__ import annotations

import asyncio
import logging
import signal
import time
from collections.abc import Callable, Collection, Coroutine, Iterator, Mapping
from contextlib import AsyncExitStack, nullcontext, suppress
from datetime import timedelta
from functools import partial
from typing import Any, TypeAlias

from bot.alerts import AlertService, Clock, Duties
from bot.alerts.policy import policy_of
from bot.config import Config
from bot.exclusive import is_shared, only_process
from bot.gate import Access, Gate, Pace
from bot.hearing import until_deaf
from bot.http import HttpServer
from bot.inbox import Inbox
from bot.lease import Leases
from bot.platform import Platform, Respond, Services
from bot.reception import CountedMisses, Reception
from bot.renewal import Renewal
from bot.respond import Kept, Responder
from bot.roles import EVERY_ROLE, Role
from bot.shelf import Shelf
from bot.sources.addresses import read_allowed
from bot.sources.in_chat import ChatSources
from bot.sources.service import keep_up
from bot.store import Store, open_store
from bot.store.misses import KeptMisses
from bot.store.sources import KeptSources
from bot.telemetry import Telemetry
from bot.terminal import Terminal, open_terminal
from bot.watch import watch_over
from knowledge.index import open_library

LOG = logging.getLogger(__name__)
ALONE = "the one process"

ChoosePlatforms: TypeAlias = Callable[[Config, Services], Mapping[str, Platform]]


def no_platforms(_config: Config, _services: Services) -> Mapping[str, Platform]:
    """Choose the terminal chat, whatever is configured."""
    return {}


async def run_bot(config: Config, choose: ChoosePlatforms, roles: Collection[Role] = EVERY_ROLE) -> bool:
    """Run the chosen platforms, or the terminal chat where there is none, until a signal or its end.

    Without the role of a bot the platforms are only sent to.
    True where new settings wait: whoever called starts the process anew (`bot.renewal`).
    Raises ConfigError or IndexUnusableError when something cannot start, and BotError when a platform fell
    silent; what had started is stopped.
    """
    began, clock = time.monotonic(), Clock()
    signalled = _at_signals()
    async with AsyncExitStack() as stack:
        shelf, store = _open(config, stack)
        telemetry = Telemetry()
        responder = Responder(shelf, _kept(config, store, telemetry, clock), config, clock.now)
        services = _services(config, store)
        platforms = choose(config, services)
        terminal = None if platforms else open_terminal(responder.greeting())
        renewal = None if terminal else Renewal()
        present = {terminal.name: terminal} if terminal else platforms
        stack.enter_context(nullcontext() if terminal else only_process(config.database_url))
        watch_over(services.http, telemetry, (shelf, store, clock.now), platforms)
        await _show_pages(config, services.http, stack)
        answer = responder.respond if terminal else _reception(config, responder, telemetry).respond
        await _connect(present, answer if Role.BOT in roles else None, stack)
        duties = _duties(config, roles, telemetry, is_online=not terminal)
        await _alert(AlertService(store, shelf.borrow, present, clock, duties), stack)
        _in_background(shelf.watch(), stack)
        LOG.info("ready platforms=%s seconds=%.2f", ",".join(present), time.monotonic() - began)
        keeping_up = partial(keep_up, config, KeptSources(store.database), services.leases, clock.now)
        ends = (terminal.wait(),) if terminal else _ends(roles, platforms, keeping_up)
        has_ended = await _first_of(signalled.wait(), *ends, *([renewal.wait()] if renewal else []))
    LOG.info("stopped")
    return renewal is not None and has_ended[-1]


def _ends(
    roles: Collection[Role],
    platforms: Mapping[str, Platform],
    keeping_up: Callable[[], Coroutine[Any, Any, None]],
) -> Iterator[Coroutine[Any, Any, None]]:
    """Yield what goes on until the process ends, and ends it where it fails."""
    yield until_deaf(platforms.values() if Role.BOT in roles else ())
    if Role.PLANNER in roles:
        yield keeping_up()


def _open(config: Config, stack: AsyncExitStack) -> tuple[Shelf, Store]:
    shelf = Shelf(config.index, partial(open_library, words=config.words))
    stack.callback(shelf.close)
    store = open_store(config.database_url, lease=timedelta(seconds=config.lease_seconds))
    stack.callback(store.close)
    return shelf, store


def _kept(config: Config, store: Store, telemetry: Telemetry, clock: Clock) -> Kept:
    misses = CountedMisses(KeptMisses(store.database, config.keep_misses), telemetry)
    allowed = read_allowed(config.sources_private)
    return Kept(store.chats, misses, ChatSources(KeptSources(store.database), allowed, clock.now))


def _services(config: Config, store: Store) -> Services:
    """Make what the platforms are lent; on SQLite this process is alone."""
    alone = store.database.engine.dialect.name == "sqlite"
    return Services(
        store.actions,
        HttpServer(config.http_host, config.http_port),
        Inbox(store.inbound, alone=alone),
        Leases(store.leases, owner=ALONE if alone else ""),
    )


def _reception(config: Config, responder: Responder, telemetry: Telemetry) -> Reception:
    gate = Gate(Access.from_config(config), Pace(config.questions_per_minute))
    return Reception(responder.respond, gate, telemetry, config.language)


async def _show_pages(config: Config, http: HttpServer, stack: AsyncExitStack) -> None:
    if config.shows_pages:
        await http.open()
        stack.push_async_callback(http.close)


async def _connect(
    platforms: Mapping[str, Platform] | Mapping[str, Terminal],
    respond: Respond | None,
    stack: AsyncExitStack,
) -> None:
    """Connect to every platform, to send only where nobody responds."""
    for platform in platforms.values():
        await (platform.start(respond) if respond else platform.connect())
        stack.push_async_callback(platform.stop)


def _duties(config: Config, roles: Collection[Role], telemetry: Telemetry, *, is_online: bool) -> Duties:
    """Say what this process does; a terminal chat may run beside the bot on one file."""
    alone = is_online and not is_shared(config.database_url)
    return Duties(Role.PLANNER in roles, Role.WORKER in roles, alone, policy_of(config), telemetry)


async def _alert(alerts: AlertService, stack: AsyncExitStack) -> None:
    await alerts.start()
    stack.push_async_callback(alerts.stop)


def _in_background(work: Coroutine[Any, Any, object], stack: AsyncExitStack) -> None:
    stack.push_async_callback(_cancel, asyncio.create_task(work))


async def until_signalled(work: Coroutine[Any, Any, object]) -> None:
    """Do some work until it ends, or until SIGINT or SIGTERM. Raises what it raises."""
    await _first_of(_at_signals().wait(), work)


def _at_signals() -> asyncio.Event:
    event = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, event.set)
    return event


async def _first_of(*waits: Coroutine[Any, Any, object]) -> tuple[bool, ...]:
    """Wait until one has ended; tell of each whether it has. Raises what it raises."""
    tasks = [asyncio.create_task(wait) for wait in waits]
    done, waiting = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in waiting:
        await _cancel(task)
    for task in done:
        task.result()
    return tuple(task in done for task in tasks)


async def _cancel(task: asyncio.Task[Any]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
