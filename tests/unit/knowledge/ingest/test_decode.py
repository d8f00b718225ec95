from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from knowledge.errors import SourceError
from knowledge.ingest import read_source
from knowledge.ingest.decode import clean_line, detect_encoding

TEXT = "水产养殖简报\n今年前三季度，养殖产量稳步增长，深水网箱超过两万口。\n" * 3


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"),
        TEXT.encode("gb18030"),
        TEXT.replace("\n", "").encode("utf-16-le"),
    ],
    ids=["utf-8", "bom-8", "bom-16le", "bom-16be", "16le", "16be", "bom-32", "gb18030", "16le-one-line"],
)
def test_the_usual_encodings_are_told_apart(data: bytes) -> None:
    encoding = detect_encoding(data)
    assert encoding is not None
    assert data.decode(encoding).replace("\n", "") == TEXT.replace("\n", "")


def test_a_character_cut_at_the_end_of_a_sample_is_no_fault() -> None:
    data = TEXT.encode()[:-2]
    assert detect_encoding(data, whole=False) == "utf-8"
    assert detect_encoding(data) != "utf-8"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "it is empty"),
        (codecs.BOM_UTF8, "it holds no text"),
        (" \n\t\u3000\n。……\n".encode(), "it holds no text"),
        (b"\x7fELF\x02\x01\x01\0\0\0\0" + bytes(range(256)), "it is a program"),
        (b"\0\x01\x02" + bytes(range(256)), "it is binary, not text"),
        (
            "水產養殖簡報，今年前三季度產量增長。".encode("big5"),
            "its encoding is none of UTF-8, UTF-16 and GB18030",
        ),
        (b"caf\xe9 \xff\xff\xff", "its encoding is none of UTF-8, UTF-16 and GB18030"),
        (
            TEXT.encode()[:50] + b"\xff" + TEXT.encode()[50:],
            "its encoding is none of UTF-8, UTF-16 and GB18030",
        ),
    ],
    ids=["empty", "only a mark", "only punctuation", "program", "binary", "big5", "latin-1", "damaged"],
)
def test_what_is_no_text_is_refused_with_the_reason(tmp_path: Path, data: bytes, reason: str) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(data)
    with pytest.raises(SourceError) as caught:
        read_source(path, name="folder/x.txt")
    assert (caught.value.name, caught.value.reason) == ("folder/x.txt", reason)


def test_a_file_beyond_the_limit_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as stream:
        stream.truncate(64 * 2**20 + 1)
    with pytest.raises(SourceError, match="larger than 64 MB"):
        read_source(path, name="huge.txt")


def test_control_and_bidi_characters_are_taken_out() -> None:
    assert clean_line("\u3000\u3000风\u202e电\u200b\x07 \t装机\ufeff ") == "风电 装机"
