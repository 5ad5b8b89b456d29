"""An article in another language than can be spoken here: told, not read as nonsense, marked."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from leafcast.checks.languages import is_spoken, not_spoken
from leafcast.commands.cli import leafcast as command
from leafcast.document.article import Article, VoiceMark
from leafcast.document.report import Place, Severity
from leafcast.editions.table import heard_editions
from leafcast.readers import read_article

WELSH = """\
---
title: Beth yw galar
author: Jo Example
language: cy
published: 2026-11-24
review: 2029-11-24
---

Mae galar yn dod mewn tonnau.[^1]

## Beth sydd yn helpu

Cysgu.

[^1]: Nodyn.
"""


@pytest.fixture
def welsh(practice: Path) -> Path:
    (practice / "source/quiet-hour.md").unlink()
    (practice / "source/galar.md").write_text(WELSH, "utf-8")
    return practice


@pytest.fixture
def article(welsh: Path) -> Article:
    found = read_article(welsh / "source/galar.md", welsh / "source").article
    assert found
    return found


def test_what_is_nothing_without_sound() -> None:
    assert heard_editions() == {"sections", "episode", "slower", "epub", "daisy"}


@pytest.mark.parametrize("language", ["cy", "fr", "de-CH", "gd"])
def test_another_language_is_not_read_aloud(language: str, article: Article) -> None:
    foreign = replace(article, language=language)
    assert not is_spoken(foreign)
    (finding,) = not_spoken(foreign)
    assert (finding.code, finding.severity) == ("language-not-spoken", Severity.WARNING)
    assert f"“{language}”" in finding.message and "voice:" in finding.fix


@pytest.mark.parametrize("language", ["en", "en-GB", "en-IE"])
def test_english_is(language: str, article: Article) -> None:
    english = replace(article, language=language)
    assert is_spoken(english) and not_spoken(english) == ()


def test_a_voice_that_its_owner_names_reads_it(article: Article) -> None:
    named = replace(article, narrator=VoiceMark("nia", Place("source/galar.md", 2)))
    assert is_spoken(named) and is_spoken(article, "nia")
    assert "read in English" in not_spoken(named)[0].message


def test_leaflet_and_page_are_made_with_our_words_marked(welsh: Path) -> None:
    wanted = [word for name in ("a4", "page", "episode") for word in ("--edition", name)]
    run = CliRunner().invoke(command, ["build", *wanted, "--jobs", "1", "--project", str(welsh)])
    assert run.exit_code == 0, run.output
    assert "language-not-spoken" in run.output
    made = {path.name for path in (welsh / "dist/galar").iterdir()}
    assert "galar-a4.pdf" in made and "galar.mp3" not in made
    page = (welsh / "dist/galar/index.html").read_text("utf-8")
    assert page.count('<html lang="cy"') == 1
    for words in ("Get in touch", "If you need help straight away", "In this article", "Notes<",
                  "Take it with you", "Skip to the words", "Published 24 November"):  # fmt: skip
        before = page.partition(words)[0]
        opened = re.findall(r'<(\w+)[^<>]* lang="en-GB"[^<>]*>', before)
        assert opened, words
        last = before.rpartition('lang="en-GB"')[2]
        assert f"</{opened[-1]}>" not in last, words
    words = page.partition('id="_words"')[2].partition("Mae galar")[0]
    assert 'lang="en-GB"' not in words
