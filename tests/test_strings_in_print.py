"""Three hundred strings as people write them: none of them is a fault of theirs, or of a file.

They stand in tests/cases/strings.txt, one a line, and each is tried by itself and in a sentence.
"""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest

from leafcast.braille import liblouis
from leafcast.checks.braille import check_braille
from leafcast.checks.characters import check_characters
from leafcast.checks.prints import check_pdf
from leafcast.document.article import ListBlock, ListEntry, Paragraph, Sentence, Strong, Text
from leafcast.document.publication import Publication
from leafcast.document.report import Finding, Place
from leafcast.editions.table import EDITIONS
from tests.conftest import CASES
from tests.test_oracle import written

STRINGS = CASES.with_name("strings.txt").read_text("utf-8").splitlines()


@pytest.fixture(scope="module")
def publication(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    """An article of them all. It is not read from a file: what Markdown makes of them is another
    matter."""
    publication = written(tmp_path_factory.mktemp("strings"), "It begins.")
    alone = tuple(paragraph(f"alone-{at}", (Text(each),)) for at, each in enumerate(STRINGS, 1))
    said = tuple(
        ListEntry(f"point-{at}", Place("source/links.md", at), (paragraph(f"said-{at}", inlines),))
        for at, each in enumerate(STRINGS, 1)
        for inlines in [(Text("We say: "), Strong((Text(each),)), Text(", and go on from there."))]
    )
    points = ListBlock("points", Place("source/links.md", 1), ordered=True, start=1, entries=said)
    return replace(publication, article=replace(publication.article, introduction=(*alone, points)))


def paragraph(name: str, inlines: tuple[Text | Strong, ...]) -> Paragraph:
    at = int(name.rpartition("-")[2])
    return Paragraph(name, Place("source/links.md", at), (Sentence(f"{name}-1", inlines),))


def is_latin(char: str) -> bool:
    return not char.isalpha() or "LATIN" in unicodedata.name(char, "")


def told(findings: list[Finding]) -> list[str]:
    return [f"{each.code}: {each.message}" for each in findings]


def test_there_are_three_hundred() -> None:
    assert len(set(STRINGS)) == len(STRINGS)
    assert len(STRINGS) >= 300


def test_each_can_be_printed(publication: Publication, tmp_path: Path) -> None:
    assert told(list(check_characters(publication, tmp_path))) == []


@pytest.mark.parametrize("name", ["large-print", "dyslexia"])
def test_each_is_as_it_should_be(name: str, publication: Publication, tmp_path: Path) -> None:
    EDITIONS[name].write(publication, tmp_path)
    assert told(list(check_pdf(publication, tmp_path))) == []


@pytest.mark.skipif(not liblouis.version(), reason="liblouis is not on this machine")
def test_each_is_found_in_the_braille(publication: Publication, tmp_path: Path) -> None:
    """Letters of other scripts apart, which English braille has no signs for: that is told."""
    kept = [
        p for p in publication.article.introduction[:-1] if all(map(is_latin, p.sentences[0].text))
    ]
    assert len(kept) > 120
    article = replace(publication.article, introduction=tuple(kept))
    publication = replace(publication, article=article)
    EDITIONS["braille"].write(publication, tmp_path)
    lost = [f for f in check_braille(publication, tmp_path) if f.code == "braille-words-lost"]
    assert told(lost) == []
