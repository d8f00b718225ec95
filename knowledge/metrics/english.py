"""English questions for figures, word by word in Chinese: `glossary.toml`, nicknames of `aliases.toml`."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from knowledge.metrics.tables import either, load_table
from knowledge.normalize import fold

_HAN = re.compile(r"[\u3400-\u9fff]")
_GAPS = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])|(?<=\dg)\s+(?=[\u3400-\u9fff])")


def in_chinese(text: str) -> str:
    """Return a folded text that has no Chinese with its known words in Chinese; any other as it is."""
    if _HAN.search(text):
        return text
    words = _words()
    return _GAPS.sub("", _pattern().sub(lambda match: words[match[0]], text))


@cache
def glossary() -> dict[str, list[str]]:
    """Return the English words of the glossary with what Chinese articles write instead."""
    text = files("knowledge").joinpath("data", "glossary.toml").read_text(encoding="utf-8")
    return dict(tomllib.loads(text)["words"])


@cache
def _words() -> dict[str, str]:
    words = _nicknames() | {english: names[0] for english, names in glossary().items()}
    words.update(load_table("questions")["english"])
    return words


def _nicknames() -> dict[str, str]:
    """Return the names in Latin letters by which companies and others go: tsmc is 台积电."""
    text = files("knowledge").joinpath("data", "aliases.toml").read_text(encoding="utf-8")
    entries = tomllib.loads(text)["nickname"]
    return {fold(name): entry["of"] for entry in entries for name in entry["names"] if name.isascii()}


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{either(_words())})\b")
