"""practice.toml: read whole, and every slip named with its line and the right word."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from leafcast.document.errors import SettingsError
from leafcast.practice.project import Project, load_project
from tests.conftest import PRACTICE, ROOT


def write(folder: Path, text: str) -> None:
    (folder / "source" / "practice.toml").write_text(text, encoding="utf-8")


def test_the_shipped_practice_is_read() -> None:
    practice = load_project(ROOT).practice
    assert practice.name == "Sarah James"
    assert practice.website == "https://sarahjamestherapy.co.uk"
    assert [line.how for line in practice.crisis] == [
        "Call 999 or go to A&E",
        "Call NHS 111 and choose option 2",
        "Call free on 116 123",
        "Text SHOUT, free, to 85258",
    ]


def test_addresses_are_the_websites(practice: Path) -> None:
    settings = load_project(practice).practice
    assert settings.address("quiet-hour") == "https://example.org/quiet-hour"
    assert settings.short_address("quiet-hour") == "example.org/quiet-hour"


def test_a_credential_has_a_date(practice: Path) -> None:
    write(practice, PRACTICE + '\n[[credential]]\nname = "MBACP"\nexpires = 2027-03-31\n')
    (credential,) = load_project(practice).practice.credentials
    assert credential.expires == date(2027, 3, 31)


SLIPS = [
    ("websit", PRACTICE.replace("website", "websit"), 4, "website"),
    ("contct", PRACTICE.replace("[contact]", "[contct]"), 6, "contact"),
    ("vioce", PRACTICE.replace("voice", "vioce"), 14, "voice"),
    ("is missing", PRACTICE.replace('name = "Jo Example"\n', ""), 1, "name"),
    ("words in quotes", PRACTICE.replace('"Counsellor"', "7"), 3, "description"),
    ("not a web address", PRACTICE.replace("https://", ""), 4, "website"),
    ("not a colour", PRACTICE + '\n[look]\naccent = "teal"\n', 17, "accent"),
    ("out of reach", PRACTICE + "target_lufs = -5\n", 15, "-30"),
    ("not a rate", PRACTICE + "bitrate_kbps = 97\n", 15, "96"),
    ("not a rate", PRACTICE + "sections_kbps = 65\n", 15, "64"),
    ("10 point", PRACTICE + "\n[leaflet]\nlarge_print = [18, 10]\n", 17, "16 to 36"),
    ("40 point", PRACTICE + "\n[leaflet]\nlarge_print = 40\n", 17, "16 to 36"),
    ("a size twice", PRACTICE + "\n[leaflet]\nlarge_print = [18, 18]\n", 17, "[18, 24]"),
    ("no size", PRACTICE + "\n[leaflet]\nlarge_print = []\n", 17, "[18, 24]"),
    ("whole number", PRACTICE + '\n[leaflet]\nlarge_print = ["big"]\n', 17, "large_print"),
    ("a date", PRACTICE + '\n[[credential]]\nname = "MBACP"\nexpires = "soon"\n', 18, "expires"),
    ("cannot be read", PRACTICE.replace('"Jo Example"', '"Jo Example'), 2, "name"),
    ("more than once", PRACTICE.replace("[[crisis]]", "[crisis]"), 9, "[[crisis]]"),
]


@pytest.mark.parametrize(("words", "text", "line", "fix"), SLIPS, ids=[s[0] for s in SLIPS])
def test_a_slip_is_named_with_line_and_fix(
    practice: Path, words: str, text: str, line: int, fix: str
) -> None:
    write(practice, text)
    with pytest.raises(SettingsError) as caught:
        load_project(practice)
    error = caught.value
    assert words in error.message
    assert error.line == line
    assert fix in error.hint
    assert error.path == "source/practice.toml"


@pytest.mark.parametrize(("said", "sizes"), [("[16, 36]", (16, 36)), ("20", (20,))])
def test_large_print_has_the_sizes_asked_for(
    practice: Path, said: str, sizes: tuple[int, ...]
) -> None:
    write(practice, PRACTICE + f"\n[leaflet]\nlarge_print = {said}\n")
    assert load_project(practice).practice.leaflet.large_print == sizes


def test_no_practice_says_where_to_look(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"source/practice\.toml is not there"):
        load_project(tmp_path)


def test_bytes_that_are_no_text_are_named_by_line(practice: Path) -> None:
    path = practice / "source" / "practice.toml"
    path.write_bytes(PRACTICE.encode() + b"# caf\xe9\n")
    with pytest.raises(SettingsError, match="UTF-8") as caught:
        load_project(practice)
    assert caught.value.line == 15


def test_the_projects_own_files_come_first(practice: Path) -> None:
    project = load_project(practice)
    (practice / "templates").mkdir()
    assert project.find("templates") == practice / "templates"
    assert project.find("pyproject.toml") == ROOT / "pyproject.toml"
    with pytest.raises(FileNotFoundError):
        project.find("templates/nowhere")


def test_a_project_is_plain_frozen_data(practice: Path) -> None:
    project = load_project(practice)
    assert project == load_project(practice)
    assert hash(project) == hash(Project(project.folder, project.practice, project.data))


@pytest.mark.parametrize(
    ("straight", "curly"),
    [
        ('name = "Jo Example"', "name = “Jo Example”"),
        ('name = "Jo Example"', "name = ‘Jo Example’"),
        ('name = "Jo Example"', 'name = "Jo Example”'),
        ('description = "Counsellor"', "description = “Counsellor”  # as on the card"),
    ],
)
def test_curly_quotation_marks_are_read_as_straight(
    straight: str, curly: str, practice: Path
) -> None:
    assert straight in PRACTICE
    wanted = load_project(practice).practice
    write(practice, PRACTICE.replace(straight, curly))
    assert load_project(practice).practice == wanted


def test_a_day_in_words_is_a_date(practice: Path) -> None:
    write(practice, PRACTICE + '\n[[credential]]\nname = "MBACP"\nexpires = "31 March 2027"\n')
    (credential,) = load_project(practice).practice.credentials
    assert credential.expires == date(2027, 3, 31)
