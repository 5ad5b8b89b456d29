"""What an upload needs: sums that a machine can check, addresses that search engines can read."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree as XML

import pytest

from leafcast.build.pipeline import Request, build
from leafcast.document.report import Report
from leafcast.execution.request import Silent
from leafcast.practice.project import load_project
from tests.conftest import write_practice


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_practice(tmp_path_factory.mktemp("practice"))
    article = (folder / "source/quiet-hour.md").read_text("utf-8")
    (folder / "source/second-hour.md").write_text(article, encoding="utf-8")
    wanted = ("a4", "sections", "episode", "podcast", "sitemap", "sums")
    build(load_project(folder), Request(editions=wanted, jobs=1), Silent(), Report())
    return folder / "dist"


def test_the_sums_are_those_of_every_file(dist: Path) -> None:
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=dist, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    named = {line.partition(":")[0] for line in done.stdout.splitlines()}
    there = {p.relative_to(dist).as_posix() for p in dist.rglob("*") if p.is_file()}
    assert there - named == {"SHA256SUMS", "manifest.json"}


def test_the_sums_are_true_while_an_article_cannot_be_read(dist: Path, tmp_path: Path) -> None:
    practice = Path(shutil.copytree(dist.parent, tmp_path / "practice"))
    source = practice / "source"
    first = (source / "quiet-hour.md").read_text("utf-8")
    (source / "quiet-hour.md").write_text(first.replace("You go home", "You walk home"), "utf-8")
    (source / "second-hour.md").write_text("---\nno: article\n---\n", encoding="utf-8")
    feed = (practice / "dist/podcast.xml").read_bytes()
    report = Report()
    wanted = ("a4", "sections", "episode", "podcast", "sitemap", "sums")
    build(load_project(practice), Request(editions=wanted, jobs=1), Silent(), report)
    assert report.exit_code == 1
    assert (practice / "dist/podcast.xml").read_bytes() == feed
    test_the_sums_are_those_of_every_file(practice / "dist")
    again = Report()
    outcome = build(load_project(practice), Request(editions=wanted, jobs=1), Silent(), again)
    assert not [made for made in outcome.made if made.new]


def test_the_sitemap_names_the_library_and_each_page(dist: Path) -> None:
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    root = XML.parse(dist / "sitemap.xml").getroot()
    assert root.tag == f"{space}urlset"
    assert [url.findtext(f"{space}loc") for url in root] == [
        "https://example.org/",
        "https://example.org/quiet-hour/",
        "https://example.org/second-hour/",
    ]
    assert {url.findtext(f"{space}lastmod") for url in root} == {"2026-03-01"}
