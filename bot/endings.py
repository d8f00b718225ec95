"""How the process ends: at a signal, or with the first of what it waits for."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any, TypeAlias

Work: TypeAlias = Coroutine[Any, Any, object]


async def until_signalled(work: Work) -> None:
    """Do some work until it ends, or until SIGINT or SIGTERM. Raises what it raises."""
    await first_of(at_signals().wait(), work)


def at_signals() -> asyncio.Event:
    """Return what is set at SIGINT and SIGTERM."""
    event = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, event.set)
    return event


async def first_of(*waits: Work) -> tuple[bool, ...]:
    """Wait until one has ended and stop the others; tell of each whether it has. Raises what it raises."""
    tasks = [asyncio.create_task(wait) for wait in waits]
    done, waiting = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in waiting:
        await cancel(task)
    for task in done:
        task.result()
    return tuple(task in done for task in tasks)


async def cancel(task: asyncio.Task[Any]) -> None:
    """Stop a task, and wait until it has."""
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
