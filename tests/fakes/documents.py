"""Small documents of every format, made in memory; what they say is our own."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO

import docx
from docx.enum.text import WD_BREAK

TITLE = "各省5G基站建设提速"
TEXT = "全国各地加快建设新型信息基础设施，截至2023年底累计建成5G基站337.7万个，覆盖所有地级市城区。"
TABLE = (("地区", "5G基站（万个）", "同比增长（%）"), ("河北", "10.2", "12.3"), ("山西", "8.15", "-3.2"))
TABLE_SENTENCES = ("河北：5G基站10.2万个，同比增长12.3%。", "山西：5G基站8.15万个，同比增长-3.2%。")


def zip_of(members: Mapping[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a ZIP archive of these members."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def html_page(body: str = "", head: str = "") -> str:
    """Return a page with menus around an article with a table."""
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in TABLE)
    return (
        f"<!DOCTYPE html><html><head><title>{TITLE} - 示例网</title>"
        '<meta property="article:published_time" content="2024-01-19T08:00:00+08:00">'
        '<link rel="canonical" href="https://news.example.com/2024/5g.html">'
        '<link rel="alternate" type="application/rss+xml" href="https://news.example.com/rss.xml">'
        f"{head}</head><body><nav><a href='/'>首页</a><a href='/b'>财经</a></nav><article><h1>{TITLE}</h1>"
        f"<p>{TEXT}</p><h2>分省情况</h2><p>东部地区继续领先，中西部地区增速更快，城乡差距进一步缩小，应用不断丰富。</p>"
        f"<table>{rows}</table>{body}</article><footer>版权所有 示例网</footer></body></html>"
    )


def feed(entries: Sequence[tuple[str, str, str]], title: str = "示例快讯") -> str:
    """Return an RSS feed of entries: id, title, text."""
    items = "".join(
        f"<item><guid>{key}</guid><title>{name}</title><link>https://news.example.com/{key}</link>"
        "<pubDate>Wed, 20 Dec 2023 00:30:00 +0800</pubDate>"
        f"<description><![CDATA[<p>{text}</p>]]></description></item>"
        for key, name, text in entries
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
        f"<title>{title}</title><link>https://news.example.com/</link>{items}</channel></rss>"
    )


def atom(key: str, title: str, text: str) -> str:
    """Return an Atom feed of one entry."""
    return (
        '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>示例原子</title>'
        f"<id>urn:feed</id><entry><id>{key}</id><title>{title}</title><updated>2023-12-20T00:30:00+08:00</updated>"
        f'<link href="https://news.example.com/a"/><content type="text">{text}</content></entry></feed>'
    )


def opml() -> str:
    """Return a list of two feeds, one of them twice."""
    return (
        '<?xml version="1.0"?><opml version="2.0"><body><outline text="产业">'
        '<outline title="示例快讯" xmlUrl="https://news.example.com/rss.xml"/></outline>'
        '<outline text="另一处" xmlUrl="https://other.example.com/atom"/>'
        '<outline text="again" xmlUrl="https://news.example.com/rss.xml"/></body></opml>'
    )


def epub(chapters: Mapping[str, str]) -> bytes:
    """Return a book: a chapter a page, each in the navigation."""
    items = "".join(
        f'<item id="c{n}" href="c{n}.xhtml" media-type="application/xhtml+xml"/>'
        for n in range(len(chapters))
    )
    spine = "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
    links = "".join(f'<li><a href="c{n}.xhtml">{title}</a></li>' for n, title in enumerate(chapters))
    pages = {
        f"OEBPS/c{n}.xhtml": f'<html xmlns="http://www.w3.org/1999/xhtml"><body><h1>{title}</h1><p>{text}</p></body></html>'
        for n, (title, text) in enumerate(chapters.items())
    }
    return zip_of(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
            '<rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>',
            "OEBPS/book.opf": '<package xmlns="http://www.idpf.org/2007/opf"><metadata '
            'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>示例月刊</dc:title><dc:date>2024-01-31</dc:date>'
            f'</metadata><manifest><item id="nav" href="nav.xhtml" properties="nav"/>{items}</manifest>'
            f"<spine>{spine}</spine></package>",
            "OEBPS/nav.xhtml": '<html xmlns="http://www.w3.org/1999/xhtml"><body><nav><ol>'
            f"{links}</ol></nav></body></html>",
            **pages,
        }
    )


def word(title: str = TITLE, *paragraphs: str, table: bool = True) -> bytes:
    """Return a Word document of two pages: a heading, paragraphs and a table."""
    document = docx.Document()
    document.add_heading(title, level=1)
    for text in paragraphs or (TEXT,):
        document.add_paragraph(text)
    if table:
        document.add_heading("分省情况", level=2)
        made = document.add_table(len(TABLE), len(TABLE[0]))
        for row, cells in zip(made.rows, TABLE, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph("第二页的一段话，讲的是下一步安排。")
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()
