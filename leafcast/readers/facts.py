"""What is known about an article (title, author, language, summary, days), and from where.

A file says such things in several places that need not agree. What its readers see is believed
before what the file keeps about itself, for that is often the template's or the machine's owner's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from leafcast.readers.front_facts import LANGUAGE, LONGEST


class Standing(IntEnum):
    """How a fact is known; what is less is believed sooner."""

    WRITTEN = 1
    """Written for leafcast: front matter, or a `<meta name="title">` of the owner's."""
    SHOWN = 2
    """Seen by who reads the file: its title, a line “By …”, a date under the title."""
    MARKED = 3
    """Said for programs about this very article: og:title, JSON-LD, the language of its words."""
    KEPT = 4
    """Kept about the file: its properties, its template."""
    NAMED = 5
    """What somebody called it for themselves: a mail’s subject."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Words for one `key` of the front matter (`front_matter.KEYS`).

    `where` says from where, as it stands after “from”: “the file’s properties”, “the line “By
    Sarah James””. `line` is its place, 0 where it has none.
    """

    key: str
    words: str
    standing: Standing
    where: str
    line: int = 0
    guessed: bool = False


NOBODY: Final = re.compile(
    r".*\b(users?|owner|admin|administrator|customer|guest|unknown|anonymous|author|webmaster|"
    r"your name|python-docx|apache poi|(libre|open)office|wordpress)\b.*"
    r"|(hp|dell|lenovo|acer|asus|toshiba|samsung|sony|apple|microsoft|windows|office|word|google)"
    r"|(the )?(reception(ist)?|office|staff|team|editor|home|default|laptop|computer|pc|test)"
    r"|\w{1,2}|\S*[@\d_]\S*|[\W\d_]*"
)
"""Authors that are none: what machines and site programs put there."""
NO_TITLE: Final = re.compile(
    r"[\W\d_]*|(word )?document ?\d*|microsoft (word|office)\b.*|powerpoint presentation|"
    r"untitled.*|no title|\[?(document )?title\]?|test( doc\w*)?|template|new page|home|"
    r"normal(\.dotm?)?|.+\.(docx?|dotx?|rtf|odt|txt|html?|pdf|pages)"
)
NO_SUMMARY: Final = re.compile(
    r"[\W\d_]*|(generated|created|made|exported|converted|produced) (by|with|from|using)\b.*|"
    r"just another \w+ (site|weblog)|comments?|description"
)
SENTENCE: Final = re.compile(r"[^a-z\s]\S*(?:\s+\S+){2,}[.!?…][”’\"')]*", re.S)
"""A comment in a file’s properties that can say what the article is about."""
DOUBTED: Final = {"author": NOBODY, "title": NO_TITLE, "summary": NO_SUMMARY}
DAYS: Final = ("published", "review")
PRACTICE: Final = "practice.toml"


def is_believed(fact: Fact) -> bool:
    """Whether `fact` can be one, and is not what machines and templates put there."""
    if not fact.words or len(fact.words) > LONGEST.get(fact.key, LONGEST["title"]):
        return False
    if fact.standing < Standing.MARKED:
        return True
    if fact.key == "language":
        return bool(LANGUAGE.match(fact.words))
    if fact.key == "author" and fact.words.islower() and " " not in fact.words:
        return False  # the name of an account
    if fact.key == "summary" and fact.standing is Standing.KEPT:
        told = SENTENCE.fullmatch(fact.words) is not None
        return told and not NO_SUMMARY.fullmatch(fact.words.casefold())
    doubt = DOUBTED.get(fact.key)
    return not (doubt and doubt.fullmatch(fact.words.strip().casefold()))


def best_facts(offered: Iterable[Fact]) -> dict[str, Fact]:
    """The fact that is believed of each key: the first of those that stand highest."""
    best: dict[str, Fact] = {}
    for fact in sorted(filter(is_believed, offered), key=lambda fact: fact.standing):
        best.setdefault(fact.key, fact)
    return best


def settled_facts(
    offered: Iterable[Fact], otherwise: Mapping[str, str], words: str
) -> dict[str, Fact]:
    """What holds of each key. `otherwise` is the practice's; `words` are the article's own.

    What the file only keeps about itself yields to the practice: an author whom the article never
    names, and whose English it is (a template's en-US says where Word comes from).
    """
    best = best_facts(offered)
    practice = otherwise.get("author", "")
    own = otherwise.get("language", "en-GB")
    author, language = best.get("author"), best.get("language")
    if author and practice and _is_anothers(author, words, practice):
        best["author"] = Fact("author", practice, Standing.KEPT, PRACTICE)
    if language and language.standing is Standing.KEPT and _same_tongue(language.words, own):
        best["language"] = Fact("language", own, Standing.KEPT, PRACTICE)
    return best


def _is_anothers(author: Fact, words: str, practice: str) -> bool:
    """Whether a property names somebody of whom neither article nor practice knows."""
    known = names(words, author.words) or alike(bare_name(author.words), bare_name(practice))
    return author.standing >= Standing.KEPT and not known


def _same_tongue(one: str, other: str) -> bool:
    """Whether two languages differ in the country alone."""
    return one != other and one.split("-")[0] == other.split("-")[0]


def names(words: str, author: str) -> bool:
    """Whether `words` name the author, without what follows the name."""
    name = bare_name(author)
    return bool(name) and f" {name} " in f" {folded(words)} "


def bare_name(author: str) -> str:
    """The name in “Sarah James, MBACP (counsellor)”, in small letters."""
    return folded(re.split(r"[,(–|]| - ", author)[0])


def alike(one: str, other: str) -> bool:
    """Whether two sayings are the same, but for more words at the end of one of them."""
    first, second = sorted((folded(one), folded(other)), key=len)
    return bool(first) and f"{second} ".startswith(f"{first} ")


def folded(words: str) -> str:
    """`words` in small letters, with single spaces for all that is no letter or digit."""
    return re.sub(r"[\W_]+", " ", words).strip().casefold()


def facts_in(words: Mapping[str, str], standing: Standing, where: str) -> Iterator[Fact]:
    """Facts that are all known alike."""
    return (Fact(key, said, standing, where) for key, said in words.items() if said)


def best_words(offered: Iterable[Fact]) -> dict[str, str]:
    """What is believed of each key."""
    return {key: fact.words for key, fact in best_facts(offered).items()}


def days_in(offered: Iterable[Fact]) -> dict[str, str]:
    """The days that are believed."""
    return {key: words for key, words in best_words(offered).items() if key in DAYS}
