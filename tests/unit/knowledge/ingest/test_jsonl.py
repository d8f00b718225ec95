from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from knowledge.errors import SourceError
from knowledge.ingest import Source, read_source

GOOD = {"id": "a", "title": "海水淡化", "text": "日产能继续提高。"}


def write(tmp_path: Path, *rows: object, encoding: str = "utf-8") -> Path:
    path = tmp_path / "rows-2020-05.jsonl"
    text = "\n".join(row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows)
    path.write_bytes(text.encode(encoding))
    return path


def read(path: Path, published: date | None = None) -> Source:
    return read_source(path, name=path.name, published=published)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ('{"id": "b"', "it is not JSON"),
        ("[" * 100_000, "it is not JSON"),
        ("[1, 2]", "it is not a JSON object"),
        ({"title": "x", "text": "y"}, 'it has no "id"'),
        ({"id": True, "text": "y"}, 'it has no "id"'),
        ({"id": "b" * 201, "text": "y"}, 'its "id" is longer than 200 characters'),
        ({"id": "b", "title": "x"}, 'it has no "text"'),
        ({"id": "b", "title": 1, "text": "y"}, 'its "title" is not a text'),
        ({"id": "b", "title": "长" * 1001, "text": "y"}, 'its "title" is longer than 1000 characters'),
        ({"id": "b", "title": "", "text": " \n"}, "its title and its text are empty"),
        ({"id": "b", "text": "y", "published": "soon"}, 'its "published" is not a date such as 2021-12-22'),
        (
            {"id": "b", "text": "y", "url": "javascript:x"},
            'its "url" does not begin with http:// or https://',
        ),
    ],
)
def test_a_bad_row_costs_only_itself_and_is_noted_by_its_line(
    tmp_path: Path, row: object, reason: str
) -> None:
    source = read(write(tmp_path, GOOD, "", row, GOOD))
    assert source.notes == (f"left out line 3: {reason}",)
    assert len(list(source.articles)) == 2


def test_a_file_with_no_good_row_is_refused_for_its_first(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        read(write(tmp_path, "{", "["))
    assert caught.value.reason == "line 1: it is not JSON"


def test_of_many_bad_rows_the_first_are_noted_and_the_others_counted(tmp_path: Path) -> None:
    notes = read(write(tmp_path, GOOD, *["?"] * 25)).notes
    assert len(notes) == 11
    assert notes[-1] == "left out 15 more bad lines"


def test_a_row_beyond_the_limit_is_left_out_whole(tmp_path: Path) -> None:
    source = read(write(tmp_path, {"id": "b", "text": "长" * 9_000_000}, GOOD))
    assert source.notes == ("left out line 1: it is longer than 4 million characters",)
    assert [article.id for article in source.articles] == ["a"]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_byte_that_is_no_text_costs_its_row(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "rows.jsonl"
    rows = [json.dumps(GOOD | {"id": f"a{n}"}, ensure_ascii=False).encode(encoding) for n in range(6001)]
    rows[3000] = rows[3000].replace(b"a", b"\xff", 1)
    path.write_bytes(b"\n".join(rows))
    source = read(path)
    assert source.notes == (f"left out line 3001: it is not valid {encoding}",)
    assert len(list(source.articles)) == 6000


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_rows_are_read_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    (article,) = read(write(tmp_path, GOOD, encoding=encoding)).articles
    assert (article.id, article.title, article.paragraphs) == ("a", "海水淡化", ("日产能继续提高。",))


def test_rows_of_one_issue_share_it_and_it_has_the_newest_date(tmp_path: Path) -> None:
    dated = [
        GOOD | {"issue": "快讯 5", "published": day} for day in ("2020-05-02", "2020-05-09", "2020-05-01")
    ]
    source = read(write(tmp_path, *dated, GOOD))
    assert [(i.id, i.title, i.published) for i in source.issues] == [
        ("快讯-5", "快讯 5", date(2020, 5, 9)),
        ("rows-2020-05", "rows-2020-05", date(2020, 5, 31)),
    ]
    assert [a.published for a in source.articles] == [
        date(2020, 5, 2),
        date(2020, 5, 9),
        date(2020, 5, 1),
        date(2020, 5, 31),
    ]


def test_the_date_that_is_given_goes_before_those_of_the_rows(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD | {"published": "2020-05-02"})
    assert read(path, date(2021, 1, 1)).issues[0].published == date(2021, 1, 1)


def test_articles_are_made_one_by_one(tmp_path: Path) -> None:
    source = read(write(tmp_path, *({**GOOD, "id": str(i)} for i in range(1000))))
    assert next(source.articles).id == "0"
    assert sum(1 for _ in source.articles) == 999


@pytest.mark.parametrize(("data", "reason"), [(b"", "it holds no rows"), (b"\n\n", "it holds no rows")])
def test_a_file_without_rows_is_refused(tmp_path: Path, data: bytes, reason: str) -> None:
    path = tmp_path / "none.jsonl"
    path.write_bytes(data)
    with pytest.raises(SourceError, match=reason):
        read(path)


def test_a_binary_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "binary.jsonl"
    path.write_bytes(bytes(range(256)) * 8)
    with pytest.raises(SourceError, match="it is binary, not text"):
        read(path)
