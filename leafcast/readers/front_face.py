"""What the top of an article says of its cover: `accent:`, `motif:` and `cover:`."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Final

from leafcast.design.motifs import MOTIFS, nearest_motif
from leafcast.design.pictures import picture_fault
from leafcast.document.article import Face
from leafcast.document.errors import real
from leafcast.document.origin import Origin
from leafcast.document.report import Severity
from leafcast.readers.front_facts import FrontWords

FACE_KEYS: Final = ("accent", "motif", "cover")


def read_face(said: FrontWords) -> Face:
    """How an article's cover differs; what cannot be used is said, and left out."""
    values = said.values
    faults = {
        "accent": _accent_fault(values.get("accent", "")),
        "motif": _motif_fault(values.get("motif", "")),
        "cover": _cover_fault(values.get("cover", ""), said.origin),
    }
    for key, fault in faults.items():
        if fault:
            said.find(f"{key}-unusable", Severity.WARNING, fault, key)
    used = {key: "" if faults[key] else values.get(key, "") for key in FACE_KEYS}
    used["motif"] = _motif_name(used["motif"])
    return Face(**used)


def _accent_fault(colour: str) -> tuple[str, str] | None:
    if not colour or re.fullmatch(r"#[0-9A-Fa-f]{6}", colour):
        return None
    return (
        f"“{colour}” is not a colour; the practice’s own is used",
        'Write it in quotation marks, like accent: "#6F3854"',
    )


def _motif_name(words: str) -> str:
    return words.strip().lower()


def _motif_fault(words: str) -> tuple[str, str] | None:
    if not words or _motif_name(words) in MOTIFS:
        return None
    near = nearest_motif(words)
    known = ", ".join(MOTIFS)
    return (
        f"There is no motif “{words}”; one is chosen for you",
        f"Did you mean “{near}”? There are {known}" if near else f"Choose one of {known}",
    )


def _cover_fault(path: str, origin: Origin) -> tuple[str, str] | None:
    """What keeps a picture from being the cover: it must lie in the folder source/."""
    if not path:
        return None
    fix = "Save it in the folder source and write its name, such as cover: window.jpg"
    source = origin.source.resolve()
    try:
        file = real(source / path)
        there = file.is_relative_to(source) and file.is_file()
    except (OSError, ValueError):
        there = False
    if (
        re.match(r"[a-z][a-z0-9+.-]+:", path, re.I)
        or PurePosixPath(path).is_absolute()
        or not there
    ):
        return (
            f"The picture “{path}” for the cover is not in source/; a motif is drawn instead",
            fix,
        )
    fault = picture_fault(file)
    if fault:
        return f"The picture “{path}” for the cover {fault[1]}; a motif is drawn instead", fault[2]
    return None
