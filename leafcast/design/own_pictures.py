"""The practice's own pictures, its logo and its portrait: where they are, and what is wrong.

One that is not there, or cannot be read, is told once and left out; nothing else waits for it.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from leafcast.design.pictures import picture_fault, reduced_picture
from leafcast.document.errors import real
from leafcast.practice.project import Project
from leafcast.state.cache import Cache, digest

if TYPE_CHECKING:
    from PIL import Image

    from leafcast.document.article import Article

ROLES: Final = ("logo", "portrait")
ON_SCREEN_PX: Final = {"logo": (480, 96), "portrait": (208, 288)}
"""At most: twice what a page shows, for screens of two dots a pixel."""
MOST_BYTES: Final = {"logo": 4_500, "portrait": 6_500, "photograph": 11_500}
"""What each may weigh, so that a page with all three stays within 150 kB without its sound."""
QUALITIES: Final = (75, 60, 45)
"""Of JPEG and WebP. What is too heavy with the least of them is made smaller."""
SHARES: Final = (1.0, 0.85, 0.7, 0.6, 0.5, 0.4, 0.3)
COLOURS: Final = 128
"""Of a drawing that is see-through: a third of the bytes, and no eye sees it."""
FAST_OCTREE: Final = 2
"""Pillow's only way to few colours that keeps what is see-through."""


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
    path = real(source / name)
    if not path.is_relative_to(source) or not path.is_file():
        return ("is not in the folder source", "Save the picture there, and write its name here")
    fault = picture_fault(path)
    return fault and fault[1:]


def on_screen(project: Project, picture: OwnPicture) -> tuple[bytes, str]:
    """A picture as small and as light as screens need it, and the ending of its name; made once,
    and kept.

    An SVG stays as it is; what is see-through stays so. Raises LayoutError when it is damaged.
    """
    most = ON_SCREEN_PX[picture.role]

    def made() -> bytes:
        return _lightest(picture.role, reduced_picture(picture.path, most))

    return _kept(project, picture.path, (picture.role, most), made)


def _kept(
    project: Project, path: Path, made_for: tuple[object, ...], made: Callable[[], bytes]
) -> tuple[bytes, str]:
    """A picture of the owner's as it is made for a screen, and the ending of its name."""
    content = path.read_bytes()
    if path.suffix.lower() == ".svg":
        return content, ".svg"
    from PIL import __version__ as pillow

    cache = Cache(project.work / "cache")
    key = digest(content, made_for, MOST_BYTES, QUALITIES, SHARES, COLOURS, pillow)
    ready = cache.read("pictures", key)
    if ready is None:
        ready = made()
        cache.write("pictures", key, ready)
    return ready, next(ending for head, ending in HEADS.items() if ready.startswith(head))


HEADS: Final = {b"\xff\xd8": ".jpg", b"\x89PNG": ".png", b"RIFF": ".webp"}
"""How a file of each kind begins."""


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

    def made() -> bytes:
        return _lightest("photograph", photograph(path, size))

    return _kept(project, path, ("cut", size), made)


# ---------------------------------------------------------------- how light


def _lightest(role: str, picture: Image.Image) -> bytes:
    """The best of a picture that is within its weight: first as large as it may be."""
    content = b""
    for share in SHARES:
        for content in _forms(role, _smaller(picture, share)):
            if len(content) <= MOST_BYTES[role]:
                return content
    return content


def _smaller(picture: Image.Image, share: float) -> Image.Image:
    from PIL import Image

    size = (max(1, round(picture.width * share)), max(1, round(picture.height * share)))
    return picture if share == 1 else picture.resize(size, Image.Resampling.LANCZOS)


def _forms(role: str, picture: Image.Image) -> Iterator[bytes]:
    """A picture as PNG where that is light, as it is for what was drawn; else as a photograph.

    A face that is see-through is one too, as WebP. A logo is not: a book holds it, and there are
    readers of books that know no WebP.
    """
    if picture.mode == "RGBA":
        few = picture.quantize(COLOURS, FAST_OCTREE)
        yield _as("PNG", few, optimize=True)
        if role == "logo":
            return
        yield from (_as("WEBP", picture, quality=each, alpha_quality=each) for each in QUALITIES)
        return
    best = _as("JPEG", picture, quality=QUALITIES[0], optimize=True)
    if role != "photograph":
        best = min(best, _as("PNG", picture, optimize=True), key=len)
    yield best
    yield from (_as("JPEG", picture, quality=each, optimize=True) for each in QUALITIES[1:])


def _as(kind: str, picture: Image.Image, **how: object) -> bytes:
    written = io.BytesIO()
    picture.save(written, kind, **how)
    return written.getvalue()
