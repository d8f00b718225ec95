"""The folder where corpora and indexes are made, once, and found again by the next run."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import children
from benchmarks.chain import Chain
from benchmarks.corpus import Document, Size, documents, learn_words, read_corpus, write_corpus
from knowledge.errors import IndexUnusableError
from knowledge.index import open_library
from knowledge.index.manifest import file_hash
from knowledge.index.opening import open_index

if TYPE_CHECKING:
    from knowledge.library import Library


@dataclass(frozen=True)
class Workspace:
    """A folder of corpora and indexes; `words` are more folders to learn words from."""

    folder: Path
    words: tuple[Path, ...] = ()

    @cached_property
    def chain(self) -> Chain:
        """The words that the corpora are written with."""
        return learn_words(self.words)

    def corpus(self, size: Size) -> Path:
        """Return the file of a corpus, written if it is not there."""
        return self.written(f"corpus-{size.name}", lambda: documents(self.chain, size))

    def written(self, name: str, rows: Callable[[], Iterable[Document]]) -> Path:
        """Return a file of documents, written if it is not there."""
        path = self.folder / f"{name}.jsonl"
        if not path.exists():
            write_corpus(path, rows())
        return path

    def some_documents(self, size: Size, count: int) -> list[Document]:
        """Return documents spread evenly over a corpus."""
        return list(read_corpus(self.corpus(size), max(1, size.documents // count)))[:count]

    def index(self, size: Size) -> Path:
        """Return the index of a corpus, built if it is not there."""
        return self.indexed(self.corpus(size), self.index_folder(size))

    def indexed(self, corpus: Path, folder: Path) -> Path:
        """Return the index of a file, built if the folder has none that was made of it and can be opened."""
        try:
            with closing(open_index(folder)) as index:
                made_of = {source.sha256 for source in index.catalog.sources()}
        except IndexUnusableError:
            made_of = set()
        if file_hash(corpus) not in made_of:
            build(corpus, folder)
        return folder

    def index_folder(self, size: Size) -> Path:
        """Return where the index of a corpus is, or will be."""
        return self.folder / f"index-{size.name}"

    def sample_index(self) -> Path:
        """Return the index of the sample digests."""
        folder = self.folder / "index-sample"
        shutil.rmtree(folder, ignore_errors=True)
        children.run(["-m", "bot", "build", "--sample", "--out", str(folder)])
        return folder

    @contextmanager
    def library(self, size: Size) -> Iterator[Library]:
        """Open the library of a corpus for the length of a block."""
        library = open_library(self.index(size))
        try:
            yield library
        finally:
            library.close()


def build(corpus: Path, folder: Path, cores: int = 0) -> children.Ended:
    """Build an index with `hangxun build` in a process of its own."""
    return children.run(["-m", "bot", "build", str(corpus), "--out", str(folder), "--json"], cores=cores)
