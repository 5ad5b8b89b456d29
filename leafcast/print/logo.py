"""The practice's logo in pixels, for pictures that are made of them: a drawing is printed first."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Final

from leafcast.design.own_pictures import own_picture
from leafcast.design.pictures import reduced_picture
from leafcast.practice.project import Project
from leafcast.print.layout import print_drawing
from leafcast.state.cache import Cache, digest

if TYPE_CHECKING:
    from PIL.Image import Image

SIDE_PX: Final = 600
"""At most: the cover of a podcast shows it 315 pixels large."""


def drawn_logo(project: Project) -> bytes:
    """The logo as PNG, see-through where it is so; nothing where there is none.

    Raises LayoutError when it is damaged within, and what `layout.print_drawing` does.
    """
    logo = own_picture(project, "logo")
    if logo is None:
        return b""
    cache, key = Cache(project.work / "cache"), digest("logo", logo.path.read_bytes(), SIDE_PX)
    drawn = cache.read("pictures", key)
    if drawn is None:
        drawn = _drawn(project, logo.path)
        cache.write("pictures", key, drawn)
    return drawn


def _drawn(project: Project, path: Path) -> bytes:
    if path.suffix.lower() != ".svg":
        picture = reduced_picture(path, (SIDE_PX, SIDE_PX))
    else:
        picture = _rendered(print_drawing(project, path.read_bytes(), SIDE_PX))
    written = io.BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()


def _rendered(page: bytes) -> Image:
    """A page as large in pixels as it is in points, without its paper."""
    import pypdfium2

    document = pypdfium2.PdfDocument(page)
    drawn: Image = document[0].render(fill_color=(255, 255, 255, 0), maybe_alpha=True).to_pil()
    document.close()
    return drawn.convert("RGBA")
