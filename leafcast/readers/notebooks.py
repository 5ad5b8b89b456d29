"""Marks of note-takers such as Obsidian: links between notes, embedded pictures, tags, comments."""

from __future__ import annotations

import re
from typing import Final

from leafcast.readers.rewriting import IMAGE, Kind, Left, Rewriting, markdown_picture

COMMENT: Final = re.compile(r"[ \t]?(?<!\\)%%(?!%).*?%%", re.S)
EMBED: Final = re.compile(r"(?<!\\)!\[\[(?P<name>[^\[\]\n|]+)(?P<more>(?:\\?\|[^\[\]\n|]*)*)\]\]")
LINK: Final = re.compile(
    r"(?<![\\!])\[\[(?P<name>[^\[\]\n|^\\]+)(?:\\?\|(?P<words>[^\[\]\n\\]+))?\]\]"
)
HIGHLIGHT: Final = re.compile(
    r"(?<![\\=])==(?=[^\s=])((?:(?!\n[ \t]*\n|==).)+?)(?<=[^\s=])==(?!=)", re.S
)
BLOCK_ID: Final = re.compile(
    r"(?:^|(?<=\S)[ \t]+)\^(?=[A-Za-z]|[\d-]*[A-Za-z]|\w{4})[A-Za-z0-9][A-Za-z0-9-]*[ \t]*$", re.M
)
PROPERTIES: Final = re.compile(
    r"\A\s*#[ \t][^\n]+\n\s*\n(?P<lines>(?:[A-Z][\w /-]{0,30}:[^\n]*\n)*?"
    r"(?:Created(?: time| by)?|Last edited(?: time| by)?|Tags?|Status):[^\n]*\n"
    r"(?:[A-Z][\w /-]{0,30}:[^\n]*\n)*)(?=[ \t]*\n)"
)
"""What Notion writes below the title of a page that it exports: the properties of the page."""
TAGS: Final = re.compile(
    r"^[ \t]*(?:tags:[ \t]*)?(?:#[A-Za-z][\w/-]*[ \t,]+)+#[A-Za-z][\w/-]*[ \t]*$"
    r"|^[ \t]*#[a-z][a-z0-9_/-]*[ \t]*$",
    re.M,
)
"""A line of tags; one alone in small letters, for `#Grief` may be a heading."""
BOX: Final = re.compile(r"^(?P<point>[ \t]*(?:[-*+]|\d+[.)])[ \t]+)\[[ xX]\][ \t]+", re.M)
"""A point to tick, as GitHub has it too."""
TIGHT: Final = re.compile(r"^(?P<marks>#{2,6})(?=[^\s#])(?=[^\n]*[a-z])", re.M)


def read_notebook(rewriting: Rewriting) -> None:
    """Leave out a note-taker's marks; its pictures and its links' words stay."""
    rewriting.replace(PROPERTIES, _properties)
    rewriting.drop(COMMENT, Kind.COMMENT)
    rewriting.replace(EMBED, _embed)
    rewriting.replace(LINK, _link)
    rewriting.replace(HIGHLIGHT, _highlight)
    rewriting.drop(BLOCK_ID, Kind.MARK)
    rewriting.drop(TAGS, Kind.MARK)
    rewriting.replace(BOX, _box)
    rewriting.replace(TIGHT, _tight)


def _embed(rewriting: Rewriting, found: re.Match[str]) -> str:
    """A picture that is shown in place; of another note, only that it is left out."""
    name = found["name"].strip()
    if not re.search(rf"\.{IMAGE}$", name, re.I):
        rewriting.leave(Kind.CODE, found)
        return ""
    words = [each.strip(" \\") for each in found["more"].split("|")]
    alt = next((each for each in words if each and not re.fullmatch(r"\d+(x\d+)?", each)), "")
    return markdown_picture(name, alt)


def _properties(rewriting: Rewriting, found: re.Match[str]) -> str:
    """The title without the properties below it."""
    words = "; ".join(filter(None, map(str.strip, found["lines"].split("\n"))))
    rewriting.left.append(Left(Kind.PROPERTY, words, rewriting.line(found.start("lines"))))
    return found[0].replace(found["lines"], "\n" * found["lines"].count("\n"))


def _link(rewriting: Rewriting, found: re.Match[str]) -> str:
    words = found["words"] or found["name"].strip("# ").replace("#", " > ").rpartition("/")[2]
    rewriting.leave(Kind.NOTE, found)
    return words.strip()


def _highlight(rewriting: Rewriting, found: re.Match[str]) -> str:
    return found[1] if "*" in found[1] else f"**{found[1]}**"


def _box(rewriting: Rewriting, found: re.Match[str]) -> str:
    rewriting.leave(Kind.MARK, found, found[0].strip())
    return found["point"]


def _tight(rewriting: Rewriting, found: re.Match[str]) -> str:
    end = rewriting.text.find("\n", found.start())
    line = rewriting.text[found.start() : end if end >= 0 else None]
    rewriting.leave(Kind.HEADING, found, line)
    return f"{found['marks']} "
