"""`leafcast new FILE` for files of other programs: Word, a saved page, a text, a mail.

They are read to a draft; its pictures are taken along, and what the file does not say is put in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from urllib.parse import unquote

from leafcast.document.article import Article
from leafcast.document.report import Finding
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
from leafcast.readers.file_kinds import ARCHIVE, kind_of
from leafcast.readers.finish import finish
from leafcast.readers.web.archive import open_archive
from leafcast.starting.start import (
    MANNER,
    Made,
    Start,
    completed_days,
    free_name,
    guess,
    otherwise,
    written_text,
)

# ---------------------------------------------------------------- from Word and from a page


def from_word(start: Start) -> Made:
    """The article of a Word file."""
    from leafcast.readers.word.reader import draft_word

    draft = draft_word(start.content, start.origin, take_pictures=True)
    return _from_draft(start, draft)


def from_page(start: Start) -> Made:
    """The article of a saved page."""
    from leafcast.readers.web.reader import draft_page

    draft = draft_page(start.content, start.origin, take_pictures=True)
    return _from_draft(start, draft)


def from_archive(start: Start) -> Made:
    """The page in a web archive, with the pictures that are saved in it."""
    from leafcast.readers.web.reader import draft_page

    archive = open_archive(start.content)
    other = kind_of(start.content) not in (None, ARCHIVE)
    start = replace(start, content=start.content if other and not archive.page else archive.page)
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


# ---------------------------------------------------------------- what the file does not say


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


def _free_names(start: Start, addresses: Iterable[str]) -> Iterator[str]:
    """Names for pictures beside the article; none is taken."""
    taken: set[str] = set()
    for address in addresses:
        name = free_name(start, address, taken)
        taken.add(name)
        yield name


# ---------------------------------------------------------------- from text and from mail


def from_text(start: Start) -> Made:
    """The article of a plain text, with or without front matter."""
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


def from_mail(start: Start) -> Made:
    """The article of a saved mail."""
    from leafcast.readers.plain_text import draft_mail

    return _from_draft(start, draft_mail(start.content, start.origin))


# ---------------------------------------------------------------- from what another package reads


def from_reader(start: Start) -> Made:
    """The article as its reader gives it."""
    reader = READERS[start.suffix]
    content, found = (
        (start.content, ()) if reader.takes is bytes else as_text(start.content, start.origin)
    )
    reading = start.witnessed(reader(content, start.origin), content)
    if reading.article is None:
        return reading.findings
    return written_text(start, reading.article, (*found, *reading.findings), {})
