from __future__ import annotations

import csv
import io

import pytest

from handlers.reply import File
from handlers.request import Language
from tests.fakes.library import METRICS, FakeLibrary
from tests.unit.handlers.desk import Desk, labels, words


def exported(desk: Desk, line: str) -> File:
    (file,) = desk.ask(line).blocks
    assert isinstance(file, File)
    return file


def rows(file: File) -> list[list[str]]:
    return list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"), newline="")))[1:]


def test_all_figures_of_a_list_are_exported_by_its_button_and_not_only_the_page():
    desk = Desk()
    listed = desk.ask("指标 充电桩")
    (file,) = desk.press(listed, "导出 CSV").blocks
    assert file.name == "充电桩.csv"
    assert len(rows(file)) == len(FakeLibrary().answer("充电桩", limit=1).metrics) > 6
    assert words(desk.press(listed, "导出 XLSX")).startswith("“充电桩”的")


def test_the_figures_of_an_article_are_exported_under_its_title():
    desk = Desk()
    (file,) = desk.press(desk.ask("metric --article art001"), "导出 CSV").blocks
    assert file.name == "充电桩：从城区走向港口.csv"
    assert [row[3] for row in rows(file)] == ["1200", "41.5", "60", "3000"]


def test_the_command_can_be_typed_with_a_query_of_several_words():
    file = exported(Desk(), "导出 csv --metric 钠电池  市场规模")
    assert file.name == "钠电池 市场规模.csv"


def test_english_files_have_english_headers():
    file = exported(Desk(language=Language.EN), "export csv --metric 充电桩")
    assert file.content.decode("utf-8-sig").startswith("subject,indicator,")
    assert "Export CSV" in labels(Desk(language=Language.EN).ask("metric 充电桩"))


@pytest.mark.parametrize(
    "line",
    ["/export", "导出", "/导出 pdf --metric 充电桩", "/export csv --chart 充电桩", "export csv --metric"],
)
def test_what_is_missing_is_said_with_an_example(line: str):
    assert words(Desk().ask(line)) == "可以导出成 CSV、XLSX，例如：导出 csv 数字经济"


def test_plain_words_after_the_format_are_what_the_figures_are_about():
    assert exported(Desk(), "导出 csv 充电桩") == exported(Desk(), "导出 csv --metric 充电桩")


@pytest.mark.parametrize("line", ["export csv --metric 没有的东西", "export xlsx --article nowhere"])
def test_nothing_to_export_is_said_and_no_empty_file_made(line: str):
    assert "没有找到" in words(Desk().ask(line))


@pytest.mark.parametrize("line", ["导出 充电桩 csv", "导出 CSV 充电桩", "导出 充电桩 Excel"])
def test_the_format_may_stand_before_or_behind_the_words(line: str):
    file = Desk().ask(line).blocks[0]
    assert isinstance(file, File)
    assert "充电桩" in file.name


def test_the_format_is_asked_for_where_only_it_is_missing():
    desk = Desk()
    reply = desk.ask("导出 充电桩")
    assert labels(reply)[:2] == ("导出 CSV", "导出 XLSX")
    assert isinstance(desk.press(reply, "导出 CSV").blocks[0], File)


def test_a_search_for_exports_is_a_search():
    assert "导出成" not in words(Desk().ask("export controls"))


def test_no_figures_no_file():
    desk = Desk(library=FakeLibrary(printed=()))
    assert METRICS
    assert "没有找到“充电桩”的数字" in words(desk.ask("export csv --metric 充电桩"))
