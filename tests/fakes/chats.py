"""What is kept of chats, in memory: a whole `handlers.ports.Chats`."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime

from handlers.errors import StoreError
from handlers.ports import Linking, Settings, Standing, Subscription
from handlers.request import Conversation
from handlers.schedule import SlotKey

NOTHING_SENT = Standing()


@dataclass
class FakeChats:
    """Keeps chats in dicts; with `broken` set, every call fails as a database that is down."""

    kept_settings: dict[Conversation, Settings] = field(default_factory=dict)
    kept_subscriptions: dict[Conversation, list[Subscription]] = field(default_factory=dict)
    kept_told: dict[Conversation, set[str]] = field(default_factory=dict)
    kept_slots: dict[Conversation, frozenset[SlotKey]] = field(default_factory=dict)
    kept_standing: Standing = NOTHING_SENT
    kept_codes: dict[str, Conversation] = field(default_factory=dict)
    kept_places: tuple[Conversation, ...] = ()
    broken: bool = False

    def settings(self, conversation: Conversation) -> Settings | None:
        self._check()
        return self.kept_settings.get(conversation)

    def save_settings(self, conversation: Conversation, settings: Settings) -> None:
        self._check()
        self.kept_settings[conversation] = settings

    def subscriptions(self, conversation: Conversation) -> tuple[Subscription, ...]:
        self._check()
        return tuple(self.kept_subscriptions.get(conversation, ()))

    def subscribe(
        self,
        conversation: Conversation,
        subscription: Subscription,
        settings: Settings,
        known: Collection[str] = (),
    ) -> bool:
        self._check()
        self.kept_settings.setdefault(conversation, settings)
        followed = self.kept_subscriptions.setdefault(conversation, [])
        if any(one.topic == subscription.topic for one in followed):
            return False
        followed.append(subscription)
        self.kept_told.setdefault(conversation, set()).update(known)
        return True

    def unsubscribe(self, conversation: Conversation, topic: str) -> bool:
        self._check()
        followed = self.kept_subscriptions.get(conversation, [])
        left = [one for one in followed if one.topic != topic]
        self.kept_subscriptions[conversation] = left
        return len(left) < len(followed)

    def bring(
        self,
        conversation: Conversation,
        subscriptions: Collection[Subscription],
        settings: Settings,
        known: Collection[str] = (),
    ) -> None:
        self._check()
        for one in subscriptions:
            self.subscribe(conversation, one, settings, known)
        self.kept_settings[conversation] = settings

    def mute(self, conversation: Conversation, topic: str, until: datetime | None) -> bool:
        self._check()
        followed = self.kept_subscriptions.get(conversation, [])
        changed = [replace(one, muted_until=until) if one.topic == topic else one for one in followed]
        self.kept_subscriptions[conversation] = changed
        return any(one.topic == topic for one in followed)

    def planned(self, conversation: Conversation) -> frozenset[SlotKey]:
        self._check()
        return self.kept_slots.get(conversation, frozenset())

    def standing(self, conversation: Conversation, now: datetime) -> Standing:
        self._check()
        return self.kept_standing

    def link_code(self, conversation: Conversation, settings: Settings, now: datetime) -> str:
        self._check()
        self.kept_settings.setdefault(conversation, settings)
        self.kept_codes["ABCD2345"] = conversation
        return "ABCD2345"

    def link(self, conversation: Conversation, code: str, now: datetime) -> Linking:
        self._check()
        other = self.kept_codes.pop(code, None)
        if other is None:
            return Linking.WRONG_CODE
        if other == conversation:
            return Linking.SAME_CHAT
        self.kept_places = (other, conversation)
        return Linking.LINKED

    def places(self, conversation: Conversation) -> tuple[Conversation, ...]:
        self._check()
        return self.kept_places

    def receive_here(self, conversation: Conversation) -> bool:
        self._check()
        others = [place for place in self.kept_places if place != conversation]
        self.kept_places = (conversation, *others)
        return True

    def unlink(self, conversation: Conversation) -> bool:
        self._check()
        was_linked = len(self.kept_places) > 1
        self.kept_places = ()
        return was_linked

    def forget(self, conversation: Conversation) -> bool:
        self._check()
        had_settings = self.kept_settings.pop(conversation, None) is not None
        had_subscriptions = self.kept_subscriptions.pop(conversation, None) is not None
        return had_settings or had_subscriptions

    def _check(self) -> None:
        if self.broken:
            raise StoreError("database is down")
