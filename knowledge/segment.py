"""Cutting text into words: the only importer of jieba and rjieba.

jieba is the segmenter of record; rjieba is the same algorithm and dictionary in Rust. An index names the
segmenter it was built with and is queried with that one: the two are never mixed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

DEFAULT_SEGMENTER = "rjieba"
_TAKEN = "\ue000"
"""A word of no text, which tells an engine that was taught words from a new one."""


@dataclass(frozen=True, slots=True)
class Segmenter:
    """Cuts folded text into words; `version` is that of its package, dictionary included.

    `cut` gives each character once, `cut_for_search` also the words inside words, `tag` each word with its
    part of speech (ICTCLAS: n noun, v verb, r pronoun, u particle, ...), `knows` tells whether a word is in
    the dictionary or was only guessed.
    """

    name: str
    version: str
    cut: Callable[[str], list[str]]
    cut_for_search: Callable[[str], list[str]]
    tag: Callable[[str], list[tuple[str, str]]]
    knows: Callable[[str], bool]


def make_segmenter(name: str = DEFAULT_SEGMENTER, words: Iterable[str] = ()) -> Segmenter:
    """Make a segmenter of its own, with `words` added to its dictionary.

    Raises KeyError for an unknown name, ImportError where its package is not installed.
    """
    return _MAKERS[name](tuple(words))


def segmenter_version(name: str) -> str | None:
    """Return the version of a segmenter's package, None for an unknown or missing one."""
    try:
        return version(name) if name in _MAKERS else None
    except PackageNotFoundError:
        return None


def _make_rjieba(words: tuple[str, ...]) -> Segmenter:
    engine = _rjieba_engine(words)
    return Segmenter(
        "rjieba", version("rjieba"), engine.cut, engine.cut_for_search, engine.tag, engine.has_word
    )


@lru_cache(maxsize=2)
def _rjieba_engine(words: tuple[str, ...]) -> Any:
    """Return an engine that was taught these words; who teaches the same shares it.

    The package loads one of its own when it is imported (0.1 s, 24 MB): the first to be taught is that one.
    """
    import rjieba

    engine: Any = rjieba.Jieba() if rjieba.has_word(_TAKEN) else rjieba
    for word in (_TAKEN, *words):
        engine.add_word(word, None, "n")
    return engine


def _make_jieba(words: tuple[str, ...]) -> Segmenter:
    import jieba
    import jieba.posseg

    engine = jieba.Tokenizer()
    for word in words:
        engine.add_word(word, None, "n")
    tagger = jieba.posseg.POSTokenizer(engine)
    return Segmenter(
        "jieba",
        version("jieba"),
        engine.lcut,
        engine.lcut_for_search,
        lambda text: [(pair.word, pair.flag) for pair in tagger.cut(text)],
        lambda word: bool(engine.FREQ.get(word)),
    )


_MAKERS: dict[str, Callable[[tuple[str, ...]], Segmenter]] = {"rjieba": _make_rjieba, "jieba": _make_jieba}
