from __future__ import annotations

import importlib
import pkgutil
import re
from string import Formatter

import pytest

import handlers.texts
from handlers.texts import Message

MODULES = [module.name for module in pkgutil.iter_modules(handlers.texts.__path__)]
MESSAGES = {
    f"{name}.{key}": value
    for name in MODULES
    for key, value in vars(importlib.import_module(f"handlers.texts.{name}")).items()
    if isinstance(value, Message)
}
CHINESE = r"[\u4e00-\u9fff]"


@pytest.fixture(params=MESSAGES, name="message")
def each_message(request):
    return MESSAGES[request.param]


def fields(template: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(template) if field}


def test_both_languages_are_there_and_take_the_same_values(message):
    assert message.zh.strip()
    assert message.en.strip()
    assert fields(message.zh) == fields(message.en)


def test_bold_is_closed(message):
    assert message.zh.count("**") % 2 == 0
    assert message.en.count("**") % 2 == 0


def test_chinese_is_set_with_its_own_punctuation(message):
    assert not re.search(rf"{CHINESE}[,;!?()]|[,;!?()]{CHINESE}", message.zh)


def test_latin_words_stand_apart_from_chinese():
    apart = re.compile(rf"{CHINESE}[A-Za-z0-9]|[A-Za-z0-9]{CHINESE}")
    typed_by_users = ("_USAGE", "BAD_TIME")  # examples of what people type
    crowded = [name for name, message in MESSAGES.items() if apart.search(message.zh)]
    assert [name for name in crowded if not name.endswith(typed_by_users)] == []
