"""Every format gives the same: title, date, address, headings, paragraphs, tables as sentences, pages."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from reportlab.lib import colors
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table, TableStyle

from knowledge.errors import SourceError
from knowledge.ingest import READERS, Source, read_source
from knowledge.ingest.opml import Outline, read_opml
from knowledge.metrics import extract_metrics
from knowledge.model import Article, BlockKind
from tests.fakes import documents, printing

MORE = "第二页的一段话，讲的是下一步安排，适度超前部署网络，推动应用向纵深发展。"


def read(tmp_path: Path, name: str, content: bytes | str) -> Source:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_source(path, name=name)


def only_article(source: Source) -> Article:
    (article,) = source.articles
    return article


def print_pdf(path: Path, *, style: list[tuple[object, ...]], columns: int = 1) -> bytes:
    printing.register_fonts()
    text = ParagraphStyle("text", fontName=printing.FONT, fontSize=10.5, leading=16, wordWrap="CJK")
    title = ParagraphStyle("title", parent=text, fontSize=18, leading=28)
    table = Table([list(row) for row in documents.TABLE], colWidths=120)
    table.setStyle(TableStyle([("FONTNAME", (0, 0), (-1, -1), printing.FONT), *style]))
    parts = [Paragraph(documents.TITLE, title), Paragraph(documents.TEXT * 2, text), table]
    SimpleDocTemplate(str(path)).build([*parts, PageBreak(), Paragraph(MORE, text)])
    return path.read_bytes()


def test_a_page_gives_its_article_without_menus(tmp_path: Path) -> None:
    source = read(tmp_path, "a.html", documents.html_page())
    article = only_article(source)
    assert (article.title, article.published) == (documents.TITLE, date(2024, 1, 19))
    assert article.url == "https://news.example.com/2024/5g.html"
    assert article.subheadings == ("分省情况",)
    assert article.paragraphs[0] == documents.TEXT
    assert article.paragraphs[-2:] == documents.TABLE_SENTENCES
    assert source.feeds == ("https://news.example.com/rss.xml",)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030"])
def test_a_page_is_read_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    page = documents.html_page(head='<meta charset="gb2312">' if encoding == "gb18030" else "")
    assert only_article(read(tmp_path, "a.htm", page.encode(encoding))).paragraphs[0] == documents.TEXT


def test_a_word_document_gives_headings_tables_and_pages(tmp_path: Path) -> None:
    article = only_article(read(tmp_path, "a-2024-01.docx", documents.word()))
    assert (article.title, article.subheadings) == (documents.TITLE, ("分省情况",))
    assert article.paragraphs == (
        documents.TEXT,
        *documents.TABLE_SENTENCES,
        "第二页的一段话，讲的是下一步安排。",
    )
    assert [block.page for block in article.blocks] == [1, 1, 1, 1, 2]


@pytest.mark.parametrize(
    "style",
    [
        [("GRID", (0, 0), (-1, -1), 0.5, colors.black)],
        [("LINEABOVE", (0, 0), (-1, 0), 1, colors.black), ("LINEBELOW", (0, -1), (-1, -1), 1, colors.black)],
        [],
    ],
    ids=["grid", "two rules", "no rules"],
)
def test_a_pdf_gives_title_paragraphs_tables_and_pages(
    tmp_path: Path, style: list[tuple[object, ...]]
) -> None:
    article = only_article(read(tmp_path, "b.pdf", print_pdf(tmp_path / "a.pdf", style=style)))
    assert article.title == documents.TITLE
    assert article.paragraphs == (documents.TEXT * 2, *documents.TABLE_SENTENCES, MORE)
    assert [block.page for block in article.blocks] == [1, 1, 1, 2]


def test_the_columns_of_a_pdf_are_read_one_after_the_other(tmp_path: Path) -> None:
    # No line like another: without fonts on the machine PDFium takes equal lines for one drawn twice.
    left, right = ("".join(f"{name}栏的第{n}句从这里开始，" for n in range(30)) + "完。" for name in "甲乙")
    printing.print_columns((left, right), tmp_path / "a.pdf")
    article = only_article(read_source(tmp_path / "a.pdf", name="a.pdf"))
    assert article.paragraphs == (left, right)


def test_the_figures_of_a_table_are_metrics_with_their_row_and_column(tmp_path: Path) -> None:
    article = only_article(read(tmp_path, "a.docx", documents.word("2023年各省通信业", "各省进展如下。")))
    found = {
        (m.subject, m.indicator, str(m.quantity.value), m.quantity.unit) for m in extract_metrics(article)
    }
    assert ("河北省", "5G基站数", "10.2", "万个") in found
    assert ("山西省", "5G基站数", "-3.2", "%") in found


@pytest.mark.parametrize(
    "make", [lambda *entry: documents.feed([entry]), documents.atom], ids=["rss", "atom"]
)
def test_an_entry_of_a_feed_is_an_article_with_its_own_day(tmp_path: Path, make: object) -> None:
    source = read(tmp_path, "a.xml", make("n1", "海上风电提速", "装机容量继续增加。"))  # type: ignore[operator]
    article = only_article(source)
    assert (article.title, article.paragraphs) == ("海上风电提速", ("装机容量继续增加。",))
    assert article.published == date(2023, 12, 20)
    assert article.url is not None
    assert article.url.startswith("https://news.example.com/")
    assert article.issue.title in {"示例快讯", "示例原子"}


def test_an_entry_keeps_its_id_when_its_text_changes(tmp_path: Path) -> None:
    first, second = (
        only_article(read(tmp_path, "a.rss", documents.feed([("n1", f"标题{n}", f"正文{n}。")])))
        for n in (1, 2)
    )
    assert first.id == second.id
    assert first.paragraphs != second.paragraphs


def test_a_list_of_feeds_is_no_source_but_tells_its_feeds(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="hangxun sources add"):
        read(tmp_path, "a.opml", documents.opml())
    assert read_opml(documents.opml().encode()) == (
        Outline("示例快讯", "https://news.example.com/rss.xml"),
        Outline("另一处", "https://other.example.com/atom"),
    )


def test_the_chapters_of_a_book_are_its_articles(tmp_path: Path) -> None:
    chapters = {f"第{name}个话题：产业观察": f"{name}方面的进展值得注意。" for name in "甲乙丙丁"}
    source = read(tmp_path, "book.epub", documents.epub(chapters))
    assert source.issues[0].title == "示例月刊"
    assert source.issues[0].published == date(2024, 1, 31)
    assert {a.title: a.paragraphs[0] for a in source.articles} == chapters


def test_an_archive_gives_what_is_inside_and_a_bad_member_costs_only_itself(tmp_path: Path) -> None:
    members = {
        "甲/2024-01.txt": "海水淡化\n\n产能继续提高。",
        "乙/2024-01.txt": "海上风电\n\n装机继续增加。",
        "c.pdf": b"%PDF-1.7 broken",
        "d.docx": documents.word(),
        "readme.exe": b"MZ",
        "__MACOSX/._x.txt": b"x",
    }
    source = read(tmp_path, "all.zip", documents.zip_of(members))
    assert [(a.title, a.published) for a in source.articles] == [
        ("海水淡化", date(2024, 1, 31)),
        ("海上风电", date(2024, 1, 31)),
        (documents.TITLE, None),
    ]
    assert len({issue.id for issue in source.issues}) == 3
    assert source.notes == ("c.pdf: it is no PDF that can be opened",)


def test_a_table_of_markdown_is_read_like_any_other(tmp_path: Path) -> None:
    rows = "\n".join(f"| {' | '.join(row)} |" for row in documents.TABLE)
    head, rest = rows.split("\n", 1)
    source = read(tmp_path, "a.md", f"# 标题\n\n正文一段。\n\n{head}\n|---|--:|--:|\n{rest}\n")
    assert only_article(source).paragraphs == ("正文一段。", *documents.TABLE_SENTENCES)


def test_content_goes_before_the_name(tmp_path: Path) -> None:
    assert only_article(read(tmp_path, "page.txt", documents.html_page())).title == documents.TITLE
    assert only_article(read(tmp_path, "word.pdf", documents.word())).title == documents.TITLE


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.pdf", b"plain words", "it is called .pdf, but its content is something else"),
        (
            "a.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            "it is an old Office file, or one locked with a password",
        ),
        ("a.txt", b"\x89PNG\r\n\x1a\n", "it is a picture"),
        ("a.xml", b"<note>x</note>", "it is called .xml, but its content is something else"),
    ],
)
def test_a_file_that_is_not_what_it_is_called_is_refused(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    with pytest.raises(SourceError) as caught:
        read(tmp_path, name, content)
    assert caught.value.reason.startswith(reason)


def test_headings_of_a_digest_block_nothing(tmp_path: Path) -> None:
    article = only_article(read(tmp_path, "a.html", documents.html_page()))
    assert [block.kind for block in article.blocks].count(BlockKind.HEADING) == 1


def test_every_reader_names_its_module_and_suffixes() -> None:
    suffixes = [suffix for reader in READERS for suffix in reader.suffixes]
    assert len(suffixes) == len(set(suffixes))
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in suffixes)
