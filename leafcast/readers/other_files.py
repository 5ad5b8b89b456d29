"""Files beside articles that are none: those of other programs, and those that programs leave."""

from __future__ import annotations

import re
from typing import Final

UNREAD: Final = {
    ".doc": "Open it in Word or LibreOffice, and save it as .docx",
    ".odt": "Open it in LibreOffice or Word, and save it as .docx",
    ".rtf": "Open it in Word or LibreOffice, and save it as .docx",
    ".pages": "In Pages, export it to Word",
    ".pdf": "Start from what the PDF was made from; or copy its text into a Word file",
    ".mht": "Start an article from it: leafcast new, and its name",
    ".mhtml": "Start an article from it: leafcast new, and its name",
    ".webarchive": "In Safari, save the page as page source, or use another browser",
}
"""What an owner may have, and what to do with it."""

LOCK: Final = re.compile(r"~\$|\.~lock|\._|\.#|\.DS_Store$|Thumbs\.db$|~.*\.tmp$", re.I)
"""Files that Word, LibreOffice, macOS and Windows keep beside what is open or shown."""

COPY: Final = re.compile(
    r"(.+?)( \(\d+\)| - Copy( \(\d+\))?| copy( \d+)?| \([^()]*conflicted copy[^()]*\)"
    r"|\.sync-conflict-[\w-]+|-(DESKTOP|LAPTOP)-\w+)(\.\w+)",
    re.I,
)
"""How browsers, Windows, macOS, Dropbox, Syncthing and OneDrive call a second version of a file:
first of all what the file is called, last how that ends."""


def copy_of(name: str) -> str:
    """The name of the file of which one of this name is another version; else ""."""
    found = COPY.fullmatch(name)
    return f"{found[1]}{found[found.re.groups]}" if found else ""
