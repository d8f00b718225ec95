from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from knowledge.index.records import Records, RecordsWriter

TEXTS = st.lists(st.text(st.characters(exclude_categories=["Cs"])))


def written(path: Path, texts: list[str]) -> Records:
    writer = RecordsWriter(path)
    for text in texts:
        writer.add(text)
    writer.close()
    return Records(path)


@given(texts=TEXTS)
def test_every_text_is_found_by_its_number(tmp_path_factory, texts: list[str]) -> None:
    records = written(tmp_path_factory.mktemp("records") / "texts", texts)
    assert [records[number] for number in range(1, len(texts) + 1)] == texts


def test_texts_that_are_not_kept_make_room_for_others(tmp_path: Path) -> None:
    writer = RecordsWriter(tmp_path / "texts")
    for text in ("甲", "乙", "丙"):
        writer.add(text)
    writer.keep(1)
    writer.add("丁")
    writer.close()
    records = Records(tmp_path / "texts")
    assert (records[1], records[2]) == ("甲", "丁")


def test_records_stay_readable_when_their_file_is_removed(tmp_path: Path) -> None:
    records = written(tmp_path / "texts", ["数据中心"])
    (tmp_path / "texts").unlink()
    assert records[1] == "数据中心"
