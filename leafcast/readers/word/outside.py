"""What stands around the text of a Word file, or outside the file: told, and left alone."""

from __future__ import annotations

import posixpath
import re
from typing import Final

from leafcast.readers.drafts import quoted
from leafcast.readers.links import shortened
from leafcast.readers.word.file import WordFile
from leafcast.readers.word.holders import text_of

FETCHED: Final = re.compile(r"https?:|file:/+[^/.]|\\\\|ftp:", re.I)
"""Addresses that are no template on the writer's own machine, such as Normal.dotm."""


def tell_outside(file: WordFile, main: str) -> None:
    """Say what stands in headers and footers, what comments say, and what Word would fetch or run.
    `main` is the part of the text.
    """
    _tell_margins(file)
    _tell_fetched(file, main)
    if any(name.casefold().endswith("vbaproject.bin") for name in file.package.names):
        file.gatherer.warn(
            "macros-left-out",
            "The file holds macros, which are not run",
            "If you do not know why, ask whoever sent it",
        )


def _tell_margins(file: WordFile) -> None:
    words = margin_words(file)
    if words:
        file.gatherer.advise(
            "header-left-out",
            f"What stands in the headers and footers of the pages is left out: {quoted(words)}",
            "If readers need it, write it into the text",
        )


def margin_words(file: WordFile) -> str:
    """What stands in headers and footers of the pages; "" where it is no words."""
    words: dict[str, None] = {}
    for relation in file.relations.values():
        if relation.kind in ("header", "footer") and not relation.outside:
            root = file.package.xml(relation.target)
            words[text_of(root) if root is not None else ""] = None
    said = " · ".join(filter(None, words))
    return said if re.search(r"[^\W\d]", said) else ""


def comment_words(file: WordFile) -> dict[str, str]:
    """What each comment says, by its id."""
    found = {}
    for relation in file.relations.values():
        if relation.kind == "comments" and not relation.outside:
            root = file.package.xml(relation.target)
            for comment in root if root is not None else ():
                found[comment.get("w-id", "")] = text_of(comment)
    return found


def _tell_fetched(file: WordFile, main: str) -> None:
    parts = (main, posixpath.join(posixpath.dirname(main), "settings.xml"))
    asked = [
        each
        for part in parts
        for each in file.package.relations(part).values()
        if each.outside and each.kind not in ("hyperlink", "image") and FETCHED.match(each.target)
    ]
    if asked:
        file.gatherer.warn(
            "outside-left-out",
            f"The file wants {shortened(asked[0].target)} opened with it, which is not done",
            "If you do not know why, ask whoever sent it",
        )
