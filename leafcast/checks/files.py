"""Are the published files all there, as they were made to the last byte, and is there no other?"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from leafcast.document.artifact import EditionRecord, Manifest
from leafcast.document.report import Finding, Place, Severity
from leafcast.state.hashes import is_as_made


def check_files(dist: Path, manifest: Manifest) -> Iterator[Finding]:
    """A finding for each published file that is missing or was changed."""
    for record in manifest.files:
        if not is_as_made(dist, record):
            there = (dist / record.path).exists()
            yield Finding(
                "file-changed" if there else "file-missing",
                Severity.ERROR,
                "This file is not as it was made" if there else "This file is missing",
                "Run the build again; it is made anew",
                Place(f"dist/{record.path}"),
            )


def check_unknown(dist: Path, manifest: Manifest) -> Iterator[Finding]:
    """A finding for each file that is not of the publication."""
    for path in unknown_files(dist, manifest):
        yield Finding(
            "file-unknown",
            Severity.WARNING,
            "No build made this file, or none would make it now; it would be uploaded all the same",
            "Delete it; or leave it, if you put it there yourself",
            Place(f"dist/{path}"),
        )


def unknown_files(dist: Path, manifest: Manifest) -> tuple[str, ...]:
    """The paths in dist/ that no manifest names."""
    known = {dist / path for path in ("manifest.json", *manifest.paths)}
    there = (Path(folder) / name for folder, _, names in os.walk(dist) for name in names)
    return tuple(sorted(path.relative_to(dist).as_posix() for path in there if path not in known))


def check_left(dist: Path, manifest: Manifest) -> Iterator[Finding]:
    """A finding for each folder of files that are called as an article's are, and that no manifest
    names: the manifest was gone when the article, or an edition of it, was taken away.

    Only the folders themselves are looked through, so that every build can.
    """
    of_all = {file.path for record in manifest.site.values() for file in record.files}
    with suppress(OSError):
        for folder in sorted(path for path in dist.iterdir() if path.is_dir()):
            left = _left(folder, manifest.publications.get(folder.name, {}), of_all)
            if left:
                more = f" and {len(left) - 1} more" if left[1:] else ""
                yield Finding(
                    "files-left",
                    Severity.WARNING,
                    f"No build knows of {left[0]}{more}, which would be uploaded all the same",
                    "Delete what is of an article that was taken away, or of an earlier leaflet; "
                    "leave what you put there yourself",
                    Place(f"dist/{folder.name}"),
                )


def _left(
    folder: Path, editions: Mapping[str, EditionRecord], of_all: Collection[str]
) -> list[str]:
    """The names in a publication's folder that begin with its own, and are of no edition."""
    known = {file.path for record in editions.values() for file in record.files}.union(of_all)
    ours = (f"{folder.name}.", f"{folder.name}-")
    there = [name for name in os.listdir(folder) if name.startswith(ours)]
    if not editions:
        there += (f"audio/{path.name}" for path in folder.glob("audio/[0-9][0-9]-*"))
    return sorted(name for name in there if f"{folder.name}/{name}" not in known)
