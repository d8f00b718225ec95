"""Reading documents: each format beside its bare library, a folder of 1,000 mixed files, and hostile files.

The peers only extract text; we also split a digest into articles, and in the folder find figures and index.
"""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import docx
import feedparser
import pdfplumber
import trafilatura
from pypdfium2 import PdfDocument

from benchmarks.children import CHECKOUT
from benchmarks.report import Row
from benchmarks.tree import Watched, processor_seconds, watch
from benchmarks.workspace import Workspace
from knowledge.errors import SourceError
from knowledge.index.child import Limits
from knowledge.index.inputs import Request
from knowledge.index.reading import Readers
from knowledge.ingest import read_source
from tests.fakes import documents, printing
from tests.hostile.corpus import CASES

SAMPLE = CHECKOUT / "knowledge/data/sample/xingye-yangben-2024-03.txt"
FILES = 1_000
RUNS = 3
TURNS = ("txt", "md", "html", "docx", "rss", "pdf", "epub", "zip", "jsonl")


@dataclass(frozen=True, slots=True)
class Peer:
    """A library that extracts the text of a format."""

    suffix: str
    name: str
    extract: Callable[[bytes], object]


PEERS = (
    Peer(".txt", "bytes.decode alone", bytes.decode),
    Peer(
        ".pdf",
        "pypdfium2 alone",
        lambda data: [p.get_textpage().get_text_bounded() for p in PdfDocument(data)],
    ),
    Peer(
        ".pdf",
        "pdfplumber alone",
        lambda data: [p.extract_text() for p in pdfplumber.open(BytesIO(data)).pages],
    ),
    Peer(
        ".docx", "python-docx alone", lambda data: [p.text for p in docx.Document(BytesIO(data)).paragraphs]
    ),
    Peer(".html", "trafilatura alone", trafilatura.extract),
    Peer(".rss", "feedparser alone", lambda data: feedparser.parse(BytesIO(data))),
)


def run(work: Workspace, *, quick: bool) -> Iterator[Row]:
    """Read the sample digest in every format, then build the folder, again, and with one file changed."""
    yield from _formats(work.folder / "formats")
    yield from _folder(work.folder, FILES // 10 if quick else FILES)
    yield from _hostile(work.folder, quick=quick)


def _formats(folder: Path) -> Iterator[Row]:
    for path in _printed(folder):
        ours = _best(lambda path=path: list(read_source(path, name=path.name).articles))  # type: ignore[misc]
        size = path.stat().st_size / 1_000
        yield Row("reading a digest", f"{path.suffix}: hangxun, articles", {"ms": ours, "kB": size})
        for peer in PEERS:
            if peer.suffix == path.suffix:
                data = path.read_bytes()
                alone = _best(lambda peer=peer, data=data: peer.extract(data))  # type: ignore[misc]
                figures = {"ms": alone, "kB": size, "ours is": f"{ours / alone:.1f} times"}
                yield Row("reading a digest", f"{peer.suffix}: {peer.name}", figures)


def _printed(folder: Path) -> Iterator[Path]:
    """Give the sample digest in every format; of feeds, one of as many entries."""
    folder.mkdir(exist_ok=True)
    articles = list(read_source(SAMPLE, name=SAMPLE.name).articles)
    sections, titles = {article.section: 1 for article in articles}, [article.title for article in articles]
    lines = SAMPLE.read_text(encoding="utf-8").splitlines()
    printed = list(printing.styled(lines, list(sections), titles))
    shutil.copy(SAMPLE, folder / "digest.txt")
    printing.print_by_reportlab(printed, folder / "digest.pdf")
    printing.print_by_word(printed, folder / "digest.docx")
    printing.print_as_page(printed, folder / "digest.html")
    entries = [(article.id, article.title, "".join(article.paragraphs)) for article in articles]
    (folder / "digest.rss").write_text(documents.feed(entries), encoding="utf-8")
    chapters = {title: text for _, title, text in entries}
    (folder / "digest.epub").write_bytes(documents.epub(chapters))
    (folder / "digest.zip").write_bytes(documents.zip_of({"digest.txt": SAMPLE.read_bytes()}))
    return (folder / f"digest.{suffix}" for suffix in ("txt", "pdf", "docx", "html", "rss", "epub", "zip"))


def _best(read: Callable[[], object]) -> float:
    """Return the milliseconds of the best of some runs."""
    times = []
    for _ in range(RUNS):
        started = time.perf_counter()
        read()
        times.append((time.perf_counter() - started) * 1000)
    return min(times)


def _folder(work: Path, files: int) -> Iterator[Row]:
    folder, index = work / "mixed", work / "mixed-index"
    for old in (folder, index):
        shutil.rmtree(old, ignore_errors=True)
    folder.mkdir()
    for number in range(files):
        suffix = TURNS[number % len(TURNS)]
        (folder / f"{number:04d}.{suffix}").write_bytes(_make(suffix, number))
    first = watch("build", str(folder), "--out", str(index), "--json")
    yield Row("a folder of mixed files", f"{files:,} files: build", _figures(first, files))
    again = watch("build", str(folder), "--out", str(index), "--json")
    yield Row("a folder of mixed files", f"{files:,} files: nothing changed", _figures(again, files))
    (folder / "0000.txt").write_bytes(_make("txt", files))
    changed = watch("build", str(folder), "--out", str(index), "--json")
    figures = _figures(changed, files) | {
        "of the build": f"{changed.seconds / first.seconds:.3f}",
        "of its processor s": f"{changed.processor / first.processor:.3f}",
    }
    yield Row("a folder of mixed files", f"{files:,} files: one changed", figures)


def _figures(built: Watched, files: int) -> dict[str, float | str]:
    return {
        "seconds": built.seconds,
        "processor s": built.processor,
        "files/s": files / built.seconds,
        "builder MiB": built.builder_mib,
        "largest reader MiB": built.child_mib,
        "together MiB": built.together_mib,
        "refused": len(_summary(built)["refused"]),
    }


def _summary(built: Watched) -> Mapping[str, list[tuple[str, str]]]:
    summary: Mapping[str, list[tuple[str, str]]] = json.loads(built.output.splitlines()[-1])
    return summary


def _make(suffix: str, number: int) -> bytes:
    """Return a small document; each says something of its own."""
    title = f"第{number}号产业简讯"
    text = (
        f"{title}说，当月完成业务收入{number + 100}亿元，同比增长{number % 30 + 1}.5%。{documents.TEXT}" * 3
    )
    made: dict[str, Callable[[], bytes | str]] = {
        "txt": lambda: f"{title}\n\n{text}\n",
        "md": lambda: f"# {title}\n\n{text}\n",
        "html": lambda: documents.html_page(f"<p>{text}</p>").replace(documents.TITLE, title),
        "docx": lambda: documents.word(title, text),
        "rss": lambda: documents.feed([(f"{number}-{n}", f"{title}之{n}", text) for n in range(5)]),
        "pdf": lambda: _pdf(title, text),
        "epub": lambda: documents.epub({f"{title}之{n}": text for n in range(3)}),
        "zip": lambda: documents.zip_of(
            {"a.txt": f"{title}\n\n{text}\n", "b.docx": documents.word(title, text)}
        ),
        "jsonl": lambda: json.dumps({"id": f"row{number}", "title": title, "text": text}, ensure_ascii=False),
    }
    content = made[suffix]()
    return content.encode() if isinstance(content, str) else content


def _pdf(title: str, text: str) -> bytes:
    stream = BytesIO()
    lines = [printing.Printed(title, "section"), *(printing.Printed(text, "text") for _ in range(3))]
    printing.print_by_reportlab(lines, stream)
    return stream.getvalue()


def _hostile(work: Path, *, quick: bool) -> Iterator[Row]:
    folder, index = work / "hostile", work / "hostile-index"
    for old in (folder, index):
        shutil.rmtree(old, ignore_errors=True)
    folder.mkdir()
    cases = [case for case in CASES if not (quick and case.heavy)]
    for case in cases:
        (folder / case.name).write_bytes(case.make())
    built = watch("build", str(folder), "--out", str(index), "--json")
    reasons = {Path(name).name: reason for name, reason in _summary(built)["refused"]}
    wrong = [case.name for case in cases if not case.is_as_told(reasons.get(case.name, ""))]
    figures = _figures(built, len(cases)) | {"not as told": ", ".join(wrong) or 0}
    yield Row("hostile files", f"{len(cases)} files: build", figures)
    yield _slowest([folder / case.name for case in cases if case.heavy or quick])


def _slowest(paths: Iterable[Path]) -> Row:
    """Read files each in a process of its own, and tell which one took the processor for longest."""
    seconds, clock, name = max((*_cost(path), path.name) for path in paths)
    figures = {"seconds": clock, "processor seconds": seconds, "limit": Limits().seconds}
    return Row("hostile files", f"the slowest file, {name}", figures)


def _cost(path: Path) -> tuple[float, float]:
    """Return the seconds of the processor and of the clock that a file takes its reader."""
    started, before = time.perf_counter(), processor_seconds()
    with closing(Readers(cores=1)) as readers, suppress(SourceError):
        list(readers.read(Request(str(path), path.name)).rows())
    return processor_seconds() - before, time.perf_counter() - started
