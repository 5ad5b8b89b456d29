"""Pictures and links whose address has spaces or brackets in it, as cameras and Windows name files.

CommonMark wants such an address in angle brackets (0.31, 6.3); nobody who types one knows.
"""

from __future__ import annotations

import re
from typing import Final

from leafcast.readers.rewriting import IMAGE, Kind, Rewriting

_LABEL: Final = r"\[(?P<label>(?:\\.|[^\]\\\n])*)\]"
_TITLE: Final = r"(?P<title>\s+(?:\"[^\"\n]*\"|'[^'\n]*'|[“”][^”\n]*”))?"
PICTURE: Final = re.compile(
    rf"(?<!\\)!{_LABEL}\([ \t]*(?P<address>[^<>\n]*?\.{IMAGE})"
    rf"(?P<size>[ \t]+=\d*x\d*)?{_TITLE}[ \t]*\)",
    re.I,
)
LINK: Final = re.compile(
    rf"(?<![\\!]){_LABEL}\([ \t]*(?P<address>[^()<>\n\"]*[ \t][^()<>\n\"]*?){_TITLE}[ \t]*\)"
)
DEFINED: Final = re.compile(
    rf"^(?P<label> {{0,3}}\[[^\]\n^]+\]:)[ \t]+(?P<address>[^<>\s\"][^<>\n\"]*[ \t][^<>\n\"]*?)"
    rf"{_TITLE}[ \t]*$",
    re.M,
)
"""An address that is defined apart: `[1]: IMG 1234.JPG`."""
ADDRESS: Final = re.compile(
    r"https?://\S.*|www\..*|mailto:.*|[./].*|.*\.[A-Za-z][A-Za-z0-9]{1,4}(#.*)?"
)
"""What is meant as an address, and is not words in brackets."""
PLAIN: Final = re.compile(r"[^\s()<>\\]*(?:\([^\s()<>\\]*\)[^\s()<>\\]*)*")
"""An address that Markdown reads as it stands."""


def enclose_addresses(rewriting: Rewriting) -> None:
    """Put addresses with spaces or brackets between angle brackets."""
    rewriting.replace(PICTURE, _picture)
    rewriting.replace(LINK, _link)
    rewriting.replace(DEFINED, _defined)


def _picture(rewriting: Rewriting, found: re.Match[str]) -> str:
    title = found["title"] or ""
    curly = title.strip()[:1] in ("“", "”")
    if PLAIN.fullmatch(found["address"]) and not curly and not found["size"]:
        return found[0]
    if found["size"]:
        rewriting.leave(Kind.MARK, found, found["size"].strip())
    return f"![{found['label']}](<{found['address'].strip()}>{_straight(title)})"


def _link(rewriting: Rewriting, found: re.Match[str]) -> str:
    if not ADDRESS.fullmatch(found["address"].strip()):
        return found[0]
    title = _straight(found["title"] or "")
    return f"[{found['label']}](<{found['address'].strip()}>{title})"


def _defined(rewriting: Rewriting, found: re.Match[str]) -> str:
    if not ADDRESS.fullmatch(found["address"].strip()):
        return found[0]
    return f"{found['label']} <{found['address'].strip()}>{_straight(found['title'] or '')}"


def _straight(title: str) -> str:
    words = title.strip()
    return f' "{words[1:-1]}"' if words[:1] in ("“", "”") else title
