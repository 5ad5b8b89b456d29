"""From a run of headings and blocks to an Article: sections nested, the closing set apart.

Every reader ends here, so that the same words give the same article whatever file they are in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from leafcast.document.article import (
    Article,
    Block,
    Heading,
    Inline,
    Note,
    Paragraph,
    Reading,
    Section,
    Sentence,
    Text,
    VoiceMark,
    plain_text,
    walk_sections,
)
from leafcast.document.identify import Identifier
from leafcast.document.origin import Origin
from leafcast.document.report import Finding, Place, Severity
from leafcast.document.sentences import calls_closed, read_sentences
from leafcast.locale.language import ENGLISH, Language
from leafcast.readers.front_matter import FrontMatter
from leafcast.readers.links import with_links
from leafcast.readers.marks import NO_MARKS, Marks, SectionMarks, place_marks

DEEPEST: Final = 40
"""Lists and quotes nested deeper than this are not for readers; their text is said to be lost."""
LONGEST_PARAGRAPH: Final = 20_000
"""Letters of a paragraph: some eight pages, and twenty minutes that nobody can listen to."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What a reader found, in reading order; `marks` by the line of their heading."""

    body: tuple[Heading | Block, ...] = ()
    byline: Paragraph | None = None
    call_to_action: tuple[Block, ...] = ()
    notes: tuple[Note, ...] = ()
    marks: Marks = field(default_factory=dict)


@dataclass(slots=True)
class Writer:
    """Makes headings and paragraphs with their ids and places, and gathers findings."""

    origin: Origin
    language: Language = ENGLISH
    ids: Identifier = field(default_factory=Identifier)
    findings: list[Finding] = field(default_factory=list)

    def place(self, line: int) -> Place:
        """A place in this file."""
        return Place(self.origin.shown, line)

    def paragraph(self, content: tuple[Inline, ...], line: int) -> Paragraph:
        """A paragraph of the sentences in `content`."""
        content = calls_closed(content)
        block_id = self.ids.block("paragraph", plain_text(content).strip())
        sentences = self.sentences(with_links(content))
        return Paragraph(block_id, self.place(line), sentences)

    def heading(self, level: int, content: tuple[Inline, ...], line: int) -> Heading:
        """A heading; its section's id is made from its words when sections are nested."""
        content = calls_closed(content)
        heading_id = self.ids.block("heading", plain_text(content).strip())
        return Heading(heading_id, self.place(line), level, self.sentences(content))

    def sentences(self, content: tuple[Inline, ...]) -> tuple[Sentence, ...]:
        """The sentences in `content`, by the language of the article."""
        return read_sentences(content, self.ids, self.language)

    def paragraph_too_long(self, words: str, line: int) -> None:
        """Note a paragraph beyond what can be read or heard."""
        self.find(
            "paragraph-too-long",
            Severity.ERROR,
            (
                f"The paragraph that begins “{words[:30].strip()}…” has {len(words):,} letters, "
                f"more than the {LONGEST_PARAGRAPH:,} that can be read",
                "Leave blank lines between paragraphs, and save pictures as files of their own",
            ),
            line,
        )

    def too_deep(self, line: int) -> None:
        """Note what is nested deeper than readers can follow."""
        self.find(
            "nested-too-deep",
            Severity.ERROR,
            ("Marks, lists or quotes are nested so deep that text would be lost", "Nest them less"),
            line,
        )

    def warn(self, code: str, message: str, fix: str, line: int) -> None:
        """Note something that deserves a look."""
        self.find(code, Severity.WARNING, (message, fix), line)

    def find(self, code: str, severity: Severity, words: tuple[str, str], line: int) -> None:
        """Note something: `words` are what is wrong, and the fix."""
        self.findings.append(self.origin.finding(code, severity, *words, line=line))


def is_too_long(words: str) -> bool:
    """Whether a paragraph is longer than can be read."""
    return len(words) > LONGEST_PARAGRAPH


def assemble(front: FrontMatter | None, parts: Parts, writer: Writer) -> Reading:
    """The article, or None where its front matter cannot be used; and every finding."""
    introduction: list[Block] = []
    body = list(parts.body)
    while body and not isinstance(body[0], Heading):
        introduction.append(body.pop(0))  # type: ignore[arg-type]
    marks = dict(parts.marks)
    sections = _nest(_level_headings(body, writer), 2, marks, writer)
    for section in sections:
        _check_empty(section, writer)
        _check_leaflet_marks(section, writer)
        _check_sound_marks(section, writer)
    _check_body(introduction, sections, writer)
    if front is None:
        return Reading(None, tuple(writer.findings))
    opening = _introduction_marks(front, marks.get(0, NO_MARKS), writer)
    article = Article(
        slug=writer.origin.slug,
        source=writer.origin.shown,
        title=front.title,
        author=front.author,
        language=front.language,
        published=front.published,
        review=front.review,
        subtitle=front.subtitle,
        summary=front.summary,
        introduction=tuple(introduction),
        sections=sections,
        byline=parts.byline,
        call_to_action=parts.call_to_action,
        notes=parts.notes,
        leaflet=opening.leaflet,
        say=opening.say,
        voice=opening.voice,
        narrator=_narrator(front, writer),
        face=front.face,
    )
    return Reading(article, tuple(writer.findings))


def _level_headings(body: Sequence[Heading | Block], writer: Writer) -> list[Heading | Block]:
    """`body` with no heading level skipped: a heading is at most one below the one before."""
    leveled: list[Heading | Block] = []
    before = 1
    for part in body:
        if isinstance(part, Heading):
            level = part.level
            if level > before + 1:
                writer.warn(
                    "heading-level-skipped",
                    f"The heading “{part.text}” is {_levels(level - before - 1)} too deep",
                    f"Write it with {'#' * (before + 1)}; it is treated so for now",
                    part.place.line or 0,
                )
                level = before + 1
            before = level
            part = Heading(part.id, part.place, level, part.sentences)
        leveled.append(part)
    return leveled


def _levels(count: int) -> str:
    return "1 level" if count == 1 else f"{count} levels"


def _nest(
    body: Sequence[Heading | Block], level: int, marks: Marks, writer: Writer
) -> tuple[Section, ...]:
    """Sections of this level; what stands deeper is nested in them."""
    starts = [
        at for at, part in enumerate(body) if isinstance(part, Heading) and part.level == level
    ]
    sections = []
    for start, end in pairwise([*starts, len(body)]):
        heading, *inside = body[start:end]
        assert isinstance(heading, Heading)
        section_id = writer.ids.section(heading.text)
        first = next((at for at, part in enumerate(inside) if isinstance(part, Heading)), None)
        blocks = tuple(part for part in inside[:first] if not isinstance(part, Heading))
        inner = () if first is None else _nest(inside[first:], level + 1, marks, writer)
        mark = marks.get(heading.place.line or 0, NO_MARKS)
        sections.append(
            Section(section_id, heading, blocks, inner, mark.leaflet, mark.say, mark.voice)
        )
    return tuple(sections)


def _check_empty(section: Section, writer: Writer) -> None:
    if not section.blocks and not section.sections:
        writer.warn(
            "empty-section",
            f"Nothing stands under the heading “{section.heading.text}”",
            "Write its text, or take the heading out",
            section.heading.place.line or 0,
        )
    for inner in section.sections:
        _check_empty(inner, writer)


def _introduction_marks(front: FrontMatter, above: SectionMarks, writer: Writer) -> SectionMarks:
    """The introduction's marks, from the front matter or from above its first words."""
    written = place_marks(
        front.marks, writer.origin, lambda words, line: writer.paragraph((Text(words),), line)
    ).get(0, NO_MARKS)
    if written.leaflet and above.leaflet:
        _warn_twice("leaflet", above.leaflet.place, writer)
    if written.say and above.say:
        _warn_twice("say", above.say.place, writer)
    return SectionMarks(written.leaflet or above.leaflet, written.say or above.say, above.voice)


def _warn_twice(word: str, place: Place, writer: Writer) -> None:
    writer.warn(
        f"{word}-mark-twice",
        "The introduction has a mark in the front matter too",
        "Keep one of them; the one in the front matter holds for now",
        place.line or 0,
    )


def _narrator(front: FrontMatter, writer: Writer) -> VoiceMark | None:
    name, line = front.voice
    return VoiceMark(name, writer.place(line)) if name else None


def _check_leaflet_marks(section: Section, writer: Writer) -> None:
    """A mark inside a section that the short leaflet has not, or not in these words."""
    if section.leaflet and section.leaflet.choice != "keep":
        for inner in walk_sections(section.sections):
            if inner.leaflet and inner.leaflet.choice != "drop":
                writer.warn(
                    "leaflet-mark-inside",
                    f"“{inner.heading.text}” stands inside a section that the short leaflet "
                    "leaves out or shortens, so its mark means nothing",
                    "Take one of the two marks out",
                    inner.leaflet.place.line or 0,
                )
    else:
        for inner in section.sections:
            _check_leaflet_marks(inner, writer)


def _check_sound_marks(section: Section, writer: Writer) -> None:
    """A mark inside a section that is not heard, or not in these words."""
    for inner in section.sections:
        _check_sound_marks(inner, writer)
    if section.say:
        for inner in walk_sections(section.sections):
            for word, mark in (("say", inner.say), ("voice", inner.voice)):
                if mark:
                    writer.warn(
                        f"{word}-mark-inside",
                        f"“{inner.heading.text}” stands inside a section that listeners hear "
                        "in other words or not at all, so its mark means nothing",
                        "Take one of the two marks out",
                        mark.place.line or 0,
                    )


def _check_body(introduction: Sequence[Block], sections: Sequence[Section], writer: Writer) -> None:
    if not introduction and not sections:
        writer.find(
            "no-text",
            Severity.WARNING,
            ("The article has no text yet", "Write it below the front matter"),
            1,
        )
