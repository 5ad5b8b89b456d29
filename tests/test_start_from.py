"""`leafcast new FILE`: Markdown that can be built, the original kept, every guess told."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from leafcast.commands.cli import leafcast as command
from leafcast.document.article import Article, Figure, article_blocks, article_sentences
from leafcast.document.origin import Origin
from leafcast.document.report import Severity
from leafcast.practice.project import Project, load_project
from leafcast.readers import READERS, read_article
from leafcast.starting.from_file import Started, start_from_file
from leafcast.state.canonical import plain
from tests.conftest import ARTICLE, ROOT, SHORT_ARTICLE
from tests.web_pages import page, real_page
from tests.word_files import add_picture, new_document, real_article, saved, written

PICTURE = ROOT / "tests/cases/articles/armchairs.png"
LEAD = "This is how it begins, and so it goes on for a while, until there are words enough to be an article."


@pytest.fixture
def project(practice: Path) -> Project:
    (practice / "source/quiet-hour.md").unlink()
    return load_project(practice)


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """Where the owner has her files."""
    folder = tmp_path / "desk"
    folder.mkdir()
    return folder


def put(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def built(project: Project, started: Started) -> Article:
    """The article as the build will read it."""
    assert started.path
    found = read_article(started.path, project.source).article
    assert found
    return found


def new(project: Project, what: str) -> tuple[int, str]:
    done = CliRunner().invoke(command, ["new", what, "--project", str(project.folder)])
    return done.exit_code, done.output


# ---------------------------------------------------------------- the real article


@pytest.mark.parametrize("kind", ["styles", "fake headings", "page", "text", "markdown"])
def test_the_real_article_is_the_same_from_every_file(
    kind: str, project: Project, desk: Path
) -> None:
    real = read_article(ARTICLE, ARTICLE.parent).article
    assert real
    match kind:
        case "styles" | "fake headings":
            file = put(desk / "Relationship v3.docx", real_article(real, styled=kind == "styles"))
        case "page":
            file = put(desk / "What is it – Sarah James.html", real_page(real))
        case "text":
            file = shutil.copy(
                ROOT / "tests/cases/articles/therapeutic-relationship.txt", desk / "a.txt"
            )
        case _:
            file = shutil.copy(ARTICLE, desk / "Relationship.md")
    started = start_from_file(project, Path(file))
    assert started.path and started.path.name == "what-is-the-therapeutic-relationship.md"
    found = built(project, started)
    places = {"slug": real.slug, "source": ""}
    assert plain(replaced(found, places)) == plain(replaced(real, places))
    assert started.original and started.original.read_bytes() == Path(file).read_bytes()
    assert started.original.parent == project.source / "originals"


def replaced(article: Article, values: dict[str, str]) -> Article:
    from dataclasses import replace

    return replace(article, **values)  # type: ignore[arg-type]


def test_notes_point_to_the_lines_of_the_new_file(project: Project, desk: Path) -> None:
    real = read_article(ARTICLE, ARTICLE.parent).article
    assert real
    started = start_from_file(project, put(desk / "a.docx", real_article(real, styled=False)))
    assert started.path
    lines = started.path.read_text("utf-8").split("\n")
    (headings,) = [f for f in started.findings if "lines were read as headings" in f.message]
    assert headings.message.startswith("9 lines") and "and 1 more" in headings.message
    assert headings.place and headings.place.line
    assert headings.place.path == "source/what-is-the-therapeutic-relationship.md"
    assert lines[headings.place.line - 1].startswith("## ")
    written = [line[3:] for line in lines if line.startswith("## ")]
    assert len(written) == 9 and all(line[:9] in headings.message for line in written[:8])
    for finding in started.findings:
        if "were read as 4 lists" in finding.message:
            assert finding.place and lines[(finding.place.line or 0) - 1].startswith("- ")
        if finding.code == "guessed-review":
            assert finding.place and lines[(finding.place.line or 0) - 1].startswith("review:")


# ---------------------------------------------------------------- what the file does not say


def test_what_the_file_does_not_say_is_put_in_and_told(project: Project, desk: Path) -> None:
    started = start_from_file(
        project, put(desk / "grief_and-loss.txt", f"{LEAD}\n\nWhat Helps\n\nRest.\n")
    )
    found = built(project, started)
    assert (found.title, found.author) == ("Grief and loss", "Jo Example, counsellor")
    assert (str(found.published), str(found.review)) == ("2026-11-24", "2029-11-24")
    told = {f.code for f in started.findings}
    assert {
        "guessed-title",
        "guessed-author",
        "guessed-published",
        "guessed-review",
        "guessed",
    } <= told
    assert all(f.severity is Severity.ADVICE for f in started.findings)


def test_a_line_that_stands_first_is_the_title_of_a_text(project: Project, desk: Path) -> None:
    started = start_from_file(project, put(desk / "a.txt", f"What Is Grief?\n\n{LEAD}\n"))
    found = built(project, started)
    assert started.path and started.path.name == "what-is-grief.md"
    assert found.title == "What Is Grief?"
    assert [s.text for s in article_sentences(found)] == [LEAD]


def test_a_page_from_years_ago_is_published_today(project: Project, desk: Path) -> None:
    old = (
        page(f"<p>{LEAD}</p>")
        .replace("2026-03-01", "2019-03-01")
        .replace("2028-03-01", "2021-03-01")
    )
    started = start_from_file(project, put(desk / "a.html", old))
    assert str(built(project, started).published) == "2026-11-24"
    assert any("2019-03-01" in f.message for f in started.findings)


def test_markdown_without_front_matter_gets_it(project: Project, desk: Path) -> None:
    started = start_from_file(
        project, put(desk / "a.md", f"# What Is Grief?\n\n{LEAD}\n\n## One\n\nMore.\n")
    )
    found = built(project, started)
    assert found.title == "What Is Grief?" and len(found.sections) == 1


# ---------------------------------------------------------------- pictures


def test_pictures_of_a_word_file_stand_beside_the_article(project: Project, desk: Path) -> None:
    document = new_document("What Is Grief?")
    document.add_paragraph(LEAD)
    add_picture(document, PICTURE, "Two armchairs")
    document.add_paragraph("Where we sit", style="Caption")
    add_picture(document, PICTURE, "")
    started = start_from_file(project, put(desk / "grief.docx", saved(document)))
    assert [path.name for path in started.pictures] == ["grief-picture-1.png"]
    assert started.pictures[0].read_bytes() == PICTURE.read_bytes()
    figures = [b for b in article_blocks(built(project, started)) if isinstance(b, Figure)]
    assert [(f.path, f.alt, f.caption[0].text) for f in figures] == [
        ("grief-picture-1.png", "Two armchairs", "Where we sit")
    ]
    assert started.path
    lines = started.path.read_text("utf-8").split("\n")
    (wordless,) = [f for f in started.findings if f.code == "picture-without-alt"]
    assert wordless.place and lines[(wordless.place.line or 0) - 1] == "![](grief-picture-1.png)"


def test_pictures_saved_beside_a_page_come_along_and_no_others(
    project: Project, desk: Path
) -> None:
    (desk / "a_files").mkdir()
    shutil.copy(PICTURE, desk / "a_files/chairs.png")
    shutil.copy(PICTURE, desk.parent / "secret.png")
    html = (
        f"<p>{LEAD}</p><img src='a_files/chairs.png' alt='Two armchairs'>"
        "<img src='../secret.png' alt='A secret'><img src='https://example.org/x.png' alt='A tree'>"
    )
    started = start_from_file(project, put(desk / "a.html", page(html)))
    assert [path.name for path in started.pictures] == ["a-picture-1.png"]
    assert (
        sorted(f.code for f in started.findings if f.severity is Severity.ERROR)
        == ["picture-missing"] * 2
    )
    assert sum(isinstance(b, Figure) for b in article_blocks(built(project, started))) == 1


def test_a_picture_there_already_is_not_overwritten(project: Project, desk: Path) -> None:
    there = put(project.source / "grief-picture-1.jpg", b"mine")
    document = new_document("What Is Grief?")
    document.add_paragraph(LEAD)
    add_picture(document, PICTURE, "Two armchairs")
    started = start_from_file(project, put(desk / "grief.docx", saved(document)))
    assert [path.name for path in started.pictures] == ["grief-picture-2.png"]
    assert there.read_bytes() == b"mine"


# ---------------------------------------------------------------- nothing is overwritten, nothing half-done


def everything(project: Project) -> dict[str, bytes]:
    return {
        path.relative_to(project.source).as_posix(): path.read_bytes()
        for path in sorted(project.source.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize(
    "there", ["what-is-grief.md", "what-is-grief.txt", "originals/what-is-grief.docx"]
)
def test_what_is_there_stays(there: str, project: Project, desk: Path) -> None:
    (project.source / "originals").mkdir()
    put(project.source / there, b"mine")
    before = everything(project)
    content = written(lambda document: document.add_paragraph(LEAD), title="What Is Grief?")
    code, output = new(project, str(put(desk / "a.docx", content)))
    assert code == 2 and "already there" in output and "Nothing was written" in output
    assert everything(project) == before


def test_a_file_in_source_moves_to_the_originals(project: Project) -> None:
    content = written(lambda document: document.add_paragraph(LEAD), title="Another Title")
    started = start_from_file(project, put(project.source / "quiet-hour.docx", content))
    assert started.path == project.source / "quiet-hour.md"
    assert sorted(everything(project)) == [
        "originals/quiet-hour.docx",
        "practice.toml",
        "quiet-hour.md",
    ]
    code, output = new(project, str(started.path))
    assert code == 2 and "an article already" in output


def test_a_full_disk_leaves_nothing(
    project: Project, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from leafcast.starting import from_file as start_from

    document = new_document("What Is Grief?")
    document.add_paragraph(LEAD)
    add_picture(document, PICTURE, "Two armchairs")
    file = put(desk / "a.docx", saved(document))
    before = everything(project)
    real = start_from.write_beside

    def full(path: Path, data: bytes) -> None:
        if path.suffix == ".md":
            raise OSError(28, "No space left on device", str(path))
        real(path, data)

    monkeypatch.setattr(start_from, "write_beside", full)
    code, output = new(project, str(file))
    assert code == 1 and "No space left" in output
    assert everything(project) == before


def test_a_file_that_cannot_be_read_writes_nothing(project: Project, desk: Path) -> None:
    before = everything(project)
    code, output = new(
        project, str(put(desk / "a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99))
    )
    assert code == 1 and "Nothing was written" in output and "save it as .docx" in output
    assert everything(project) == before


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("missing.docx", "no file"),
        ("a.doc", "save it as .docx"),
        ("a.pdf", "copy its text"),
        ("a.pages", "export it to Word"),
    ],
)
def test_a_file_that_is_not_there_or_of_another_kind_is_named(
    name: str, said: str, project: Project
) -> None:
    code, output = new(project, name)
    assert code == 2 and said in output


def test_the_command_says_what_it_did(project: Project, desk: Path) -> None:
    code, output = new(project, str(put(desk / "a.html", page(f"<p>{LEAD}</p>"))))
    assert code == 0
    assert "a-quiet-hour.md" in output and "originals/a-quiet-hour.html" in output
    code, output = new(project, "What is grief?")
    assert code == 0 and "what-is-grief.md" in output


def test_originals_are_no_articles(project: Project, desk: Path) -> None:
    from leafcast.readers.folder import source_files

    start_from_file(project, put(desk / "a.txt", f"What Is Grief?\n\n{LEAD}\n"))
    assert [path.name for path in source_files(project)] == ["what-is-grief.md"]


def test_markdown_is_kept_as_it_was_written(project: Project, desk: Path) -> None:
    started = start_from_file(project, put(desk / "a.md", SHORT_ARTICLE))
    assert started.path and started.path.read_text("utf-8") == SHORT_ARTICLE
    reading = READERS[".md"](
        SHORT_ARTICLE, Origin("source/a-quiet-hour.md", "a-quiet-hour", project.source)
    )
    assert plain(built(project, started)) == plain(reading.article)
