"""Files moved into dist/ and taken out of it, each at once and whole."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from leafcast.document.errors import LeafcastError
from leafcast.state.cache import write_beside


def move(path: Path, target: Path) -> None:
    """Put a staged file in its place at once, also from another file system.

    An empty folder there is no hindrance. Raises LeafcastError where somebody's files are in the
    way, OSError where it cannot be written.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.is_dir() and not target.is_symlink():
            target.rmdir()
    except (FileExistsError, NotADirectoryError) as error:
        raise _no_folder(_first_other(target.parent)) from error
    except OSError as error:
        if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
            raise
        raise _in_the_way(target, "folder") from error
    try:
        os.replace(path, target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        write_beside(target, path.read_bytes())


def _first_other(folder: Path) -> Path:
    """What is no folder on the way to `folder`: a file, or a link that leads nowhere."""
    ways = (*reversed(folder.parents), folder)
    return next(each for each in ways if os.path.lexists(each) and not each.is_dir())


def _no_folder(path: Path) -> LeafcastError:
    if path.exists():
        return _in_the_way(path, "file")
    return LeafcastError(
        "This link leads nowhere, and files of the publication are to be behind it",
        "See to it that what it leads to is there, such as a disk or a shared folder; "
        "or delete the link, and build again",
        str(path),
    )


def _in_the_way(path: Path, what: str) -> LeafcastError:
    return LeafcastError(
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
    """Raises LeafcastError, with the folder, where dist/ cannot be written."""
    try:
        yield
    except OSError as error:
        where = error.filename2 or error.filename
        raise LeafcastError(
            f"dist/ cannot be written: {error.strerror}",
            "Make room on the disk, or allow writing there, and build again; nothing is lost",
            str(Path(os.fsdecode(where)).parent) if where else "",
        ) from error
