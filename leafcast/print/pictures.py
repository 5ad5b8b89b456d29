"""Pictures of the leaflets, for a website: the cover, some pages of each, and the folded leaflet.

They are drawn from the very files, so that they show what one gets. Few and small: a website uses
a cover and a glimpse inside.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from leafcast.print.folding.panels import TRIFOLD
from leafcast.print.typesetting import A4, BOOKLET, DYSLEXIA, Setting, large_print
from leafcast.state.cache import write_beside

if TYPE_CHECKING:
    from PIL.Image import Image

    from leafcast.document.publication import Publication
    from leafcast.practice.project import Leaflet

TABLE: Final = "#E7E2D8"
"""What the leaflets lie on: a quiet grey of paper, on which cream, white and black are seen."""
EDGE: Final = "#CFC8BA"
MARGIN: Final = 28
PAGE_HIGH: Final = 460
COVER_WIDE: Final = 480
COLOURS: Final = 128
SCENE: Final = (960, 720)
"""Sizes in pixels of the files; screens that show two for one draw them at half."""


@dataclass(frozen=True, slots=True)
class View:
    """What is shown of an edition: pages from 0, or from the end. `edition` made the file.

    Without a `setting` it is the trifold, which is set by what fits.
    """

    edition: str
    setting: Setting | None
    pages: tuple[int, ...]

    @property
    def suffix(self) -> str:
        """What ends the name of its file."""
        return self.setting.suffix if self.setting else TRIFOLD.suffix


def views_of(leaflet: Leaflet) -> tuple[View, ...]:
    """A view of each kind of leaflet; of large print the first size, and high contrast."""
    shown = [s for s in large_print(leaflet) if not s.suffix[-1].isdigit()]
    return (
        View("booklet", BOOKLET, (0, 1, 2, -1)),
        View("trifold", None, (0, 1, 2, 3)),
        View("a4", A4, (0, 1)),
        *(View("large-print", setting, (0, 2)) for setting in shown),
        View("dyslexia", DYSLEXIA, (0, 2)),
    )


def write_pictures(publication: Publication, folder: Path) -> tuple[Path, ...]:
    """Pictures of every print edition that there is."""
    paths = []
    for name, picture in _draw_all(publication):
        path = folder / "pictures" / f"{name}.png"
        write_beside(path, as_png(picture))
        paths.append(path)
    return tuple(paths)


def _draw_all(publication: Publication) -> Iterator[tuple[str, Image]]:
    for view in views_of(publication.project.practice.leaflet):
        pdf = publication.offered(view.edition, f"-{view.suffix}.pdf")
        if not pdf:
            continue
        if view.setting == BOOKLET:
            cover, *others = render_pages(pdf, (0, -1), SCENE[1] * 1.6)
            size = (COVER_WIDE, round(COVER_WIDE * cover.height / cover.width))
            yield "cover", cover.resize(size)
            yield "folded", draw_folded(cover, others[-1] if others else cover)
        yield view.suffix, lay_side_by_side(render_pages(pdf, view.pages, PAGE_HIGH))


# ---------------------------------------------------------------- pages


def render_pages(pdf: bytes, wanted: tuple[int, ...], high: float) -> list[Image]:
    """Pages of a PDF as pictures `high` pixels high; those it has, each once."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    numbers = dict.fromkeys(at % len(document) for at in wanted if at < len(document))
    rendered = []
    for number in numbers:
        page = document[number]
        picture = page.render(scale=high / page.get_height()).to_pil()
        rendered.append(picture.convert("RGB"))
    document.close()
    return rendered


def lay_side_by_side(pages: list[Image]) -> Image:
    """Pages on a table, one beside the other, each with the edge of its paper."""
    from PIL import Image, ImageDraw

    wide = sum(page.width for page in pages) + MARGIN * (len(pages) + 1)
    table = Image.new("RGB", (wide, pages[0].height + 2 * MARGIN), TABLE)
    pen, left = ImageDraw.Draw(table), MARGIN
    for page in pages:
        table.paste(page, (left, MARGIN))
        pen.rectangle((left - 1, MARGIN - 1, left + page.width, MARGIN + page.height), outline=EDGE)
        left += page.width + MARGIN
    return table


def as_png(picture: Image) -> bytes:
    """A picture in few colours, the same bytes for the same picture."""
    from PIL import Image

    if picture.mode != "P":
        picture = picture.quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    written = io.BytesIO()
    picture.save(written, "PNG", compress_level=7)
    return written.getvalue()


# ---------------------------------------------------------------- the folded leaflet


@dataclass(frozen=True, slots=True)
class Leaf:
    """Where a standing leaf is drawn: its left and right edges, and how high each is (pixels).

    The edge that is further away is the lower one. `middle` is where the eye is level with it.
    """

    left: float
    right: float
    left_high: float
    right_high: float
    middle: float

    def coefficients(self, wide: int, high: int) -> tuple[float, ...]:
        """For each point drawn, the point of a picture `wide` × `high` that is seen there.

        A plane that turns away from the eye is (ax + by + c)/(gx + 1): its height at x divides.
        """
        slope = (self.right_high - self.left_high) / (self.right - self.left)
        start = self.left_high - slope * self.left
        across = wide * self.right_high / (self.right - self.left) / start
        down = high / start
        return (
            across, 0.0, -across * self.left,
            down * slope / 2, down, down * (start / 2 - self.middle),
            slope / start, 0.0,
        )  # fmt: skip


def draw_folded(cover: Image, back: Image) -> Image:
    """The leaflet standing on a table, a little open, its fold towards us: cover and back."""
    from PIL import Image, ImageDraw, ImageFilter

    wide, high = SCENE[0] * 2, SCENE[1] * 2
    fold, level, tall = wide * 0.47, high * 0.485, high * 0.78
    right = Leaf(fold, fold + tall * 0.60, tall, tall * 0.88, level)
    left = Leaf(fold - tall * 0.34, fold, tall * 0.82, tall, level)
    shadow = Image.new("L", (wide // 8, high // 8), 0)
    feet = (
        (left.left, level + left.left_high / 2), (fold, level + tall / 2),
        (right.right, level + right.right_high / 2), (right.right + 130, level + tall * 0.41),
    )  # fmt: skip
    ImageDraw.Draw(shadow).polygon([(x / 8, y / 8 + 3) for x, y in feet], fill=105)
    shadow = shadow.filter(ImageFilter.GaussianBlur(5)).resize((wide, high))
    scene = Image.composite(
        Image.new("RGB", (wide, high), "#6B655A"), Image.new("RGB", (wide, high), TABLE), shadow
    )
    _stand(scene, _shaded(back, 26, 54), left)
    _stand(scene, _shaded(cover, 22, 0), right)
    # shades run into each other here, and need a palette that is made for them
    return scene.reduce(2).quantize(256, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)


def _shaded(face: Image, left: int, right: int) -> Image:
    """A leaf in shade, which is deepest by the fold: so much of 255 at its left and right edge."""
    from PIL import Image

    ramp = Image.linear_gradient("L").rotate(90).resize(face.size)
    shade = ramp.point(lambda at: left + (right - left) * at / 255)
    return Image.composite(Image.new("RGB", face.size, "#2A2620"), face, shade)


def _stand(scene: Image, face: Image, leaf: Leaf) -> None:
    """Draw `face` into the scene, as it stands."""
    from PIL import Image

    tall = max(leaf.left_high, leaf.right_high)
    left, top = math.floor(leaf.left), math.floor(leaf.middle - tall / 2)
    size = (math.ceil(leaf.right) - left, math.ceil(tall) + 1)
    here = replace(leaf, left=leaf.left - left, right=leaf.right - left, middle=leaf.middle - top)
    how = (Image.Transform.PERSPECTIVE, here.coefficients(*face.size))
    seen = face.transform(size, *how, resample=Image.Resampling.BILINEAR)
    there = Image.new("L", face.size, 255).transform(size, *how)
    scene.paste(seen, (left, top), mask=there)
