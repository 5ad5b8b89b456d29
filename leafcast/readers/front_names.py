"""What other programs call the facts of an article, and what they write there.

Names are compared without case, hyphens and low lines: `pubDate`, `pub_date` and `PubDate` are one.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from typing import Final

from leafcast.readers.front_lines import FrontLine, Value

OWN: Final = ("title", "subtitle", "author", "language", "summary", "published", "review")
"""Facts that other programs know too; the other keys are leafcast's alone."""

NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "title": ("headline", "heading", "seotitle", "metatitle", "ogtitle"),
    "subtitle": ("subheadline", "subheading", "tagline", "strapline"),
    "author": ("authors", "byline", "by", "writer", "creator", "authorname"),
    "language": ("lang", "locale", "languagecode", "lng"),
    "summary": (
        "description", "excerpt", "teaser", "abstract", "standfirst", "lead", "intro", "synopsis",
        "blurb", "dek", "metadescription", "seodescription", "ogdescription",
    ),
    "published": (
        "date", "pubdate", "publishdate", "publisheddate", "datepublished", "publishedat",
        "publishedon", "publicationdate", "pubdatetime", "publishedtime", "created", "createdat",
        "datecreated", "lastmod", "updated", "modified", "lastmodified", "lastupdated", "updatedat",
    ),
    "review": ("reviewdate", "nextreview", "reviewby", "reviewdue", "nextreviewdate"),
}  # fmt: skip
"""By each fact, other names for it; what stands first is believed first."""

NESTED: Final = ("params", "extra", "seo", "meta", "metadata", "data", "frontmatter")
"""Tables in which Hugo, Zola and others keep facts."""
DRAFT: Final = ("draft", "status", "poststatus", "isdraft", "unpublished")
YES: Final = ("true", "yes", "on", "1", "draft")
NOBODY: Final = re.compile(
    r"\W*|admin(istrator)?|user|owner|editor|author|root|guest|unknown|anonymous|webmaster|"
    r"your name|(site|blog) (admin|owner)|wordpress",
    re.I,
)
"""Authors that are none: what site programs put there."""
ACCOUNT: Final = re.compile(r"@\S+|[a-z0-9]+[-_.][a-z0-9_.-]+|[a-z]*\d[a-z0-9]*")
"""`jane-doe`, by which a site program finds an author elsewhere."""
LANGUAGES: Final = {
    "english": "en-GB", "british english": "en-GB", "english (uk)": "en-GB", "uk english": "en-GB",
    "american english": "en-US", "english (us)": "en-US", "welsh": "cy", "cymraeg": "cy",
    "french": "fr", "français": "fr", "german": "de", "deutsch": "de", "spanish": "es",
    "español": "es", "polish": "pl", "polski": "pl", "italian": "it", "italiano": "it",
    "portuguese": "pt", "irish": "ga", "gaeilge": "ga", "urdu": "ur", "arabic": "ar",
    "bengali": "bn", "punjabi": "pa",
}  # fmt: skip


def folded(name: str) -> str:
    """A name as names are compared."""
    return re.sub(r"[\s_-]", "", name).casefold()


KNOWN: Final = {
    name: (key, rank) for key, names in NAMES.items() for rank, name in enumerate(names, 1)
}
"""Each other name: the fact it means, and how late it is believed."""
KNOWN_OWN: Final = {folded(key): key for key in OWN}


def is_draft(lines: Iterable[FrontLine]) -> FrontLine | None:
    """The line that says that the article is not to be published yet."""
    for line in lines:
        name, said = folded(line.key), str(line.value).strip().casefold()
        if name in DRAFT and said in YES:
            return line
        if name in ("published", "publish") and said in ("false", "no", "off"):  # Jekyll, Obsidian
            return line
    return None


def is_draft_key(line: FrontLine) -> bool:
    """Whether a line says whether the article is a draft, be it one or not."""
    return folded(line.key) in (*DRAFT, "published", "publish")


def flattened(lines: Iterable[FrontLine]) -> list[FrontLine]:
    """`lines`, and behind them what stands in tables such as `params`."""
    flat: list[FrontLine] = []
    inner: list[FrontLine] = []
    for line in lines:
        if folded(line.key) in NESTED and isinstance(line.value, Mapping):
            inner += [FrontLine(key, value, line.line) for key, value in line.value.items()]
        else:
            flat.append(line)
    return flat + inner


def _means(name: str) -> str:
    """The fact that a name means; "" where none."""
    name = folded(name)
    return KNOWN_OWN.get(name) or (KNOWN[name][0] if name in KNOWN else "")


def rank(name: str) -> int:
    """How late a name is believed: 0 for leafcast's own."""
    return KNOWN.get(folded(name), ("", 0))[1]


def meant(line: FrontLine) -> str:
    """The fact that a line means; "" where none, or where it says something else."""
    key = _means(line.key)
    if key == "published" and str(line.value).strip().casefold() in (
        "true",
        "false",
        "yes",
        "no",
        "on",
        "off",
    ):
        return ""
    return key


# ---------------------------------------------------------------- values


def words_of(key: str, value: Value) -> str:
    """The words of a value as leafcast would have them; "" where they are none."""
    if key == "author":
        words = _names(value)
    elif isinstance(value, str):
        words = value
    else:
        return ""
    words = " ".join(_decoded(words).split())
    if key == "language":
        return language_code(words)
    if key == "author" and NOBODY.fullmatch(words):
        return ""
    return words


def language_code(words: str) -> str:
    """A language's code as BCP 47 has it, from what programs write; `words` where that is none."""
    if named := LANGUAGES.get(words.casefold()):
        return named
    found = re.fullmatch(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{2}))?(?:\.[\w-]+)?", words)
    if not found:
        return words
    return "-".join(filter(None, (found[1].lower(), (found[2] or "").upper())))


def _names(value: Value) -> str:
    """The names of one author or of several; the name of an account is none."""
    if isinstance(value, str):
        return "" if ACCOUNT.fullmatch(value) else value
    if isinstance(value, Mapping):
        return _name(value)
    names = [
        name for each in value if (name := _names(each).strip()) and not NOBODY.fullmatch(name)
    ]
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def _name(author: Mapping[str, Value]) -> str:
    by = {folded(key): value for key, value in author.items() if isinstance(value, str)}
    for key in ("name", "displayname", "fullname", "label"):
        if by.get(key):
            return by[key]
    both = (by.get("given") or by.get("firstname", ""), by.get("family") or by.get("lastname", ""))
    return " ".join(filter(None, both))


def _decoded(words: str) -> str:
    """`words` with entities as the characters they are, without tags and marks of strong words."""
    words = re.sub(
        r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|\w{2,31});", lambda at: html.unescape(at[0]), words
    )
    return re.sub(r"</?(?:p|b|i|em|strong|span|br)\b[^<>]*>", " ", words)
