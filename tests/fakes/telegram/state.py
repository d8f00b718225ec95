"""What the fake Telegram knows: chats, messages, presses, the menu, and what each method does to them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from tests.fakes.telegram.entities import Entity
from tests.fakes.telegram.limits import check_commands, read_caption, read_keyboard, read_text
from tests.fakes.telegram.people import BOT, FORUM, GROUP, NOW, PRIVATE, Chat, User, admin_json, message_json
from tests.fakes.telegram.refusals import bad_request
from tests.fakes.telegram.uploads import Uploaded

SAME = (
    "message is not modified: specified new message content and reply markup are exactly the same as before"
)
OLD_QUERY = "query is too old and response timeout expired or query ID is invalid"


@dataclass(frozen=True, slots=True)
class Sent:
    """A message of the bot as a user sees it, and how it was sent."""

    number: int
    chat: Chat
    text: str
    entities: tuple[Entity, ...] = ()
    keyboard: tuple[tuple[tuple[str, str], ...], ...] = ()
    markup: dict[str, Any] | None = None
    photo: Uploaded | None = None
    document: Uploaded | None = None
    thread: int | None = None
    answers: int | None = None
    silent: bool = False
    preview: bool = True
    edited: bool = False

    def data(self, label: str) -> str:
        """Return the data of the button with this label, or the text that it copies."""
        return next(data for row in self.keyboard for text, data in row if text == label)

    def as_json(self) -> dict[str, Any]:
        """Return the message as the API shows it."""
        uploaded = self.photo or self.document
        return message_json(
            self.number,
            self.chat,
            BOT,
            text=None if uploaded else self.text,
            caption=self.text if uploaded else None,
            photo=self.photo.as_photo() if self.photo else None,
            document=self.document.as_document() if self.document else None,
            message_thread_id=self.thread,
            is_topic_message=True if self.thread else None,
            edit_date=NOW if self.edited else None,
            reply_markup=self.markup,
        )


@dataclass
class State:
    """The memory of the fake; `run` carries out one checked call."""

    chats: dict[str, Chat] = field(default_factory=lambda: {str(c.id): c for c in (PRIVATE, GROUP, FORUM)})
    messages: dict[tuple[int, int], Sent] = field(default_factory=dict)
    shown: asyncio.Queue[Sent] = field(default_factory=asyncio.Queue)
    answered: asyncio.Queue[str] = field(default_factory=asyncio.Queue)
    presses: set[str] = field(default_factory=set)
    commands: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    webhook: tuple[str, str] | None = None
    admins: dict[str, list[User]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    numbers: int = 0

    def run(self, method: str, parameters: dict[str, Any]) -> object:
        """Carry out a call and return its result. Raises RefusedError."""
        methods: dict[str, Callable[[dict[str, Any]], object]] = {
            "getMe": lambda _: BOT,
            "getChatAdministrators": self._admins,
            "getFile": self._file,
            "sendMessage": self._send,
            "sendPhoto": self._send,
            "sendDocument": self._send,
            "editMessageText": self._edit,
            "answerCallbackQuery": self._answer,
            "setMyCommands": self._set_commands,
            "setWebhook": self._set_webhook,
            "deleteWebhook": self._set_webhook,
        }
        return methods[method](parameters)

    def next_number(self) -> int:
        """Return the number of the next message."""
        self.numbers += 1
        return self.numbers

    def _file(self, parameters: dict[str, Any]) -> object:
        file_id = parameters["file_id"]
        if file_id not in self.files:
            raise bad_request("wrong file_id or the file is temporarily unavailable")
        size = len(self.files[file_id])
        return {"file_id": file_id, "file_unique_id": file_id, "file_size": size, "file_path": file_id}

    def _admins(self, parameters: dict[str, Any]) -> object:
        if parameters["chat_id"] not in self.chats:
            raise bad_request("chat not found")
        return [admin_json(user.as_json()) for user in self.admins.get(parameters["chat_id"], [])]

    def _send(self, parameters: dict[str, Any]) -> object:
        chat = self.chats.get(parameters["chat_id"])
        if chat is None:
            raise bad_request("chat not found")
        thread = parameters.get("message_thread_id")
        if thread and thread not in chat.topics:
            raise bad_request("message thread not found")
        sent = replace(
            self._content(parameters, Sent(self.next_number(), chat, "")),
            thread=thread,
            answers=(parameters.get("reply_parameters") or {}).get("message_id"),
            silent=bool(parameters.get("disable_notification")),
        )
        return self._show(sent)

    def _edit(self, parameters: dict[str, Any]) -> object:
        old = self.messages.get((int(parameters["chat_id"]), parameters["message_id"]))
        if old is None:
            raise bad_request("message to edit not found")
        new = self._content(parameters, old)
        if (new.text, new.entities, new.keyboard) == (old.text, old.entities, old.keyboard):
            raise bad_request(SAME)
        return self._show(replace(new, edited=True))

    def _content(self, parameters: dict[str, Any], message: Sent) -> Sent:
        photo, document = parameters.get("photo"), parameters.get("document")
        parsed = read_caption(parameters) if photo or document else read_text(parameters)
        preview = not (parameters.get("link_preview_options") or {}).get("is_disabled")
        return replace(
            message,
            text=parsed.text,
            entities=parsed.entities,
            keyboard=read_keyboard(parameters),
            markup=parameters.get("reply_markup"),
            preview=preview,
            photo=photo,
            document=document,
        )

    def _show(self, sent: Sent) -> object:
        shown = sent.as_json()
        self.messages[sent.chat.id, sent.number] = sent
        self.shown.put_nowait(sent)
        return shown

    def _answer(self, parameters: dict[str, Any]) -> object:
        if parameters["callback_query_id"] not in self.presses:
            raise bad_request(OLD_QUERY)
        if len(parameters.get("text", "")) > 200:
            raise bad_request("MESSAGE_TOO_LONG")
        self.presses.discard(parameters["callback_query_id"])
        self.answered.put_nowait(parameters.get("text", ""))
        return True

    def _set_commands(self, parameters: dict[str, Any]) -> object:
        check_commands(parameters["commands"])
        menu = [(command["command"], command["description"]) for command in parameters["commands"]]
        self.commands[parameters.get("language_code", "")] = menu
        return True

    def _set_webhook(self, parameters: dict[str, Any]) -> object:
        url = parameters.get("url")
        self.webhook = (url, parameters.get("secret_token", "")) if url else None
        return True
