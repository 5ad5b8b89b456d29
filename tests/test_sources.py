"""The folder source/: which files are articles, which are not, and which of two of a name is one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from leafcast.document.article import Article
from leafcast.document.report import Report, Severity
from leafcast.practice.project import load_project
from leafcast.readers.folder import read_articles, source_files
from leafcast.starting.from_title import start_article
from leafcast.state.manifest import read_manifest
from tests.conftest import SHORT_ARTICLE
from tests.word_files import written


def read(practice: Path) -> tuple[dict[str, Article | None], list[tuple[str, Severity]]]:
    report = Report()
    project = load_project(practice)
    published = read_manifest(project.dist).publications
    articles = read_articles(project, report, published)
    return articles, [(finding.code, finding.severity) for finding in report.findings]


@pytest.mark.parametrize(
    "name",
    ["~$iet-hour.docx", "~$quiet.md", ".~lock.quiet-hour.docx#", "._quiet-hour.md", ".DS_Store",
     "Thumbs.db", "~WRL0001.tmp", "._grief.docx", ".#quiet-hour.md"],
)  # fmt: skip
def test_what_programs_leave_beside_an_open_file_is_no_article(name: str, practice: Path) -> None:
    (practice / "source" / name).write_bytes(b"\0\1locked")
    articles, told = read(practice)
    assert list(articles) == ["quiet-hour"] and told == []


@pytest.mark.parametrize("suffix", [".docx", ".html", ".htm", ".txt"])
def test_the_markdown_of_a_name_is_used_and_the_other_named(suffix: str, practice: Path) -> None:
    words = written(lambda document: document.add_paragraph("One."), title="Other")
    content = words if suffix == ".docx" else SHORT_ARTICLE.encode()
    (practice / f"source/quiet-hour{suffix}").write_bytes(content)
    articles, told = read(practice)
    article = articles["quiet-hour"]
    assert article and article.source == "source/quiet-hour.md"
    assert told == [("two-articles-of-a-name", Severity.ADVICE)]


def test_of_two_names_for_one_address_the_exact_one_is_used(practice: Path) -> None:
    (practice / "source/Quiet Hour.md").write_text(SHORT_ARTICLE)
    articles, told = read(practice)
    article = articles["quiet-hour"]
    assert article and article.source == "source/quiet-hour.md"
    assert told == [("two-articles-of-a-name", Severity.ERROR)]


@pytest.mark.parametrize("name", ["grief.doc", "grief.pages", "grief.odt", "grief.pdf"])
def test_a_kind_that_nobody_reads_is_named(name: str, practice: Path) -> None:
    (practice / "source" / name).write_bytes(b"x")
    assert read(practice)[1] == [("file-not-read", Severity.ADVICE)]


COPIES = [
    "quiet-hour (1).md", "quiet-hour - Copy.md", "quiet-hour - Copy (2).md", "quiet-hour copy.md",
    "quiet-hour copy 2.md", "quiet-hour (Jo's conflicted copy 2026-11-24).md",
    "quiet-hour.sync-conflict-20261124-101112-ABCDEF.md", "quiet-hour-DESKTOP-1AB2C3.md",
]  # fmt: skip


@pytest.mark.parametrize("name", COPIES)
def test_what_looks_like_a_copy_is_named(name: str, practice: Path) -> None:
    (practice / "source" / name).write_text(SHORT_ARTICLE)
    assert ("looks-like-a-copy", Severity.WARNING) in read(practice)[1]
    (practice / "source/quiet-hour.md").rename(practice / "source/other.md")
    assert "looks-like-a-copy" not in dict(read(practice)[1])


@pytest.mark.parametrize("name", ["a-quiet-hour.md", "quiet-hour-again.md", "quiet-hours.md"])
def test_what_is_called_otherwise_is_no_copy(name: str, practice: Path) -> None:
    (practice / "source" / name).write_text(SHORT_ARTICLE)
    articles, told = read(practice)
    assert len(articles) == 2 and told == []


def test_settings_that_look_like_a_copy_are_not_read_and_named(practice: Path) -> None:
    (practice / "source/practice (1).toml").write_text('[practice]\nname = "Somebody Else"\n')
    report = Report()
    project = load_project(practice)
    assert project.practice.name == "Jo Example"
    read_articles(project, report)
    (found,) = report.findings
    assert found.code == "looks-like-a-copy" and "it is not read" in found.message
    assert "practice.toml" in found.fix and str(found.place) == "source/practice (1).toml"


def test_an_article_nobody_has_written_is_none(practice: Path) -> None:
    path = start_article(load_project(practice), "What Is Grief?")
    articles, told = read(practice)
    assert list(articles) == ["quiet-hour"]
    assert told == [("article-not-written", Severity.WARNING)]
    (practice / "source/quiet-hour.md").unlink()
    assert read(practice) == ({}, [("article-not-written", Severity.WARNING)])
    for old, new in (("The introduction stands here, before the first heading.", "It hurts."),
                     ("One sentence that says what this is about.", "In short.")):  # fmt: skip
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    article = read(practice)[0]["what-is-grief"]
    assert article and article.summary == "In short." and article.sections == ()


EXAMPLES = [
    ("- another point\n", "- my own point\n", [6, 11, 13, 15, 17]),
    ("What belongs to it. A list is written so:", "My own words:", [6, 11, 13, 17]),
    ("The introduction stands here, before the first heading.", "It hurts.", [6, 13, 15, 17]),
]


@pytest.mark.parametrize(("old", "new", "lines"), EXAMPLES, ids=[new for _, new, _ in EXAMPLES])
def test_what_is_left_of_the_example_is_left_out_and_told(
    old: str, new: str, lines: list[int], practice: Path
) -> None:
    path = start_article(load_project(practice), "What Is Grief?")
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    report = Report()
    article = read_articles(load_project(practice), report)["what-is-grief"]
    assert article
    left = [f.place.line or 0 for f in report.findings if f.code == "example-left" and f.place]
    assert sorted(left) == lines
    words = " ".join(s.text for section in article.sections for b in section.blocks
                     for s in getattr(b, "sentences", ()))  # fmt: skip
    assert "The introduction stands here" not in words and "one point" not in words


def test_a_heading_of_her_own_alone_is_not_published(practice: Path) -> None:
    path = start_article(load_project(practice), "What Is Grief?")
    words = path.read_text("utf-8").replace("## The first heading", "## What helps")
    path.write_text(words, "utf-8")
    report = Report()
    assert "what-is-grief" not in read_articles(load_project(practice), report)
    left = [f.place.line or 0 for f in report.findings if f.code == "example-left" and f.place]
    assert sorted(left) == [6, 11, 15, 17]
    assert "article-not-written" in {finding.code for finding in report.findings}


def test_an_empty_article_is_not_published(practice: Path) -> None:
    head = SHORT_ARTICLE.split("\n---\n")[0]
    (practice / "source/quiet-hour.md").write_text(f"{head}\n---\n")
    assert read(practice) == ({}, [("no-text", Severity.WARNING)])


def test_what_was_published_stays_while_it_is_a_draft(practice: Path) -> None:
    path = practice / "source/quiet-hour.md"
    path.write_text(SHORT_ARTICLE.replace("---\n", "---\ndraft: true\n", 1))
    assert read(practice)[0] == {}
    (practice / "dist").mkdir()
    record = {"title": "A Quiet Hour", "editions": {"a4": {"made_from": {}, "files": []}}}
    manifest = json.dumps({"publications": {"quiet-hour": record}})
    (practice / "dist/manifest.json").write_text(manifest)
    articles, told = read(practice)
    assert articles == {"quiet-hour": None}
    assert told == [("article-draft", Severity.WARNING)]


def test_names_come_in_the_order_of_addresses(practice: Path) -> None:
    (practice / "source/Über Trauer & Loss.md").write_text(SHORT_ARTICLE)
    files = source_files(load_project(practice))
    assert [path.name for path in files] == ["quiet-hour.md", "Über Trauer & Loss.md"]
    assert list(read(practice)[0]) == ["quiet-hour", "uber-trauer-loss"]
