"""Are the published files all there, and as they were made, to the last byte?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from leafcast.fixity import read_hash
from leafcast.manifest import Manifest, is_intact
from leafcast.report import Finding, Place, Severity


def check_files(dist: Path, manifest: Manifest) -> Iterator[Finding]:
    """A finding for each published file that is missing or was changed."""
    for record in manifest.files:
        if not is_intact(dist, record, read_hash):
            there = (dist / record.path).exists()
            yield Finding(
                "file-changed" if there else "file-missing",
                Severity.ERROR,
                "This file is not as it was made" if there else "This file is missing",
                "Run the build again; it is made anew",
                Place(f"dist/{record.path}"),
            )
