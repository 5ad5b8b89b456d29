"""Every word of ours is in the catalogue: in a language made from it, every edition is built, and
no word is found that has no mark and is not the owner's.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from click.testing import CliRunner
from lxml import etree

from leafcast.braille.files import BRAILLE_ASCII
from leafcast.braille.liblouis import read_back
from leafcast.commands.cli import leafcast as command
from leafcast.locale.language import language_of
from tests.pseudo.pseudo_language import MARK

PSEUDO = Path(__file__).parent / "pseudo"
ARTICLE = """\
---
title: Zalt zorn
subtitle: Zwei zarte zungen
author: Zoe Zeller
language: qps
published: 2026-11-24
review: 2029-11-24
summary: Zufall zuhause.
---

Zuerst zaudern zehn.[^1] Zuletzt zog zimt.

## Zebra zelt

Zaun zeigt zu [zeder](https://zeller.example/zeder).

- Zirkel zoo.

    Zinn zoll.

    - Zweig zwirn.

- Zucker zunge.

> Zitat zahm.

1. Zahl zart.
2. Zart zahl.

### Zopf

Zuber.

## Zwischen

| Zeile | Zone |
|-------|------|
| Zacke | Zahn |

![Zeichnung zwerg](pictures/square.png)

`zip zap`

### Zuviel

[^1]: Zange zupft.
"""
PRACTICE = """\
[practice]
name = "Zeller"
website = "https://zeller.example"
description = "Zuhören"

[contact]
phone = "01452 960 123"
email = "zoe@zeller.example"
address = "Zeil 7, Zug"

[[crisis]]
name = "Zuflucht"
how = "Call 116 123"

[sound]
voice = "tone"
"""
FORMATS = frozenset(
    [
        "pdf",
        "mp",
        "mp3",
        "m4b",
        "opus",
        "webvtt",
        "brf",
        "pef",
        "zip",
        "html",
        "epub",
        "kb",
        "mb",
        "ueb",
        "qr",
        "a4",
        "a5",
        "daisy",
        "wav",
        "flac",
    ]
)
"""Names of formats and units, which are the same in every language."""
WORD = re.compile(r"[^\W\d_]{2,}(?:[’'-][^\W\d_]+)*")


def hers() -> set[str]:
    """Every word that the owner wrote."""
    names = re.compile(r"(?m)^\w+ ?[:=]|^\[.*\]$")
    return {word for text in (ARTICLE, PRACTICE) for word in _words(names.sub("", text))}


def _words(text: str) -> Iterator[str]:
    yield from (
        part for found in WORD.findall(text.casefold()) for part in re.split("[’'-]", found)
    )


OWN = hers()


def unmarked(text: str) -> list[str]:
    """The words of `text` that are neither ours with their mark, nor the owner's."""
    assert text.strip()
    text = re.sub(r"https?://\S+|\S+@\S+|\bzeller\.example\S*|\S+\.wav", " ", text)
    return [
        word
        for word in _words(text)
        if not word.endswith(MARK) and word not in OWN and word not in FORMATS
    ]


class _Shown(HTMLParser):
    """All that a reader of a page meets: its text, and what attributes say."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag in ("script", "style")
        self.told += [
            value
            for name, value in attrs
            if value and name in ("alt", "title", "aria-label", "placeholder", "aria-valuetext")
        ]
        values = dict(attrs)
        if tag == "meta" and values.get("name") in ("description", "author"):
            self.told.append(values.get("content") or "")

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.told.append(data)


def of_sections(made: Path) -> set[str]:
    """The names of the sections' files, which the record sheet gives."""
    return {path.stem.partition("-")[2] for path in made.glob("zorn/audio/*.mp3")}


def shown(html: str) -> str:
    parser = _Shown()
    parser.feed(html)
    return " \n".join(parser.told)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A practice whose one article is in the language made from the catalogue, with all editions."""
    folder = tmp_path_factory.mktemp("pseudo")
    (folder / "source/pictures").mkdir(parents=True)
    (folder / "source/zorn.md").write_text(ARTICLE, "utf-8")
    (folder / "source/practice.toml").write_text(PRACTICE, "utf-8")
    picture = Path(__file__).parent / "cases/articles"
    square = next(picture.rglob("*.png"))
    (folder / "source/pictures/square.png").write_bytes(square.read_bytes())
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(PSEUDO))
        patch.setenv("PYTHONPATH", str(PSEUDO))
        language_of.cache_clear()
        run = CliRunner().invoke(command, ["build", "--project", str(folder), "--jobs", "2"])
        assert run.exit_code in (0, 1), run.output
        assert "Traceback" not in run.output
        (folder / "output.txt").write_text(run.output, "utf-8")
        sheet = ["record", "zorn", "--to", str(folder / "dist/zorn/record.pdf")]
        run = CliRunner().invoke(command, [*sheet, "--project", str(folder)])
        assert run.exit_code == 0, run.output
        yield folder / "dist"
    language_of.cache_clear()


def test_every_page_is_in_the_language(made: Path) -> None:
    pages = [*made.glob("*.html"), *made.glob("zorn/*.html")]
    assert len(pages) >= 5
    assert {page.name: unmarked(shown(page.read_text("utf-8"))) for page in pages} == {
        page.name: [] for page in pages
    }


def test_every_pdf_is_in_the_language(made: Path) -> None:
    pdfs = [*made.glob("zorn/*.pdf")]
    assert len(pdfs) >= 10 and {"zorn-test-sheet.pdf", "record.pdf"} <= {pdf.name for pdf in pdfs}
    assert all(MARK in " ".join(_of_pdf(pdf)) for pdf in pdfs)
    found = {pdf.name: set(unmarked(" ".join(_of_pdf(pdf)))) for pdf in pdfs}
    found["record.pdf"] -= of_sections(made)
    assert found == {pdf.name: set() for pdf in pdfs}


def _of_pdf(path: Path) -> Iterator[str]:
    """The text of a PDF, and what its tags, links and bookmarks say."""
    pages = pypdfium2.PdfDocument(path)
    yield from (pages[number].get_textpage().get_text_bounded() for number in range(len(pages)))
    with pikepdf.open(path) as pdf:
        for each in pdf.objects:
            if isinstance(each, pikepdf.Dictionary):
                yield from (
                    str(each[key]) for key in ("/Alt", "/Contents", "/E") if _says(each, key)
                )
        with pdf.open_outline() as outline:
            yield from (entry.title for entry in outline.root)


def _says(of: Any, key: str) -> bool:
    return key in of and isinstance(of[key], pikepdf.String)


def test_what_is_said_is_in_the_language(made: Path) -> None:
    for name in ("zorn.vtt", "zorn-slower.vtt", "zorn.srt"):
        lines = (made / "zorn" / name).read_text("utf-8").splitlines()
        said = [each for each in lines if "-->" not in each and not re.fullmatch(r"\w[\w-]*", each)]
        assert len(said) > 40
        assert unmarked(" ".join(said)) == [], name
    told = json.loads((made / "zorn/zorn.json").read_text("utf-8"))
    assert (
        unmarked(" ".join(f"{each['speaker']} {each['body']}" for each in told["segments"])) == []
    )
    chapters = json.loads((made / "zorn/zorn-chapters.json").read_text("utf-8"))["chapters"]
    assert unmarked(" ".join(each["title"] for each in chapters)) == []


def test_feed_and_books_are_in_the_language(made: Path) -> None:
    feed = etree.parse(made / "podcast.xml")
    for name in ("title", "description"):
        assert unmarked(" ".join(each.text or "" for each in feed.iter(name))) == []
    for book in ("zorn.epub", "zorn-daisy.zip"):
        with zipfile.ZipFile(made / "zorn" / book) as file:
            names = [each for each in file.namelist() if each.endswith(("html", "ncc", "opf"))]
            assert names
            for name in names:
                text = file.read(name).decode("utf-8")
                words = shown(text) if not name.endswith("opf") else _of_package(text)
                assert unmarked(words) == [], (book, name)


def _of_package(text: str) -> str:
    """What a package says in words: title, author, summary, narrator."""
    found = re.findall(r"<dc:(?:title|creator|description)[^>]*>([^<]*)<", text)
    found += re.findall(
        r'property="(?:schema:accessibilitySummary|media:narrator)"[^>]*>([^<]*)<', text
    )
    assert len(found) >= 4
    return " ".join(found)


def test_what_scripts_say_is_handed_to_them(made: Path) -> None:
    page = (made / "zorn/index.html").read_text("utf-8")
    handed = re.search(r'data-words="([^"]*)"', page)
    assert handed
    words = json.loads(handed[1].replace("&#34;", '"').replace("&#39;", "'").replace("&amp;", "&"))
    assert len(words) > 8 and all(MARK in each for each in words.values())


def test_the_owner_is_told_nothing_amiss(made: Path) -> None:
    assert "[language-not-spoken]" not in (made.parent / "output.txt").read_text("utf-8")


def test_braille_is_in_the_language(made: Path) -> None:
    cells = {letter: chr(0x2800 + at) for at, letter in enumerate(BRAILLE_ASCII)}
    brf = (made / "zorn/zorn.brf").read_text("ascii")
    lines = "".join(cells.get(each, each) for each in brf).splitlines()
    told = " ".join(read_back(line) for line in lines)
    assert told.count(MARK) > 40
    assert unmarked(told) == []
