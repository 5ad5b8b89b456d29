"""What can be done about a finding at the press of a button, and advice that was left."""

from __future__ import annotations

from pathlib import Path

import pytest

from leafcast.checks.contact import check_contact, digits_of, nearly, numbers_in
from leafcast.document.publication import Publication
from leafcast.document.report import Finding, Severity
from leafcast.practice.project import load_project
from leafcast.readers.folder import read_source
from leafcast.state.manifest import read_manifest
from leafcast.studio.articles import Articles
from leafcast.studio.entries import Entry
from leafcast.studio.mending import MENDS, leave, mends_of, quotes_of
from leafcast.studio.wording import FILE_WORDS, notice_of

SENTENCE = "You sit down."
LONG = "It is a very long sentence which goes on and on " + "and on again " * 8 + "until it ends."


def entry(practice: Path, **changed: str) -> Entry:
    """The article as the studio has it, with words put in place of others."""
    file = practice / "source" / "quiet-hour.md"
    text = file.read_text("utf-8")
    for old, new in changed.items():
        text = text.replace({"sentence": SENTENCE, "review": "review: 2028-03-01"}[old], new)
    file.write_text(text, "utf-8")
    project = load_project(practice)
    return Articles().entry(project, file, read_manifest(project.dist))


def with_phone(practice: Path, phone: str) -> None:
    file = practice / "source" / "practice.toml"
    file.write_text(
        file.read_text("utf-8").replace("[contact]", f'[contact]\nphone = "{phone}"'), "utf-8"
    )


@pytest.mark.parametrize(
    ("words", "own", "found"),
    [
        ("Ring 01632 960 124.", "01632 960 142", ["01632 960 124"]),
        ("Ring 01632 960 142.", "01632 960 142", []),
        ("Ring (01632) 960124 or write.", "01632 960 142", ["(01632) 960124"]),
        ("Ring +44 1632 960 142.", "01632 960 142", []),
        ("Ring +44 (0)1632 960142.", "01632 960 142", []),
        ("Ring 0044 1632 960 143.", "01632 960 142", ["0044 1632 960 143"]),
        ("Ring 01632 96014 today.", "01632 960 142", ["01632 96014"]),
        ("Ring 01632-960-149.", "+44 1632 960 142", ["01632-960-149"]),
        ("Ring 0300 123 3393 at night.", "01632 960 142", []),
        ("Ring 0300 123 3394 at night.", "0300 123 3395", []),  # a helpline that is named below
        ("It costs 0.163 or 2026-01-02, from 10 to 20.", "01632 960 142", []),
        ("Ring 01632 960 124.", "", []),
    ],
)
def test_a_number_that_is_nearly_her_own_is_told(
    practice: Path, words: str, own: str, found: list[str]
) -> None:
    if own:
        with_phone(practice, own)
    file = practice / "source" / "practice.toml"
    file.write_text(file.read_text("utf-8").replace("116 123", "0300 123 3394"), "utf-8")
    source = practice / "source" / "quiet-hour.md"
    source.write_text(source.read_text("utf-8").replace(SENTENCE, words), "utf-8")
    project = load_project(practice)
    article = read_source(project, source).article
    assert article
    told = list(check_contact(Publication(article, project), project.dist))
    assert [quotes_of(each)[0] for each in told] == found
    assert all(each.place and each.place.line for each in told)


def test_numbers_are_compared_as_they_are_dialled() -> None:
    assert digits_of("+44 (0) 1632 960 142") == digits_of("01632 960142") == "01632960142"
    assert not nearly("01632960142", "01632960142")
    assert nearly("01632960142", "0163296014")
    assert not nearly("01632960142", "07700900461")
    assert list(numbers_in("Call 116 123, or text SHOUT to 85258")) == []


def test_one_of_two_numbers_is_used(practice: Path) -> None:
    with_phone(practice, "01632 960 142")
    (notice,) = entry(practice, sentence="You can ring me on 01632 960 124.").weighty
    here, everywhere = notice.mends
    assert here.words == "Use …142 here"
    assert here.values == {"old": "01632 960 124", "new": "01632 960 142"}
    assert everywhere.words == "Use …124 everywhere"
    assert everywhere.values == {"to": "/phone", "phone": "01632 960 124"}
    assert "toml" not in notice.words and not FILE_WORDS.search(notice.cure)


def test_a_review_that_is_due_is_done_with_one_button(practice: Path) -> None:
    (notice,) = entry(practice, review="review: 2026-04-01").weighty
    (mend,) = notice.mends
    assert mend.values == {"published": "2026-11-24", "review": "2027-11-24"}


def test_advice_is_told_at_once_and_once_it_is_left_no_more(practice: Path) -> None:
    """Until the sentence changes: then it is another one."""
    (notice,) = entry(practice, sentence=LONG).notices
    assert (notice.code, notice.quotes[0], notice.weighty) == ("long-sentence", LONG, False)
    project = load_project(practice)
    leave(project, notice.key, again=False)
    assert entry(practice).notices == ()
    leave(project, notice.key, again=True)
    assert entry(practice).notices == (notice,)
    leave(project, notice.key, again=False)
    file = practice / "source" / "quiet-hour.md"
    file.write_text(file.read_text("utf-8").replace("until it ends", "until it stops"), "utf-8")
    assert len(entry(practice).notices) == 1


def test_what_the_trifold_was_made_without_can_be_left_out(practice: Path) -> None:
    words = "The trifold leaflet cannot hold it; leafcast left out “One” and “Two, or more”"
    (mend,) = mends_of(Finding("trifold-cut", Severity.WARNING, words), None)
    assert mend.values == {"titles": "One\nTwo, or more"}


def test_what_is_to_be_put_right_cannot_be_left(practice: Path) -> None:
    with_phone(practice, "01632 960 142")
    (notice,) = entry(practice, sentence="Ring 01632 960 124.").notices
    leave(load_project(practice), notice.key, again=False)
    assert entry(practice).notices == (notice,)


def test_a_sentence_is_quoted_whole_with_its_own_quotation_marks() -> None:
    found = Finding(
        "claim", Severity.ADVICE, "“healing” may be read as a claim: “It is “healing”, I say.”"
    )
    assert quotes_of(found)[0] == "It is “healing”, I say."


def test_buttons_say_nothing_of_files() -> None:
    for code, mends in MENDS.items():
        told = notice_of(Finding(code, Severity.WARNING, "x"))
        assert told.mends == mends == mends_of(Finding(code, Severity.WARNING, "x"), None)
        assert not any(FILE_WORDS.search(mend.words) for mend in mends)
