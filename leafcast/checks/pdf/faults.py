"""A fault of one PDF: a code, a sentence, and the page it is on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from leafcast.document.report import Severity

SHOWN: Final = 70


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong. `page` counts from 0, None where it is the whole file.

    `fix` is what can be done where that is not the same for all of its kind (see `cures.py`).
    """

    code: str
    words: str
    page: int | None = None
    severity: Severity = Severity.ERROR
    fix: str = ""


def shortened(words: str) -> str:
    """The first of `words`, enough to find them by."""
    if len(words) <= SHOWN:
        return words
    return words[:SHOWN].rsplit(" ", 1)[0] + " …"
