"""The system's own player for a short sound, where there is one. Nothing plays unasked."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

PLAYERS: Final = (
    ("afplay",),
    ("pw-play",),
    ("paplay",),
    ("aplay", "-q"),
    ("ffplay", "-nodisp", "-autoexit", "-loglevel", "quiet"),
)
"""Commands that play a WAV and end with it: macOS, then Linux."""


def play(path: Path) -> bool:
    """Play a WAV to its end; whether that could be done."""
    if sys.platform == "win32":
        import winsound

        try:
            winsound.PlaySound(str(path), winsound.SND_FILENAME)
        except RuntimeError:
            return False
        return True
    return any(_played([*command, str(path)]) for command in PLAYERS if shutil.which(command[0]))


def _played(command: list[str]) -> bool:
    quiet = subprocess.DEVNULL
    done = subprocess.run(command, stdin=quiet, stdout=quiet, stderr=quiet, check=False)
    return done.returncode == 0
