"""The practice's own pictures, its logo and its portrait: where they are, and what is wrong.

One that is not there, or cannot be read, is told once and left out; nothing else waits for it.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from leafcast.design.pictures import picture_fault, reduced_picture
from leafcast.practice.project import Project
from leafcast.state.cache import Cache, digest

if TYPE_CHECKING:
    from PIL import Image

    from leafcast.document.article import Article

ROLES: Final = ("logo", "portrait")
ON_SCREEN_PX: Final = {"logo": (480, 96), "portrait": (208, 288)}
"""At most: twice what a page shows, for screens of two dots a pixel."""
QUALITY: Final = 75
COLOURS: Final = 128
"""Of a drawing that is see-through: a third of the bytes, and no eye sees it."""
PHOTOGRAPH: Final = 70
"""Of JPEG: one that fills a field may be softer than a face."""


@dataclass(frozen=True, slots=True)
class OwnPicture:
    """A picture of the practice that can be shown: its file, and its words for whoever cannot see
    it.
    """

    role: str
    path: Path
    alt: str


def own_picture(project: Project, role: str) -> OwnPicture | None:
    """The practice's `logo` or `portrait`, where there is one that can be read."""
    look = project.practice.look
    name, alt = getattr(look, role), getattr(look, f"{role}_alt")
    if not name or own_picture_fault(project, role):
        return None
    return OwnPicture(role, project.source / name, alt)


def own_pictures(project: Project) -> Iterator[OwnPicture]:
    """Those that there are."""
    found = (own_picture(project, role) for role in ROLES)
    yield from (each for each in found if each)


def own_picture_fault(project: Project, role: str) -> tuple[str, str] | None:
    """What keeps a picture from being shown, as words that follow its name, and the fix."""
    name = getattr(project.practice.look, role)
    if not name:
        return None
    source = project.source.resolve()
    path = (source / name).resolve()
    if not path.is_relative_to(source) or not path.is_file():
        return ("is not in the folder source", "Save the picture there, and write its name here")
    fault = picture_fault(path)
    return fault and fault[1:]


def on_screen(project: Project, picture: OwnPicture) -> tuple[bytes, str]:
    """A picture as small as screens need it, and the ending of its name; made once, and kept.

    An SVG stays as it is; what is see-through stays so. Raises LayoutError when it is damaged.
    """
    content = picture.path.read_bytes()
    if picture.path.suffix.lower() == ".svg":
        return content, ".svg"
    from PIL import __version__ as pillow

    most = ON_SCREEN_PX[picture.role]
    cache = Cache(project.work / "cache")
    key = digest(content, most, QUALITY, COLOURS, pillow)
    ready = cache.read("pictures", key)
    if ready is None:
        ready = _reduced(picture.path, most)
        cache.write("pictures", key, ready)
    return ready, ".jpg" if ready.startswith(b"\xff\xd8") else ".png"


def cover_photograph(project: Project, article: Article) -> Path | None:
    """The owner's own picture for an article's cover; what cannot be used was told on reading."""
    path = project.source / article.face.cover
    return path if article.face.cover and path.is_file() else None


def photograph(path: Path, size: tuple[int, int]) -> Image.Image:
    """A photograph cut to so many pixels, from its middle. Raises LayoutError when damaged."""
    from PIL import Image, ImageOps

    large = reduced_picture(path, (4 * size[0], 4 * size[1]))
    white = Image.new("RGBA", large.size, "white")
    flat = Image.alpha_composite(white, large) if large.mode == "RGBA" else large
    return ImageOps.fit(flat.convert("RGB"), size, Image.Resampling.LANCZOS)


def photograph_on_screen(project: Project, path: Path, size: tuple[int, int]) -> tuple[bytes, str]:
    """The same as JPEG, and the ending of its name; made once, and kept. An SVG stays as it is."""
    content = path.read_bytes()
    if path.suffix.lower() == ".svg":
        return content, ".svg"
    from PIL import __version__ as pillow

    cache, key = Cache(project.work / "cache"), digest("cut", content, size, PHOTOGRAPH, pillow)
    ready = cache.read("pictures", key)
    if ready is None:
        written = io.BytesIO()
        photograph(path, size).save(written, "JPEG", quality=PHOTOGRAPH, optimize=True)
        ready = written.getvalue()
        cache.write("pictures", key, ready)
    return ready, ".jpg"


def _reduced(path: Path, most: tuple[int, int]) -> bytes:
    """The picture as PNG where it is see-through or drawn, else as JPEG."""
    from PIL import Image

    small = reduced_picture(path, most)
    as_png, as_jpeg = io.BytesIO(), io.BytesIO()
    few = small.quantize(COLOURS, Image.Quantize.FASTOCTREE) if small.mode == "RGBA" else small
    few.save(as_png, "PNG", optimize=True)
    if small.mode == "RGBA":
        return as_png.getvalue()
    small.save(as_jpeg, "JPEG", quality=QUALITY, optimize=True)
    return min(as_png.getvalue(), as_jpeg.getvalue(), key=len)
