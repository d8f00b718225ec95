"""Ways in which a call goes wrong: Telegram's refusals in its own words, and a network that breaks."""

from __future__ import annotations

from dataclasses import dataclass


class RefusedError(Exception):
    """Telegram's `ok: false`: a status, a description and perhaps parameters such as `retry_after`."""

    def __init__(self, status: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters

    def body(self) -> dict[str, object]:
        """Return the JSON of the answer."""
        body: dict[str, object] = {"ok": False, "error_code": self.status, "description": self.description}
        return body | ({"parameters": self.parameters} if self.parameters else {})


@dataclass(frozen=True, slots=True)
class CutBefore:
    """The connection ends before the call is taken."""


@dataclass(frozen=True, slots=True)
class CutAfter:
    """The call is taken and carried out, but its answer never arrives."""


@dataclass(frozen=True, slots=True)
class Garbage:
    """The call is taken and carried out, but something else answers in between."""

    body: str
    status: int = 200


Fault = RefusedError | CutBefore | CutAfter | Garbage


def bad_request(description: str) -> RefusedError:
    """Return a refusal of what was asked."""
    return RefusedError(400, f"Bad Request: {description}")


def flood(seconds: int) -> RefusedError:
    """Return the refusal of a bot that sends too much."""
    return RefusedError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
