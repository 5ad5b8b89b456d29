"""Files moved into dist/ and taken out of it, each at once and whole."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from leafcast.document.errors import InTheWay, LeafcastError
from leafcast.state.cache import write_beside


def refuse_what_is_in_the_way(targets: Iterable[Path]) -> None:
    """Raises InTheWay where somebody's files, or a link that leads nowhere, stand where files are
    to be; an empty folder is no hindrance.
    """
    targets = tuple(targets)
    for folder in {each.parent for each in targets}:
        if other := _first_other(folder):
            raise _in_the_way(other, "file") if other.exists() else _leads_nowhere(other)
    for target in targets:
        if target.is_dir() and not target.is_symlink() and any(target.iterdir()):
            raise _in_the_way(target, "folder")


def move(path: Path, target: Path) -> None:
    """Put a staged file in its place at once, also from another file system.

    An empty folder there is no hindrance. Raises OSError where it cannot be written.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.is_dir() and not target.is_symlink():
        target.rmdir()
    try:
        os.replace(path, target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        write_beside(target, path.read_bytes())


def _first_other(folder: Path) -> Path | None:
    """What is no folder on the way to `folder`: a file, or a link that leads nowhere."""
    ways = (*reversed(folder.parents), folder)
    return next((each for each in ways if os.path.lexists(each) and not each.is_dir()), None)


def _leads_nowhere(path: Path) -> InTheWay:
    return InTheWay(
        "This link leads nowhere, and files of the publication are to be behind it",
        "See to it that what it leads to is there, such as a disk or a shared folder; "
        "or delete the link, and build again",
        str(path),
    )


def _in_the_way(path: Path, what: str) -> InTheWay:
    return InTheWay(
        f"This {what} is not leafcast's, and stands where a file of the publication is to be",
        "Move it out of dist/, or delete it, and build again; nothing is lost",
        str(path),
    )


def remove_files(dist: Path, paths: Iterable[str]) -> None:
    """Remove files that are ours, and the folders that are empty without them."""
    for path in sorted(paths):
        target = dist / path
        if target.is_dir() and not target.is_symlink():
            continue  # what stands there by now is not what we made
        target.unlink(missing_ok=True)
        for folder in target.parents:
            if folder == dist or not folder.is_dir() or any(folder.iterdir()):
                break
            folder.rmdir()


@contextmanager
def writable_dist() -> Iterator[None]:
    """Raises LeafcastError, with the folder, where dist/ cannot be written; InTheWay where a folder
    stands in the place of a file.
    """
    try:
        yield
    except OSError as error:
        where = error.filename2 or error.filename
        if isinstance(error, IsADirectoryError) and where:
            raise _in_the_way(Path(os.fsdecode(where)), "folder") from error
        raise LeafcastError(
            f"dist/ cannot be written: {error.strerror}",
            "Make room on the disk, or allow writing there, and build again; nothing is lost",
            str(Path(os.fsdecode(where)).parent) if where else "",
        ) from error
