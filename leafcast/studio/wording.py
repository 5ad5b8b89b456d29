"""Findings as the studio tells them: in the owner's words, with what she can do here.

A finding's own fix speaks of the file, for whoever writes it by hand. In the studio nobody sees a
file, so each kind that an article can have has a cure of its own here; one that has none is told
without a cure rather than with signs she never met.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from leafcast.document.article import Article
from leafcast.document.report import Finding, Severity
from leafcast.studio.mending import WHOLE, Mend, key_of, mends_of, quotes_of

CURES: Final[Mapping[str, str]] = {
    "long-sentence": "You may end it earlier, and begin a new one.",
    "picture-without-alt": "Say what the picture shows, for readers who do not see it.",
    "picture-missing": "Put the picture in again, or take its place out.",
    "empty-section": "Write some words below the heading, or take the heading out.",
    "heading-level-skipped": "Choose “Heading” instead of “Smaller heading”.",
    "review-due": "Read it through, and set the day on which you will read it again.",
    "review-too-late": "Choose an earlier day on which you will read it again.",
    "review-before-published": "Choose a day after the one on which it was published.",
    "wrong-date": "Choose the day again.",
    "paragraph-too-long": "Divide it in two: put the caret where it may end, and press Enter.",
    "no-title": "Write a title above the text.",
    "no-author": "Say below “About this article” who wrote it.",
    "no-summary": "Say below “About this article” in a sentence what it is about.",
    "summary-missing": "Say below “About this article” in a sentence what it is about.",
    "facts-missing": "Fill in what is empty below “About this article”.",
    "article-not-written": "Write your own words in place of the example.",
    "does-not-fit": "Choose what the trifold may do without.",
    "edition-failed": "Make it again; if it fails again, choose what the trifold may do without.",
    "colour-too-faint": "Choose another colour in My practice.",
    "trifold-cut": "Keep what matters most, and leave the rest out or make it shorter.",
    "phone-differs": "Which one is right?",
    "claim": (
        "The advertising rules ask for evidence where a word promises a result. The words are "
        "yours; this is only advice."
    ),
    "words-guessed": "Hear them; a word that is said wrong can be written as it sounds.",
    "credential-expired": "Renew it, or take it out, in My practice.",
}
FILE_WORDS: Final = re.compile(
    r"##|>|\*\*|---|`|\b(?:source|audio|dist)/|\.(?:toml|md|docx)\b|\bleafcast \w"
    r"|(?<!\w)[a-z]+:|\[\w+\]|front matter|Markdown|--\w"
)
"""Signs of a file and of the command line, which the studio's owner never meets."""
PATH: Final = re.compile(r"\b(?:source|audio|dist)/\S+:? ?(?:\d+: )?")


@dataclass(frozen=True, slots=True)
class Notice:
    """A finding as it is shown: what is the matter, what would help, and where it stands.

    `weighty` is to be put right; what is not is advice. `quotes` are words it is about, `mends`
    what can be done, and `key` what it is known by once she leaves it as it is.
    """

    code: str
    words: str
    cure: str
    weighty: bool
    line: int | None = None
    quotes: tuple[str, ...] = ()
    mends: tuple[Mend, ...] = ()
    key: str = ""


def notice_of(finding: Finding, article: Article | None = None) -> Notice:
    """A finding in the studio's words."""
    cure = CURES.get(finding.code) or ("" if FILE_WORDS.search(finding.fix) else finding.fix)
    words = (
        PATH.sub("", WHOLE.sub("", finding.message)).replace("practice.toml", "My practice").strip()
    )
    weighty = finding.severity in (Severity.ERROR, Severity.WARNING)
    line = finding.place.line if finding.place and finding.place.path.endswith(".md") else None
    return Notice(
        finding.code,
        words[:1].upper() + words[1:],
        cure,
        weighty,
        line,
        quotes_of(finding),
        mends_of(finding, article),
        key_of(finding),
    )
