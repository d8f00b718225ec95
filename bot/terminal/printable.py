"""Text of documents and users made safe to print: nothing in it can move the cursor or hide itself."""

from __future__ import annotations

import re
import unicodedata

# ECMA-48: control sequences (ESC [ ...), command strings that end with BEL or ST (ESC ] ... as window titles
# are), and the short escapes. The one-character C1 forms are control characters and go with them.
_ESCAPE = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|\x1b[\]PX^_][^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)|\x1b[ -/]*[0-~]"
)
_JOINER = "\u200d"  # holds emoji together
_REPLACEMENTS = {"\n": "\n", "\t": " ", "\u2028": "\n", "\u2029": "\n", "\u3000": "\u3000", _JOINER: _JOINER}


def printable(text: str) -> str:
    """Return `text` without escape sequences, control characters and bidirectional marks."""
    if text.isprintable():
        return text
    return "".join(map(_printable_character, _ESCAPE.sub("", text)))


def _printable_character(character: str) -> str:
    if character in _REPLACEMENTS:
        return _REPLACEMENTS[character]
    match unicodedata.category(character):
        case "Cc" | "Cf":
            return ""
        case "Cs":
            return "\ufffd"
    return character
