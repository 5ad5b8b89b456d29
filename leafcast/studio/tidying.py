"""What a studio that was killed left half written, and dropped files that were never answered."""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from typing import Final

HALF_SECONDS: Final = 3600.0
"""What has been half written for so long is written by nobody any more."""
WAITS_SECONDS: Final = 14 * 24 * 3600.0
"""How long a dropped file waits for her answer; her own file lies where it did."""


def tidy(folder: Path) -> None:
    """Clear away what nobody waits for any more, in the practice's folder. Raises OSError."""
    now = time.time()
    for part in ("source", "audio", ".leafcast/studio", ".leafcast/versions"):
        for pattern in (".*.part", ".*.trial.toml"):
            for path in (folder / part).rglob(pattern):
                if path.is_file() and now - path.stat().st_mtime > HALF_SECONDS:
                    path.unlink(missing_ok=True)
    for waiting in (folder / ".leafcast" / "studio" / "incoming").glob("*"):
        if now - waiting.stat().st_mtime > WAITS_SECONDS:
            shutil.rmtree(waiting, ignore_errors=True)
