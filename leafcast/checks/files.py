"""Are the published files all there, as they were made to the last byte, and is there no other?"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from leafcast.document.artifact import Manifest
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
