"""What is kept of each chat: its settings and what it follows (handlers.ports.Chats)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, delete, func, or_, select, update

from bot.store.database import Database, insert, wait_for_writers
from bot.store.links import (
    address_of,
    forget_tries,
    is_chat,
    link_place,
    new_code,
    places_of,
    receive_at,
    unlink_places,
)
from bot.store.rows import State
from bot.store.schema import (
    attempt,
    chat,
    delivery,
    message,
    pause,
    planned_slot,
    received,
    subscription,
    told,
)
from handlers.ports import Linking, Settings, Standing, Subscription
from handlers.request import Conversation, Language
from handlers.schedule import SlotKey, read_schedule

_RECENT_SLOTS = 24


@dataclass(frozen=True, slots=True)
class KeptChats:
    """The chats in the database."""

    database: Database

    def settings(self, conversation: Conversation) -> Settings | None:
        """Return the chat's settings, None for a chat that never saved any."""
        with self.database.read() as connection:
            row = connection.execute(select(chat).where(is_chat(conversation))).one_or_none()
        return settings_of(row) if row else None

    def save_settings(self, conversation: Conversation, settings: Settings) -> None:
        """Keep the settings, making the chat where it is new."""
        kept = _columns(settings)
        with self.database.write() as connection:
            chat_id = _chat_for(connection, conversation, settings)
            connection.execute(update(chat).where(chat.c.id == chat_id).values(kept))

    def subscriptions(self, conversation: Conversation) -> tuple[Subscription, ...]:
        """Return what the chat follows, oldest first."""
        found = select(subscription).join(chat).where(is_chat(conversation)).order_by(subscription.c.id)
        with self.database.read() as connection:
            return tuple(subscription_of(row) for row in connection.execute(found))

    def subscribe(
        self,
        conversation: Conversation,
        subscription: Subscription,
        settings: Settings,
        known: Collection[str] = (),
    ) -> bool:
        """Follow a topic; `settings` are kept for a chat that has none. False if it was followed already.

        `known` are the keys of the figures that a new subscription begins with: they are no news.
        """
        with self.database.write() as connection:
            chat_id = _chat_for(connection, conversation, settings)
            _wake(connection, chat_id, subscription.created_at)
            is_new = _follow(connection, chat_id, subscription)
            if is_new and known:
                _mark_told(connection, chat_id, known)
            return is_new

    def unsubscribe(self, conversation: Conversation, topic: str) -> bool:
        """Stop following a topic. False if it was not followed."""
        followed = subscription.c.chat_id == _id_of(conversation), subscription.c.topic == topic
        with self.database.write() as connection:
            return connection.execute(delete(subscription).where(*followed)).rowcount > 0

    def bring(
        self,
        conversation: Conversation,
        subscriptions: Collection[Subscription],
        settings: Settings,
        known: Collection[str] = (),
    ) -> None:
        """Follow all of these, keep the settings, and let the figures of these keys be no news."""
        with self.database.write() as connection:
            chat_id = _chat_for(connection, conversation, settings)
            connection.execute(update(chat).where(chat.c.id == chat_id).values(_columns(settings)))
            for one in subscriptions:
                _wake(connection, chat_id, one.created_at)
                _follow(connection, chat_id, one)
            if known:
                _mark_told(connection, chat_id, known)

    def mute(self, conversation: Conversation, topic: str, until: datetime | None) -> bool:
        """Hold back what a topic brings, or with None no longer. False if it was not followed."""
        followed = subscription.c.chat_id == _id_of(conversation), subscription.c.topic == topic
        with self.database.write() as connection:
            muted = update(subscription).where(*followed).values(muted_until=until)
            return connection.execute(muted).rowcount > 0

    def planned(self, conversation: Conversation) -> frozenset[SlotKey]:
        """Return the recent slots whose alert is planned already, sent or not."""
        slots = select(planned_slot.c.local_date, planned_slot.c.slot)
        mine = slots.where(planned_slot.c.chat_id == _id_of(conversation))
        latest = mine.order_by(planned_slot.c.local_date.desc()).limit(_RECENT_SLOTS)
        with self.database.read() as connection:
            return frozenset((row.local_date, row.slot) for row in connection.execute(latest))

    def standing(self, conversation: Conversation, now: datetime) -> Standing:
        """Return how delivery to the chat stands."""
        mine = delivery.c.chat_id == _id_of(conversation)
        waiting = and_(delivery.c.state.in_((State.PENDING, State.SENDING)), delivery.c.expires_at > now)
        counts = select(
            func.max(delivery.c.sent_at).label("last"), func.count().filter(waiting).label("waiting")
        ).where(mine)
        paused = (pause.c.platform == conversation.platform, pause.c.until > now)
        with self.database.read() as connection:
            row = connection.execute(counts).one()
            retry_at = connection.scalar(select(func.max(pause.c.until)).where(*paused, pause.c.scope == ""))
            return Standing(row.last, row.waiting, retry_at)

    def link_code(self, conversation: Conversation, settings: Settings, now: datetime) -> str:
        """Return a code that links another place to this chat once, within ten minutes."""
        with self.database.write() as connection:
            return new_code(connection, _chat_for(connection, conversation, settings), now)

    def link(self, conversation: Conversation, code: str, now: datetime) -> Linking:
        """Make this place one of the chat that the code is from."""
        with self.database.write() as connection:
            return link_place(connection, conversation, code, now)

    def places(self, conversation: Conversation) -> tuple[Conversation, ...]:
        """Return all places of the chat, first the one that gets the alerts; none for an unknown chat."""
        with self.database.read() as connection:
            return places_of(connection, conversation)

    def receive_here(self, conversation: Conversation) -> bool:
        """Let this place of a linked chat get the alerts. False where it is not linked or gets them."""
        with self.database.write() as connection:
            return receive_at(connection, conversation)

    def unlink(self, conversation: Conversation) -> bool:
        """Take this place off a linked chat; at the one that gets the alerts, all others. False if alone."""
        with self.database.write() as connection:
            return unlink_places(connection, conversation)

    def forget(self, conversation: Conversation) -> bool:
        """Delete all that is kept of the chat. False if nothing was.

        Its deliveries stay as bare rows for the count, one under way included. Whoever plans for the chat
        just now is waited for, that none comes afterwards.
        """
        with self.database.write() as connection:
            wait_for_writers(connection, planned_slot)
            _strip_deliveries(connection, conversation)
            was_known = connection.execute(delete(chat).where(is_chat(conversation))).rowcount > 0
            _drop_unread(connection)
            forget_tries(connection, conversation)
            return was_known


def conversation_of(row: Row[Any]) -> Conversation:
    """Read the conversation from a row of the table of chats."""
    return Conversation(row.platform, row.chat_ref, row.team, row.thread)


def settings_of(row: Row[Any]) -> Settings:
    """Read the settings from a row of the table of chats."""
    language = Language(row.language) if row.language else None
    schedule = read_schedule(row.schedule)
    return Settings(schedule, row.timezone, row.active_since, row.paused, language)


def subscription_of(row: Row[Any]) -> Subscription:
    """Read a subscription from its row."""
    return Subscription(row.topic, row.created_at, row.since, row.muted_until)


def _columns(settings: Settings) -> dict[str, object]:
    """Whoever writes settings is there: a chat that was gone has come back."""
    return {
        "schedule": settings.schedule.text,
        "timezone": settings.timezone,
        "active_since": settings.active_since,
        "paused": settings.paused,
        "language": settings.language,
        "gone_reason": None,
    }


def _id_of(conversation: Conversation) -> Any:
    return select(chat.c.id).where(is_chat(conversation)).scalar_subquery()


def _chat_for(connection: Connection, conversation: Conversation, settings: Settings) -> int:
    """Return the number of the chat, made with these settings where it is new."""
    mine = select(chat.c.id).where(is_chat(conversation))
    known: int | None = connection.scalar(mine)
    if known is not None:
        return known
    row = insert(connection, chat).values(**address_of(conversation), **_columns(settings))
    connection.execute(row.on_conflict_do_nothing())
    made: int = connection.execute(mine).scalar_one()
    return made


def _wake(connection: Connection, chat_id: int, now: datetime) -> None:
    """Let the alerts of a chat that was gone or followed nothing begin now, not with today's that is past."""
    follows = select(subscription.c.id).where(subscription.c.chat_id == chat_id).exists()
    asleep = or_(~follows, chat.c.gone_reason.is_not(None))
    woken = update(chat).where(chat.c.id == chat_id)
    connection.execute(woken.where(asleep, chat.c.active_since < now).values(active_since=now))
    connection.execute(woken.values(gone_reason=None))


def _follow(connection: Connection, chat_id: int, followed: Subscription) -> bool:
    row = insert(connection, subscription).values(
        chat_id=chat_id,
        topic=followed.topic,
        since=followed.since,
        created_at=followed.created_at,
        muted_until=followed.muted_until,
    )
    added = row.on_conflict_do_nothing().returning(subscription.c.id)
    return connection.execute(added).first() is not None


def _mark_told(connection: Connection, chat_id: int, figures: Collection[str]) -> None:
    rows = [{"chat_id": chat_id, "figure": figure} for figure in figures]
    connection.execute(insert(connection, told).on_conflict_do_nothing(), rows)


def _strip_deliveries(connection: Connection, conversation: Conversation) -> None:
    """Leave nothing in the chat's deliveries that leads back to it; those not yet sent never will be."""
    scope = f"{conversation.team}|{conversation.chat}"
    connection.execute(delete(pause).where(pause.c.platform == conversation.platform, pause.c.scope == scope))
    connection.execute(delete(planned_slot).where(planned_slot.c.chat_id == _id_of(conversation)))
    theirs = select(delivery.c.id).where(delivery.c.chat_id == _id_of(conversation))
    connection.execute(delete(attempt).where(attempt.c.delivery_id.in_(theirs)))
    mine = update(delivery).where(delivery.c.chat_id == _id_of(conversation))
    waiting = delivery.c.state.in_((State.PENDING, State.SENDING))
    connection.execute(mine.where(waiting).values(state=State.SUPPRESSED, lease_owner=None))
    bare = ("chat_id", "message_id", "platform_message_id", "last_error")
    connection.execute(mine.values(dict.fromkeys(bare)))


def _drop_unread(connection: Connection) -> None:
    """Delete the messages that no chat was sent or is to be sent."""
    to_chats = select(received.c.chat_id).where(received.c.message_id == message.c.id)
    on_the_way = select(delivery.c.id).where(delivery.c.message_id == message.c.id)
    connection.execute(delete(message).where(~to_chats.exists(), ~on_the_way.exists()))
