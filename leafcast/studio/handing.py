"""Handing out: what can be printed, heard, put on a website, as soon as it is made."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from markupsafe import escape

from leafcast.document.artifact import EditionRecord, FileRecord, Manifest
from leafcast.practice.project import Project
from leafcast.state.cache import write_beside

PRINTED: Final = (
    ("trifold", "Three-panel leaflet", "one sheet, folded twice"),
    ("booklet", "Booklet", "folded and stapled"),
    ("a4", "A4 pages", ""),
    ("large-print", "Large print", ""),
    ("dyslexia", "For readers with dyslexia", ""),
    ("z-fold", "Z-fold leaflet", "one sheet, folded twice"),
    ("four-page", "Four pages", "one sheet, folded once"),
)
FOLDED: Final = ("trifold", "booklet", "z-fold", "four-page")
PRINTERS: Final = {"print": "short edge", "print-long-edge": "long edge"}
"""The end of a file's name, and the edge on which the printer turns the paper for it."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A form to print: its name, what becomes of it, its size, and its file in dist/."""

    name: str
    how: str
    pages: int
    path: str


def printed(records: dict[str, EditionRecord], printer: str) -> Iterator[Printed]:
    """What can be printed of an article, the trifold first, in the files that `printer` needs."""
    for edition, name, how in PRINTED:
        record = records.get(edition)
        ending = f"-{edition}-{printer}.pdf" if edition in FOLDED else ".pdf"
        for file in record.files if record else ():
            if file.path.endswith(ending) and not file.path.endswith("-dyslexia.pdf"):
                size = f" {size_of(file)} point" if edition == "large-print" else ""
                yield Printed(f"{name}{size}", how, file.pages or 1, file.path)


def size_of(file: FileRecord) -> str:
    """The letters' size that a large print's name tells, or the usual one."""
    digits = "".join(each for each in Path(file.path).stem.rpartition("print")[2] if each.isdigit())
    return digits or "18"


def sound(records: dict[str, EditionRecord]) -> FileRecord | None:
    """The narration to listen to."""
    record = records.get("episode")
    files = record.files if record else ()
    return next((file for file in files if file.path.endswith(".mp3")), None)


# ---------------------------------------------------------------- the printer's answer


def printer_of(project: Project) -> str:
    """The printer's remembered answer; the usual one where there is none."""
    with suppress(OSError, ValueError):
        answer = json.loads(_answers(project).read_text("utf-8")).get("printer")
        return answer if answer in PRINTERS else "print"
    return "print"


def remember_printer(project: Project, printer: str) -> None:
    """Remember on which edge the printer turns the paper."""
    if printer in PRINTERS:
        write_beside(_answers(project), json.dumps({"printer": printer}).encode())


def _answers(project: Project) -> Path:
    return project.work / "studio" / "answers.json"


# ---------------------------------------------------------------- the website


def write_zip(project: Project, manifest: Manifest, target: Path) -> None:
    """All that is published as one file, with nothing in it that no build made."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as packed:
        for path in sorted({*manifest.paths, "manifest.json"}):
            if (project.dist / path).is_file():
                packed.write(project.dist / path, path)


def player(project: Project, manifest: Manifest, slug: str, title: str) -> str:
    """What is pasted into a page of another program; "" where there is no website to play from."""
    website = project.practice.published
    heard = sound(dict(manifest.publications.get(slug, {})))
    if not website or heard is None:
        return ""
    address = f"{website.rstrip('/')}/"
    if f"{slug}/player.html" in manifest.paths:
        return (
            f'<iframe src="{escape(address + slug)}/player.html" title="{escape(title)}" '
            'width="100%" height="180" loading="lazy"></iframe>'
        )
    return (
        f'<figure><figcaption>{escape(title)}</figcaption><audio controls preload="none" '
        f'src="{escape(address + heard.path)}"></audio>'
        f'<p><a href="{escape(address + slug)}/">Read along, or download it</a></p></figure>'
    )
