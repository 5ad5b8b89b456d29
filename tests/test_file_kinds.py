"""Files whose names say another kind than what is in them: read as what they are, or refused with
what to do about it.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pytest

from leafcast.document.errors import LeafcastError, SourceError, UsageError
from leafcast.practice.project import Project, load_project
from leafcast.readers import read_article
from leafcast.readers.file_kinds import kind_of
from leafcast.starting.from_file import named_file, start_from_file

SAID = "Grief is a natural answer to loss, and it takes as long as it takes."
PAGE = f"<!-- saved from url=(0030)https://example.org/grief -->\n<!DOCTYPE html><html lang='en-GB'><body><h1>What is grief</h1><p>{SAID}</p><p>{SAID}</p></body></html>".encode()
OF_WORD = b'<html xmlns:w="urn:schemas-microsoft-com:office:word">' + PAGE[PAGE.index(b"<body") :]
HEAD = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n"
PARTS = b"\r\n--x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + PAGE + b"\r\n--x--\r\n"


def packed(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name in names:
            made.writestr(name, "x")
    return file.getvalue()


def word() -> bytes:
    file, document = io.BytesIO(), docx.Document()
    document.add_heading("What is grief", 0)
    document.add_paragraph(SAID)
    document.save(file)
    return file.getvalue()


READ = {
    "a web page": PAGE,
    "a web page from Word": OF_WORD,
    "a web page in UTF-16": PAGE.decode().encode("utf-16"),
    "a web archive (.mht)": HEAD + PARTS,
    "a web archive of a browser": b"From: <Saved by Blink>\r\n" + HEAD + PARTS,
    "a Word file": word(),
}
OTHERS = {
    "a PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "copy its text"),
    "a file of rich text (.rtf)": (rb"{\rtf1\ansi What is grief\par}", "save it as .docx"),
    "a file of an old Word (.doc)": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "save it"),
    "a file of LibreOffice (.odt)": (packed("mimetype", "content.xml"), "save it as .docx"),
    "a file of Pages": (packed("Index/Document.iwa"), "export it to Word"),
    "a presentation": (packed("[Content_Types].xml", "ppt/presentation.xml"), "Copy its text"),
    "a spreadsheet": (packed("[Content_Types].xml", "xl/workbook.xml"), "Copy its text"),
    "an electronic book": (packed("mimetype", "META-INF/container.xml"), "Copy its text"),
    "a packed file (.zip)": (packed("grief.docx", "a.png"), "Unpack it"),
    "a picture, a sound or a film": (b"\xff\xd8\xff\xe0\0\x10JFIF\0", "its words"),
}
NAMES = (".doc", ".docx", ".html", ".txt", ".md", ".eml", ".mht", "")


@pytest.fixture(scope="module")
def own() -> Project:
    return load_project(Path(__file__).parents[1])


@pytest.fixture
def project(own: Project, tmp_path: Path) -> Project:
    (tmp_path / "source").mkdir()
    return replace(own, folder=tmp_path)


@pytest.mark.parametrize("suffix", NAMES)
@pytest.mark.parametrize("content", READ.values(), ids=READ)
def test_a_file_is_read_as_what_it_is(content: bytes, suffix: str, project: Project) -> None:
    file = project.folder / f"my-notes{suffix}"
    file.write_bytes(content)
    assert named_file(str(file)) == file
    started = start_from_file(project, file)
    assert started.path == project.source / "what-is-grief.md"
    assert started.path.read_text().count(SAID) >= 1 and "<" not in started.path.read_text()
    assert started.original == project.source / f"originals/what-is-grief{suffix}"
    kind = kind_of(content)
    own = {".docx": "a Word file", ".html": "a web page", ".mht": "a web archive (.mht)"}
    told = [each.message for each in started.findings if each.code == "file-kind"]
    assert kind and told == (
        [] if own.get(suffix) == kind.name
        else [f"{file.name} is {kind.name}, whatever its name says, and was read as one"]
    )  # fmt: skip
    assert not [each for each in started.findings if each.code == "words-lost"]


@pytest.mark.parametrize("suffix", NAMES)
@pytest.mark.parametrize(
    ("kind", "content", "cure"), [(name, *each) for name, each in OTHERS.items()]
)
def test_another_kind_is_named_with_what_to_do(
    kind: str, content: bytes, cure: str, suffix: str, project: Project
) -> None:
    file = project.folder / f"my-notes{suffix}"
    file.write_bytes(content)
    try:
        named = named_file(str(file))
        assert named
        started = start_from_file(project, named)
        assert started.path is None
        (told,) = started.findings
        said, fix = told.message, told.fix
    except (SourceError, UsageError) as error:
        said, fix = str(error), error.hint
    assert kind in said and cure in fix
    assert not list(project.source.glob("*.md"))


@pytest.mark.parametrize("suffix", [".docx", ".html", ".txt", ".md", ".eml"])
@pytest.mark.parametrize("content", [PAGE, word(), OTHERS["a PDF"][0]], ids=["page", "Word", "PDF"])
def test_in_source_it_is_refused_with_what_to_do(
    content: bytes, suffix: str, project: Project
) -> None:
    kind = kind_of(content)
    if kind and kind.suffix == suffix:
        return
    path = project.source / f"my-notes{suffix}"
    path.write_bytes(content)
    said, fix = refused(path, project)
    assert kind and kind.name in said and fix == kind.cure


def refused(path: Path, project: Project) -> tuple[str, str]:
    """Why a file in source/ is not read, and what to do."""
    try:
        reading = read_article(path, project.source)
    except LeafcastError as error:
        return str(error), error.hint
    (told,) = reading.findings
    return (told.message, told.fix) if reading.article is None else ("", "")


def test_half_a_packed_file_is_damaged(project: Project) -> None:
    assert refused(written(project.source / "a.docx", word()[:900]), project)[0].startswith(
        "The Word file is damaged"
    )
    assert "is damaged" in refused(written(project.source / "b.txt", word()[:900]), project)[0]


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    "content",
    [
        b"Dear Ann,\n\nhere it is.\n", b"", b"<b>bold</b> words", b"<p>A paragraph.</p>",
        b"MIME-Version: 1.0\nTo: a@example.org\nContent-Type: multipart/related; boundary=x\n\n--x",
        b"MIME-Version: 1.0 is the head of a mail.\n\nContent-Type: multipart/related is another.",
        "Ein Brief in UTF-16".encode("utf-16"), b"PKs are letters, and no file",
    ],
)  # fmt: skip
def test_text_and_mail_are_of_no_other_kind(content: bytes) -> None:
    assert kind_of(content) is None


def test_text_is_read_under_other_endings_and_not_under_any(project: Project) -> None:
    text = f"What is grief\n\n{SAID}\n".encode()
    for name in ("a.doc", "b.text"):
        started = start_from_file(project, written(project.folder / name, text))
        assert named_file(str(project.folder / name)) and started.path
        started.path.unlink()
    assert named_file(str(written(project.folder / "What is grief", text))) is None
    with pytest.raises(UsageError, match="not a kind of file"):
        named_file(str(written(project.folder / "notes.xyz", text)))


def test_a_title_is_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert named_file("What Is Grief?") is None
    assert named_file("From .doc to leaflet.doc") is None
    with pytest.raises(UsageError, match="not a kind of file"):
        named_file("grief.pages")
