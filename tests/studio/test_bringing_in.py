"""A file that is dropped, and the four questions: into the files the command line reads."""

from __future__ import annotations

import io
import json
import re
import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.shared import Pt
from PIL import Image

from leafcast.document.article import Article
from leafcast.document.errors import LeafcastError, SettingsError, UsageError
from leafcast.document.origin import Origin
from leafcast.document.report import Finding, Severity
from leafcast.practice.project import Project, load_project
from leafcast.readers import READERS
from leafcast.studio import incoming
from leafcast.studio.practice_file import (
    Answers,
    answers_of,
    is_address,
    read_answers,
    why_not,
    write_answers,
)
from leafcast.studio.server import running
from leafcast.studio.studio import Studio
from leafcast.studio.wording import FILE_WORDS, notice_of
from leafcast.studio.writing import add_picture
from tests.conftest import ROOT
from tests.studio.asked import post
from tests.studio.test_access import ask
from tests.word_files import saved


@cache
def first_session(first: str = "We sit down, and I ask what brings you.") -> bytes:
    """A Word file as people write them: nothing in it is marked as a heading."""
    document: Any = docx.Document()
    title = document.add_paragraph().add_run("Your first session")
    title.bold, title.font.size = True, Pt(22)
    document.add_paragraph(
        "It is natural to feel nervous before meeting a therapist for the first time. Most do."
    )
    for heading, words in (
        ("What happens", first),
        ("What does not happen", "I will not judge you."),
    ):
        document.add_paragraph().add_run(heading).bold = True
        document.add_paragraph(words)
    return saved(document)


@pytest.fixture
def project(practice: Path) -> Project:
    return load_project(practice)


def test_a_dropped_word_file_waits_until_she_says_yes(project: Project) -> None:
    before = set(project.source.rglob("*"))
    id_ = incoming.take(project, "Your first session.docx", first_session())
    found = incoming.guesses(project, id_)
    assert set(project.source.rglob("*")) == before
    assert found.article.title == "Your first session"
    assert found.headings == ("What happens", "What does not happen")
    assert "says no date" in found.said("published") or "today" in found.said("published")
    facts = {"title": "The First Session", "author": "Jo Example", "published": "2026-03-01"}
    slug = incoming.keep(project, id_, facts, frozenset({"What does not happen"}))
    text = (project.source / f"{slug}.md").read_text("utf-8")
    assert slug == "the-first-session"
    assert 'title: "The First Session"' in text and "published: 2026-03-01" in text
    assert "## What happens" in text and "**What does not happen**" in text
    assert (project.source / "originals" / "the-first-session.docx").is_file()
    assert not list((project.work / "studio" / "incoming").glob("*"))


def test_a_file_that_was_not_meant_leaves_nothing(project: Project) -> None:
    before = set(project.source.rglob("*"))
    id_ = incoming.take(project, "a.docx", first_session())
    incoming.leave(project, id_)
    assert set(project.source.rglob("*")) == before
    with pytest.raises(UsageError):
        incoming.guesses(project, id_)


def test_no_article_is_written_over(project: Project) -> None:
    for _ in range(2):
        id_ = incoming.take(project, "a.docx", first_session())
        found = incoming.guesses(project, id_)
        if not found.there:
            incoming.keep(project, id_, {}, frozenset())
    assert found.there
    with pytest.raises(UsageError, match="already"):
        incoming.keep(project, id_, {}, frozenset())


def test_a_newer_file_keeps_her_corrections(project: Project) -> None:
    slug = incoming.keep(
        project, incoming.take(project, "Your first session.docx", first_session()), {}, frozenset()
    )
    path = project.source / f"{slug}.md"
    path.write_text(
        path.read_text("utf-8").replace("I will not judge you.", "Nobody is judged."), "utf-8"
    )
    newer = first_session("We sit down together.")
    before = {each: each.read_bytes() for each in project.source.rglob("*") if each.is_file()}
    id_ = incoming.take(project, "Your first session.docx", newer)
    (differs,) = incoming.newer(project, id_, slug)
    assert "".join(words for _, words in differs.now) == "We sit down together."
    assert before == {e: e.read_bytes() for e in project.source.rglob("*") if e.is_file()}
    again, _ = incoming.keep_as_newer(project, id_, slug)
    text = path.read_text("utf-8")
    assert again == slug
    assert "We sit down together." in text and "Nobody is judged." in text


def test_a_newer_file_is_known_by_its_words_whatever_it_is_called(practice: Path) -> None:
    """She gave the article another title when she brought it in, and the file another name since."""
    with running(practice) as studio:
        project = studio.studio.project
        title = {"title": "Before We Meet"}
        id_ = incoming.take(project, "Your first session.docx", first_session())
        assert incoming.keep(project, id_, title, frozenset()) == "before-we-meet"
        again = incoming.take(
            project, "Session final (2).docx", first_session("We sit down together.")
        )
        seen = ask(studio, f"/incoming/{again}").read().decode()
        assert "This looks like a newer form of “Before We Meet”" in seen
        assert "We sit down together." in seen and 'name="of" value="before-we-meet"' in seen
        where = f"/incoming/{again}/newer"
        assert ask(studio, where, "POST", "of=no-such-article").status == 409
        answer = ask(studio, where, "POST", "of=before-we-meet")
        assert answer.headers["Location"] == "/article/before-we-meet"
        text = (project.source / "before-we-meet.md").read_text("utf-8")
        assert "We sit down together." in text and 'title: "Before We Meet"' in text
        assert not (project.source / "your-first-session.md").exists()
        assert ask(studio, where, "POST", "of=before-we-meet").status == 409


@pytest.mark.parametrize("shared", [0, 3, 4, 7])
def test_only_a_file_with_most_of_its_sentences_is_a_newer_form(
    project: Project, shared: int
) -> None:
    words = [f"This is sentence number {at} of it." for at in range(8)]
    there = article_in(project, "the-old-one", words)
    others = (article_in(project, "another", ["Nothing of that is in here."]), there)
    fresh = [*words[:shared], *(f"A fresh one, the {at}th." for at in range(8 - shared))]
    id_ = incoming.take(project, "x.txt", ("A title\n\n" + "\n\n".join(fresh)).encode())
    assert incoming.guesses(project, id_, others).like == ("the-old-one" if shared > 3 else "")


def article_in(project: Project, slug: str, words: list[str]) -> Article:
    head = "title: T\nauthor: A\nlanguage: en-GB\npublished: 2026-01-01\nreview: 2028-01-01"
    text = f"---\n{head}\n---\n\n" + "\n\n".join(words) + "\n"
    article = READERS[".md"](text, Origin(f"source/{slug}.md", slug, project.source)).article
    assert article
    return article


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("scan.pdf", b"%PDF-1.7"),
        ("broken.docx", b"PK\x03\x04 nothing"),
        ("empty.txt", b""),
        ("../../evil.docx", b"no"),
        ("no ending", b"words"),
        ("picture.png", b"\x89PNG"),
    ],
)
def test_what_is_no_article_is_told_and_leaves_nothing(
    project: Project, name: str, content: bytes
) -> None:
    before = set(project.folder.rglob("*.md"))
    with pytest.raises(LeafcastError) as raised:
        incoming.take(project, name, content)
    assert raised.value.message
    assert not list((project.work / "studio" / "incoming").glob("*"))
    assert set(project.folder.rglob("*.md")) == before


def test_a_name_leads_nowhere_else(project: Project) -> None:
    text = b"My title\n\nThese are words of an article, and there are enough of them.\n"
    names = (
        "../../x.txt", "..\\..\\x.txt", "/etc/x.txt", "a\x00b.txt", "é" * 300 + ".txt",
        "CON.txt", "aux .txt", "LPT1.backup.txt", "🌿 leaf.txt", "‮txt.exe.txt", " .txt .txt",
        "two\nlines.txt", "C:x.txt", "x.txt:stream.txt", "ends in dots....txt", "~$lock.txt",
    )  # fmt: skip
    for name in names:
        id_ = incoming.take(project, name, text)
        files = [path for path in project.folder.rglob("*.txt") if "dropped" in path.parts]
        assert len(files) == 1 and files[0].is_relative_to(project.work)
        assert not re.search(r"[\x00-\x1f:*?<>|\"\\]|[ .]$", files[0].name)
        assert not re.fullmatch(r"(?i)(con|aux|lpt1)\W*", files[0].name.partition(".")[0])
        incoming.leave(project, id_)


# ---------------------------------------------------------------- the four questions


def test_the_answers_go_into_the_practices_own_file(practice: Path) -> None:
    file = practice / "source" / "practice.toml"
    shipped = (ROOT / "source" / "practice.toml").read_text("utf-8")
    file.write_text(shipped, "utf-8")
    answers = Answers(
        "Jo Example", "Counsellor", "01632 960 142", "", "https://jo.example", "#40551F"
    )
    write_answers(practice, answers)
    text = file.read_text("utf-8")
    read = load_project(practice).practice
    assert read.contact.phone == "01632 960 142"
    assert (read.name, read.look.accent, read.website) == (
        "Jo Example",
        "#40551F",
        "https://jo.example",
    )
    notes = [line for line in shipped.splitlines() if line.startswith("#")]
    assert [line for line in text.splitlines() if line.startswith("#")] == notes
    before, after = tomllib.loads(shipped), tomllib.loads(text)
    for table in ("crisis", "sound", "leaflet"):
        assert after[table] == before[table]


def test_an_answer_taken_back_is_not_printed(practice: Path) -> None:
    write_answers(
        practice, Answers("Jo", "", "01632 960 142", "jo@example.org", "https://jo.example")
    )
    write_answers(practice, Answers("Jo", "", "", "", ""))
    read = load_project(practice).practice
    assert (read.contact.phone, read.contact.email, read.description) == ("", "", "")
    assert read.website == ""
    assert read_answers(practice).website == ""


def test_a_practice_begins_from_nothing(tmp_path: Path) -> None:
    assert read_answers(tmp_path) == Answers()
    write_answers(tmp_path, Answers("Ann “Annie” O'Neill & Co.", 'says "hello"', "01632 960 142"))
    read = load_project(tmp_path).practice
    assert read.name == "Ann “Annie” O'Neill & Co."
    assert read.description == 'says "hello"'
    assert len(read.crisis) == 4


def test_the_same_answers_change_nothing(practice: Path) -> None:
    write_answers(practice, read_answers(practice))
    before = (practice / "source" / "practice.toml").read_bytes()
    write_answers(
        practice,
        answers_of({"name": "Jo Example", "description": "Counsellor", "website": "example.org"}),
    )
    assert (practice / "source" / "practice.toml").read_bytes() == before


@pytest.mark.parametrize(
    ("website", "is_one"),
    [
        ("https://jo.example", True),
        ("https://www.jo-example.co.uk/leaflets/?a=b", True),
        ("http://jo.example:8080", True),
        ("https://münchen.example", True),
        ("https://not a website", False),
        ("https://jo", False),
        ("https://jo..example", False),
        ("https://.example", False),
        ("https://", False),
        ("https://jo.example/my page", False),
    ],
)
def test_a_website_is_something_that_a_person_can_type(website: str, is_one: bool) -> None:
    assert is_address(website) == is_one


def test_a_website_stays_as_it_was_written(practice: Path) -> None:
    """She sees it without what begins it; what she did not change is not changed."""
    file = practice / "source" / "practice.toml"
    text = file.read_text("utf-8").replace("https://example.org", "http://www.example.org/")
    file.write_text(text, "utf-8")
    answers = read_answers(practice)
    assert answers.short_website == "example.org"
    write_answers(practice, replace(answers, phone="01632 960 142"))
    assert 'website = "http://www.example.org/"' in file.read_text("utf-8")
    write_answers(practice, answers_of({"name": "Jo", "website": answers.short_website}))
    assert 'website = "http://www.example.org/"' in file.read_text("utf-8")
    write_answers(practice, answers_of({"name": "Jo", "website": "example.com"}))
    assert load_project(practice).practice.website == "https://example.com"


def test_an_answer_that_cannot_be_writes_nothing(practice: Path) -> None:
    before = (practice / "source" / "practice.toml").read_bytes()
    with pytest.raises(SettingsError):
        write_answers(practice, Answers("Jo", website="https://not a <site>"))
    assert (practice / "source" / "practice.toml").read_bytes() == before
    assert sorted(path.name for path in (practice / "source").iterdir()) == [
        "practice.toml",
        "quiet-hour.md",
    ]


def test_no_finding_speaks_of_files() -> None:
    """What a finding advises for the file is not shown where nobody sees a file."""
    for fix in (
        "Write leaflet: drop under the heading",
        "Look into source/a.md",
        "leafcast new x",
        "If it is none, take the ## before it away",
    ):
        notice = notice_of(Finding("something", Severity.WARNING, "source/a.md: a thing", fix))
        assert notice.cure == ""
        assert notice.words == "A thing"
    kind = notice_of(Finding("long-sentence", Severity.ADVICE, "A long one", "Write ## x"))
    assert kind.cure and not FILE_WORDS.search(kind.cure) and not kind.weighty


def a_picture() -> bytes:
    held = io.BytesIO()
    Image.new("RGB", (300, 200), "#335577").save(held, "PNG")
    return held.getvalue()


def test_a_logo_lies_beside_the_practice_and_counts_once_it_is_kept(practice: Path) -> None:
    studio = Studio(practice)
    name = add_picture(studio, "logo", "My Logo.PNG", a_picture())
    assert (practice / "source" / name).read_bytes() == a_picture()
    assert load_project(practice).practice.look.logo == ""
    given = {"name": "Jo Example", "logo": name, "logo_alt": " A leaf "}
    write_answers(practice, answers_of(given))
    look = load_project(practice).practice.look
    assert (look.logo, look.logo_alt) == (name, "A leaf")
    assert read_answers(practice).logo == name
    assert add_picture(studio, "logo", "another.png", a_picture()) != name
    write_answers(practice, answers_of({**given, "logo": ""}))
    assert "logo" not in (practice / "source" / "practice.toml").read_text("utf-8")


def test_a_logo_is_put_in_before_the_first_answer(tmp_path: Path) -> None:
    """The folder is empty: there is neither practice nor source yet."""
    studio = Studio(tmp_path / "My leaflets")
    studio.folder.mkdir()
    answer = post(studio, "/face/logo", a_picture(), x_name="Mein%20Blatt.PNG")
    assert json.loads(bytes(answer.body)) == {"path": "logo-1.png"}
    given = "name=Ann+Example&logo=logo-1.png&logo_alt=A+leaf&accent=%2340551F"
    assert post(studio, "/practice", given).status_code == 303
    look = load_project(studio.folder).practice.look
    assert (look.logo, look.logo_alt, look.accent) == ("logo-1.png", "A leaf", "#40551F")
    assert load_project(studio.folder).practice.website == ""


def test_a_logo_without_words_is_asked_for_them(practice: Path) -> None:
    before = (practice / "source" / "practice.toml").read_bytes()
    with pytest.raises(SettingsError) as caught:
        write_answers(practice, answers_of({"name": "Jo Example", "portrait": "me.jpg"}))
    assert why_not(caught.value).startswith("Say in a few words what the picture shows")
    assert (practice / "source" / "practice.toml").read_bytes() == before


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("logo.pdf", b"%PDF-1.7"),
        ("logo.png", b"not a picture"),
        ("logo.svg", b"<html>"),
        ("logo", b""),
        ("../../logo.exe", b"MZ"),
    ],
)
def test_what_is_no_picture_is_not_kept(practice: Path, name: str, content: bytes) -> None:
    before = sorted(practice.rglob("*"))
    with pytest.raises(UsageError):
        add_picture(Studio(practice), "logo", name, content)
    assert sorted(practice.rglob("*")) == before
