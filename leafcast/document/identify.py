"""Ids from the content, so that what did not change keeps its id."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import Final

APOSTROPHES = str.maketrans("", "", "'’ʼ")

LONGEST_SLUG: Final = 80
"""Letters of a section's id or an article's file: the names of what is made of them are longer,
and 255 is all there is.
"""
TAKEN: Final = re.compile(
    r"con|prn|aux|nul|com\d|lpt\d"
    r"|library|podcast|sha256sums"
    r"|samples|takes|voices"
)
"""What no article's folder may be called: no file in Windows has such a name, whatever its ending;
dist/ has folders and a file of its own for all articles, and some file systems do not tell capitals
from small letters; audio/ has folders for what is no article's.
"""
RESERVED: Final = re.compile(r"introduction|note-\d+")
"""Ids an article has for its first words and its notes. Those of the templates have a low line,
which no id of an article has.
"""


def slugify(words: str) -> str:
    """`words` as part of an address: small letters, digits and hyphens. May be empty."""
    folded = unicodedata.normalize("NFKD", words.translate(APOSTROPHES)).casefold()
    ascii_only = folded.encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")


def shortened_slug(slug: str) -> str:
    """`slug` as long as a name may be, cut at a hyphen."""
    return (
        slug
        if len(slug) <= LONGEST_SLUG
        else slug[:LONGEST_SLUG].rpartition("-")[0] or slug[:LONGEST_SLUG]
    )


def file_slug(title: str) -> str:
    """A name for the file of an article called `title`; "" where it has no letter."""
    slug = shortened_slug(slugify(title))
    return f"about-{slug}" if TAKEN.fullmatch(slug) else slug


class Identifier:
    """Gives each section, block and sentence of one article its id, no id twice.

    A section is its heading as a slug, cut where it is long; a block is `b` and a sentence `s`
    with the first ten digits of the hash of its words. What stands there twice gets -2, -3, in
    reading order.
    Ids for words of another `kind` than the article's are never the same.
    """

    def __init__(self, kind: str = "") -> None:
        self._given: dict[str, int] = {}
        self._before = f"{kind}\n" if kind else ""

    def section(self, heading: str) -> str:
        """An id for a section; `section` where the heading has no letter of the alphabet."""
        slug = shortened_slug(slugify(heading))
        own = slug and slug[0].isalpha() and not RESERVED.fullmatch(slug)
        return self._once(slug if own else f"section-{slug}".rstrip("-"))

    def block(self, kind: str, words: str) -> str:
        """An id for a block of this kind."""
        return self._once("b" + _hash(f"{self._before}{kind}\n{words}"))

    def sentence(self, words: str) -> str:
        """An id for a sentence."""
        return self._once("s" + _hash(f"{self._before}{words}"))

    def _once(self, proposed: str) -> str:
        count = self._given.get(proposed, 0) + 1
        self._given[proposed] = count
        return proposed if count == 1 else self._once(f"{proposed}-{count}")


def _hash(words: str) -> str:
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:10]
