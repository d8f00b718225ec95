"""A Reply as JSON and back: what the outbox holds until it is sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import ConfigDict, Field, TypeAdapter, with_config

from handlers.reply import Block, Reply


@with_config(ConfigDict(ser_json_bytes="base64", val_json_bytes="base64"))
@dataclass(frozen=True, slots=True)
class _Stored:
    """A Reply whose blocks are told apart by their `kind`; files in it are base64."""

    blocks: tuple[Annotated[Block, Field(discriminator="kind")], ...]
    in_place: bool = False


_ADAPTER = TypeAdapter(_Stored)


def dump_reply(reply: Reply) -> str:
    """Return the reply as JSON."""
    return _ADAPTER.dump_json(_Stored(reply.blocks, reply.in_place), exclude_defaults=False).decode()


def load_reply(payload: str) -> Reply:
    """Return the reply that was dumped. Raises ValueError for anything else."""
    stored = _ADAPTER.validate_json(payload)
    return Reply(stored.blocks, stored.in_place)
