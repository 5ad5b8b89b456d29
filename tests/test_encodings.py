"""Texts in the letters of any program: read, and what was decided is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from leafcast.document.article import article_sentences
from leafcast.document.errors import SourceError
from leafcast.document.origin import Origin
from leafcast.document.report import Severity
from leafcast.readers import READERS, read_article
from leafcast.readers.encodings import decoded

ORIGIN = Origin("source/a.txt", "a", Path())
WORDS = "Grief isn’t an illness – it’s “natural”.\nA session costs £60 at Zoë’s café…\n"
FRONT = "---\ntitle: A\nauthor: Jo\npublished: 2026-03-01\nreview: 2028-03-01\n---\n\n"


@pytest.mark.parametrize("text", [WORDS, "It’s “fine”.\n", "Café.\n", f"{WORDS}• one\n"])
@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman", "utf-16-le", "utf-16-be"])
def test_letters_are_those_that_were_written(encoding: str, text: str) -> None:
    found, told = decoded(text.encode(encoding), ORIGIN)
    assert found == text
    (finding,) = told
    assert finding.code == "guessed-letters" and finding.severity is Severity.ADVICE
    name = {"cp1252": "Windows-1252", "mac_roman": "Mac Roman"}.get(encoding, "UTF-16")
    assert name in finding.message and "Notepad" in finding.fix


def test_words_with_the_letters_are_shown_with_the_line_of_the_first() -> None:
    (finding,) = decoded(f"It is so.\n{WORDS}".encode("cp1252"), ORIGIN)[1]
    assert "“isn’t”" in finding.message or "“café…”" in finding.message
    assert finding.place and finding.place.line == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_what_the_first_bytes_say_is_no_guess(encoding: str, ends: str) -> None:
    assert decoded(WORDS.replace("\n", ends).encode(encoding), ORIGIN) == (WORDS, ())
    big = b"\xfe\xff" + WORDS.encode("utf-16-be")
    assert decoded(big, ORIGIN) == (WORDS, ())


def test_another_language_is_told_by_its_letters() -> None:
    text = "Żałoba jest naturalną odpowiedzią na stratę. Każdy przeżywa ją inaczej, i to trwa.\n"
    found, told = decoded(text.encode("cp1250"), ORIGIN)
    assert found == text and told


@pytest.mark.parametrize("content", [b"a\xff\xfeb", b"Words.\n\xff\n", b"\x00\x01\x02\xff"])
def test_what_cannot_be_told_is_refused_with_what_to_do(content: bytes) -> None:
    with pytest.raises(SourceError) as caught:
        decoded(content, ORIGIN)
    assert "UTF-8" in caught.value.hint or "plain text" in caught.value.hint


def test_no_letters_need_no_guess() -> None:
    assert decoded(b"", ORIGIN) == ("", ())
    assert decoded(b"It is so.", ORIGIN) == ("It is so.", ())


@pytest.mark.parametrize("suffix", [".md", ".txt"])
def test_an_article_in_source_is_read_and_told(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / "source" / f"grief{suffix}"
    path.parent.mkdir()
    path.write_bytes((FRONT + WORDS).encode("cp1252"))
    reading = read_article(path, path.parent)
    assert reading.article
    assert "café…" in " ".join(each.text for each in article_sentences(reading.article))
    assert [each.code for each in reading.findings] == ["guessed-letters"]
    assert reading.findings[0].place and reading.findings[0].place.line == 8
    assert set(READERS) >= {".md", ".txt", ".eml"}


def test_the_bullets_of_an_old_mac_are_bullets() -> None:
    content = "What helps\n\n\t·\ta walk\n\t·\ta talk\n\n£60 it is.\n".encode("mac_roman")
    text, _ = decoded(content, Origin("source/a.txt", "a", Path("source")))
    assert "·\ta walk" in text and "£60" in text
