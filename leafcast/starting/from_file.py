"""`leafcast new FILE`: an article in Markdown from a Word file, a saved page or a text.

The article is read as the build would read it, and written so that it reads back the same. Markdown
is what the owner goes on with; the file she began with is kept in source/originals/, where nothing
reads it. What was guessed is told with the line it went to.
"""

from __future__ import annotations

import itertools
import os
import re
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, cast

from leafcast.document.errors import SourceError, UsageError
from leafcast.document.report import Finding, Severity
from leafcast.execution.lazy import named
from leafcast.practice.project import Project
from leafcast.readers import READERS, read_bytes
from leafcast.readers.file_kinds import ALIKE, kind_of
from leafcast.readers.guard import read_or_told
from leafcast.readers.other_files import UNREAD
from leafcast.readers.web.archive import SUFFIXES as ARCHIVES
from leafcast.starting.merge import merge
from leafcast.starting.start import MARKDOWN, Made, Start, Text
from leafcast.state.cache import write_beside

DRAFTED: Final = "leafcast.starting.from_draft"
MAKERS: Final[Mapping[str, str]] = {
    ".docx": f"{DRAFTED}:from_word",
    ".html": f"{DRAFTED}:from_page",
    ".htm": f"{DRAFTED}:from_page",
    **dict.fromkeys(ARCHIVES, f"{DRAFTED}:from_archive"),
    ".txt": f"{DRAFTED}:from_text",
    ".eml": f"{DRAFTED}:from_mail",
    **dict.fromkeys(MARKDOWN, "leafcast.starting.from_markdown:from_markdown"),
}
"""What makes an article's Markdown of a file (`MakeText`), as `module:function`; of another that
can be read, what its reader gives."""
READ: Final = f"{DRAFTED}:from_reader"
MakeText = Callable[[Start], Made]
ORIGINALS: Final = "originals"
MOST: Final = READERS[".docx"].most
TEXTS: Final = (".doc", ".rtf", ".text")
"""Endings under which programs have saved plain text."""
OTHERWISE: Final = "Copy its text into a Word file, and start from that"
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
    if not _is_read(suffix):
        unread = suffix in UNREAD and " " not in title_or_file
        return _of_another_name(path) if path.is_file() or unread else None
    if not path.is_file():
        raise UsageError(
            f"There is no file {path}", "Look at its name and folder; a title needs no ending"
        )
    return path


def _of_another_name(path: Path) -> Path | None:
    """A file of a name that no reader knows, where what is in it can be read; None for text
    without an ending, which may be a title. Raises UsageError where it cannot be read.
    """
    suffix = path.suffix.casefold()
    content = read_bytes(path, path.name, MOST) if path.is_file() else b"\0"
    kind = kind_of(content)
    if (kind and kind.suffix) or (kind is None and suffix in TEXTS and b"\0" not in content):
        return path
    if kind is None and not suffix:
        return None
    what = f"{kind.name}, and " if kind else ""
    cure = kind.cure if kind else UNREAD.get(suffix, OTHERWISE)
    raise UsageError(f"{path.name} is {what}not a kind of file leafcast can read", cure)


def start_from_file(
    project: Project, file: Path, *, again: bool = False, slug: str = ""
) -> Started:
    """Write source/SLUG.md from `file`, its pictures beside it, and keep the original.

    `again` takes over what changed in the file since the article was started from it; `slug` names
    that article where it has another title than the file. Raises
    UsageError when something of that name is already there, or with `again` is not; SourceError
    when the file cannot be opened.
    """
    suffix = file.suffix.casefold()
    content = read_bytes(file, file.name, _most(suffix))
    with tempfile.TemporaryDirectory() as folder:
        start = Start(project, file, content, Path(folder))
        made = read_or_told(lambda: make_text(start), file.name, project.work)
    if isinstance(made, tuple):
        return Started(None, findings=made)
    path = project.source / f"{slug or made.slug}.md"
    original = _original(project, file, slug or made.slug)
    if again:
        return _write_again(project, made, (path, original, file), content)
    is_own = made.text.split() == content.decode("utf-8", "replace").split()
    _refuse_to_overwrite(project, (path, original), file, is_own=is_own)
    return _write(project, made, (path, original, file), content)


def _is_read(suffix: str) -> bool:
    return suffix in MAKERS or suffix in READERS


def make_text(start: Start) -> Made:
    """The Markdown of an article started from a file, or why there is none.

    A file is read by what is in it, and one whose name says another kind is told.
    """
    suffix = start.suffix
    made = cast("MakeText", named(MAKERS.get(suffix, READ)))(start)
    kind = kind_of(start.content)
    if not kind or kind.suffix != suffix or start.file.suffix.casefold() in ALIKE[suffix]:
        return made
    what = f"{start.file.name} is {kind.name}, whatever its name says, and was read as one"
    told = Finding("file-kind", Severity.ADVICE, what, "Nothing need be done")
    return (
        (*made, told) if isinstance(made, tuple) else replace(made, findings=(*made.findings, told))
    )


def _most(suffix: str) -> int:
    """How many bytes a file may have: those of an archive are mostly pictures."""
    other = READERS[".md"].most if suffix in MARKDOWN else MOST
    return READERS[suffix].most if suffix in READERS else other


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
            "Nothing was written. To take over what changed in the file since: leafcast new "
            "--again and its name. Otherwise move it away, or give this one another title",
        )


def _write_again(
    project: Project, made: Text, places: tuple[Path, Path, Path], content: bytes
) -> Started:
    """Take over what changed in a file; the article as it was is kept among the originals."""
    path, original, file = places
    if not path.exists() or not original.exists() or original.resolve() == file.resolve():
        raise UsageError(
            f"No article was started from {file.name} yet, or not under this name",
            "Start it without --again",
        )
    with tempfile.TemporaryDirectory() as folder:
        before = Start(project, original, read_bytes(original, original.name, MOST), Path(folder))
        first = make_text(before)
    own = path.read_text("utf-8")
    merged = merge(
        "" if isinstance(first, tuple) else first.text, own, made.text, f"source/{path.name}"
    )
    kept = project.source / ORIGINALS
    number = next(n for n in itertools.count(1) if not list(kept.glob(f"{path.stem}-{n}.*")))
    write_beside(kept / f"{path.stem}-{number}.md", own.encode())
    write_beside(kept / f"{path.stem}-{number}{original.suffix}", original.read_bytes())
    pictures = [name for name in made.pictures if name in merged.text]
    for name in pictures:
        write_beside(project.source / name, made.pictures[name])
    write_beside(path, merged.text.encode())
    write_beside(original, content)  # last: it says what was taken over
    added = tuple(project.source / name for name in pictures)
    return Started(path, kept / f"{path.stem}-{number}.md", added, merged.findings)


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
