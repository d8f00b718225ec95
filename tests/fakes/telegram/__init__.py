"""A local Telegram: its HTML as strict as the real one, its methods checked by aiogram's models.

async with FakeTelegram() as telegram:
    bot = ...(telegram.token, telegram.base_url)   # in this process or another
    await telegram.message("5G基站有多少")
    answer = await telegram.sent()
    await telegram.press(answer, "下一页")
    assert (await telegram.sent()).edited
"""

from __future__ import annotations

from tests.fakes.telegram.entities import EntityError, Parsed, parse_html, utf16_units
from tests.fakes.telegram.people import FORUM, GROUP, PRIVATE, Chat, User
from tests.fakes.telegram.refusals import CutAfter, CutBefore, Fault, Garbage, RefusedError, flood
from tests.fakes.telegram.server import FakeTelegram
from tests.fakes.telegram.state import Sent

__all__ = [
    "FORUM",
    "GROUP",
    "PRIVATE",
    "Chat",
    "CutAfter",
    "CutBefore",
    "EntityError",
    "FakeTelegram",
    "Fault",
    "Garbage",
    "Parsed",
    "RefusedError",
    "Sent",
    "User",
    "flood",
    "parse_html",
    "utf16_units",
]
