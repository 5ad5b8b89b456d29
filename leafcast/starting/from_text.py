"""What `leafcast new FILE` writes: the Markdown of an article, by the kind of its file.

What neither the file says nor a guess finds is put in, so that the article can be built at once;
all that was guessed or put in is told, with the line it went to.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from leafcast.document.article import Article, Reading
from leafcast.document.identify import file_slug
from leafcast.document.origin import Origin
from leafcast.document.report import Finding, Place, Severity
from leafcast.locale.days import today
from leafcast.practice.project import Project
from leafcast.readers import READERS, as_text, read_bytes
from leafcast.readers.drafts import (
    BlockDraft,
    Draft,
    EntryDraft,
    ListDraft,
    PictureDraft,
    QuoteDraft,
)
from leafcast.readers.drafts import quoted as named
from leafcast.readers.facts import best_words, days_in
from leafcast.readers.finish import finish
from leafcast.readers.front_matter import KEYS
from leafcast.readers.guesses import Manner
from leafcast.readers.web.archive import SUFFIXES as ARCHIVES
from leafcast.readers.web.archive import open_archive
from leafcast.readers.witness import witnessed
from leafcast.readers.write_markdown import write_markdown
from leafcast.starting.from_title import months_later, practice_author


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

    def witnessed(self, reading: Reading, content: str | bytes) -> Reading:
        """`reading` with what of the file is lost in it; a mail’s words are those of a text."""
        suffix = self.file.suffix.casefold()
        same = {".eml": ".txt", **dict.fromkeys(ARCHIVES, ".html")}.get(
            suffix, suffix if suffix in READERS else ".md"
        )
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


# ---------------------------------------------------------------- from Word and from a page


def _from_word(start: Start) -> Made:
    from leafcast.readers.word.reader import draft_word

    draft = draft_word(start.content, start.origin, take_pictures=True)
    return _from_draft(start, draft)


def _from_page(start: Start) -> Made:
    from leafcast.readers.web.reader import draft_page

    draft = draft_page(start.content, start.origin, take_pictures=True)
    return _from_draft(start, draft)


def _from_archive(start: Start) -> Made:
    """The page in a web archive, with the pictures that are saved in it."""
    from leafcast.readers.web.reader import draft_page

    archive = open_archive(start.content)
    start = replace(start, content=archive.page)
    draft = draft_page(start.content, start.origin, take_pictures=True)
    saved = {address: archive.picture(address) for address in _addresses(draft.blocks)}
    found = {address: content for address, content in saved.items() if content}
    return _from_draft(start, replace(draft, pictures={**draft.pictures, **found}))


def _from_draft(start: Start, draft: Draft, text: str = "") -> Made:
    """The article of a draft, with its pictures taken along and what is missing put in; `text` is
    what was read, where that is not the file's bytes.
    """
    found = dict(_pictures(start, draft))
    names = dict(zip(found, _free_names(start, found), strict=True))
    for address, content in found.items():
        (start.folder / names[address]).write_bytes(content)
    facts, told = completed_days(start, {**days_in(draft.offered), **draft.facts})
    ready = replace(
        draft,
        blocks=_renamed(draft.blocks, names),
        facts=facts,
        otherwise=otherwise(start),
        keeps_wordless=True,
    )
    reading = start.witnessed(finish(ready, MANNER, start.origin), text or start.content)
    article = reading.article
    if article is None:
        return reading.findings
    told += _told_otherwise(start, article, {**best_words(draft.offered), **facts})
    return written_text(
        start,
        article,
        (*reading.findings, *told),
        {names[address]: content for address, content in found.items()},
    )


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


def _told_otherwise(start: Start, article: Article, facts: Mapping[str, str]) -> list[Finding]:
    """Findings for the title and author that the file did not say."""
    told = []
    if not facts.get("author") and article.author == otherwise(start)["author"]:
        told.append(
            guess("author", f"The file names no author; {named(article.author)} was written")
        )
    if article.title == otherwise(start)["title"] and not facts.get("title"):
        told.append(guess("title", "The file has no title; its own name was taken for one"))
    return told


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
    return Finding(f"guessed-{key}", Severity.ADVICE, message, CORRECT)


def _date(words: str) -> date | None:
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None


# ---------------------------------------------------------------- pictures


def _pictures(start: Start, draft: Draft) -> Iterator[tuple[str, bytes]]:
    """The pictures of a draft with their bytes: those in the file, and those saved beside it."""
    folder = start.file.resolve().parent
    for address in dict.fromkeys(_addresses(draft.blocks)):
        if address in draft.pictures:
            yield address, draft.pictures[address]
            continue
        with suppress(OSError, ValueError):
            beside = (folder / unquote(address)).resolve()
            if beside.is_relative_to(folder) and beside.is_file():
                yield address, read_bytes(beside, beside.name, READERS[".docx"].most)


def _addresses(blocks: tuple[BlockDraft, ...]) -> Iterator[str]:
    for block in blocks:
        match block:
            case PictureDraft(address=address):
                yield address
            case ListDraft(entries=entries):
                for entry in entries:
                    yield from _addresses(entry.blocks)
            case QuoteDraft(blocks=inner):
                yield from _addresses(inner)


def _renamed(blocks: tuple[BlockDraft, ...], names: Mapping[str, str]) -> tuple[BlockDraft, ...]:
    """`blocks` with the pictures' new names."""
    return tuple(_renamed_block(block, names) for block in blocks)


def _renamed_block(block: BlockDraft, names: Mapping[str, str]) -> BlockDraft:
    match block:
        case PictureDraft(address=address):
            return replace(block, address=names.get(address, address))
        case ListDraft(entries=entries):
            return replace(
                block,
                entries=tuple(
                    EntryDraft(_renamed(entry.blocks, names), entry.line) for entry in entries
                ),
            )
        case QuoteDraft(blocks=inner):
            return replace(block, blocks=_renamed(inner, names))
        case _:
            return block


def _suffix(address: str) -> str:
    suffix = Path(address.partition("?")[0]).suffix.casefold()
    return suffix if re.fullmatch(r"\.[a-z0-9]{1,5}", suffix) else ".png"


def _free_names(start: Start, addresses: Iterable[str]) -> Iterator[str]:
    """Names for pictures beside the article; none is taken."""
    taken: set[str] = set()
    for address in addresses:
        name = free_name(start, address, taken)
        taken.add(name)
        yield name


def free_name(start: Start, address: str, taken: Collection[str]) -> str:
    """A name such as `grief-picture-1.png` for a picture beside the article, not among `taken`."""
    for number in itertools.count(1):
        stem = f"{start.origin.slug}-picture-{number}"
        there = (Path(name).stem for name in taken)
        if stem not in there and not list(start.project.source.glob(f"{stem}.*")):
            break
    return f"{stem}{_suffix(address)}"


# ---------------------------------------------------------------- from text and from mail


def _from_text(start: Start) -> Made:
    from leafcast.readers.plain_text import draft_text

    text, found = as_text(start.content, start.origin)
    draft = draft_text(text, start.origin)
    draft = replace(draft, findings=(*found, *draft.findings))
    if draft.front is None:
        return _from_draft(start, draft, text)
    reading = start.witnessed(finish(draft, MANNER, start.origin), text)
    if reading.article is None:
        return reading.findings
    return written_text(start, reading.article, reading.findings, {})


def _from_mail(start: Start) -> Made:
    from leafcast.readers.plain_text import draft_mail

    draft, text = draft_mail(start.content, start.origin)
    return _from_draft(start, draft, text)


def _from_markdown(start: Start) -> Made:
    from leafcast.starting.from_markdown import from_markdown

    return from_markdown(start)


MAKERS: Final[dict[str, Callable[[Start], Made]]] = {
    ".docx": _from_word,
    ".html": _from_page,
    ".htm": _from_page,
    **dict.fromkeys(ARCHIVES, _from_archive),
    ".txt": _from_text,
    ".eml": _from_mail,
    **dict.fromkeys((".md", ".markdown", ".mdown", ".mkd", ".mdx", ".qmd", ".rmd"), _from_markdown),
}
