"""Corpora of any size: documents written by a chain of words, as rows for `hangxun build`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import as_file, files
from pathlib import Path
from random import Random

from benchmarks.chain import Chain, learn, read_texts

SEED = 20_240_301
SECTIONS = ("产业环境", "运营竞争", "技术情报", "企业情报", "海外借鉴")
FIRST_DAY = date(2015, 1, 5)
DAYS = 3_600
LONGEST_TITLE = 28
SHORTEST_TITLE = 8
SUBJECTS = 3


@dataclass(frozen=True, slots=True)
class Size:
    """How many documents a corpus has, and about how many characters each, its title included."""

    documents: int
    characters: int

    @property
    def name(self) -> str:
        """The name of its files."""
        return f"{self.documents}x{self.characters}"


PASSAGE, HEADLINE = 240, 44
SMALL = Size(40, PASSAGE)
MEDIUM = Size(10_000, PASSAGE)
LARGE = Size(100_000, PASSAGE)
HUGE = Size(1_000_000, HEADLINE)


@dataclass(frozen=True, slots=True)
class Document:
    """A generated article."""

    id: str
    title: str
    text: str
    section: str
    published: date

    def row(self) -> str:
        """Return it as a line of a .jsonl source; its month is its issue."""
        issue = f"行业月报 {self.published:%Y-%m}"
        fields = {"id": self.id, "title": self.title, "text": self.text, "section": self.section}
        more = {"issue": issue, "published": self.published.isoformat()}
        return json.dumps(fields | more, ensure_ascii=False)


def learn_words(folders: Iterable[Path] = (), seed: int = SEED) -> Chain:
    """Learn from the sample digests that come with Hangxun, and from the .txt files of more folders."""
    with as_file(files("knowledge") / "data" / "sample") as sample:
        return learn(read_texts([sample, *folders]), Random(seed))


def documents(chain: Chain, size: Size, seed: int = SEED) -> Iterator[Document]:
    """Yield the documents of a corpus, the same for the same chain, size and seed."""
    random = Random(seed)
    for number in range(size.documents):
        subjects = chain.subjects(random, SUBJECTS)
        title = _title(chain, random, subjects)
        text = _text(chain, random, subjects, size.characters - len(title))
        day = FIRST_DAY + timedelta(days=int(random.random() * DAYS))
        yield Document(f"d{number:07}", title, text, SECTIONS[number % len(SECTIONS)], day)


def write_corpus(path: Path, rows: Iterable[Document]) -> None:
    """Write documents as .jsonl; the file appears when it is whole."""
    part = path.with_suffix(".part")
    with part.open("w", encoding="utf-8") as stream:
        stream.writelines(f"{row.row()}\n" for row in rows)
    part.replace(path)


def read_corpus(path: Path, every: int = 1) -> Iterator[Document]:
    """Yield each `every`-th document of a corpus."""
    with path.open(encoding="utf-8") as stream:
        for number, line in enumerate(stream):
            if number % every == 0:
                row = json.loads(line)
                day = date.fromisoformat(row["published"])
                yield Document(row["id"], row["title"], row["text"], row["section"], day)


def _title(chain: Chain, random: Random, subjects: list[str]) -> str:
    title = ""
    while len(title) < SHORTEST_TITLE:
        title += chain.clause(random, subjects)
    return title[:LONGEST_TITLE]


def _text(chain: Chain, random: Random, subjects: list[str], characters: int) -> str:
    """Write sentences, from half to half as many more than the characters wanted; the last one is cut."""
    wanted = int(characters * (0.5 + random.random()))
    text = ""
    while len(text) < wanted:
        text += f"{chain.sentence(random, subjects)}。"
    return f"{text[: wanted - 1]}。"
