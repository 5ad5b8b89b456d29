"""Rewriting Markdown piece by piece, every line where it was, and what is left out on the way."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

IMAGE: Final = r"(?:png|jpe?g|gif|webp|svg|tiff?|bmp|avif|heic|heif)"
"""Endings of pictures' names, whether they can be printed or not."""
IS_IMAGE: Final = re.compile(rf"[^\s\"'<>]?[^\"'<>]*\.{IMAGE}", re.I)
_ATTRIBUTE: Final = re.compile(
    r"([\w:.-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|\{\s*[\"'`]([^\"'`]*)[\"'`]\s*\}|([^\s\"'>}]+))"
)
_WORDS: Final = re.compile(r"\"([^\"]*)\"|'([^']*)'")
_SOURCES: Final = (
    "src",
    "url",
    "image",
    "path",
    "image_path",
    "file",
    "href",
    "source",
    "filename",
)
_ALTS: Final = ("alt", "alternative", "alt_text", "description", "title")


GAP: Final = "\ufdd2"
"""Where nothing is left between two spaces, of which one is enough."""


class Kind(Enum):
    """What was left out or read otherwise, told once of each kind."""

    CODE = "code"
    MARK = "mark"
    NOTE = "note"
    COMMENT = "comment"
    HTML = "html"
    GONE = "gone"
    HEADING = "heading"
    UNREAD = "unread"
    PROPERTY = "property"
    UNCALLED = "uncalled"
    STRUCK = "struck"
    RAISED = "raised"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Left:
    """Something that was left out, and its line, from 1."""

    kind: Kind
    words: str
    line: int


Replace = Callable[["Rewriting", "re.Match[str]"], str]


@dataclass(slots=True)
class Rewriting:
    """A text while it is rewritten."""

    text: str
    left: list[Left] = field(default_factory=list)

    def line(self, at: int) -> int:
        """The line on which `at` stands."""
        return self.text.count("\n", 0, at) + 1

    def leave(self, kind: Kind, found: re.Match[str], words: str = "") -> None:
        """Note that what was found is left out."""
        start = found.start() + len(found[0]) - len(found[0].lstrip())
        self.left.append(Left(kind, " ".join((words or found[0]).split()), self.line(start)))

    def replace(self, pattern: re.Pattern[str], replace: Replace) -> None:
        """Put something in the place of each piece that `pattern` finds; its lines stay."""

        def on_as_many_lines(found: re.Match[str]) -> str:
            new = replace(self, found)
            lines = "\n" * (found[0].count("\n") - new.count("\n"))
            around = (
                self.text[max(found.start() - 1, 0) : found.start()],
                self.text[found.end() : found.end() + 1],
            )
            return new + lines if new or lines or around != (" ", " ") else GAP

        self.text = pattern.sub(on_as_many_lines, self.text).replace(f"{GAP} ", "")

    def drop(self, pattern: re.Pattern[str], kind: Kind) -> None:
        """Leave out what `pattern` finds."""

        def dropped(rewriting: Rewriting, found: re.Match[str]) -> str:
            rewriting.leave(kind, found)
            return ""

        self.replace(pattern, dropped)


def attributes(code: str) -> dict[str, str]:
    """The attributes in a tag, however they are written; names in small letters."""
    return {
        name.casefold(): next(filter(None, values), "")
        for name, *values in _ATTRIBUTE.findall(code)
    }


def picture(code: str) -> str:
    """The picture that a tag shows, in Markdown; "" where it shows none.

    Its address is the first attribute or word that names one, its description the next word.
    """
    named: Mapping[str, str] = attributes(code)
    words = ["".join(each) for each in _WORDS.findall(code)]
    address = next((named[key] for key in _SOURCES if IS_IMAGE.fullmatch(named.get(key, ""))), "")
    alt = next((named[key] for key in _ALTS if named.get(key)), "")
    if not address:
        address = next((each for each in words if IS_IMAGE.fullmatch(each)), "")
        after = words[words.index(address) + 1 :] if address else []
        alt = alt or next(iter(after), "")
    return markdown_picture(address, alt, named.get("caption", "")) if address else ""


def markdown_picture(address: str, alt: str, caption: str = "") -> str:
    """A picture as Markdown writes it, whatever its name."""
    alt = re.sub(r"[\[\]\\]", lambda at: f"\\{at[0]}", " ".join(alt.split()))
    title = ' "' + caption.replace('"', "&quot;") + '"' if caption else ""
    return f"![{alt}](<{address.strip()}>{title})"
