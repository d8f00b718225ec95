"""Latin letters and digits typed without a space between them: hebei5g, 5gjizhan."""

from __future__ import annotations

import re
from collections.abc import Callable

_RUN = re.compile(r"(?<![a-z0-9.])(?=[a-z]*[0-9])(?=[0-9]*[a-z])[a-z0-9]{5,64}(?![a-z0-9.])")
_HEADS = (
    re.compile(r"(?<![a-z])[a-z]{4,}(?=[0-9])"),
    re.compile(r"(?<![0-9])[0-9]+[a-z](?=[a-z]{4})"),
    re.compile(r"(?<![0-9])[0-9]+(?=[a-z]{4})"),
)


def split_glued(text: str, is_known: Callable[[str], bool], is_spelled: Callable[[str], bool]) -> str:
    """Put a space where a folded text has pinyin against digits, in words that are not known as they are."""

    def split(match: re.Match[str]) -> str:
        run = match[0]
        if is_known(run):
            return run
        heads = (head[0] for pattern in _HEADS if (head := pattern.match(run)))
        pairs = ((head, run[len(head) :]) for head in heads)
        return next((f"{a} {b}" for a, b in pairs if is_spelled(a) or is_spelled(b)), run)

    return _RUN.sub(split, text)
