"""ZIP archives, opened only where they are what they seem: few members, small when inflated, plain names."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Sequence
from io import BytesIO
from typing import BinaryIO

from knowledge.errors import SourceError

MOST_MEMBERS = 2_000
MOST_INFLATED = 100 * 2**20
MOST_RATIO = 100
LEAST_BOMB = 2**20
"""Members that inflate to less than this may be packed as tightly as they like."""

_FAILURES = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError)
_ENCRYPTED = 0x1


class Archive:
    """An archive whose members have been checked; `name` is what errors call it by."""

    def __init__(self, data: bytes, name: str) -> None:
        """Open and check an archive. Raises SourceError."""
        self._name = name
        self._inflated = 0
        self._zip = _open(BytesIO(data), name)
        self._members = {member.filename: member for member in self._zip.infolist() if not member.is_dir()}
        if reason := _explain(self._zip.infolist()):
            raise SourceError(name, reason)

    @property
    def names(self) -> tuple[str, ...]:
        """The paths of the files inside, in their order."""
        return tuple(self._members)

    def read(self, member: str) -> bytes:
        """Return the content of a file inside. Raises SourceError where it is damaged or too big."""
        room = MOST_INFLATED - self._inflated
        try:
            with self._zip.open(self._members[member]) as stream:
                data = stream.read(room + 1)
        except KeyError:
            raise SourceError(self._name, f"it lacks {member}") from None
        except _FAILURES as error:
            raise SourceError(self._name, f"its part {member} is damaged") from error
        self._inflated += len(data)
        if len(data) > room:
            raise SourceError(self._name, f"it inflates to more than {MOST_INFLATED // 2**20} MB")
        return data


def list_names(stream: BinaryIO, name: str) -> frozenset[str]:
    """Return the names in an archive that was not checked. Raises SourceError where it is damaged."""
    with _open(stream, name) as archive:
        return frozenset(archive.namelist())


def _open(stream: BinaryIO, name: str) -> zipfile.ZipFile:
    """Open an archive; where it does not tell the encoding of its names, Windows in China wrote them."""
    for encoding in ("gb18030", None):
        try:
            return zipfile.ZipFile(stream, metadata_encoding=encoding)
        except UnicodeDecodeError:
            continue
        except _FAILURES as error:
            raise SourceError(name, "it is a damaged archive") from error
    raise SourceError(name, "the names in it cannot be read")


def _explain(members: Sequence[zipfile.ZipInfo]) -> str:
    """Return one clause on why an archive is refused, "" where it is not."""
    names = [member.filename for member in members]
    inflated = sum(member.file_size for member in members)
    findings = (
        (len(names) > MOST_MEMBERS, f"it has {len(names)} members, more than {MOST_MEMBERS}"),
        (len(set(names)) < len(names), "it has two members of one name"),
        (any(map(_leads_out, names)), "a name in it leads out of its folder"),
        (any(member.flag_bits & _ENCRYPTED for member in members), "it is locked with a password"),
        (inflated > MOST_INFLATED, f"it inflates to more than {MOST_INFLATED // 2**20} MB"),
        (any(map(_is_bomb, members)), f"a part of it inflates to more than {MOST_RATIO} times its size"),
    )
    return next((reason for found, reason in findings if found), "")


def _leads_out(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0] or "\0" in name


def _is_bomb(member: zipfile.ZipInfo) -> bool:
    return member.file_size > max(LEAST_BOMB, MOST_RATIO * member.compress_size)
