"""Characters that no font here has, and the font that stands in for them.

A glyph called .notdef may not be drawn (ISO 14289-1, 7.21.8), and says nothing to who cannot see
it. So what is missing gets a font of its own, made for the occasion: each character a box one can
see, which still reads aloud, and can be searched and copied, as what it is. Some are not missing:
those that only look like another, such as the hyphen that does not break, are drawn as that one,
and a letter whose parts there are is put together of them: one glyph, with one meaning.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from leafcast.design.fonts import Font, house_fonts
from leafcast.document.article import Article, article_blocks, block_sentences, walk_sections
from leafcast.document.report import Place
from leafcast.print.spacing import widen

if TYPE_CHECKING:
    from leafcast.document.publication import Publication
    from leafcast.practice.project import Practice, Project

TWINS: Final = {"\u2010": "-", "\u2011": "-", "\u2012": "–", "\u2015": "—", "\u02bc": "’"}
"""Characters that look like another one: Word writes the non-breaking hyphen, U+2011."""

EVERYDAY: Final = frozenset(
    [*map(chr, range(0x20, 0x7F)), *map(chr, range(0xA0, 0x100)), *"‘’“”–—…•€™"]
)
"""What every font for Western text has; an article of nothing else asks no font."""

UNSEEN: Final = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})
"""Unicode's categories of what draws nothing of its own: controls, joiners, spaces."""

SELECTORS: Final = frozenset(map(chr, range(0xFE00, 0xFE10)))

EM: Final = 1000
CLEAR: Final = 50
"""So far a mark stands from its letter, on an em of 1000."""
SPACES: Final = {" ": 280, "\u00a0": 280, "\u2009": 200, "\u202f": 200}
JOINERS: Final = ("\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\ufe0e", "\ufe0f")
"""What stands between missing characters is set in their font, so it must have that too."""


# ---------------------------------------------------------------- what is missing


def missing_characters(text: str, project: Project) -> tuple[str, ...]:
    """The characters of `text` that no font of the project can draw, once each, in order."""
    return tuple(char for char in _absent(text, project) if not _likeness(char, project))


def absent_characters(publication: Publication) -> tuple[str, ...]:
    """All characters of a leaflet for which the stand-in is needed, sorted."""
    words = "".join(text for _, text in printed_words(publication))
    return tuple(sorted(_absent(words, publication.project)))


def _absent(text: str, project: Project) -> tuple[str, ...]:
    odd = dict.fromkeys(unicodedata.normalize("NFC", text))
    odd = dict.fromkeys(char for char in odd if char not in EVERYDAY and not _is_unseen(char))
    if not odd:
        return ()
    there = {char for font in house_fonts(project) for char in font.widths}
    return tuple(char for char in odd if ord(char) not in there)


def _is_unseen(char: str) -> bool:
    return char in SELECTORS or unicodedata.category(char) in UNSEEN


def _likeness(char: str, project: Project) -> str:
    """What `char` can be drawn with: its twin, or its letter and marks; "" if nothing."""
    parts = TWINS.get(char) or unicodedata.normalize("NFD", char)
    if parts != char and any(_has(font, parts) for font in house_fonts(project)):
        return parts
    return ""


def _has(font: Font, characters: str) -> bool:
    return all(ord(char) in font.widths for char in characters)


# ---------------------------------------------------------------- what is printed


def printed_words(publication: Publication) -> Iterator[tuple[Place, str]]:
    """Everything a leaflet prints that the owner wrote, and where she wrote it."""
    article = publication.article
    for text in (article.title, article.subtitle, article.author):
        yield Place(article.source), text
    yield from _article_words(article)
    for text in _practice_words(publication.project.practice):
        yield Place("source/practice.toml"), text


def _article_words(article: Article) -> Iterator[tuple[Place, str]]:
    for section in walk_sections(article.sections):
        yield section.heading.place, section.heading.text
    for block in article_blocks(article):
        yield block.place, " ".join(sentence.text for sentence in block_sentences(block))


def _practice_words(practice: Practice) -> Iterator[str]:
    contact = practice.contact
    yield from (practice.website, contact.invitation, contact.phone, contact.email)
    yield contact.address
    for credential in practice.credentials:
        yield credential.name
    for line in practice.crisis:
        yield f"{line.name} {line.how}"


# ---------------------------------------------------------------- the stand-in


def stand_in_font(publication: Publication, weight: int, letter_space_em: float = 0.0) -> bytes:
    """A TrueType font that has what no other here has; `weight` is 400 or 700."""
    from fontTools.fontBuilder import FontBuilder
    from fontTools.ttLib.tables._g_l_y_f import Glyph

    absent = absent_characters(publication)
    drawn = dict.fromkeys(absent, (_box(), 640)) | _drawn_alike(publication.project, weight, absent)
    drawn |= {char: (Glyph(), width) for char, width in SPACES.items()}
    drawn |= {char: (Glyph(), 0) for char in JOINERS}
    names = {char: f"u{ord(char):04X}" for char in sorted(drawn)}
    builder = FontBuilder(EM, isTTF=True)
    builder.setupGlyphOrder([".notdef", *names.values()])
    builder.setupCharacterMap({ord(char): name for char, name in names.items()})
    glyphs = {".notdef": (_box(), 640)} | {name: drawn[char] for char, name in names.items()}
    builder.setupGlyf({name: glyph for name, (glyph, _) in glyphs.items()})
    builder.setupHorizontalMetrics({name: (width, 0) for name, (_, width) in glyphs.items()})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupOS2(sTypoAscender=800, sTypoDescender=-200, usWeightClass=weight)
    builder.setupNameTable({"familyName": "Stand-in", "styleName": f"W{weight}"})
    builder.setupPost()
    widen(builder.font, letter_space_em)
    written = io.BytesIO()
    builder.save(written)
    return written.getvalue()


def _drawn_alike(
    project: Project, weight: int, characters: tuple[str, ...]
) -> dict[str, tuple[object, int]]:
    """The glyphs, and their widths, of characters that are drawn with others."""
    alike = {char: parts for char in characters if (parts := _likeness(char, project))}
    family = project.practice.look.font
    drawn = {}
    for char, parts in alike.items():
        faces = [font for font in house_fonts(project) if _has(font, parts)]
        face = min(faces, key=lambda font: (font.family != family, abs(font.weight - weight)))
        drawn[char] = _put_together(face.path, parts)
    return drawn


def _put_together(path: Path, parts: str) -> tuple[object, int]:
    """The glyphs of a letter and its marks as one, drawn for our em, and the letter's width."""
    from fontTools.pens.cu2quPen import Cu2QuPen
    from fontTools.pens.transformPen import TransformPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True) as font:
        scale = EM / font["head"].unitsPerEm
        glyphs, cmap = font.getGlyphSet(), font.getBestCmap()
        pen, box = TTGlyphPen(None), None
        for part in parts:
            glyph = glyphs[cmap[ord(part)]]
            right, up, box = _beside(glyph, glyphs, box)
            moved = (scale, 0, 0, scale, right * scale, up * scale)
            glyph.draw(TransformPen(Cu2QuPen(pen, 1.0), moved))
        return pen.glyph(), round(glyphs[cmap[ord(parts[0])]].width * scale)


Bounds = tuple[float, float, float, float]


def _beside(glyph: Any, glyphs: Any, box: Bounds | None) -> tuple[float, float, Bounds]:
    """How far a mark moves to stand over or under `box`, in its middle, and the box with it."""
    from fontTools.pens.boundsPen import BoundsPen

    pen = BoundsPen(glyphs)
    glyph.draw(pen)
    left, bottom, right, top = pen.bounds or (0, 0, 0, 0)
    if box is None:
        return 0, 0, (left, bottom, right, top)
    across = (box[0] + box[2] - left - right) / 2
    up = max(0, box[3] + CLEAR - bottom) if bottom > 0 else min(0, box[1] - CLEAR - top)
    whole = min(box[0], left + across), min(box[1], bottom + up)
    return across, up, (*whole, max(box[2], right + across), max(box[3], top + up))


def _box() -> object:
    """A box: a frame of 60 units, 60 away from its neighbours."""
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    pen = TTGlyphPen(None)
    for left, bottom, right, top, turn in ((60, 0, 580, 700, 1), (120, 60, 520, 640, -1)):
        corners = [(left, bottom), (left, top), (right, top), (right, bottom)][::turn]
        pen.moveTo(corners[0])
        for corner in corners[1:]:
            pen.lineTo(corner)
        pen.closePath()
    return pen.glyph()
