"""Marks of note-takers such as Obsidian: links between notes, embedded pictures, tags, comments."""

from __future__ import annotations

import re
from typing import Final

from leafcast.readers.rewriting import IMAGE, Kind, Rewriting, markdown_picture

COMMENT: Final = re.compile(r"[ \t]?(?<!\\)%%(?!%).*?%%", re.S)
EMBED: Final = re.compile(r"(?<!\\)!\[\[(?P<name>[^\[\]\n|]+)(?P<more>(?:\\?\|[^\[\]\n|]*)*)\]\]")
LINK: Final = re.compile(
    r"(?<![\\!])\[\[(?P<name>[^\[\]\n|^\\]+)(?:\\?\|(?P<words>[^\[\]\n\\]+))?\]\]"
)
HIGHLIGHT: Final = re.compile(
    r"(?<![\\=])==(?=[^\s=])((?:(?!\n[ \t]*\n|==).)+?)(?<=[^\s=])==(?!=)", re.S
)
BLOCK_ID: Final = re.compile(r"(?<=\S)[ \t]+\^[a-z0-9][a-z0-9-]{3,}[ \t]*$", re.M)
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
