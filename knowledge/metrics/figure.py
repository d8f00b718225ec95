"""A number of a sentence with its unit, before it is known what it measures."""

from __future__ import annotations

from typing import NamedTuple

from knowledge.metrics.units import UnitType
from knowledge.model import Quantity


class Figure(NamedTuple):
    """A number with its unit; `start` and `end` are its place in the sentence, approximations left out."""

    start: int
    end: int
    quantity: Quantity
    type: UnitType
    approx: str | None = None
