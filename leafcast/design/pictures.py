"""Pictures the owner gives: can they be read, and made ready for print.

A photograph of 40 megapixels is a thousand times what a leaflet shows. It is made as small as
print needs, turned the right way up, put on white where it is see-through, and brought to the
colours of the page (sRGB, which PDF/A asks for). What a camera writes beside it, such as where
it was taken, stays behind.
"""

from __future__ import annotations

import io
import os
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from leafcast.design.svg import drawing_fault
from leafcast.document.errors import LayoutError
from leafcast.state.cache import Cache, digest

if TYPE_CHECKING:
    from PIL import Image

    from leafcast.practice.project import Project

FORMATS: Final = ("PNG", "JPEG", "WEBP", "GIF", "TIFF", "BMP")
LARGEST_MEGAPIXELS: Final = {"JPEG": 100, "MPO": 100, "WEBP": 25}
OTHERWISE_MEGAPIXELS: Final = 60
"""How large a picture may be, so that its decoding stays within some 350 MiB: a JPEG is decoded at
a fraction of its size, WebP takes 16 bytes a pixel, the others four."""
PRINTED: Final = (2056, 1300)
"""Pixels of a picture 174 mm wide and 110 mm high at 300 to the inch: none is drawn larger."""
ENDS: Final = {"PNG": b"IEND", "GIF": b"\x3b"}
TAIL_BYTES: Final = 64


# ---------------------------------------------------------------- can it be read


def picture_fault(path: Path) -> tuple[str, str, str] | None:
    """What keeps a picture from being printed: a finding's code, what is wrong, the fix."""
    if path.suffix.lower() == ".svg":
        return drawing_fault(path)
    try:
        with _opened(path) as picture:
            kind, megapixels = str(picture.format), picture.width * picture.height / 1e6
            whole = _is_whole(kind, path)
    except (OSError, ValueError, SyntaxError):
        return (
            "picture-unreadable",
            "cannot be read as a picture",
            "Save it anew as JPEG or PNG, and look at it once to see that it is whole",
        )
    except _Huge as huge:
        kind, megapixels, whole = "", huge.megapixels, True
    most = LARGEST_MEGAPIXELS.get(kind, OTHERWISE_MEGAPIXELS)
    if megapixels > most:
        return (
            "picture-too-large",
            f"has {megapixels:.0f} megapixels, more than the {most} it may have",
            f"Make it smaller: {PRINTED[0]} pixels across are as sharp as print can be",
        )
    if not whole:
        return (
            "picture-unreadable",
            "ends before it is whole",
            "Copy it again from where it came from",
        )
    return None


class _Huge(Exception):
    """A picture beyond what Pillow opens, with its size."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        found = re.search(r"(\d+) pixels", words)
        self.megapixels = int(found[1]) / 1e6 if found else float("inf")


@contextmanager
def _opened(path: Path) -> Iterator[Image.Image]:
    """A picture whose head is read. Raises OSError and its like, or _Huge.

    WeasyPrint tells Pillow to make do with damaged pictures; here they are to be found.
    """
    from PIL import Image, ImageFile

    makes_do, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(path, formats=FORMATS) as picture:
                yield picture
    except Image.DecompressionBombError as bomb:
        raise _Huge(str(bomb)) from None
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = makes_do


def _is_whole(kind: str, path: Path) -> bool:
    """Whether the file has its end, without decoding it: a copy that broke off has none."""
    if kind in ("JPEG", "MPO"):  # the end of the image after its last scan (ISO 10918-1, B.2)
        content = path.read_bytes()
        return content.rfind(b"\xff\xd9") > content.rfind(b"\xff\xda")
    with path.open("rb") as file:
        head, size = file.read(8), file.seek(0, os.SEEK_END)
        file.seek(max(0, size - TAIL_BYTES))
        tail = file.read()
    if kind == "WEBP":  # RIFF: the size of all that follows it
        return size >= 8 + int.from_bytes(head[4:], "little")
    return ENDS.get(kind, b"") in tail


# ---------------------------------------------------------------- ready for print


def prepare_picture(path: Path) -> bytes:
    """The picture as JPEG or PNG, no larger than print needs; the same for the same file.

    Raises LayoutError when it is damaged within.
    """
    with _whole(path) as picture:
        lossy = picture.format in ("JPEG", "MPO", "WEBP")
        return _saved(_turned(picture, _scaled(picture, PRINTED)), lossy=lossy)


def reduced_picture(path: Path, most: tuple[int, int]) -> Image.Image:
    """The picture turned the right way up, at most so many pixels wide and high, in L or RGB; in
    RGBA where it is see-through.

    Raises LayoutError when it is damaged within.
    """
    from PIL import Image

    with _whole(path) as picture:
        if not picture.has_transparency_data:
            small = _turned(picture, _scaled(picture, most))
        else:
            small = _turned(picture, picture.convert("RGBA"))
            small.thumbnail(most, Image.Resampling.LANCZOS)
        small.info = {}
        return small


@contextmanager
def _whole(path: Path) -> Iterator[Image.Image]:
    """A picture to be decoded. Raises LayoutError when it is damaged within."""
    try:
        with _opened(path) as picture:
            yield picture
    except (OSError, ValueError, SyntaxError, EOFError, _Huge) as error:
        raise LayoutError(
            f"The picture {path.name} is damaged: {error}",
            "Copy it again from where it came from, or save it anew as JPEG or PNG",
            f"source/{path.name}",
        ) from error


def read_picture(project: Project, path: Path) -> tuple[bytes, str]:
    """A picture made ready, and its media type; made once, and kept in the cache.

    An SVG stays as it is. Raises LayoutError when it is damaged within.
    """
    content = path.read_bytes()
    if path.suffix.lower() == ".svg":
        return content, "image/svg+xml"
    from PIL import __version__ as pillow

    cache, key = Cache(project.work / "cache"), digest(content, PRINTED, pillow)
    ready = cache.read("pictures", key)
    if ready is None:
        ready = prepare_picture(path)
        cache.write("pictures", key, ready)
    return ready, "image/jpeg" if ready.startswith(b"\xff\xd8") else "image/png"


def picture_size(content: bytes) -> tuple[int, int] | tuple[()]:
    """Width and height in pixels of a picture; nothing for an SVG, which has no pixels."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG", "WEBP")) as picture:
            return picture.size
    except UnidentifiedImageError:
        return ()


def _scaled(picture: Image.Image, most: tuple[int, int]) -> Image.Image:
    """The picture in L or RGB, so many pixels wide and high at most."""
    from PIL import Image

    sideways = picture.getexif().get(ORIENTATION, 1) >= 5
    wide, high = most[::-1] if sideways else most
    share = min(1.0, wide / picture.width, high / picture.height)
    size = (max(1, round(picture.width * share)), max(1, round(picture.height * share)))
    picture.draft(None, size)  # a JPEG need not be decoded whole
    small = _in_page_colours(_reduced(picture, size), picture)
    return small if small.size == size else small.resize(size, Image.Resampling.LANCZOS)


ORIENTATION: Final = 0x0112
BAND: Final = 256
"""Rows worked on at a time, so that no second copy of a large picture stands in memory."""


def _reduced(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    """The picture on white, a whole number of times smaller, twice `size` at the least."""
    from PIL import Image

    times = max(1, min(picture.width // size[0], picture.height // size[1]) // 2)
    mode = _plain_mode(picture)
    white = (0, 0, 0, 0) if mode == "CMYK" else "white"
    whole = (-(-picture.width // times), -(-picture.height // times))
    small = Image.new(mode, whole, white)
    for top in range(0, picture.height, BAND * times):
        foot = min(picture.height, top + BAND * times)
        band = _plain(picture.crop((0, top, picture.width, foot)), mode)
        small.paste(band.reduce(times) if times > 1 else band, (0, top // times))
    return small


def _plain_mode(picture: Image.Image) -> str:
    """L, RGB or CMYK: whichever the picture's own colours fit into."""
    if picture.mode == "CMYK":
        return "CMYK"
    return "L" if picture.mode in ("1", "L", "LA", "La", "F") or picture.mode[0] == "I" else "RGB"


def _plain(band: Image.Image, mode: str) -> Image.Image:
    """A part of a picture in `mode`, on white where it is see-through."""
    from PIL import Image

    if band.mode[0] == "I":  # 16 bits a pixel: the upper 8 are what can be shown
        return band.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if not band.has_transparency_data:
        return band.convert(mode)
    over = band.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", over.size, "white"), over).convert(mode)


def _in_page_colours(small: Image.Image, picture: Image.Image) -> Image.Image:
    """`small` in sRGB, by the colour profile the picture carries."""
    from PIL import ImageCms

    profile = picture.info.get("icc_profile")
    if profile and small.mode in ("RGB", "CMYK"):
        try:
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            page = ImageCms.createProfile("sRGB")
            turned = ImageCms.profileToProfile(small, own, page, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError):
            turned = None  # a profile that is not for this picture, or broken
        small = turned or small
    return small.convert("RGB") if small.mode == "CMYK" else small


def _turned(picture: Image.Image, small: Image.Image) -> Image.Image:
    """`small`, turned as the camera says it was held (EXIF 2.32, orientation)."""
    from PIL import Image

    turns = {
        2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM, 5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_270, 7: Image.Transpose.TRANSVERSE, 8: Image.Transpose.ROTATE_90,
    }  # fmt: skip
    turn = turns.get(picture.getexif().get(ORIENTATION, 1))
    return small if turn is None else small.transpose(turn)


def _saved(small: Image.Image, *, lossy: bool) -> bytes:
    """A photograph as JPEG, a drawing as PNG, with nothing but the picture in it.

    What JPEG makes less than half as large as PNG, which loses nothing, is a photograph. It has no
    tables of its own (`optimize`): Pillow's room for those is a byte a pixel, and leaves or a
    grainy film need more at this quality.
    """
    small.info = {}
    as_jpeg, as_png = io.BytesIO(), io.BytesIO()
    small.save(as_jpeg, "JPEG", quality=90, subsampling=0)
    if lossy:
        return as_jpeg.getvalue()
    small.save(as_png, "PNG", compress_level=6)
    photograph = as_jpeg.tell() * 2 < as_png.tell()
    return (as_jpeg if photograph else as_png).getvalue()
