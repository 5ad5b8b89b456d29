"""Zip files that are the same for the same content."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from datetime import date
from pathlib import PurePosixPath
from typing import Final

PACKED: Final = frozenset({".mp3", ".png", ".jpg", ".woff2"})
"""What is small already, and is stored as it is."""


def zipped(files: Iterable[tuple[str, bytes]], day: date, stored: tuple[str, ...] = ()) -> bytes:
    """Files in a zip, in their order, all of one day; `stored` are not compressed.

    Names are ASCII; the extra fields and attributes that differ between systems are left out.
    """
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, content in files:
            entry = zipfile.ZipInfo(name, (max(day.year, 1980), day.month, day.day, 0, 0, 0))
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            plain = name in stored or PurePosixPath(name).suffix in PACKED
            entry.compress_type = zipfile.ZIP_STORED if plain else zipfile.ZIP_DEFLATED
            archive.writestr(entry, content, compresslevel=9)
    return written.getvalue()
