"""Where a text comes from, for the readers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from leafcast.document.report import Finding, Place, Severity


@dataclass(frozen=True, slots=True)
class Origin:
    """The file a text comes from: as the owner knows it, its slug, and where pictures lie."""

    shown: str
    slug: str
    source: Path

    def finding(
        self, code: str, severity: Severity, message: str, fix: str = "", *, line: int = 0
    ) -> Finding:
        """A finding in this file."""
        return Finding(code, severity, message, fix, Place(self.shown, line or None))
