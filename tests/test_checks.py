"""Each check, on an article it has nothing to say of and on one with a fault."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from leafcast.checks.colours import check_colours
from leafcast.checks.cures import in_words, with_source
from leafcast.checks.dates import check_dates
from leafcast.checks.transcript import check_transcript, read_cues
from leafcast.checks.words import check_words
from leafcast.design.colours import contrast
from leafcast.document.article import Article, Face, Paragraph, Sentence, Text
from leafcast.document.publication import Publication
from leafcast.document.report import Finding, Place, Severity
from leafcast.practice.project import Credential, CrisisLine, Look, Practice, Project
from tests.conftest import ROOT

PRACTICE = Practice("Jo Example", "https://example.org")


def an_article(*sentences: str) -> Article:
    place = Place("source/quiet-hour.md", 9)
    told = tuple(Sentence(f"s{n}", (Text(text),)) for n, text in enumerate(sentences))
    return Article(
        slug="quiet-hour",
        source="source/quiet-hour.md",
        title="A Quiet Hour",
        author="Jo Example",
        language="en-GB",
        published=date(2026, 3, 1),
        review=date(2028, 3, 1),
        introduction=(Paragraph("b1", place, told),),
    )


def a_publication(
    folder: Path, article: Article | None = None, practice: Practice = PRACTICE
) -> Publication:
    return Publication(article or an_article("It is quiet."), Project(folder, practice))


# ---------------------------------------------------------------- dates


def test_nothing_is_due(tmp_path: Path) -> None:
    assert not list(check_dates(a_publication(tmp_path), tmp_path))


def test_a_review_that_is_due_is_named(tmp_path: Path) -> None:
    late = replace(an_article("It is quiet."), review=date(2026, 11, 23))
    (finding,) = check_dates(a_publication(tmp_path, late), tmp_path)
    assert finding.code == "review-due"
    assert "23 November 2026" in finding.message


def test_an_expired_credential_is_named(tmp_path: Path) -> None:
    credentials = (Credential("MBACP", date(2026, 1, 1)), Credential("MSc"))
    practice = replace(PRACTICE, credentials=credentials)
    (finding,) = check_dates(a_publication(tmp_path, practice=practice), tmp_path)
    assert finding.code == "credential-expired"
    assert "MBACP" in finding.message


# ---------------------------------------------------------------- colours


@pytest.mark.parametrize(
    ("colour", "ground", "ratio"),
    [("#000000", "#FFFFFF", 21.0), ("#777777", "#FFFFFF", 4.48), ("#1F5A5E", "#FFFFFF", 7.8)],
)
def test_contrast_is_wcags(colour: str, ground: str, ratio: float) -> None:
    assert contrast(colour, ground) == pytest.approx(ratio, abs=0.05)
    assert contrast(ground, colour) == contrast(colour, ground)


def test_the_house_colours_can_be_read(tmp_path: Path) -> None:
    assert not list(check_colours(a_publication(tmp_path), tmp_path))


@pytest.mark.parametrize(
    ("look", "role"),
    [
        (Look(accent="#7FB5B0"), "accent"),
        (Look(second="#FFD400"), "second"),
        (Look(ink="#909090"), "ink"),
        (Look(accent="#000000", paper="#806040"), "paper"),
    ],
)
def test_a_faint_colour_is_told_once_with_the_one_that_is_used(
    tmp_path: Path, look: Look, role: str
) -> None:
    practice = replace(PRACTICE, look=look)
    (finding,) = check_colours(a_publication(tmp_path, practice=practice), tmp_path)
    assert finding.code == "colour-too-faint"
    assert f"The {role} colour {getattr(look, role)}" in finding.message
    used = finding.fix.split('"')[1]
    assert not list(
        check_colours(
            a_publication(tmp_path, practice=replace(practice, look=replace(look, **{role: used}))),
            tmp_path,
        )
    )


def test_a_faint_colour_of_one_article_is_told_in_that_article(tmp_path: Path) -> None:
    article = replace(an_article("It is quiet."), face=Face(accent="#F7C6D9"))
    (finding,) = check_colours(a_publication(tmp_path, article), tmp_path)
    assert finding.place and finding.place.path == article.source


# ---------------------------------------------------------------- words


def test_short_plain_sentences_pass(tmp_path: Path) -> None:
    assert not list(check_words(a_publication(tmp_path), tmp_path))


@pytest.mark.parametrize(
    ("sentence", "code"),
    [(" ".join(["word"] * 26) + ".", "long-sentence"), ("It is healing.", "claim")],
)
def test_advice_is_kind_and_only_advice(tmp_path: Path, sentence: str, code: str) -> None:
    (finding,) = check_words(a_publication(tmp_path, an_article(sentence)), tmp_path)
    assert (finding.code, finding.severity) == (code, Severity.ADVICE)
    assert sentence in finding.message
    assert finding.place == Place("source/quiet-hour.md", 9)


# ---------------------------------------------------------------- cures


def test_no_check_sends_the_owner_away_with_nothing_to_do() -> None:
    """“Report it” is said of our own faults alone: where no words of the article are at fault."""
    allowed = ROOT / "leafcast/checks/prints/cures.py"
    modules = (path for path in (ROOT / "leafcast/checks").rglob("*.py") if path != allowed)
    assert [path.name for path in modules if "report it" in path.read_text("utf-8")] == []


def test_a_fault_names_the_line_of_the_words_it_quotes(tmp_path: Path) -> None:
    publication = a_publication(tmp_path, an_article("It is quiet.", "You wait."))
    assert with_source("Do so", "Lost: “It is quiet.”", publication) == (
        "Do so (source/quiet-hour.md:9)"
    )
    assert with_source("Do so", "Lost: “Nowhere at all.”", publication) == "Do so"


def test_a_sentence_is_told_in_its_words_not_by_its_id(tmp_path: Path) -> None:
    article = an_article("It is quiet.")
    (block,) = article.introduction
    assert isinstance(block, Paragraph)
    named = replace(block, sentences=(replace(block.sentences[0], id="s0123456789"),))
    publication = a_publication(tmp_path, replace(article, introduction=(named,)))
    assert in_words("s0123456789 ends before it does", publication) == (
        "“It is quiet.” ends before it does"
    )
    assert in_words("s9999999999 is no sentence", publication) == "s9999999999 is no sentence"


# ---------------------------------------------------------------- transcript

VTT = """WEBVTT

s0
00:00:00.500 --> 00:00:01.500
It is quiet.

s1
00:00:02.000 --> 00:00:03.000
You sit &amp; wait.
"""


def _transcript_findings(folder: Path, vtt: str, practice: Practice = PRACTICE) -> list[Finding]:
    (folder / "quiet-hour.vtt").write_text(vtt, encoding="utf-8")
    article = an_article("It is quiet.", "You sit & wait.")
    return list(check_transcript(a_publication(folder, article, practice=practice), folder))


def the_findings(folder: Path, vtt: str) -> list[str]:
    return [each.code for each in _transcript_findings(folder, vtt)]


ANNOUNCED = """
announced_1
00:00:03.500 --> 00:00:04.000
[Samaritans. Call free on 116 123.]
"""
HELP = CrisisLine("Samaritans", "Call free on 116 123")


def test_captions_hold_what_is_announced_and_every_line_of_help(tmp_path: Path) -> None:
    """A deaf listener needs the numbers as others do (WCAG 1.2.2)."""
    practice = replace(PRACTICE, crisis=(HELP,))
    found = [
        [each.message for each in _transcript_findings(tmp_path, vtt, practice)]
        for vtt in (VTT + ANNOUNCED, VTT, VTT + ANNOUNCED.replace("00:00:03.500", "00:00:03.900"))
    ]
    assert found == [[], ["The captions do not say “Samaritans. Call free on 116 123.”"], []]


def test_a_long_stretch_without_captions_is_found(tmp_path: Path) -> None:
    late = VTT.replace("00:00:02.000", "00:00:07.000").replace("00:00:03.000", "00:00:08.000")
    assert the_findings(tmp_path, late) == ["captions-missing"]


def test_a_transcript_is_the_article(tmp_path: Path) -> None:
    assert read_cues(VTT) == [(500, 1500, "It is quiet."), (2000, 3000, "You sit & wait.")]
    assert the_findings(tmp_path, VTT) == []


@pytest.mark.parametrize(
    ("what", "there", "code"),
    [
        ("It is quiet.", "It is.", "transcript-differs"),
        ("wait.", "wait. Again.", "transcript-differs"),
        ("00:00:02.000", "00:00:01.400", "cue-out-of-order"),
        ("00:00:03.000", "00:00:02.000", "cue-out-of-order"),
    ],
)
def test_a_fault_in_a_transcript_is_found(tmp_path: Path, what: str, there: str, code: str) -> None:
    assert the_findings(tmp_path, VTT.replace(what, there)) == [code]
