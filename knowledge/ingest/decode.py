"""From bytes to text: which encoding a file is in, and which files are no text at all."""

from __future__ import annotations

import codecs
import re

from knowledge.errors import SourceError
from knowledge.ingest.document import SourceFile
from knowledge.normalize import strip_controls

SIZE_LIMIT = 64 * 2**20

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f\x7f]")
_UNASSIGNED = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f\x7f\ue000-\uf8ff]")
_UNUSUAL = re.compile(r"[^\n\r\t -~\u2010-\u203b\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
_GUESSES = (
    ("utf-8", _CONTROL, 0.005),
    # Without a mark, UTF-16 is believed only where nearly all of it is ASCII or everyday Chinese.
    ("utf-16-le", _UNUSUAL, 0.05),
    ("utf-16-be", _UNUSUAL, 0.05),
    # Big5 and programs may pass as GB18030, but the full stop of Big5 falls into its private-use area.
    ("gb18030", _UNASSIGNED, 0.005),
)


def read_text(file: SourceFile) -> str:
    """Return a file's text. Raises SourceError where it is too big, empty, binary or undecodable."""
    return decode(read_bytes(file), file.name)


def decode(data: bytes, name: str, *, stated: str | None = None) -> str:
    """Return what `data` says; `stated` is the encoding that it claims. Raises SourceError."""
    encoding = detect_encoding(data) or _as_claimed(data, stated)
    text = data.decode(encoding) if encoding else _decode_mixed(data)
    if text is None:
        raise SourceError(name, explain_undecodable(data))
    if not any(c.isalnum() for c in text):
        raise SourceError(name, "it holds no text" if data else "it is empty")
    return text


def _as_claimed(data: bytes, stated: str | None) -> str | None:
    """Return the encoding that a file claims, where it reads the data as sensible text."""
    try:
        known = codecs.lookup(stated or "").name
        return known if _reads(data, known, _UNASSIGNED, 0.005, whole=True) else None
    except (LookupError, AttributeError, AssertionError):
        return None


def _decode_mixed(data: bytes) -> str | None:
    """Return the text of a file put together from lines in UTF-8 and lines in GB18030, None for any other."""
    if b"\0" in data:
        return None
    text = "\n".join(map(_decode_line, data.splitlines()))
    return text if len(_UNASSIGNED.findall(text)) + 20 * text.count("\ufffd") <= 0.005 * len(text) else None


def _decode_line(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("gb18030", "replace")


def detect_encoding(data: bytes, *, whole: bool = True) -> str | None:
    """Return the codec that reads `data` as sensible text, None where none does.

    Where `data` is only the start of a file, `whole` is False and a character cut at its end is no fault.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding if _reads(data, encoding, _CONTROL, 0.005, whole) else None
    for encoding, odd, limit in _GUESSES:
        if _reads(data, encoding, odd, limit, whole):
            return encoding
    return None


def explain_undecodable(data: bytes) -> str:
    """Return one clause on why `data` is not text that we read."""
    if b"\0" in data or data.startswith(b"%PDF"):
        return "it is binary, not text"
    return "its encoding is none of UTF-8, UTF-16 and GB18030"


def explain_os_error(error: OSError) -> str:
    """Return one clause on why a file could not be read."""
    return (error.strerror or "it cannot be read").lower()


def clean_line(text: str) -> str:
    """Return the line without control and bidi characters, every run of blanks as one space."""
    text = " ".join(text.split())
    # str.isprintable runs at the speed of C: only the rare odd line is looked at character by character.
    return text if text.isprintable() else " ".join(strip_controls(text).split())


def read_bytes(file: SourceFile) -> bytes:
    """Return a file's content. Raises SourceError where it cannot be read or is too big."""
    try:
        with file.open() as stream:
            data = stream.read(SIZE_LIMIT + 1)
    except OSError as error:
        raise SourceError(file.name, explain_os_error(error)) from error
    if len(data) > SIZE_LIMIT:
        raise SourceError(file.name, f"it is larger than {SIZE_LIMIT // 2**20} MB")
    return data


def _reads(data: bytes, encoding: str, odd: re.Pattern[str], limit: float, whole: bool) -> bool:
    """Tell whether the codec reads the data, with no NUL and at most `limit` of the characters odd."""
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(data, final=whole)
    except UnicodeDecodeError:
        return False
    return "\0" not in text and len(odd.findall(text)) <= limit * len(text)
