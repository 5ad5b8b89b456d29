"""Words of a file that are no text: by which finding they are told where they are left out."""

from __future__ import annotations

from typing import Final, NamedTuple

MARKER: Final = "marker"
"""What a list, a rule or a link back is marked with: it becomes structure."""

ASIDE: Final = "alt of a page"
"""What a picture of a page shows: told where its text is in the article, and not around it."""
CAPTION: Final = "caption"
"""What stands below a picture or above a table: in the article's text, or with its picture."""
FOOTNOTE: Final = "footnote"
"""A note, which stands among others in the order of their calls."""
TEXT: Final = ("", "shown", "call")
"""Kinds of words that stand in the article where they stand in the file."""


class Kind(NamedTuple):
    """Words that a reader may leave out where a finding says so whose code begins as one of
    `codes`. `name` is what the witness itself calls them where no reader tells of
    them; where it is empty, they are lost.
    """

    codes: tuple[str, ...] = ()
    name: str = ""


KINDS: Final[dict[str, Kind]] = {
    FOOTNOTE: Kind(),
    "mark": Kind(),
    "head": Kind(("front-", "unknown-key", "guessed-"), "a line of front matter"),
    "address": Kind((), "an address"),
    "caption": Kind(("picture-",)),
    "box": Kind(("text-box",)),
    "alt": Kind(
        ("picture-", "object-left-out", "text-box"),
    ),
    "uncalled": Kind(("note-",)),
    "cell": Kind(("table-",)),
    "alt of a page": Kind(("picture-",)),
    "comment": Kind(("comment",), "a comment"),
    "link title": Kind((), "the title of a link"),
    "code name": Kind((), "the name of a kind of code"),
    "definition": Kind((), "a link that nothing refers to"),
    "pronunciation": Kind((), "how a word is pronounced"),
    "deleted": Kind(("tracked-changes",), "words that a tracked change deletes"),
    "struck": Kind(("struck-",), "words struck through"),
    "hidden": Kind(("hidden-",), "hidden words"),
    "contents": Kind(("contents-left-out",), "a table of contents"),
    "field": Kind((), "the code of a field"),
    "site code": Kind((), "code of a program for websites"),
    "margin": Kind(("header-left-out",), "a header or footer of the pages"),
    "symbol": Kind(("symbol-lost",)),
    "tab": Kind(()),
    "form": Kind(("forms-dropped",), "a part of a form"),
    "unscripted": Kind((), "what is shown without scripts alone"),
    "media": Kind(("frames-dropped", "films-dropped", "drawings-dropped"), "a drawing or a film"),
    "around": Kind(("around-left-out",), "what stands around the article"),
}  # fmt: skip
