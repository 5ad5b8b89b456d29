"""Pages, mails, Markdown and Word files as people bring them: what `leafcast new` makes of them."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.text import WD_TAB_LEADER
from docx.shared import Cm, Pt
from PIL import Image

from leafcast.practice.project import Project, load_project
from leafcast.starting.from_file import make_text
from leafcast.starting.start import Start, Text

CASES = Path(__file__).with_name("brought_cases.txt").read_text("utf-8").split("\n=== ")[1:]
CHECKOUT = Path(__file__).resolve().parents[1]
KNOWN = {"author": "Sarah James, therapist and counsellor", "language": "en-GB"}
PUT_IN = {"summary", "published", "review"}


@pytest.fixture(scope="module")
def practice() -> Project:
    return load_project(CHECKOUT)


def started(practice: Project, name: str, content: bytes, folder: Path) -> Text:
    """What `leafcast new` writes of a file."""
    made = make_text(Start(practice, folder / name, content, folder))
    assert isinstance(made, Text), made
    return made


def written(made: Text) -> list[str]:
    """The lines of an article as the cases write them: what is known of it, and its body."""
    _, head, body = made.text.split("---\n", 2)
    facts = dict(line.split(": ", 1) for line in head.splitlines())
    said = {key: words.strip('"') for key, words in facts.items() if key not in PUT_IN}
    known = [f"{key}: {words}" for key, words in said.items() if words != KNOWN.get(key, "")]
    return [*known, *filter(None, body.splitlines())]


def parts(case: str) -> tuple[str, str, list[str], list[str]]:
    """The name of a case's file, what is in it, what it becomes, and what is told."""
    name, _, rest = case.partition("\n")
    source, _, wanted = rest.partition("\n=>\n")
    lines = wanted.splitlines()
    told = [line[2:] for line in lines if line.startswith("? ")]
    return name, source, [line for line in lines if line and line[:2] != "? "], told


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 20 and len({case.split("\n")[0] for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.split("\n")[0])
def test_what_people_bring(case: str, practice: Project, tmp_path: Path) -> None:
    name, source, wanted, told = parts(case)
    made = started(practice, name.replace(" ", "-"), source.encode(), tmp_path)
    assert written(made) == wanted
    messages = "\n".join(each.message for each in made.findings)
    for part in told:
        assert part in messages
    assert "words-lost" not in {each.code for each in made.findings}, messages


# ---------------------------------------------------------------- Word files without styles


def typed(document: Any, words: str, *, size: int = 0, bold: bool = False) -> Any:
    """A paragraph with nothing but direct formatting."""
    paragraph = document.add_paragraph()
    run = paragraph.add_run(words)
    run.bold = bold or None
    run.font.size = Pt(size) if size else None
    return paragraph


def letter(document: Any) -> None:
    for words in ("12 High Street", "Leeds LS1 4DY", "24 November 2026", "Dear client,"):
        typed(document, words)
    typed(document, "Re: Changes to my fees", bold=True)
    typed(document, "I write to let you know that my fees will change from 1 January.")
    typed(document, "With best wishes,")
    typed(document, "Sarah James")


def notice(document: Any) -> None:
    typed(document, "Privacy notice", size=18, bold=True)
    typed(document, "Who I am", size=14, bold=True)
    typed(document, "I am a counsellor in Leeds, and keep what you tell me in confidence.")
    typed(document, "How long I keep it", size=14, bold=True)
    for words in ("Contact details\t1 year", "Session notes\t7 years"):
        typed(document, words).paragraph_format.tab_stops.add_tab_stop(Cm(12))


def dated(document: Any) -> None:
    document.add_heading("What is grief", 0)
    typed(document, "Published 3 May 2026 | Review 3 May 2029")
    typed(document, "Language: English")
    typed(document, "Grief is a natural answer to loss, and it takes its time with most people.")


def paged(document: Any) -> None:
    document.add_heading("What is grief", 0)
    for number in "12":
        typed(
            document, "Grief is a natural answer to loss, and it takes its time with most people."
        )
        typed(document, f"Sarah James Counselling | Page {number}")


def raised(document: Any) -> None:
    document.add_heading("How it is", 1)
    paragraph = typed(document, "Ring 20")
    run = paragraph.add_run("3")
    run._r.get_or_add_rPr().append(run._r.makeelement(f"{W}position", {f"{W}val": "10"}))
    paragraph.add_run(" times.")


def numbered_lines(document: Any) -> None:
    document.add_heading("How it is", 1)
    run = typed(document, "1. Rest").runs[0]
    for words in ("2. Talk", "3. Sleep"):
        run.add_break()
        run.add_break()
        run.add_text(words)


def letter_of_a_practice(document: Any) -> None:
    for words in ("Example Counselling", "12 High Street", "Leeds LS1 4DY", "Dear client,"):
        typed(document, words)
    typed(document, "Re: Your first appointment", bold=True)
    typed(document, "We meet on Monday, and I look forward to it.")


def plan(document: Any) -> None:
    document.add_heading("My safety plan", 1)
    for words in ("o feeling hopeless", "o not sleeping"):
        typed(document, words)


def consent(document: Any) -> None:
    document.add_heading("Consent to counselling", 1)
    typed(document, "I have read and understood what is written above, and agree to it.")
    typed(document, "Name:\t\t\tDate:\t")
    lined = typed(document, "Signed\t")
    lined.paragraph_format.tab_stops.add_tab_stop(Cm(9), leader=WD_TAB_LEADER.HEAVY)
    dotted = typed(document, "Session fee\t£60")
    dotted.paragraph_format.tab_stops.add_tab_stop(Cm(9), leader=WD_TAB_LEADER.DOTS)
    typed(document, "Age ").add_run("      ").underline = True
    table = document.add_table(2, 2)
    for row, words in zip(table.rows, ("Telephone", "Next of kin"), strict=True):
        row.cells[0].text = words


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LINE = r"\_" * 20
WORD: dict[Callable[[Any], None], list[str]] = {
    letter: [
        "title: Changes to my fees", "12 High Street", "Leeds LS1 4DY", "24 November 2026",
        "Dear client,", "I write to let you know that my fees will change from 1 January.",
        "With best wishes,", "---", "**Sarah James**",
    ],
    notice: [
        "title: Privacy notice", "## Who I am",
        "I am a counsellor in Leeds, and keep what you tell me in confidence.",
        "## How long I keep it", "Contact details 1 year", "Session notes 7 years",
    ],
    letter_of_a_practice: [
        "title: Your first appointment", "Example Counselling", "12 High Street", "Leeds LS1 4DY",
        "Dear client,", "We meet on Monday, and I look forward to it.",
    ],
    plan: ["title: My safety plan", "- feeling hopeless", "- not sleeping"],
    consent: [
        "title: Consent to counselling",
        "I have read and understood what is written above, and agree to it.",
        f"Name: {LINE} Date: {LINE}", f"Signed {LINE}", "Session fee £60", f"Age {LINE[:12]}",
        f"Telephone {LINE}", f"Next of kin {LINE}",
    ],
    dated: [
        "title: What is grief", "Language: English",
        "Grief is a natural answer to loss, and it takes its time with most people.",
    ],
    paged: [
        "title: What is grief",
        *["Grief is a natural answer to loss, and it takes its time with most people."] * 2,
    ],
    raised: ["title: How it is", "Ring 20³ times."],
    numbered_lines: ["title: How it is", "1. Rest", "2. Talk", "3. Sleep"],
}  # fmt: skip


@pytest.mark.parametrize("write", WORD, ids=lambda write: write.__name__)
def test_a_word_file_without_styles(
    write: Callable[[Any], None], practice: Project, tmp_path: Path
) -> None:
    document = docx.Document()
    document.core_properties.author = document.core_properties.title = ""
    write(document)
    saved = io.BytesIO()
    document.save(saved)
    made = started(practice, "a.docx", saved.getvalue(), tmp_path)
    assert written(made) == WORD[write]
    assert "words-lost" not in {each.code for each in made.findings}


# ---------------------------------------------------------------- web archives

ARCHIVE = b"""From: <Saved by Blink>
Snapshot-Content-Location: https://example.org/blog/grief
Subject: What is grief
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="--B"

----B
Content-Type: text/html
Content-ID: <frame-1@mhtml.blink>
Content-Transfer-Encoding: quoted-printable
Content-Location: https://example.org/blog/grief

<html lang=3D"en-GB"><head><meta charset=3D"utf-8"><title>What is grief</title></head><body>
<main><h1>What is grief</h1><p>Grief is a natural answer to loss =E2=80=93 and it takes its ti=
me. See <a href=3D"/fees">what it costs</a>, and rest a little when you can.</p>
<p><img src=3D"a.png" alt=3D"A leaf"></p><p><img src=3D"cid:two@x" alt=3D"A tree"></p></main></body></html>

----B
Content-Type: image/png
Content-Transfer-Encoding: base64
Content-Location: https://example.org/blog/a.png

%s
----B
Content-Type: image/png
Content-Transfer-Encoding: base64
Content-ID: <two@x>

%s
----B--
"""


def small_picture() -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(written, "PNG")
    return written.getvalue()


@pytest.mark.parametrize("suffix", ["mhtml", "mht"])
def test_a_web_archive_with_its_pictures(suffix: str, practice: Project, tmp_path: Path) -> None:
    picture = small_picture()
    letters = base64.encodebytes(picture).strip()
    made = started(practice, f"grief.{suffix}", ARCHIVE % (letters, letters), tmp_path)
    assert written(made) == [
        "title: What is grief",
        "Grief is a natural answer to loss – and it takes its time. See [what it costs]"
        "(https://example.org/fees), and rest a little when you can.",
        *(
            f"![{alt}](grief-picture-{number}.png)"
            for number, alt in enumerate(("A leaf", "A tree"), 1)
        ),
    ]
    assert list(made.pictures.values()) == [picture, picture]
    assert not {"words-lost", "picture-missing"} & {each.code for each in made.findings}


def test_an_archive_without_a_page_is_told(practice: Project, tmp_path: Path) -> None:
    start = Start(practice, tmp_path / "x.mht", b"MIME-Version: 1.0\n\nHello", tmp_path)
    told = make_text(start)
    assert isinstance(told, tuple) and [each.code for each in told] == ["page-empty"]
