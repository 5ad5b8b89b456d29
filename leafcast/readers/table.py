"""The table of readers: each says in one row how files of a kind are read, and who witnesses it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, cast

from leafcast.document.article import Reading
from leafcast.document.origin import Origin
from leafcast.execution.extensions import Table
from leafcast.execution.lazy import named

ReadSource = Callable[[str | bytes, Origin], Reading]
LARGEST_TEXT: Final = 2_000_000
"""Bytes of text; a novel has one million."""


@dataclass(frozen=True, slots=True)
class Reader:
    """A way to read an article. `function` is named, not imported; it takes text or bytes, not
    more than `most` of them.

    `witness` reads the same words a second, simple way: (text or bytes) → passages, to hold the
    article against. `quick` sees at once, from the content and the article, that nothing is lost;
    where it does not, that says nothing yet.
    """

    function: str
    witness: str
    takes: type[str] | type[bytes] = str
    most: int = LARGEST_TEXT
    quick: str = ""

    def __call__(self, content: str | bytes, origin: Origin) -> Reading:
        """Read `content`."""
        return cast("ReadSource", named(self.function))(content, origin)


WITNESS: Final = "leafcast.readers.witness"
PAGE: Final = Reader(
    "leafcast.readers.web.reader:read_page", f"{WITNESS}.page:page_passages", bytes, 20_000_000
)
OWN: Final[dict[str, Reader]] = {
    ".md": Reader(
        "leafcast.readers.markdown:read_markdown",
        f"{WITNESS}.markdown:markdown_passages",
        quick=f"{WITNESS}.quick:is_all_of_markdown",
    ),
    ".txt": Reader(
        "leafcast.readers.plain_text:read_plain_text",
        f"{WITNESS}.text:text_passages",
        quick=f"{WITNESS}.quick:is_all_of_text",
    ),
    ".eml": Reader(
        "leafcast.readers.plain_text:read_mail",
        f"{WITNESS}.message:mail_passages",
        bytes,
        20_000_000,
    ),
    ".docx": Reader(
        "leafcast.readers.word.reader:read_word",
        f"{WITNESS}.word:word_passages",
        bytes,
        100_000_000,
    ),
    ".html": PAGE,
    ".htm": PAGE,
}
"""Those of leafcast's own, by how a file's name ends."""


READERS: Final = Table("readers", Reader, OWN, key=lambda name: f".{name}")
"""All there are; an entry point `odt` of another package reads files whose names end in `.odt`."""
