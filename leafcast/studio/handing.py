"""Handing out: what can be printed, heard, put on a website, as soon as it is made."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Final, Literal

import click

from leafcast.document.article import Article
from leafcast.document.artifact import EditionRecord, FileRecord, Manifest
from leafcast.page.downloads import FEED
from leafcast.page.embedded import PLAYER, frame_of
from leafcast.practice.project import Practice, Project
from leafcast.site.reception import Row, rows_of
from leafcast.state.cache import digest, write_beside

PRINTERS: Final = {"print": "short edge", "print-long-edge": "long edge"}
"""The end of a file's name, and the edge on which the printer turns the paper for it."""
Change = Literal["new", "changed", "taken away"]
BUILDERS: Final[Mapping[str, tuple[str, ...]]] = {
    "WordPress": (
        "Open your page and press +.",
        "Choose the block “Custom HTML”.",
        "Paste, and press Update.",
    ),
    "Squarespace": (
        "Edit your page and add a block.",
        "Choose “Code”, and HTML in it.",
        "Paste, and press Save.",
    ),
    "Wix": (
        "Open your page in the editor and press Add Elements.",
        "Choose “Embed Code”, then “Embed HTML”.",
        "Choose Code, paste, and press Update.",
    ),
    "Another": (
        "Look for a block called HTML, Embed or Code.",
        "Paste what you copied into it.",
        "Save the page.",
    ),
}
"""What websites are made with, and where the player is pasted there."""


def printed(
    slug: str, records: Mapping[str, EditionRecord], practice: Practice, printer: str
) -> Iterator[Row]:
    """What can be printed of an article, the usual leaflet first, in the files that `printer`
    needs.
    """
    for row in rows_of(slug, records, practice):
        if row.sheets:
            long_edge = printer == "print-long-edge" and row.other
            yield replace(row, href=row.other) if long_edge else row


def sound(records: dict[str, EditionRecord]) -> FileRecord | None:
    """The narration to listen to."""
    record = records.get("episode")
    files = record.files if record else ()
    return next((file for file in files if file.path.endswith(".mp3")), None)


# ---------------------------------------------------------------- the printer's answer


def answers_of(project: Project) -> dict[str, str]:
    """What she answered once: which edge her printer turns the paper on, what her website is made
    with; the usual where she did not.
    """
    given: dict[str, str] = {}
    with suppress(OSError, ValueError, AttributeError):
        given = json.loads(_file(project, "answers.json").read_text("utf-8"))
    usual = {"printer": next(iter(PRINTERS)), "builder": next(iter(BUILDERS))}
    known = {"printer": PRINTERS, "builder": BUILDERS}
    return {**usual, **{key: given[key] for key in usual if given.get(key) in known[key]}}


def remember(project: Project, given: Mapping[str, str]) -> None:
    """Remember what she answered. Raises OSError."""
    answers = {**answers_of(project), **given}
    write_beside(_file(project, "answers.json"), json.dumps(answers).encode())


def _file(project: Project, name: str) -> Path:
    return project.work / "studio" / name


# ---------------------------------------------------------------- the website


def write_zip(project: Project, manifest: Manifest, target: Path) -> None:
    """All that is published as one file, with nothing in it that no build made."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as packed:
        for path in sorted({*manifest.paths, "manifest.json"}):
            if (project.dist / path).is_file():
                packed.write(project.dist / path, path)


def show_folder(folder: Path) -> bool:
    """Open a folder in the computer's own window of files; False where it has none."""
    return click.launch(str(folder)) == 0


def saved(project: Project, manifest: Manifest) -> None:
    """Remember what was saved for the website. Raises OSError."""
    content = {slug: _content(manifest, slug) for slug in manifest.publications}
    write_beside(_file(project, "saved.json"), json.dumps(content).encode())


def changed_since_saved(
    project: Project, manifest: Manifest
) -> tuple[tuple[str, Change], ...] | None:
    """The articles that differ from what was saved last, and how; None where nothing was yet."""
    with suppress(OSError, ValueError):
        before = json.loads(_file(project, "saved.json").read_text("utf-8"))
        now = {slug: _content(manifest, slug) for slug in manifest.publications}
        return tuple(
            (slug, "new" if slug not in before else "changed" if slug in now else "taken away")
            for slug in {**now, **before}
            if before.get(slug) != now.get(slug)
        )
    return None


def _content(manifest: Manifest, slug: str) -> str:
    records = manifest.publications[slug].values()
    return digest(*sorted(file.sha256 for record in records for file in record.files))


def player(project: Project, manifest: Manifest, article: Article) -> str:
    """What is pasted into a page of another program; "" where there is no player, or no website
    that it plays from.
    """
    there = f"{article.slug}/{PLAYER}" in manifest.paths and project.practice.published
    return frame_of(article, project.practice.address(article.slug)) if there else ""


def feed(project: Project, manifest: Manifest) -> str:
    """The podcast's address; "" where there is none, or no website where it lies."""
    there = FEED in manifest.paths and project.practice.published
    return f"{project.practice.published}/{FEED}" if there else ""
