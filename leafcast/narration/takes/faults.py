"""A fault of a recording’s sound."""

from __future__ import annotations

from dataclasses import dataclass

from leafcast.document.report import Severity


@dataclass(frozen=True, slots=True)
class Heard:
    """A fault of the sound: code, what it is, how to do better, and where, in seconds."""

    code: str
    message: str
    fix: str
    times: tuple[float, ...] = ()
    severity: Severity = Severity.ADVICE
