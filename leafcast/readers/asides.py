"""Boxes of other programs, such as notes and warnings: their title is strong, their text is text.

`> [!note] Title` (Obsidian, GitHub), `:::note Title` (Docusaurus, Pandoc, MyST) and `!!! note
"Title"` (MkDocs). A box is no quotation, so that nobody is told that somebody else says it.
"""

from __future__ import annotations

import re
from typing import Final

from leafcast.readers.rewriting import Kind, Left, Rewriting

CALLOUT: Final = re.compile(
    r"(?P<before>[ \t]*)>[ \t]?\[!(?P<kind>[\w-]+)\][+-]?[ \t]*(?P<title>.*)"
)
FENCE: Final = re.compile(
    r"[ \t]*:{3,}[ \t]*(?:\{(?P<braces>[^}]*)\}|(?P<kind>[A-Za-z][\w-]*))?"
    r"[ \t]*(?:\[(?P<boxed>[^\]]*)\]|(?P<title>[^:\n]*?))[ \t]*:*$"
)
INDENTED: Final = re.compile(
    r"(?P<before>[ \t]*)(?:!!!|\?\?\?)\+?[ \t]+(?P<kind>[a-z]+)"
    r"(?:[ \t]+\"(?P<title>[^\"]*)\")?[ \t]*$"
)
KINDS: Final = (
    "note", "tip", "info", "warning", "danger", "caution", "important", "example", "hint",
    "success", "question", "abstract", "summary", "attention", "failure", "bug", "todo", "faq",
)  # fmt: skip
"""Boxes whose kind is shown where they have no title."""
QUOTES: Final = ("quote", "cite")
NO_TEXT: Final = re.compile(r"[ \t]*(?:[-*+>#|<]|\d+[.)][ \t]|`{3}|~{3}|!\[|\ufdd0|$)")
"""What a line of text does not begin with."""


def open_asides(rewriting: Rewriting) -> None:
    """Leave out the marks of boxes, so that what they hold is the article's text."""
    lines = rewriting.text.split("\n")
    for at in range(len(lines)):
        for _ in range(4):  # one box in another
            if not _open_callout(lines, at, rewriting.left):
                break
        _open_indented(lines, at, rewriting.left)
        _open_fence(lines, at, rewriting.left)
    rewriting.text = "\n".join(lines)


def _open_callout(lines: list[str], at: int, left: list[Left]) -> bool:
    found = CALLOUT.fullmatch(lines[at])
    if not found or (at and lines[at - 1].lstrip().startswith(">")):
        return False
    left.append(Left(Kind.MARK, f"[!{found['kind']}]", at + 1))
    if found["kind"].casefold() in QUOTES:
        lines[at] = f"{found['before']}> {_strong(found['title'])}" if found["title"] else ""
        return False
    below = at + 1
    while below < len(lines) and lines[below].lstrip().startswith(">"):
        lines[below] = re.sub(r"^([ \t]*)>[ \t]?", r"\1", lines[below])
        below += 1
    lines[at] = found["before"] + _titled(found["title"], found["kind"], lines, at, left)
    return True


def _open_fence(lines: list[str], at: int, left: list[Left]) -> None:
    found = FENCE.fullmatch(lines[at])
    if not found:
        return
    braces = found["braces"] or ""
    titled = re.search(r"title=\"([^\"]*)\"", braces)
    title = found["boxed"] or found["title"] or (titled[1] if titled else "")
    kinds = [found["kind"] or "", *re.findall(r"[\w-]+", braces)]
    kind = next((each.removeprefix("callout-") for each in kinds if _is_kind(each)), "")
    if found["kind"] and not kind and title:
        title = f"{found['kind']} {title}"  # words that begin with colons
    if found["kind"] or braces or title:
        left.append(Left(Kind.MARK, lines[at].strip(), at + 1))
    lines[at] = _titled(title.strip(), kind, lines, at, left)


def _is_kind(word: str) -> bool:
    return word.casefold().removeprefix("callout-") in KINDS


def _open_indented(lines: list[str], at: int, left: list[Left]) -> None:
    found = INDENTED.fullmatch(lines[at])
    if not found or not _is_kind(found["kind"]):
        return
    inside = f"{found['before']}    "
    below = at + 1
    while below < len(lines) and (lines[below].startswith(inside) or not lines[below].strip()):
        lines[below] = found["before"] + lines[below].removeprefix(inside).strip("\n")
        below += 1
    left.append(Left(Kind.MARK, lines[at].strip(), at + 1))
    title = found["title"] or ""
    lines[at] = found["before"] + _titled(title, found["kind"], lines, at, left)


def _titled(title: str, kind: str, lines: list[str], at: int, left: list[Left]) -> str:
    """A box's title on its line; text on the next line will be a paragraph of its own."""
    words = title or (kind.capitalize() if _is_kind(kind) else "")
    if not words:
        return ""
    text = at + 1 < len(lines) and not NO_TEXT.match(lines[at + 1])
    if text:
        left.append(Left(Kind.TITLE, words, at + 1))
    return f"{_strong(words)}\\" if text else _strong(words)


def _strong(words: str) -> str:
    return words if "**" in words else f"**{words.strip()}**"
