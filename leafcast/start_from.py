"""`leafcast new FILE`: an article in Markdown from a Word file, a saved page or a text.

The article is read as the build would read it, and written so that it reads back the same. Markdown
is what the owner goes on with; the file she began with is kept in source/originals/, where nothing
reads it. What was guessed is told with the line it went to.
"""

from __future__ import annotations

import os
import re
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from leafcast.cache import write_beside
from leafcast.errors import SourceError, UsageError
from leafcast.project import Project
from leafcast.readers import READERS, read_bytes
from leafcast.readers.other_files import UNREAD
from leafcast.report import Finding
from leafcast.start_text import MAKERS, Start, Text

ORIGINALS: Final = "originals"
ADDRESS: Final = re.compile(r"(?:https?|ftp|file):/|www\.\S+$", re.I)


@dataclass(frozen=True, slots=True)
class Started:
    """What was written: no path where the file could not be read. `findings` say why, and what
    was guessed.
    """

    path: Path | None
    original: Path | None = None
    pictures: tuple[Path, ...] = ()
    findings: tuple[Finding, ...] = ()


def named_file(title_or_file: str) -> Path | None:
    """The file that is named; None where the words are a title.

    Raises UsageError for a file that is not there or that no reader knows.
    """
    if ADDRESS.match(title_or_file):
        raise UsageError(
            "leafcast reads no pages from the web, only files",
            "Open the page in a browser, save it there (Ctrl+S, on a Mac Cmd+S) as “Web page, "
            "complete”, then: leafcast new and the saved file’s name",
        )
    path = Path(title_or_file)
    suffix = path.suffix.casefold()
    if suffix in UNREAD and (path.exists() or " " not in title_or_file):
        raise UsageError(f"{path.name} is not a kind of file leafcast can read", UNREAD[suffix])
    if suffix not in MAKERS:
        return None
    if not path.is_file():
        raise UsageError(
            f"There is no file {path}", "Look at its name and folder; a title needs no ending"
        )
    return path


def start_from_file(project: Project, file: Path) -> Started:
    """Write source/SLUG.md from `file`, its pictures beside it, and keep the original.

    Raises UsageError when something of that name is already there, SourceError when the file
    cannot be opened.
    """
    suffix = file.suffix.casefold()
    content = read_bytes(file, file.name, READERS.get(suffix, READERS[".md"]).most)
    with tempfile.TemporaryDirectory() as folder:
        made = MAKERS[suffix](Start(project, file, content, Path(folder)))
    if isinstance(made, tuple):
        return Started(None, findings=made)
    path = project.source / f"{made.slug}.md"
    original = _original(project, file, made.slug)
    is_own = made.text.split() == content.decode("utf-8", "replace").split()
    _refuse_to_overwrite(project, (path, original), file, is_own=is_own)
    return _write(project, made, (path, original, file), content)


# ---------------------------------------------------------------- writing


def _original(project: Project, file: Path, slug: str) -> Path:
    """Where the original is kept: where it is, if that is among the originals."""
    kept = project.source / ORIGINALS
    if file.resolve().parent == kept.resolve():
        return file.resolve()
    return kept / f"{slug}{file.suffix.casefold()}"


def _refuse_to_overwrite(
    project: Project, paths: tuple[Path, Path], file: Path, *, is_own: bool
) -> None:
    """Raise UsageError when an article or an original of that name is there, or when the file is
    an article of leafcast's own in its place.
    """
    path, original = paths
    same = [project.source / f"{path.stem}{suffix}" for suffix in READERS]
    there = [each for each in same if each.exists() and each.resolve() != file.resolve()]
    if is_own and path.exists() and path.resolve() == file.resolve():
        raise UsageError(f"{path} is an article already", "Edit it there, then run the build")
    if original.exists() and original.resolve() != file.resolve():
        there.append(original)
    if there:
        raise UsageError(
            f"{there[0]} is already there",
            "Nothing was written. Move it away or rename it, or give this one another title",
        )


def _write(
    project: Project, made: Text, places: tuple[Path, Path, Path], content: bytes
) -> Started:
    """Write everything, or nothing; the article last, so that none is ever without its pictures."""
    path, original, file = places
    there = file.resolve().parent == project.source.resolve()
    moves = there and path.resolve() != file.resolve()
    pictures = {project.source / name: data for name, data in made.pictures.items()}
    files = dict(pictures)
    if not moves and original != file.resolve():
        files[original] = content
    files[path] = made.text.encode()
    written: list[Path] = []
    try:
        for target, data in files.items():
            write_beside(target, data)
            written.append(target)
        if moves:
            original.parent.mkdir(exist_ok=True)
            os.replace(file, original)
    except OSError as error:
        _take_back(written)
        raise SourceError(
            f"cannot be written: {error.strerror}",
            "Make room, or look at who may write there",
            str(error.filename or path),
        ) from error
    except BaseException:
        _take_back(written)
        raise
    return Started(path, original, tuple(pictures), made.findings)


def _take_back(written: list[Path]) -> None:
    for path in written:
        with suppress(OSError):
            path.unlink()
