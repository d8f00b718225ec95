"""The composition root: makes everything with a lifetime, starts it in order and stops it in reverse.

index folder -> Shelf ─┐
database     -> Store ─┼─> Responder -> Reception -> platforms (Telegram, Slack)
                       │             -> Terminal
                       └─> AlertService           -> platforms, or the terminal
"""

from __future__ import annotations

import asyncio
import gc
import logging
import time
from collections.abc import AsyncIterator, Callable, Collection, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, closing
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TypeAlias

from bot.alerts import AlertService, Clock, Duties
from bot.alerts.policy import policy_of
from bot.config import Config
from bot.endings import Work, at_signals, cancel, first_of
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
from bot.terminal import open_terminal
from bot.watch import watch_over
from knowledge.index import open_library

LOG = logging.getLogger(__name__)
ALONE = "the one process"

ChoosePlatforms: TypeAlias = Callable[[Config, Services], Mapping[str, Platform]]


@dataclass(frozen=True, slots=True)
class House:
    """What is there before anybody is connected."""

    config: Config
    clock: Clock
    began: float
    signalled: asyncio.Event
    shelf: Shelf
    store: Store
    telemetry: Telemetry
    services: Services
    responder: Responder


async def run_bot(config: Config, choose: ChoosePlatforms, roles: Collection[Role] = EVERY_ROLE) -> bool:
    """Run the chosen platforms until a signal, or the terminal chat where there is none.

    Without the role of a bot the platforms are only sent to.
    True where new settings wait: whoever called starts the process anew (`bot.renewal`).
    Raises ConfigError or IndexUnusableError when something cannot start, and BotError when a platform fell
    silent; what had started is stopped.
    """
    async with _opened(config) as house:
        platforms = choose(config, house.services)
        is_renewed = await (_be_online(house, platforms, roles) if platforms else _chat(house))
    LOG.info("stopped")
    return is_renewed


async def run_chat(config: Config) -> None:
    """Run the terminal chat until a signal or its end. Raises ConfigError or IndexUnusableError."""
    async with _opened(config) as house:
        await _chat(house)


async def _be_online(house: House, platforms: Mapping[str, Platform], roles: Collection[Role]) -> bool:
    """Answer and send on the platforms until a signal; True where new settings end it."""
    renewal, answers, plans = Renewal(), Role.BOT in roles, Role.PLANNER in roles
    alone = not is_shared(house.config.database_url)
    duties = _duties(house, plans=plans, delivers=Role.WORKER in roles, alone=alone)
    respond = _reception(house).respond if answers else None
    with only_process(house.config.database_url):
        async with _working(house, platforms, respond, duties):
            settle(house.responder)
            works = [until_deaf(platforms.values() if answers else ()), *([_keep_up(house)] if plans else [])]
            is_renewed, *_ = await first_of(renewal.wait(), house.signalled.wait(), *works)
    return is_renewed


async def _chat(house: House) -> bool:
    """Chat in the terminal until the person leaves, or until a signal; False: new settings never end it.

    The bot may run beside it on the same file.
    """
    terminal = open_terminal(house.responder.greeting())
    async with _working(house, {terminal.name: terminal}, house.responder.respond, _duties(house)):
        await first_of(terminal.wait(), house.signalled.wait())
    return False


@asynccontextmanager
async def _opened(config: Config) -> AsyncIterator[House]:
    """Open the index and the database for the length of a block."""
    began, clock, signalled, telemetry = time.monotonic(), Clock(), at_signals(), Telemetry()
    lease = timedelta(seconds=config.lease_seconds)
    with (
        closing(Shelf(config.index, partial(open_library, words=config.words))) as shelf,
        closing(open_store(config.database_url, lease=lease)) as store,
    ):
        responder = Responder(shelf, _kept(config, store, telemetry, clock), config, clock.now)
        services = _services(config, store)
        yield House(config, clock, began, signalled, shelf, store, telemetry, services, responder)


@asynccontextmanager
async def _working(
    house: House,
    platforms: Mapping[str, Platform],
    respond: Respond | None,
    duties: Duties,
) -> AsyncIterator[None]:
    """Answer, send alerts and follow the index for the length of a block; only send where nobody responds."""
    http = house.services.http
    watch_over(http, house.telemetry, (house.shelf, house.store, house.clock.now), platforms)
    async with AsyncExitStack() as stack:
        if house.config.shows_pages:
            await http.open()
            stack.push_async_callback(http.close)
        for platform in platforms.values():
            await (platform.start(respond) if respond else platform.connect())
            stack.push_async_callback(platform.stop)
        alerts = AlertService(house.store, house.shelf.borrow, platforms, house.clock, duties)
        await alerts.start()
        stack.push_async_callback(alerts.stop)
        stack.push_async_callback(cancel, asyncio.create_task(house.shelf.watch()))
        LOG.info("ready platforms=%s seconds=%.2f", ",".join(platforms), time.monotonic() - house.began)
        yield


def settle(responder: Responder) -> None:
    """Load what a first question needs, and leave all that is there now out of garbage collections.

    It stays for good, and a collection that goes through it stops every answer for tens of milliseconds.
    """
    responder.greeting()
    gc.collect()
    gc.freeze()


def _kept(config: Config, store: Store, telemetry: Telemetry, clock: Clock) -> Kept:
    misses = CountedMisses(KeptMisses(store.database, config.keep_misses), telemetry)
    allowed = read_allowed(config.sources_private)
    return Kept(store.chats, misses, ChatSources(KeptSources(store.database), allowed, clock.now))


def _services(config: Config, store: Store) -> Services:
    """Make what the platforms are lent; on SQLite this process is alone."""
    alone = not is_shared(config.database_url)
    return Services(
        store.actions,
        HttpServer(config.http_host, config.http_port),
        Inbox(store.inbound, alone=alone),
        Leases(store.leases, owner=ALONE if alone else ""),
    )


def _reception(house: House) -> Reception:
    gate = Gate(Access.from_config(house.config), Pace(house.config.questions_per_minute))
    return Reception(house.responder.respond, gate, house.telemetry, house.config.language)


def _duties(house: House, *, plans: bool = True, delivers: bool = True, alone: bool = False) -> Duties:
    return Duties(plans, delivers, alone, policy_of(house.config), house.telemetry)


def _keep_up(house: House) -> Work:
    return keep_up(house.config, KeptSources(house.store.database), house.services.leases, house.clock.now)
