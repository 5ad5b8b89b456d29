"""Our own words come from a catalogue, and another package brings another language."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from leafcast.locale.language import ENGLISH, is_known, language_of
from leafcast.locale.messages import (
    CATALOGUE,
    in_program,
    in_template,
    messages,
    write_catalogue,
)

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
