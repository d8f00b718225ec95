"""Telegram as a platform: an update becomes a request, its reply becomes messages.

update -> stored -> confirmed to Telegram -> answered -> done. Updates of different people are answered side
by side, those of one person in a chat one after another. Of several processes only one polls.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from weakref import WeakValueDictionary

from telegram import Update
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.errors import ConfigError, DeliveryError, Outcome
from bot.hearing import Hearing
from bot.inbox import Event
from bot.platform import WHOLE, Progress, Respond, Services
from bot.renderings import Renderings
from bot.telegram.account import Account, Menu
from bot.telegram.attached import attached_text
from bot.telegram.failures import delivery_error, may_pass, reason_of
from bot.telegram.incoming import NAME, UPDATES, is_for_us, language_of, read_update, to_request
from bot.telegram.outgoing import Target, acknowledge, post, show
from bot.telegram.polling import persist, poll
from bot.telegram.render import Message, render
from bot.telegram.roles import Roles
from bot.telegram.tasks import Tasks
from handlers.errors import StoreError
from handlers.reply import Reply
from handlers.request import Conversation, Request
from handlers.texts import label
from handlers.texts.buttons import NOT_READ, TOO_OLD

LOG = logging.getLogger(__name__)
POST_SECONDS = 15
DRAIN_SECONDS = 20


class Telegram:
    """The bot's side of Telegram; implements `bot.platform.Platform`."""

    name = NAME

    def __init__(self, account: Account, services: Services, menu: Menu) -> None:
        self._account = account
        self._actions = services.actions
        self._alerts = Renderings(self._render)
        self._inbox = services.inbox
        self._leases = services.leases
        self._menu = menu
        self._line = account.make_line()
        self._bot = self._line.bot
        self._roles = Roles(self._bot)
        self._hearing = Hearing()
        self._connected = asyncio.Event()
        self._tasks = Tasks()
        self._turns: WeakValueDictionary[tuple[int, int], asyncio.Lock] = WeakValueDictionary()
        self._intake: asyncio.Task[None] | None = None
        self._respond: Respond

    @property
    def deaf_seconds(self) -> float:
        """How long Telegram has not answered while this process polls."""
        return self._hearing.deaf_seconds

    async def connect(self) -> None:
        """Sign in, to send only. Raises ConfigError for a wrong token."""
        await self._attempt(self._sign_in)

    async def start(self, respond: Respond) -> None:
        """Connect and begin to answer. Raises ConfigError for a wrong token, webhook or port.

        A server that cannot be reached is no error: the log says so and it is tried until it can be.
        """
        self._respond = respond
        await self._attempt(self._open)
        self._intake = self._tasks.spawn(self._take_in())

    async def send(self, conversation: Conversation, reply: Reply, progress: Progress = WHOLE) -> None:
        """Send an alert, silently and without link previews. Raises DeliveryError."""
        target = Target(conversation.chat, conversation.thread, silent=True)
        messages = await self._alerts.of(reply)
        for part, message in enumerate(messages[progress.taken :], progress.taken + 1):
            try:
                async with asyncio.timeout(POST_SECONDS):
                    message_id = await post(self._line, target, message)
            except TimeoutError:
                raise DeliveryError(f"no answer in {POST_SECONDS} s", Outcome.AMBIGUOUS) from None
            except TelegramError as error:
                raise delivery_error(error) from None
            await progress.accepted(message_id, part == len(messages))

    async def stop(self) -> None:
        """Stop taking updates, finish the answers under way, disconnect."""
        if self._account.webhook:
            await self._account.webhook.withdraw()
        if self._intake:
            self._intake.cancel()
        await self._tasks.drain(DRAIN_SECONDS)
        await self._bot.shutdown()

    async def _attempt(self, step: Callable[[], Awaitable[None]]) -> None:
        """Take a first step; out of reach may be only for now, a wrong setting is for good."""
        try:
            with suppress(TelegramError):
                await step()
        except ConfigError:
            await self.stop()
            raise

    async def _sign_in(self) -> None:
        try:
            await self._bot.initialize()
        except InvalidToken:
            raise ConfigError("HANGXUN_TELEGRAM_TOKEN was refused: copy it again from @BotFather") from None

    async def _open(self) -> None:
        """Sign in and say how we take updates. Raises ConfigError, or TelegramError to try again."""
        await self._sign_in()
        try:
            if webhook := self._account.webhook:
                await webhook.serve(self._bot, self._accept)
                await self._bot.set_webhook(webhook.url, secret_token=webhook.secret, allowed_updates=UPDATES)
            else:
                await self._bot.delete_webhook()
            for language, commands in self._menu.items():
                await self._bot.set_my_commands(commands, language_code=language or None)
        except BadRequest as error:
            raise ConfigError(f"HANGXUN_TELEGRAM_WEBHOOK_URL was refused: {error}") from None
        self._connected.set()

    async def _take_in(self) -> None:
        if not self._connected.is_set():
            await persist(self._open, "connect")
        async with asyncio.TaskGroup() as group:
            group.create_task(self._inbox.take_up(NAME, self._begin_again))
            if not self._account.webhook:
                group.create_task(self._leases.while_held(f"poll {NAME}", self._poll))

    async def _poll(self) -> None:
        await poll(self._bot, self._accept, self._hearing)

    async def _accept(self, update: Update) -> None:
        """Store an update that is for us and begin to answer it; that it came may be confirmed then."""
        if is_for_us(update, self._bot.bot) and await self._inbox.accept(
            NAME, self._key(update), update.to_json()
        ):
            self._tasks.spawn(self._handle(update))

    def _begin_again(self, event: Event) -> None:
        if update := read_update(event.body, self._bot):
            self._tasks.spawn(self._handle(update))

    async def _handle(self, update: Update) -> None:
        async with self._turn(update):
            request = await self._read(update)
            is_shown = request is None or await self._show(update, await self._respond(request))
        if is_shown:
            await self._inbox.done(NAME, self._key(update))
        else:
            self._inbox.put_back(NAME, self._key(update))

    def _key(self, update: Update) -> str:
        return f"{self._bot.id}:{update.update_id}"

    async def _read(self, update: Update) -> Request | None:
        """Return what is asked; a pressed button is acknowledged, with a word where nothing comes of it."""
        try:
            request = await asyncio.to_thread(to_request, update, self._bot.bot, self._actions.expand)
            excuse = None if request else TOO_OLD
        except StoreError as error:
            LOG.warning("button not read error=%s", error)
            request, excuse = None, NOT_READ
        if query := update.callback_query:
            language = language_of(query.from_user) or self._account.language
            await acknowledge(query, label(excuse, language) if excuse else "")
        if request is None:
            return None
        may_manage, document = await asyncio.gather(
            self._roles.may_manage(update), attached_text(update, self._bot)
        )
        return replace(request, may_manage=may_manage, document=document)

    def _turn(self, update: Update) -> asyncio.Lock:
        """Return the lock that keeps the updates of one person in a chat in their order."""
        chat, user = update.effective_chat, update.effective_user
        return self._turns.setdefault((chat.id if chat else 0, user.id if user else 0), asyncio.Lock())

    async def _show(self, update: Update, reply: Reply) -> bool:
        """Answer an update; False where it is worth another try later."""
        messages = await asyncio.to_thread(self._render, reply)
        try:
            await show(self._line, update, messages, in_place=reply.in_place)
        except TelegramError as error:
            LOG.warning("answer not delivered update=%d reason=%s", update.update_id, reason_of(error))
            return not may_pass(error)
        return True

    def _render(self, reply: Reply) -> tuple[Message, ...]:
        return render(reply, self._actions.shorten)
