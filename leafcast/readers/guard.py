"""A mistake of leafcast's own in reading one file costs that file, and no other.

This is the one place that catches whatever is raised. A reader is given what strangers wrote, and
nobody foresees all of it; without this, a broken copy in source/ would keep every other article
from being built. It is never passed over: it is an error, with its details kept.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final, TypeVar

from leafcast.document.errors import LeafcastError, SourceError
from leafcast.state.cache import write_beside

FOLDER: Final = "mistakes"
LONGEST_REASON: Final = 120

_R = TypeVar("_R")


def read_or_told(read: Callable[[], _R], shown: str, work: Path) -> _R:
    """What `read` gives of the file that is shown as `shown`; `work` is the project's .leafcast/.

    Raises SourceError where it cannot be read, whatever the reason.
    """
    try:
        return read()
    except LeafcastError:
        raise
    except MemoryError as error:
        raise SourceError(
            "there is not enough memory to read this file",
            "Close other programs, or put its text into several files",
            shown,
        ) from error
    except Exception as error:
        reason = f"{type(error).__name__}: {error}"[:LONGEST_REASON]
        raise SourceError(
            f"leafcast made a mistake in reading this file ({reason}), so it was left out",
            "Open it in the program it was written with and save it anew, or copy its text into a "
            f"new file. If that does not help, please report it{_kept(error, shown, work)}",
            shown,
        ) from error


def _kept(error: Exception, shown: str, work: Path) -> str:
    """Keep the details for whoever looks after leafcast; says where they are."""
    path = work / FOLDER / f"{Path(shown).name}.txt"
    with suppress(OSError):
        write_beside(path, "".join(traceback.format_exception(error)).encode(errors="replace"))
        return f", with {work.name}/{FOLDER}/{path.name}"
    return ""
