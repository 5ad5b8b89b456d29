"""Article → HTML, through templates/leaflet: one semantic page for every edition."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import partial
from math import ceil
from typing import Final
from urllib.parse import quote

from markupsafe import Markup

from leafcast.design.own_pictures import own_picture
from leafcast.design.palette import look_of, palette_of
from leafcast.design.pictures import picture_size, read_picture
from leafcast.document.article import (
    Article,
    Figure,
    Heading,
    Paragraph,
    Quote,
    article_blocks,
    block_sentences,
    walk_blocks,
)
from leafcast.document.publication import Publication
from leafcast.locale.days import today
from leafcast.locale.language import ENGLISH, Language, language_of
from leafcast.markup.contact import WayToHelp, ways_to_help
from leafcast.markup.html import render, template_text
from leafcast.practice.project import Project
from leafcast.print.cover_foot import cover_foot
from leafcast.print.scale import PT_MM
from leafcast.print.spacing import families_for
from leafcast.print.stand_ins import absent_characters
from leafcast.print.tables import wide_tables
from leafcast.print.themes import THEMES, Theme
from leafcast.print.titles import balanced, title_share, widest_em
from leafcast.print.typesetting import Setting

TEMPLATES: Final = "leaflet"
LETTER_EM: Final = 0.56
FOLIO_MM: Final = 22.0
"""A letter of a running title, at the most, and what a page's number takes beside it."""
LABEL_GAP_EM: Final = 0.5
"""Between a note's label and its words."""
PT_A_PIXEL: Final = 0.75
"""CSS 2.2, 4.3.2: a picture's pixel is a CSS pixel."""
LEAST_ABOVE_CAPTION_PT: Final = 3.0
SHARP_DPI: Final = 110
"""Dots an inch of a photograph that does not look like a mosaic at arm's length."""
NUMBER_EM: Final = 2.4
"""What the number of a page takes at the left of an entry of the contents."""
LONGEST_SAID: Final = 120
"""Letters of a quotation that stands large on a panel."""
LONGEST_LEAD: Final = 190
"""Letters of a sentence that opens an article: five lines of a panel."""

OUTSIDE_TAGS: Final = re.compile(r"[^<>]+")
"""What may be composed: a mark behind the sign that ends a tag would make another sign of it."""
TEXT: Final = re.compile(r"(?<=>)[^<>]+")
OF_MARKS: Final = re.compile(
    r"{word}(?:\s+{word})*".replace("{word}", "[^\\s&;]+[\u0300-\u036f][^\\s&;]*")
)
"""Words that have a mark with which there is no letter of its own: those in a row together."""


def write_html(publication: Publication, setting: Setting) -> str:
    """The leaflet as HTML. `leafcast:` addresses in it are for `layout.py` alone.

    Letters with marks are composed: a mark of its own is taken from another font than its letter
    where the first has none, and a step between the two reads as a space.
    """
    article, project = publication.article, publication.project
    practice = project.practice
    look = look_of(practice, article)
    theme = THEMES[setting.theme](look)
    language = language_of(article.language)
    ways = ways_to_help(practice.crisis, language)
    html = render(
        project,
        f"{TEMPLATES}/{setting.template}.html.j2",
        language,
        article.language,
        article=article,
        practice=practice,
        logo=own_picture(project, "logo"),
        portrait=own_picture(project, "portrait"),
        look=look,
        colours=colours_of(theme),
        families=families_for(project, setting.letter_space_em),
        theme=theme,
        title=_title_shape(publication, setting),
        foot=cover_foot(publication, setting),
        heading_shape=partial(_heading_shape, project, setting),
        lead=_lead(publication, setting),
        drawn=_drawn(article, setting),
        said=_said(article),
        ways=ways,
        number_em=_number_em(ways, project, setting),
        note_em=_note_em(article, language, project, setting),
        full_measure=partial(_full_measure, project, setting),
        room_below=partial(_room_below, project, setting),
        entry_em=partial(_entry_em, project, setting),
        running=_runs(article, setting),
        setting=setting,
        stand_in=bool(absent_characters(publication)),
        wide=wide_tables(article, project, setting),
        styles=(
            *(
                template_text(project, f"{TEMPLATES}/{name}.css")
                for name in ("base", setting.stylesheet)
            ),
            Markup(setting.fitting.rules),
        ),
        credentials=practice.valid_credentials(today()),
        website=practice.short_website,
        address=practice.address(article.slug),
        short_address=practice.short_address(article.slug),
    )  # fmt: skip
    html = OUTSIDE_TAGS.sub(lambda found: unicodedata.normalize("NFC", found[0]), html)
    return words_of_marks(html)


def words_of_marks(html: str) -> str:
    """Have words with marks of their own, as in G̃uaraní, set in the house font wherever they stand.

    A headline font that lacks the mark would have it drawn in another, over the letter after. A box
    of its own lets each be said in its letters, see `tagging.line_ends`.
    """
    head, body, shown = html.partition("<body")
    span = r'<span class="of-marks">\g<0></span>'
    return head + body + TEXT.sub(lambda found: OF_MARKS.sub(span, found[0]), shown)


@dataclass(frozen=True, slots=True)
class TitleShape:
    """How title and subtitle stand on a cover: the size in points, and how wide they are in em."""

    size_pt: float
    width_em: float
    subtitle_em: float


@dataclass(frozen=True, slots=True)
class HeadingShape:
    """How a heading is set: its lines, how wide it is in em, and the space below in points."""

    lines: int
    width_em: float
    below_pt: float


def _title_shape(publication: Publication, setting: Setting) -> TitleShape:
    article, project = publication.article, publication.project
    size = max(setting.body_pt, round(setting.title_pt * title_share(article.title), 1))
    width = setting.title_mm / PT_MM
    family = _headline(project, setting)
    title = balanced(article.title, width / size, project, family, setting.letter_space_em)
    subtitle = balanced(
        article.subtitle,
        width / setting.subtitle_pt,
        project,
        project.practice.look.font,
        setting.letter_space_em,
    )
    return TitleShape(size, title.width_em, subtitle.width_em)


def _heading_shape(project: Project, setting: Setting, heading: Heading) -> HeadingShape:
    scale = setting.scale
    size = scale.head if heading.level == 2 else scale.body * 1.08
    family = _headline(project, setting) if heading.level == 2 else project.practice.look.font
    measure_em = setting.measure_mm / PT_MM / setting.body_pt * scale.body / size
    found = balanced(heading.text, measure_em, project, family, setting.letter_space_em)
    below = scale.below_heading(found.lines) if heading.level == 2 else 0.0
    return HeadingShape(found.lines, found.width_em, below)


def _entry_em(project: Project, setting: Setting, words: str) -> float:
    """How wide an entry of the contents is, its page's number included; 0 where it is one line."""
    measure_em = setting.measure_mm / PT_MM / setting.body_pt - NUMBER_EM
    family = project.practice.look.font
    found = balanced(words, measure_em, project, family, setting.letter_space_em, bold=False)
    return round(found.width_em + NUMBER_EM, 2) if found.width_em else 0.0


def _number_em(ways: Sequence[WayToHelp], project: Project, setting: Setting) -> float:
    """How wide the longest number to dial is, so that all of them begin under each other."""
    return round(widest_em((way.number for way in ways), project, setting.letter_space_em), 2)


def _note_em(article: Article, language: Language, project: Project, setting: Setting) -> float:
    """How far the words of notes are set in, beside the widest of their labels."""
    told = language.gettext("Note {number}")
    labels = (told.format(number=note.number) for note in article.notes)
    return round(widest_em(labels, project, setting.letter_space_em) + LABEL_GAP_EM, 2)


def _full_measure(project: Project, setting: Setting, figure: Figure) -> bool:
    """Whether a picture is a photograph that is sharp, and not too high, as wide as the text."""
    content, kind = read_picture(project, project.source / figure.path)
    if kind != "image/jpeg":
        return False
    width, height = picture_size(content) or (0, 1)
    return width >= 1.2 * height and width >= setting.measure_mm / 25.4 * SHARP_DPI


def _room_below(project: Project, setting: Setting, figure: Figure, caption: str) -> float:
    """The points below a picture that bring what follows back to the grid."""
    size = picture_size(read_picture(project, project.source / figure.path)[0])
    if not size:
        return 0.0
    scale = setting.scale
    measure = setting.measure_mm / PT_MM / setting.body_pt * scale.body
    width, height = (side * PT_A_PIXEL for side in size)
    share = measure / width
    if not _full_measure(project, setting, figure):
        share = min(1.0, share, setting.picture_mm / PT_MM / height)
    taken = height * share
    least = LEAST_ABOVE_CAPTION_PT if caption else 0.0
    return round(ceil((taken + least) / scale.half - 1e-6) * scale.half - taken, 2)


def _headline(project: Project, setting: Setting) -> str:
    look = project.practice.look
    return look.headline if setting.headline else look.font


@dataclass(frozen=True, slots=True)
class Lead:
    """The paragraph whose first sentence opens the article, and how wide that is in em."""

    id: str = ""
    width_em: float = 0.0


def _lead(publication: Publication, setting: Setting) -> Lead:
    article, project, scale = publication.article, publication.project, setting.scale
    first = article.introduction[0] if article.introduction else None
    if not setting.headline or not isinstance(first, Paragraph) or not first.sentences[1:]:
        return Lead()
    words = first.sentences[0].text
    if not 20 < len(words) <= LONGEST_LEAD:
        return Lead()
    measure_em = setting.measure_mm / PT_MM / setting.body_pt * scale.body / scale.lead
    found = balanced(words, measure_em, project, _headline(project, setting))
    return Lead(first.id, found.width_em)


def _said(article: Article) -> str:
    """The first short quotation in the article, to stand large on a panel that is left."""
    quoted = (
        " ".join(s.text for block in walk_blocks(each.blocks) for s in block_sentences(block))
        for each in article_blocks(article)
        if isinstance(each, Quote)
    )
    return next((words for words in quoted if len(words) <= LONGEST_SAID), "")


def _runs(article: Article, setting: Setting) -> bool:
    """Whether the title has room at the head or foot of a page, on one line beside the number."""
    width_mm = len(article.title) * LETTER_EM * setting.body_pt * PT_MM
    return width_mm <= setting.measure_mm - FOLIO_MM


def _drawn(article: Article, setting: Setting) -> Markup:
    """The address of what a cover shows: the owner's picture, or the motif for its field."""
    if article.face.cover:
        return Markup(f"leafcast:source/{quote(article.face.cover)}")
    return Markup(f"leafcast:motif-{setting.drawn}.svg")


def colours_of(theme: Theme) -> Markup:
    """The colours of a theme as CSS custom properties."""
    roles = {each.name: getattr(theme.palette, each.name) for each in fields(theme.palette)}
    named = {"page": theme.page, **roles}
    return Markup(" ".join(f"--{role.replace('_', '-')}: {named[role]};" for role in named))


def write_drawing(project: Project, name: str) -> str:
    """A drawing of templates/leaflet/drawings as SVG, in the practice's colours.

    Raises jinja2.TemplateNotFound where there is none of that name.
    """
    return render(
        project,
        f"{TEMPLATES}/drawings/{name}.svg.j2",
        ENGLISH,
        look=project.practice.look,
        palette=palette_of(project.practice.look),
    )
