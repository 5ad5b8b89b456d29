"""What an owner can do about a fault of a PDF: a sentence for each kind.

A kind without a row is leafcast's own: no words of hers can bring it about, and none can cure it.
"""

from __future__ import annotations

from typing import Final

from leafcast.checks.cures import ANEW

REPORT: Final = (
    f"{ANEW}. If it stays, it is a fault of leafcast: please report it, with the article"
)
LETTERS: Final = (
    "Write these words in other letters or signs, or put a font that has them into "
    "templates/shared/fonts"
)
STRUCTURE: Final = (
    "Set these words more simply, such as a paragraph in place of a list or table within another; "
    "where templates/leaflet has files of your own, try without them"
)
ROOM: Final = "Use shorter words here, or set them in another place; no address needs to be shown"
LINK: Final = "Write this link as plain words: [words that say where it leads](its address)"
LINE: Final = (
    "Another word in this line, or one fewer, may mend it; where templates/leaflet has a style "
    "sheet of your own, try without it"
)
PICTURE: Final = "Say in words what the picture shows: ![words](picture.jpg)"
STYLE: Final = "Where templates/leaflet has a style sheet of your own, try without it"

CURES: Final = {
    **dict.fromkeys(
        ("pdf-block-text", "pdf-words-unfound", "pdf-actual-text", "font-without-unicode",
         "font-wrong-unicode"),
        LETTERS,
    ),
    **dict.fromkeys(
        ("pdf-block-missing", "pdf-block-moved", "pdf-block-extra", "pdf-block-type",
         "pdf-block-in-pieces", "pdf-blocks-run-together", "pdf-list-label", "pdf-list-numbering",
         "pdf-table-header", "pdf-table-merged", "pdf-tag-outside", "pdf-words-as-artifact",
         "pdf-words-outside-tags", "pdf-untagged-words", "pdf-foreign-words", "pdf-abbreviation"),
        STRUCTURE,
    ),
    **dict.fromkeys(
        ("pdf-link-empty", "pdf-link-missing", "pdf-link-place", "pdf-link-target",
         "pdf-link-untagged", "pdf-link-words"),
        LINK,
    ),
    **dict.fromkeys(("pdf-text-hidden", "pdf-text-off-page", "pdf-text-overlaps"), ROOM),
    **dict.fromkeys(
        ("pdf-text-small", "pdf-word-apart", "pdf-reading-order"), STYLE
    ),
    "pdf-line-short": LINE,
    "pdf-picture-words": PICTURE,
    "pdf-qr-unreadable": "A shorter website in practice.toml makes a code of fewer dots",
}  # fmt: skip
"""By the code of a fault; what a fault says of itself goes before."""


def cure(code: str, own: str) -> str:
    """What can be done about a fault of this kind, unless it says so itself."""
    return own or CURES.get(code, REPORT)
