"""Our words in sheets that are Markdown, such as the test sheet: each line is a message."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Final

from leafcast.locale.language import Language

LINE: Final = re.compile(
    r"(?m)^(?P<mark>#+ |\d+\. |- |(?:title|summary): )?(?!\w+: |---$)(?P<words>\S.*)$"
)
"""What stands behind the mark of a heading or a list, or what front matter says to readers."""


def words_in(text: str) -> Iterator[str]:
    """The messages of a sheet."""
    yield from (found["words"] for found in LINE.finditer(text))


def in_language(text: str, language: Language) -> str:
    """A sheet in a language; lines that the catalogue has not, such as an owner's, stay."""

    def told(line: re.Match[str]) -> str:
        mark = line["mark"] or ""
        words = " ".join(language.gettext(line["words"]).split())
        return mark + (json.dumps(words, ensure_ascii=False) if mark.endswith(": ") else words)

    return LINE.sub(told, text)
