"""What an article is started from, and its Markdown as it will be written.

What neither the file says nor a guess finds is put in, so that the article can be built at once;
all that was guessed or put in is told, with the line it went to.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from leafcast.document.article import Article, Reading
from leafcast.document.identify import file_slug
from leafcast.document.origin import Origin
from leafcast.document.report import Finding, Place, Severity
from leafcast.locale.days import today
from leafcast.practice.project import Project
from leafcast.readers import READERS
from leafcast.readers.file_kinds import read_as
from leafcast.readers.front_matter import KEYS
from leafcast.readers.guesses import Manner
from leafcast.readers.web.archive import SUFFIXES as ARCHIVES
from leafcast.readers.witness import witnessed
from leafcast.readers.write_markdown import write_markdown
from leafcast.starting.from_title import months_later, practice_author

MARKDOWN: Final = (".md", ".markdown", ".mdown", ".mkd", ".mdx", ".qmd", ".rmd")
"""How programs name files of Markdown."""


@dataclass(frozen=True, slots=True)
class Text:
    """An article's Markdown, and its pictures by the names they will have."""

    slug: str
    text: str
    findings: tuple[Finding, ...]
    pictures: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Start:
    """What an article is started from; `folder` is for its pictures in the meantime."""

    project: Project
    file: Path
    content: bytes
    folder: Path

    @property
    def origin(self) -> Origin:
        """The file as findings name it."""
        return Origin(self.file.name, file_slug(self.file.stem) or "article", self.folder)

    @property
    def suffix(self) -> str:
        """How the name of such a file ends that is read as this one is."""
        suffix = read_as(self.file.suffix.casefold(), self.content)
        return suffix if suffix in READERS or suffix in (*MARKDOWN, *ARCHIVES) else ".txt"

    def witnessed(self, reading: Reading, content: str | bytes) -> Reading:
        """`reading` with what of the file is lost in it."""
        suffix = self.suffix
        same = dict.fromkeys(ARCHIVES, ".html").get(suffix, suffix if suffix in READERS else ".md")
        return witnessed(content, same, reading, self.origin)

    def slug(self, title: str) -> str:
        """The article's slug: of its title, or of its file where that is in source/ already."""
        stem = file_slug(self.file.stem)
        if self.file.resolve().parent == self.project.source.resolve() and stem:
            return stem
        return file_slug(title) or stem or "article"


MANNER: Final = Manner(
    "If it is none, take the ## before it away",
    "If it is one, write ## before it",
    "If it is none, take the marks before its lines away, and put blank lines between them",
)
CORRECT: Final = "Correct it there if it is another"

Made = Text | tuple[Finding, ...]
"""An article, or why there is none."""


def written_text(
    start: Start, article: Article, findings: tuple[Finding, ...], pictures: Mapping[str, bytes]
) -> Text:
    """An article as it will be written, and its findings with the lines they went to."""
    slug = start.slug(article.title)
    written = write_markdown(article)
    shown = f"source/{slug}.md"
    placed = [_placed(finding, shown, written.lines) for finding in findings]
    placed.sort(key=lambda finding: finding.place.line or 0 if finding.place else 0)
    used = {name: content for name, content in pictures.items() if name in written.text}
    return Text(slug, written.text, tuple(placed), used)


def _placed(finding: Finding, shown: str, lines: Mapping[int, int]) -> Finding:
    """A finding at the line of the Markdown it is about, where it is corrected."""
    place = Place(shown, _line(finding, lines))
    fact = finding.code.removeprefix("guessed-") in (*KEYS, "facts")
    return replace(finding, place=place, fix=CORRECT if fact else finding.fix)


def _line(finding: Finding, lines: Mapping[int, int]) -> int | None:
    """The line in the Markdown that a finding is about."""
    key = finding.code.removeprefix("guessed-")
    if key in KEYS:
        return KEYS.index(key) + 2
    line = finding.place.line if finding.place else None
    before = [new for old, new in lines.items() if line and old <= line]
    return max(before, default=None)


# ---------------------------------------------------------------- what the file does not say


def otherwise(start: Start) -> dict[str, str]:
    """What holds where neither the file nor a guess says it."""
    title = " ".join(re.sub(r"[_-]+", " ", start.file.stem).split())
    return {
        "title": title[:1].upper() + title[1:],
        "author": practice_author(start.project.practice),
        "language": "en-GB",
    }


def completed_days(start: Start, said: Mapping[str, str]) -> tuple[dict[str, str], list[Finding]]:
    """`said` with dates that can stand: published, and a review that is still to come."""
    facts = dict(said)
    told: list[Finding] = []
    months = start.project.practice.review_months
    day = _date(facts.get("published", ""))
    review = _date(facts.get("review", ""))
    if day is None or (review or months_later(day, months)) <= today():
        was = f"was published on {day}, and its review is due" if day else "says no date"
        told.append(guess("published", f"The file {was}; today was written as the day"))
        day, review = today(), None
    if review is None or review <= day:
        review = months_later(day, months)
        told.append(guess("review", f"The review was set {months} months after that day"))
    facts |= {"published": day.isoformat(), "review": review.isoformat()}
    return facts, told


def guess(key: str, message: str) -> Finding:
    """That a fact was guessed or put in, and where it is corrected."""
    return Finding(f"guessed-{key}", Severity.ADVICE, message, CORRECT)


def _date(words: str) -> date | None:
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None


# ---------------------------------------------------------------- pictures


def free_name(start: Start, address: str, taken: Collection[str]) -> str:
    """A name such as `grief-picture-1.png` for a picture beside the article, not among `taken`."""
    for number in itertools.count(1):
        stem = f"{start.origin.slug}-picture-{number}"
        there = (Path(name).stem for name in taken)
        if stem not in there and not list(start.project.source.glob(f"{stem}.*")):
            break
    return f"{stem}{_suffix(address)}"


def _suffix(address: str) -> str:
    suffix = Path(address.partition("?")[0]).suffix.casefold()
    return suffix if re.fullmatch(r"\.[a-z0-9]{1,5}", suffix) else ".png"
