from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest

import handlers.commands
from handlers.commands import COMMANDS
from handlers.errors import StoreError
from handlers.reply import Buttons, File, Items, Picture, Reply, Text
from handlers.request import Language
from knowledge.normalize import fold
from tests.fakes.chats import FakeChats
from tests.unit.handlers.desk import Desk, buttons, labels, words

KEEPING = {
    "subscribe", "less", "unsubscribe", "subscriptions", "forget_me",
    "settings", "schedule", "quiet", "pause", "resume", "mute", "unmute", "link", "backup",
}  # fmt: skip
HOSTILE = (
    "<b>x</b> *_[`",
    "<!channel> @everyone",
    "👩‍👩‍👧‍👦🇨🇳",
    "\u202egnp.exe",
    "长" * 4000,
    "--page --page 9999",
    "%s {x} ${y}",
    "../../etc",
    "\ud800",
)


@pytest.fixture(params=COMMANDS, ids=lambda command: command.name, name="command")
def each_command(request):
    return request.param


@pytest.fixture(params=list(Language), name="language")
def each_language(request):
    return request.param


def assert_whole(reply: Reply) -> None:
    """A reply says something, its buttons are labelled, its spans lie inside their texts."""
    assert words(reply).strip()
    assert all(one.label.strip() and one.action.strip() for one in buttons(reply))
    for text in texts_of(reply):
        assert all(0 <= span.start < span.end <= len(text.value) for span in text.spans)
        assert "{" not in text.value.replace("{x}", "").replace("{y}", "")


def texts_of(reply: Reply) -> Iterator[Text]:
    for block in reply.blocks:
        if isinstance(block, Items):
            yield from (text for item in block.items for text in (item.title, item.meta, item.body))
        elif isinstance(block, Picture):
            yield block.alt
        elif isinstance(block, File):
            yield block.caption
        elif not isinstance(block, Buttons):
            yield block.text


def test_every_module_is_in_the_table():
    modules = {module.name for module in pkgutil.iter_modules(handlers.commands.__path__)}
    commands = [importlib.import_module(f"handlers.commands.{name}").COMMAND for name in modules]
    assert {command.name for command in commands} == modules
    assert sorted(command.name for command in COMMANDS) == sorted(modules)


def test_no_name_means_two_commands():
    names = [name for command in COMMANDS for name in (command.name, *command.aliases)]
    assert len(names) == len(set(names))


def test_names_are_written_as_typed_text_is_compared(command):
    assert all(fold(name) == name for name in (command.name, *command.aliases))


def test_the_first_alias_is_chinese(command):
    assert re.match(r"[\u4e00-\u9fff]", command.title(Language.ZH))
    assert command.title(Language.EN) == command.name


def test_it_is_explained_in_both_languages(command, language):
    said = words(Desk(language=language).ask(f"/help {command.name}"))
    assert command.summary.in_language(language) in said
    assert command.usage.in_language(language) in said


def test_its_usage_can_be_typed_as_it_stands(command, language):
    assert_whole(Desk(language=language).ask(command.usage.in_language(language)))


@pytest.mark.parametrize("pressed", [False, True], ids=["typed", "pressed"])
def test_without_an_argument_it_says_what_to_do(command, language, pressed):
    assert_whole(Desk(language=language).ask(f"/{command.name}", pressed=pressed))


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_answered(command, language, text):
    assert_whole(Desk(language=language).ask(f"/{command.name} {text}"))


@pytest.mark.parametrize("text", ["4096", "0", "-1", "--page 0", "--page 9999", "--article x", "--section 9"])
def test_odd_options_are_answered(command, text):
    assert_whole(Desk().ask(f"/{command.name} {text}"))


def test_every_button_of_its_first_answers_leads_on(command, language):
    for line in (command.usage.in_language(language), f"/{command.name}"):
        desk = Desk(language=language)
        reply = desk.ask(line)
        for one in buttons(reply):
            assert_whole(desk.ask(one.action, pressed=True))
            assert len(one.label) <= 75


def test_labels_are_short_enough_for_a_phone(command, language):
    assert all(len(label) <= 40 for label in labels(Desk(language=language).ask(f"/{command.name}")))


def test_a_failing_database_is_not_hidden(command):
    desk = Desk(chats=FakeChats(broken=True))
    try:
        assert_whole(desk.ask(f"/{command.name} 电池"))
    except StoreError:
        assert command.name in KEEPING
