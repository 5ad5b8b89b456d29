"""Reads `.org` (Emacs Org): facts as `#+title: …`, headings as `* …`, the rest as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from leafcast.document.article import Reading
from leafcast.document.origin import Origin
from leafcast.readers.markdown import read_markdown
from leafcast.readers.witness.passages import Passage

FACT = re.compile(r"#\+(\w+): *(.*)")
HEADING = re.compile(r"(\*+) ")


def read_org(content: str | bytes, origin: Origin) -> Reading:
    """The article in an Org file."""
    return read_markdown(as_markdown(str(content)), origin)


def as_markdown(text: str) -> str:
    """The same article in Markdown."""
    facts = "".join(f"{name}: {said}\n" for name, said in FACT.findall(text))
    body = HEADING.sub(lambda found: f"#{'#' * len(found[1])} ", FACT.sub("", text), count=0)
    return f"---\n{facts}---\n{body}"


def org_passages(content: str | bytes) -> Iterator[Passage]:
    """The words of each line that is no fact."""
    for number, line in enumerate(str(content).splitlines(), 1):
        if not FACT.match(line):
            yield Passage(HEADING.sub("", line), number)
