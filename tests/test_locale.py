"""Our own words come from a catalogue, and another package brings another language."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from leafcast.document.article import article_sentences
from leafcast.locale.language import ENGLISH, all_versions, is_known, language_of
from leafcast.locale.messages import (
    CATALOGUE,
    in_program,
    in_template,
    messages,
    write_catalogue,
)
from leafcast.readers import read_article

PSEUDO = Path(__file__).parent / "pseudo"


@pytest.fixture
def pseudo(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A language that a package beside leafcast brings."""
    monkeypatch.syspath_prepend(str(PSEUDO))
    language_of.cache_clear()
    yield
    language_of.cache_clear()


def test_the_catalogue_is_what_program_and_templates_say() -> None:
    found = messages()
    assert len(found) > 120
    assert CATALOGUE.read_text("utf-8") == write_catalogue(found)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ('say.gettext("One").format(a=1)', [("One",)]),
        ('gettext("One" if a else "Two")', [("One",), ("Two",)]),
        ('ngettext("{count} day", "{count} days", 3)', [("{count} day", "{count} days")]),
        ("gettext(words)", []),
        ('print("One")', []),
    ],
)
def test_our_words_are_found_in_a_program(source: str, words: list[tuple[str, ...]]) -> None:
    assert list(in_program(source)) == words


def test_our_words_are_found_in_a_template() -> None:
    source = '<p title="{{ _("One") }}">Two {{ three }} {{ ngettext("a day", "days", n) }}</p>'
    assert list(in_template(source)) == [("One",), ("a day", "days")]


@pytest.mark.parametrize("tag", ["en", "en-GB", "en-US", "cy", "xx-Latn"])
def test_without_another_language_our_words_are_english(tag: str) -> None:
    assert language_of(tag) is ENGLISH
    assert is_known(tag) == tag.startswith("en")
    assert ENGLISH.within(tag) == ("" if tag.startswith("en") else "en-GB")
    assert language_of(tag).in_words(date(2026, 11, 30)) == "30 November 2026"


@pytest.mark.usefixtures("pseudo")
def test_a_package_brings_a_language() -> None:
    language = language_of("qps-Latn")
    assert language.tag == "qps"
    assert is_known("qps-Latn") and language.within("qps-Latn") == "" and language.within("en")
    assert language.gettext("Note {number}").format(number=3) == "Noteòù 3"
    assert language.ngettext("{count} row", "{count} rows", 2) == "{count} rowsòù"
    assert language.gettext("No words of ours") == "No words of ours"
    assert language.in_words(date(2026, 3, 2)) == "2 Marchòù 2026"


FACTS = {"title": "Zalt", "author": "Zoe", "published": "2026-01-01", "review": "2028-01-01"}
LINES = "".join(f"{key}: {words}\n" for key, words in FACTS.items())
METAS = "".join(f'<meta name="{key}" content="{words}">' for key, words in FACTS.items())
CUT = {
    "md": f"---\n{LINES}language: LANGUAGE\n---\n\nZaun. Zw. Zimt. Zahn.\n",
    "txt": f"---\n{LINES}language: LANGUAGE\n---\n\nZaun. Zw. Zimt. Zahn.\n",
    "html": f'<html lang="LANGUAGE"><title>Zalt</title>{METAS}'
    "<article><h1>Zalt</h1><p>Zaun. Zw. Zimt. Zahn.</p></article></html>",
}
"""The same words in files of several kinds; whether Zw. ends a sentence, its language says."""


@pytest.mark.usefixtures("pseudo")
@pytest.mark.parametrize("suffix", CUT)
@pytest.mark.parametrize(
    ("language", "wanted"),
    [
        ("qps", ["Zaun.", "Zw. Zimt.", "Zahn."]),
        ("en-GB", ["Zaun.", "Zw.", "Zimt.", "Zahn."]),
    ],
)
def test_a_language_says_where_sentences_end(
    tmp_path: Path, suffix: str, language: str, wanted: list[str]
) -> None:
    path = tmp_path / f"zorn.{suffix}"
    path.write_text(CUT[suffix].replace("LANGUAGE", language), "utf-8")
    article = read_article(path, tmp_path).article
    assert article and article.language == language
    assert [each.text for each in article_sentences(article)] == wanted


@pytest.mark.usefixtures("pseudo")
def test_an_article_is_read_anew_where_a_language_is() -> None:
    assert all_versions() == (("qps", "1"),)
