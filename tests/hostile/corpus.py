"""Broken and hostile files, each with what is to become of it."""

# ruff: noqa: PLW0108 -- a file is made when it is wanted, so that the table costs nothing

from __future__ import annotations

import io
import json
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from tests.fakes import documents

TEXT = documents.TEXT
BODY = f"{documents.TITLE}\n\n{TEXT}\n"
ROW = json.dumps({"id": "r", "title": "标题", "text": TEXT}, ensure_ascii=False)
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY i SYSTEM "file:///etc/passwd">'
DAMAGED = "damaged"
BROKEN_PDF = "it is no PDF that can be opened"
ENTITIES = "it defines entities"
NO_TEXT = "it holds no text"


@dataclass(frozen=True, slots=True)
class Case:
    """A file; `refused` are words of which one is in the reason, none where the file is read."""

    name: str
    make: Callable[[], bytes]
    refused: tuple[str, ...] = ()
    heavy: bool = False

    def is_as_told(self, reason: str) -> bool:
        """Tell whether a reason, "" where the file was read, is one of those that the table names."""
        return any(words in reason for words in self.refused) if self.refused else not reason


def texts() -> Iterator[Case]:
    yield Case("zero.txt", bytes, ("it is empty",))
    yield Case("blanks.txt", lambda: b" \n\t\n" * 1000, (NO_TEXT,))
    yield Case("nul.txt", lambda: bytes(10_000), ("binary",))
    yield Case("random.txt", lambda: random.Random(1).randbytes(20_000), ("binary", "encoding"))
    yield Case("big5.txt", lambda: "水產養殖簡報，今年前三季度產量增長。".encode("big5"), ("encoding",))
    yield Case("gb18030.txt", lambda: BODY.encode("gb18030"))
    yield Case("utf16.txt", lambda: BODY.encode("utf-16"))
    yield Case("utf16-be-without-mark.txt", lambda: BODY.encode("utf-16-be"))
    yield Case("utf8-mark.txt", lambda: BODY.encode("utf-8-sig"))
    yield Case("mixed.txt", lambda: (BODY * 3).encode() + (BODY * 3).encode("gb18030"))
    yield Case("controls.txt", lambda: f"风\u202e电\x07\u200b\n\n{TEXT * 20}\x1b[2J".encode())
    yield Case("one-long-line.txt", lambda: (TEXT * 8000).encode(), heavy=True)
    yield Case("million-lines.txt", lambda: b"a\n" * 1_000_000, ("1000000 lines",), heavy=True)
    yield Case("runs.txt", lambda: "\n".join(c * 200_000 for c in "0，.汉-１“(").encode(), heavy=True)
    yield Case("endless-contents.txt", endless_contents, heavy=True)
    yield Case("too-large.txt", lambda: b"a" * (64 * 2**20 + 1), ("larger than 64 MB",), heavy=True)
    yield Case(
        "brackets.md", lambda: f"# 标题\n\n{'[' * 50_000}\n{'>' * 50_000}\n{'*' * 50_000}\n{TEXT}".encode()
    )
    yield Case("wide-table.md", lambda: f"# 标题\n\n{'|a' * 20_000}|\n{'|1' * 20_000}|\n".encode())
    yield Case("deep.jsonl", lambda: b"[" * 100_000, ("it is not JSON",))
    yield Case("cut.jsonl", lambda: f"{ROW}\n{ROW[:40]}".encode())
    yield Case("surrogates.jsonl", lambda: (ROW.replace("标题", "\\ud800标") + "\n").encode())
    yield Case("binary.jsonl", lambda: bytes(range(256)) * 8, ("binary",))


def endless_contents() -> bytes:
    entries = "".join(f"- 第{n}篇文章的标题..... {n % 900}\n" for n in range(5_000))
    return f"目录\n\n{entries}\n{TEXT}\n".encode()


def pages() -> Iterator[Case]:
    page = documents.html_page
    yield Case("deep.html", lambda: ("<div>" * 100_000 + TEXT).encode(), (NO_TEXT,))
    yield Case("laughs.html", lambda: f"{LAUGHS}]><html><body><p>{TEXT}&i;</p></body></html>".encode())
    yield Case("unclosed.html", lambda: f"<html><body><p>{TEXT}<p>{TEXT}<table><tr><td".encode())
    yield Case(
        "script-only.html", lambda: b"<html><body><script>while(1);</script></body></html>", (NO_TEXT,)
    )
    yield Case("utf16.html", lambda: page().encode("utf-16"))
    yield Case("gb2312.html", lambda: page(head="<meta charset=gb2312>").encode("gb18030"))
    yield Case("false-charset.html", lambda: page(head="<meta charset=iso-8859-1>").encode())
    yield Case("unknown-charset.html", lambda: page(head="<meta charset=no-such>").encode())
    yield Case(
        "wide-table.html",
        lambda: page(f"<table><tr>{'<td>1' * 20_000}<tr>{'<td>2' * 20_000}</table>").encode(),
    )
    yield Case(
        "wide-span.html", lambda: page("<table><tr><td colspan=999>a<td>b<tr><td>1<td>2</table>").encode()
    )
    yield Case(
        "long-attribute.html", lambda: page(f"<img src='data:{'A' * 5_000_000}'>").encode(), heavy=True
    )
    yield Case("many-tags.html", lambda: page("<p><b>a</b></p>" * 200_000).encode(), ("memory",), heavy=True)


def feeds() -> Iterator[Case]:
    entry = documents.feed([("n1", "海上风电提速", "装机容量继续增加。")])
    start = '<?xml version="1.0"?>'
    yield Case(
        "laughs.rss",
        lambda: entry.replace(start[:-2], start[:-2]).replace("<rss", f"{LAUGHS}]><rss").encode(),
        (ENTITIES,),
    )
    yield Case("outside.rss", lambda: entry.replace("<rss", f"{OUTSIDE}]><rss").encode(), (ENTITIES,))
    yield Case(
        "outside-utf16.rss",
        lambda: entry.replace("utf-8", "utf-16").replace("<rss", f"{OUTSIDE}]><rss").encode("utf-16"),
        (ENTITIES,),
    )
    yield Case(
        "far-type.rss",
        lambda: entry.replace("<rss", '<!DOCTYPE rss SYSTEM "http://192.0.2.1/x.dtd"><rss').encode(),
    )
    yield Case("cut.rss", lambda: entry[: entry.index("</channel>")].encode())
    yield Case("empty.rss", lambda: documents.feed([]).encode(), ("without entries",))
    yield Case("note.xml", lambda: b"<note>x</note>", ("something else",))
    yield Case("deep.xml", lambda: ("<rss><channel>" + "<a>" * 100_000).encode(), ("feed", "deep"))
    yield Case("gb18030.rss", lambda: entry.replace("utf-8", "gb18030").encode("gb18030"))
    yield Case("list.opml", lambda: documents.opml().encode(), ("list of feeds",))


def archives() -> Iterator[Case]:
    pack = documents.zip_of
    yield Case("slip.zip", lambda: pack({"../../x.txt": BODY}), ("leads out",))
    yield Case("absolute.zip", lambda: pack({"/etc/x.txt": BODY}), ("leads out",))
    yield Case("drive.zip", lambda: pack({"C:\\x.txt": BODY}), ("leads out",))
    yield Case(
        "nested.zip", lambda: pack({"a.txt": BODY, "b.zip": pack({"c.txt": BODY})}), ("another archive",)
    )
    yield Case("hidden-nested.zip", lambda: pack({"b.txt": pack({"c.txt": BODY})}), ("another archive",))
    yield Case("bomb.zip", lambda: pack({"a.txt": b"0" * 150_000_000}), ("inflates",), heavy=True)
    yield Case("tight.zip", lambda: pack({"a.txt": b"0" * 20_000_000}), ("times its size",))
    yield Case("many.zip", lambda: pack({f"{n}.txt": "x" for n in range(2_500)}), ("2500 members",))
    yield Case("twice.zip", twice, ("one name",))
    yield Case("locked.zip", lambda: locked(pack({"a.txt": BODY})), ("password",))
    yield Case("cut.zip", lambda: pack({"a.txt": BODY})[:-30], (DAMAGED,))
    yield Case("false-size.zip", false_size, ("damaged",))
    yield Case("overlapping.zip", overlapping, ("inflates", DAMAGED), heavy=True)
    yield Case("empty.zip", lambda: pack({}), ("no documents",))
    yield Case("programs.zip", lambda: pack({"a.exe": b"MZ"}), ("no documents",))
    yield Case("gbk-names.zip", gbk_names)
    yield Case("link.zip", link)
    yield Case("pdf-inside.zip", lambda: pack({"a.pdf": b"%PDF-1.4 nothing", "b.txt": BODY}))


def twice() -> bytes:
    stream = io.BytesIO(documents.zip_of({"a.txt": BODY, "b.txt": BODY}))
    return stream.getvalue().replace(b"b.txt", b"a.txt")


def locked(archive: bytes) -> bytes:
    """Set the flag of encryption on the first member, in both of its headers."""
    data = bytearray(archive)
    for mark, place in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        data[data.index(mark) + place] |= 1
    return bytes(data)


def false_size() -> bytes:
    """Say that a member is small where it inflates to 50 MB."""
    data = bytearray(documents.zip_of({"a.txt": b"0" * 50_000_000}))
    for mark, place in ((b"PK\3\4", 22), (b"PK\1\2", 24)):
        struct.pack_into("<I", data, data.index(mark) + place, 1000)
    return bytes(data)


def overlapping() -> bytes:
    """Let 1,000 members be the same 10 MB of packed zeros."""
    data = documents.zip_of({"0000.txt": b"0" * 1_000_000})
    start = data.index(b"PK\1\2")
    entry = data[start : data.index(b"PK\5\6")]
    entries = b"".join(entry.replace(b"0000.txt", b"%04d.txt" % n) for n in range(1_000))
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 1_000, 1_000, len(entries), start, 0)
    return data[:start] + entries + end


def gbk_names() -> bytes:
    data = documents.zip_of({"aaaa.txt": BODY})
    return data.replace(b"aaaa", "周报".encode("gb18030"))


def link() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        info = zipfile.ZipInfo("link.txt")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "../../../../etc/passwd")
        archive.writestr("a.txt", BODY)
    return stream.getvalue()


def words() -> Iterator[Case]:
    yield Case("laughs.docx", lambda: word_with(f"{LAUGHS}]>", "&i;"), (ENTITIES,))
    yield Case("outside.docx", lambda: word_with(f"{OUTSIDE}]>", "&i;"), (ENTITIES,))
    yield Case("cut.docx", lambda: documents.word()[:-200], (DAMAGED,))
    yield Case("locked.docx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5000), ("old Office",))
    yield Case("workbook.docx", lambda: documents.zip_of({"xl/workbook.xml": "<a/>"}), ("workbook",))
    yield Case(
        "only-body.docx", lambda: documents.zip_of({"word/document.xml": "<a/>"}), ("no Word document",)
    )
    yield Case("broken-xml.docx", lambda: word_with("", "<w:p>"), ("no Word document",))
    yield Case(
        "deep.docx",
        lambda: word_with("", "<w:tbl><w:tr><w:tc>" * 3_000 + "</w:tc></w:tr></w:tbl>" * 3_000),
        ("no Word document", NO_TEXT),
    )
    yield Case("blank.docx", lambda: word_with("", " " * 150_000_000), ("inflates",), heavy=True)
    yield Case(
        "paragraphs.docx",
        lambda: word_with("", "<w:p/>" * 12_000_000, stored=True),
        ("memory", "breaks", "larger", "inflates", NO_TEXT),
        heavy=True,
    )
    yield Case("far-picture.docx", far_picture)


def word_with(doctype: str, content: str, *, stored: bool = False) -> bytes:
    """Return a Word document of ours with another body."""
    parts: dict[str, str | bytes] = {}
    with zipfile.ZipFile(io.BytesIO(documents.word())) as archive:
        parts |= {name: archive.read(name) for name in archive.namelist()}
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    parts["word/document.xml"] = (
        f'<?xml version="1.0"?>{doctype}<w:document xmlns:w="{space}"><w:body>{content}</w:body></w:document>'
    )
    return documents.zip_of(parts)


def far_picture() -> bytes:
    parts: dict[str, str | bytes] = {}
    with zipfile.ZipFile(io.BytesIO(documents.word())) as archive:
        parts |= {name: archive.read(name) for name in archive.namelist()}
    relation = (
        '<Relationship Id="rId99" TargetMode="External" Target="http://192.0.2.1/x.png" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"/></Relationships>'
    )
    relations = parts["word/_rels/document.xml.rels"]
    assert isinstance(relations, bytes)
    parts["word/_rels/document.xml.rels"] = relations.replace(b"</Relationships>", relation.encode())
    return documents.zip_of(parts)


def books() -> Iterator[Case]:
    container = "META-INF/container.xml"
    yield Case("no-book.epub", lambda: documents.zip_of({container: "<container/>"}), ("no book",))
    yield Case(
        "lacking.epub", lambda: documents.zip_of({container: container_of("gone.opf")}), ("lacks gone.opf",)
    )
    yield Case(
        "laughs.epub",
        lambda: documents.zip_of({container: f"{LAUGHS}]><container>&i;</container>"}),
        (ENTITIES,),
    )
    yield Case("empty.epub", lambda: documents.epub({}), (NO_TEXT,))


def container_of(path: str) -> str:
    return f'<container><rootfiles><rootfile full-path="{path}"/></rootfiles></container>'


def pdfs() -> Iterator[Case]:
    yield Case("header-only.pdf", lambda: b"%PDF-1.7\n", (BROKEN_PDF,))
    yield Case("noise.pdf", lambda: b"%PDF-1.7\n" + random.Random(2).randbytes(50_000), (BROKEN_PDF,))
    yield Case("cut.pdf", lambda: pdf()[:300], (BROKEN_PDF,))
    yield Case("lost-table.pdf", lambda: pdf().replace(b"startxref", b"startxxxx"))
    yield Case("scanned.pdf", lambda: pdf(text=""), ("no text",))
    yield Case("picture.pdf", lambda: b"\xff\xd8\xff\xe0" + bytes(100), ("picture",))
    yield Case("locked.pdf", lambda: pdf(password="secret"), ("password",))
    yield Case("unreadable-owner.pdf", lambda: pdf(password=""))
    yield Case("pages-loop.pdf", partial(raw_pdf, "<</Type/Pages/Kids[2 0 R 2 0 R 3 0 R]/Count 3>>"))
    yield Case("endless-count.pdf", partial(raw_pdf, "<</Type/Pages/Kids[3 0 R]/Count 900000000>>"))
    yield Case(
        "outline-loop.pdf",
        partial(raw_pdf, root="/Outlines 6 0 R", extra="<</First 6 0 R/Next 6 0 R/Title(x)>>"),
    )
    yield Case(
        "stream-bomb.pdf",
        lambda: raw_pdf(bomb=800),
        ("memory", "breaks", "text", "seconds"),
        heavy=True,
    )
    yield Case("deep-array.pdf", partial(raw_pdf, extra="[" * 100_000 + "]" * 100_000), heavy=True)
    yield Case(
        "huge-picture.pdf",
        partial(
            raw_pdf,
            extra="<</Type/XObject/Subtype/Image/Width 100000/Height 100000/BitsPerComponent 8"
            "/ColorSpace/DeviceRGB/Length 0>>stream\nendstream",
        ),
    )
    yield Case("script.pdf", partial(raw_pdf, root="/OpenAction<</S/JavaScript/JS(while\\(1\\);)>>"))
    yield Case("launch.pdf", partial(raw_pdf, root="/OpenAction<</S/Launch/F(/bin/sh)>>"))
    yield Case("pages-5000.pdf", lambda: pdf(pages=5_000), ("5000 pages",), heavy=True)
    yield Case("pages-1500.pdf", lambda: pdf(pages=1_500), heavy=True)
    yield Case("is-a-pdf.txt", pdf)
    yield Case("is-a-page.pdf", lambda: documents.html_page().encode())


def pdf(
    *, pages: int = 1, text: str = "Plain words that any reader finds.", password: str | None = None
) -> bytes:
    stream = io.BytesIO()
    encrypt = None
    if password is not None:
        from reportlab.lib.pdfencrypt import StandardEncryption

        encrypt = StandardEncryption(password, ownerPassword="owner")
    canvas = Canvas(stream, pagesize=A4, encrypt=encrypt)
    for number in range(pages):
        for row in range(20 if text else 0):
            canvas.drawString(72, 760 - 20 * row, f"{text} Page {number} row {row}")
        canvas.rect(100, 100, 200, 200)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def raw_pdf(
    pages: str = "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    *,
    root: str = "",
    extra: str = "null",
    bomb: int = 0,
) -> bytes:
    """Return a PDF written by hand, of one page with a line of text and as many megabytes of drawing."""
    press = zlib.compressobj()
    drawn = press.compress(b"BT /F 12 Tf 72 700 Td (Plain words that any reader finds.) Tj ET ")
    drawn += b"".join(press.compress(b"0 0 m " * 166_667) for _ in range(bomb)) + press.flush()
    objects = [
        f"<</Type/Catalog/Pages 2 0 R{root}>>".encode(),
        pages.encode(),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Resources<</Font<</F 4 0 R>>>>>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Filter/FlateDecode/Length %d>>stream\n%b\nendstream" % (len(drawn), drawn),
        extra.encode(),
    ]
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    out += (
        b"xref\n0 7\n0000000000 65535 f \n"
        + table
        + b"trailer<</Size 7/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % start
    )
    return bytes(out)


CASES = (*texts(), *pages(), *feeds(), *archives(), *words(), *books(), *pdfs())
