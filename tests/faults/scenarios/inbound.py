"""What people say to the bot is delivered four times, or the bot dies while it is handling it."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from tests.fakes.slack import FakeSlack, payloads
from tests.fakes.slack.screen import Shown
from tests.faults.crowd import STEPS, Crowd, nobody_listens
from tests.faults.ledger import Ledger
from tests.faults.process import Bot, free_port, running
from tests.faults.scenarios.replicas import database_server
from tests.faults.stage import Stage

QUESTION = "5G基站有多少"
ANSWER_SECONDS = 60
COPIES = 4
LAST = "99"
"""Who asks when all others were answered."""


async def polled_fourfold(stage: Stage, *, events: int) -> Ledger:
    """Hand every update over four times, though it was confirmed."""
    async with Crowd() as crowd:
        crowd.copies = COPIES
        people = [str(100 + number) for number in range(events)]
        async with running({**stage.settings, **crowd.settings}) as bot:
            for person in people:
                await crowd.ask(person, QUESTION)
            await _all_answered(crowd, people)
        return _answers(_told(crowd, people), people, copies=COPIES, complaints=len(bot.complaints()))


async def posted_fourfold(stage: Stage, *, events: int) -> Ledger:
    """Post every update twice to the webhooks of each of two replicas, all at once."""
    ports = (free_port(), free_port())
    hook = {
        "HANGXUN_TELEGRAM_WEBHOOK_URL": "https://bot.example.org/telegram",
        "HANGXUN_TELEGRAM_WEBHOOK_SECRET": "a-secret",
    }
    with database_server() as server:
        stage = replace(stage, url=server.url(server.new_database()))
        async with Crowd() as crowd:
            settings = {**stage.settings, **crowd.settings, **hook}
            first, second = ({**settings, "HANGXUN_HTTP_PORT": str(port)} for port in ports)
            addresses = [f"http://127.0.0.1:{port}/telegram" for port in ports] * (COPIES // 2)
            people = [str(100 + number) for number in range(events)]
            async with running(first) as bot, running(second) as other:
                for person in [*people, LAST]:
                    await crowd.post(person, QUESTION, addresses, "a-secret")
                await _each_answered(crowd, [*people, LAST])
            complaints = len(bot.complaints()) + len(other.complaints())
            return _answers(_told(crowd, people), people, copies=COPIES, complaints=complaints)


async def slack_fourfold(stage: Stage, *, events: int) -> Ledger:
    """Send mentions, commands and presses twice to the websockets of each of two replicas, all at once."""
    with database_server() as server:
        stage = replace(stage, url=server.url(server.new_database()))
        async with FakeSlack() as slack:
            settings = {**stage.settings, **_slack_settings(slack)}
            async with running(settings) as bot, running(settings) as other:
                for _ in range(2):
                    await slack.connected()
                makers = (_mention, _command, _press)
                made = [makers[number % 3](slack, f"U{number:09}") for number in range(events)]
                for event in made:
                    copies = (slack.send_to_all(event.kind, event.body) for _ in range(COPIES // 2))
                    await asyncio.gather(*copies)
                told = Counter([_place(await slack.posted()) for _ in range(events)])
            told += Counter(map(_place, slack.rest()))
        complaints = len(bot.complaints()) + len(other.complaints())
        return _answers(told, [event.place for event in made], copies=COPIES, complaints=complaints)


async def killed_at_each_step(stage: Stage) -> Ledger:
    """Kill the bot at each step of handling a question; what it had accepted it answers afterwards."""
    people = {step: str(100 + number) for number, step in enumerate(STEPS)}
    async with Crowd() as crowd:
        settings = {**stage.settings, **crowd.settings}
        for step, person in people.items():
            await _killed_at(crowd, settings, step, person)
            async with running(settings):
                await _all_answered(crowd, [person])
        return _answers(_told(crowd, people.values()), people.values(), kills=len(people))


async def _killed_at(crowd: Crowd, settings: Mapping[str, str], step: str, person: str) -> None:
    bot = await Bot.start(settings)
    reached = asyncio.Event()

    async def tap(at: str) -> None:
        if at == step and not reached.is_set():
            await bot.kill()
            reached.set()

    try:
        await bot.ready()
        crowd.tap = tap
        await crowd.ask(person, QUESTION)
        async with asyncio.timeout(ANSWER_SECONDS):
            await reached.wait()
    finally:
        crowd.tap = nobody_listens
        await bot.kill()


async def _all_answered(crowd: Crowd, people: Collection[str]) -> None:
    """Wait until each was answered; a last question shows that nothing else is on its way."""
    await _each_answered(crowd, people)
    await crowd.answer(LAST, QUESTION, ANSWER_SECONDS)


async def _each_answered(crowd: Crowd, people: Collection[str]) -> None:
    await crowd.until(lambda: all(crowd.seen.answers[person] for person in people), ANSWER_SECONDS)


def _told(crowd: Crowd, people: Collection[str]) -> Counter[str]:
    return Counter({person: len(crowd.seen.answers[person]) for person in people})


def _answers(told: Mapping[str, int], asked: Collection[str], kills: int = 0, **also: float) -> Ledger:
    """Count answers as a ledger does alerts; at a kill one question is under way."""
    answered = sum(told[each] > 0 for each in asked)
    return Ledger(
        due=len(asked), delivered=answered, lost=len(asked) - answered, dup=sum(told.values()) - answered,
        bound=kills, kills=kills, also=also,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Event:
    """What Slack sends, and the thread or address in which it is answered."""

    kind: str
    body: dict[str, Any]
    place: str


def _mention(_slack: FakeSlack, user: str) -> _Event:
    thread = payloads.timestamp()
    return _Event("events_api", payloads.mention(QUESTION, thread, user=user), thread)


def _command(slack: FakeSlack, user: str) -> _Event:
    url = slack._new_response_url()
    return _Event("slash_commands", payloads.command(QUESTION, url) | {"user_id": user}, _last(url))


def _press(slack: FakeSlack, user: str) -> _Event:
    url, shown = slack._new_response_url(), {"ts": payloads.timestamp(), "channel": payloads.CHANNEL}
    button = {"type": "button", "action_id": "step-1", "value": QUESTION}
    body = payloads.press(shown | {"is_ephemeral": True}, button, url)
    return _Event("interactive", body | {"user": body["user"] | {"id": user}}, _last(url))


def _place(shown: Shown) -> str:
    return str(shown.message.get("address") or shown.message["thread_ts"])


def _last(url: str) -> str:
    return url.rpartition("/")[2]


def _slack_settings(slack: FakeSlack) -> dict[str, str]:
    return {
        "HANGXUN_SLACK_BOT_TOKEN": slack.bot_token,
        "HANGXUN_SLACK_APP_TOKEN": slack.app_token,
        "HANGXUN_SLACK_BASE_URL": slack.base_url,
    }
