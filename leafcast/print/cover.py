"""What is drawn on a leaflet's cover: the article's motif, cut or made smaller to its field."""

from __future__ import annotations

from typing import Final

from leafcast.design.motifs import HEIGHT_MM, MOTIFS, WIDTH_MM, motif_of, motif_svg
from leafcast.design.palette import look_of, on_panel, palette_of
from leafcast.document.publication import Publication

WIDE: Final = "wide"
"""A field with the title at its left: the motif begins where it wants to, and is not cut there."""
BLEED_MM: Final = 3.0
"""What a print shop cuts off is drawn on."""
PANEL: Final = "panel"
"""Dark on the panel's tint, whole."""


def motif_for(publication: Publication, field: str) -> str:
    """The motif as SVG for a field: so many millimetres wide, `WIDE`, or `PANEL`."""
    article, practice = publication.article, publication.project.practice
    palette = palette_of(look_of(practice, article))
    name = motif_of(article.slug, article.face.motif)
    motif = MOTIFS[name]
    if field == PANEL:
        return motif_svg(on_panel(palette), name)
    if field == WIDE:
        return motif_svg(
            palette, name, (motif.left, 0.0, WIDTH_MM - motif.left, HEIGHT_MM), begun=True
        )
    left, top, width, height = motif.box(float(field))
    beyond = width / float(field) * BLEED_MM
    return motif_svg(palette, name, (left - beyond, top, width + 2 * beyond, height))
