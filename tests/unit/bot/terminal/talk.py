"""A chat in a process of its own: SIGUSR1 sends an alert, SIGINT leaves."""

from __future__ import annotations

import asyncio
import signal

from bot.terminal import open_terminal
from bot.terminal.chat import CONVERSATION
from handlers.reply import Paragraph, Reply, Text
from handlers.request import Request


def saying(text: str) -> Reply:
    return Reply((Paragraph(Text(text)),))


async def respond(request: Request) -> Reply:
    return saying(f"{len(request.text)} answered {request.text[:20]}")


async def main() -> None:
    terminal = open_terminal(saying("hello"))
    alerted, left = asyncio.Event(), asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, alerted.set)
    asyncio.get_running_loop().add_signal_handler(signal.SIGINT, left.set)

    async def alert() -> None:
        await alerted.wait()
        await terminal.send(CONVERSATION, saying("alert"))

    await terminal.start(respond)
    endings = [asyncio.create_task(terminal.wait()), asyncio.create_task(left.wait())]
    alerting = asyncio.create_task(alert())
    await asyncio.wait(endings, return_when=asyncio.FIRST_COMPLETED)
    alerting.cancel()
    await terminal.stop()


if __name__ == "__main__":
    asyncio.run(main())
