"""Every edition as clients' own programs read it: Chrome and Edge, Firefox, and those with poppler.

The words of the article whole and in order, the title first, and a search that finds them.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

from leafcast.checks.pdf.document import read_document
from leafcast.checks.pdf.oracle import expected_blocks, page_of
from leafcast.checks.pdf.reading import read_text, reading_faults
from leafcast.checks.prints.wanted import wanted_for
from leafcast.document.article import ListBlock, article_blocks, article_sentences
from leafcast.document.publication import Publication
from tests.integration.npm import read_by_pdfjs
from tests.printed import EDITIONS, wanting_all
from tests.test_found_in_print import HARD
from tests.test_oracle import every_article, printed, publications, written

__all__ = ["every_article", "printed", "publications"]
pytestmark = pytest.mark.integration
FOR_PRINTERS = ("-print-long-edge", "fold-print-shop", "page-print-shop", "booklet-print")
FOR_PRINTERS += ("fold-print", "page-print")


@dataclass(frozen=True, slots=True)
class Read:
    """A file, what it must say, and what a program finds in it."""

    path: Path
    publication: Publication
    text: str

    def faults(self) -> list[str]:
        wanted = wanted_for(self.path, self.publication)
        with pikepdf.open(self.path) as opened:
            document = read_document(opened)
        expected = expected_blocks(page_of(document, wanted), wanted)
        found = read_text(self.text.split("\f"), wanted.article.title)
        return [fault.words for fault in reading_faults(expected, found, sheets=wanted.sheets)]


def readable(folder: Path) -> list[Path]:
    """The files that are read; those of sheets are for a printer, and say what others say."""
    return [path for path in sorted(folder.glob("*.pdf")) if not path.stem.endswith(FOR_PRINTERS)]


@pytest.fixture(scope="module")
def files(
    printed: dict[str, Path],
    publications: dict[str, Publication],
    tmp_path_factory: pytest.TempPathFactory,
) -> list[tuple[Path, Publication]]:
    """Every edition of the real article, of the torture, and of one of what clients stumble over."""
    every = [(path, publications[slug]) for slug in printed for path in readable(printed[slug])]
    folder = tmp_path_factory.mktemp("hard")
    hard = wanting_all(written(folder, HARD))
    for edition in EDITIONS:
        edition.write(hard, folder)
    return every + [(path, hard) for path in readable(folder)]


def test_firefox_finds_every_word_and_the_tags(
    files: list[tuple[Path, Publication]], node_modules: Path
) -> None:
    pages = read_by_pdfjs(node_modules, [path for path, _ in files])
    assert len(pages) == len(files) >= 36
    for (path, publication), found in zip(files, pages, strict=True):
        text = "\f".join(page["text"] for page in found)
        read = Read(path, publication, text.replace("μ", "µ"))  # it reads a micro sign so
        assert read.faults() == [], path.name
        roles = [role for page in found for role in page["roles"]]
        assert roles.count("H1") == 1, path.name
        carried = wanted_for(path, publication)
        wanted = {"H2", "P", "L", "LI", "LBody"}
        if any(isinstance(block, ListBlock) for block in article_blocks(carried.article)):
            wanted.add("Lbl")  # the crisis lines have none
        if carried.is_leaflet:
            wanted |= {"Art", "Sect", "Figure", *(() if carried.for_shop else ("Link",))}
        assert wanted <= set(roles), path.name


def test_poppler_finds_every_word(files: list[tuple[Path, Publication]]) -> None:
    if not shutil.which("pdftotext"):
        pytest.skip("poppler is not on this machine")
    for path, publication in files:
        done = subprocess.run(
            ["pdftotext", "-raw", "-enc", "UTF-8", path, "-"], capture_output=True, check=True
        )
        assert Read(path, publication, done.stdout.decode()).faults() == [], path.name


def test_chrome_finds_twenty_words_wherever_they_stand(
    files: list[tuple[Path, Publication]],
) -> None:
    """By the search of PDFium, whole words in their own letters, as often as they are there."""
    for path, publication in files:
        wanted = wanted_for(path, publication)
        text = " ".join(sentence.text for sentence in article_sentences(wanted.article))
        words = list(islice(distinct(text), 20))
        pages = list(pypdfium2.PdfDocument(path))
        for word in words:
            found = sum(1 for page in pages for _ in hits(page.get_textpage(), word))
            said = len(re.findall(rf"(?<!\w){re.escape(word)}(?!\w)", text))
            assert found >= said > 0, (path.name, word)


def distinct(text: str) -> Iterator[str]:
    """Its longest words, each once; those longer than a line left out."""
    words = {word for word in re.findall(r"\b[^\W\d_]{,20}\b", text) if word.isascii()}
    return iter(sorted(words, key=lambda word: (-len(word), word)))


def hits(page: Any, word: str) -> Iterator[tuple[int, int]]:
    search = page.search(word, match_case=True, match_whole_word=True)
    while (place := search.get_next()) is not None:
        yield place
