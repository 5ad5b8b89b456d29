"""The record sheet: what she reads to record an article in her own voice, sentence by sentence.

An article of its own, in large print: the tips are words of templates/leaflet, the sections are the
script's, each sentence with the file name that a retake of it has.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Final

from leafcast.document.article import (
    Article,
    Block,
    Code,
    Emphasis,
    Foreign,
    Heading,
    Inline,
    Link,
    ListBlock,
    ListEntry,
    NoteMark,
    Paragraph,
    Section,
    Sentence,
    Strong,
    Text,
    article_sentences,
)
from leafcast.document.publication import Publication
from leafcast.document.report import Place
from leafcast.locale.language import language_of, marked
from leafcast.narration.model import Passage, Script, Utterance
from leafcast.narration.phonemes import words_said
from leafcast.narration.takes.names import sentence_names
from leafcast.narration.takes.words import said_as
from leafcast.print.layout import lay_out
from leafcast.print.test_sheet import sheet_words
from leafcast.print.typesetting import Setting

WORDS: Final = "templates/leaflet/record-sheet.md"
RECORD_SHEET: Final = Setting(
    "Record sheet, 18 point",
    "record",
    "record-sheet",
    18,
    template="record-sheet",
    theme="clear",
    measure_mm=170,
    headline=False,
)


def write_record_sheet(
    publication: Publication, script: Script, only: Collection[str] | None = None
) -> bytes:
    """The sheet as a tagged PDF; `only` are the ids of the sentences it offers, None for all.

    Raises LayoutError as `record_sheet_of` and `lay_out` do.
    """
    sheet = record_sheet_of(publication, script, only)
    return lay_out(replace(publication, article=sheet), RECORD_SHEET)


def record_sheet_of(
    publication: Publication, script: Script, only: Collection[str] | None = None
) -> Article:
    """The sheet as an article. Raises LayoutError where a practice's own words cannot be read."""
    article = publication.article
    words = sheet_words(article, publication.project, WORDS)
    shown = {sentence.id: sentence.content for sentence in article_sentences(article)}
    language = language_of(article.language)
    sections = [
        _Writer(passage, shown, only, article.language).section()
        for passage in script.passages
        if only is None or any(each in only for each in sentence_names(passage))
    ]
    return replace(
        words,
        source=WORDS,
        title=language.gettext("{sheet}: “{title}”").format(sheet=words.title, title=article.title),
        author=publication.project.practice.name,
        language=article.language,
        published=article.published,
        review=article.review,
        sections=(*words.sections, *sections) if only is None else tuple(sections),
    )


class _Writer:
    """Writes one passage of the sheet."""

    def __init__(
        self,
        passage: Passage,
        shown: Mapping[str, tuple[Inline, ...]],
        only: Collection[str] | None,
        tag: str,
    ) -> None:
        self.passage = passage
        self.shown = shown
        self.only = only
        self.names = sentence_names(passage)
        self.made = 0
        self.language = language_of(tag)
        self.within = self.language.within(tag)

    def section(self) -> Section:
        """The passage with its heading, the name of its file, and what is read."""
        section_id = f"read-{self.passage.id}"
        title = (Sentence(f"{section_id}-title", (Text(self.passage.title),)),)
        heading = Heading(f"{section_id}-heading", Place(WORDS), 2, title)
        return Section(section_id, heading, (*self._file(), *self._told()))

    def _id(self) -> str:
        self.made += 1
        return f"read-{self.passage.id}-{self.made}"

    def _paragraph(self, *content: Inline) -> Paragraph:
        return Paragraph(self._id(), Place(WORDS), (Sentence(self._id(), content),))

    def _ours(self, message: str, name: Inline) -> Paragraph:
        """Our words, with `name` in its place in them."""
        before, _, after = self.language.gettext(message).partition("{name}")
        content = tuple(each for each in (Text(before), name, Text(after)) if each != Text(""))
        return self._paragraph(*([Foreign(content, self.within)] if self.within else content))

    def _file(self) -> Iterator[Block]:
        """What the file is called; for a few sentences, the folder they go into."""
        name = self.passage.id
        if self.only is None:
            yield self._ours(marked("File: {name}"), Strong((Text(f"{name}.wav"),)))
        folder = marked("Single sentences: in the folder {name}")
        yield self._ours(folder, Strong((Text(name),)))

    def _told(self) -> Iterator[Block]:
        """Announcements, and between them the sentences as lists that go on counting."""
        entries: list[ListEntry] = []
        first = 0
        numbers = {key: int(name[:2].rstrip("-")) for key, name in self.names.items()}
        for said in self.passage.utterances:
            number = numbers.get(said.id)
            if number is None:
                announced = self.only is None and bool(said.spoken)
                if announced and entries:
                    yield self._list(first, entries)
                    entries = []
                if announced:
                    yield self._ours(marked("Announced: {name}"), Text(said.shown))
            elif self.only is None or said.id in self.only:
                if entries and number != first + len(entries):
                    yield self._list(first, entries)
                    entries = []
                first = first if entries else number
                entries.append(self._entry(said))
        if entries:
            yield self._list(first, entries)

    def _list(self, start: int, entries: list[ListEntry]) -> ListBlock:
        return ListBlock(self._id(), Place(WORDS), tuple(entries), ordered=True, start=start)

    def _entry(self, said: Utterance) -> ListEntry:
        """A sentence; how it is said where that is not how it is written; its own file."""
        content = tuple(_plain(self.shown.get(said.id, (Text(said.shown),))))
        blocks = [self._paragraph(*content)]
        way = self.language.gettext("“{one}” is said “{other}”")
        if ways := "; ".join(way.format(one=one, other=new) for one, new in said_otherwise(said)):
            blocks.append(self._paragraph(Text(f"{ways}.")))
        blocks.append(self._ours(marked("Alone: {name}"), Code(f"{self.names[said.id]}.wav")))
        return ListEntry(self._id(), Place(WORDS), tuple(blocks))


def said_otherwise(said: Utterance) -> Iterator[tuple[str, str]]:
    """What is said otherwise than it is written: both, such as 50 and fifty."""
    shown, spoken = said.shown.split(), words_said(said.spoken).split()
    plain = [[" ".join(said_as(word)) for word in words] for words in (shown, spoken)]
    matcher = SequenceMatcher(a=plain[0], b=plain[1], autojunk=False)
    for kind, a1, a2, b1, b2 in matcher.get_opcodes():
        one, other = (" ".join(words).strip(" .,;:!?") for words in (shown[a1:a2], spoken[b1:b2]))
        if kind == "replace" and said_as(one) != said_as(other):
            yield one, other


def _plain(content: tuple[Inline, ...]) -> Iterator[Inline]:
    """Words without links and note marks, which lead nowhere on the sheet."""
    for inline in content:
        if isinstance(inline, NoteMark):
            continue
        match inline:
            case Link():
                yield from _plain(inline.content)
            case Strong() | Emphasis() | Foreign():
                yield replace(inline, content=tuple(_plain(inline.content)))
            case _:
                yield inline
