"""The drawings of a cover: each means something, and a rack of leaflets is told apart by them.

Drawn on 148 × 94 mm, standing on the ground line at the foot: flat, in two tints and the paper,
with one warm spot. What is drawn stays 6 mm clear of an edge or is cut by it well, for what only
touches an edge looks like a slip.
"""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from math import acos, degrees
from typing import Final

from leafcast.design.palette import Palette
from leafcast.design.shapes import (
    Shape,
    arc,
    bar,
    disc,
    half_disc,
    half_leaf,
    half_ring,
    line,
    mirrored,
    polygon,
    ring,
)

WIDTH_MM: Final = 148.0
HEIGHT_MM: Final = 94.0
MIDDLE: Final = WIDTH_MM / 2
PRACTICE_MOTIF: Final = "meet"
"""What stands for the practice itself: on its library and its podcast."""

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Motif:
    """A drawing: what it means, for the owner who chooses one, and its shapes, the first behind.

    One that runs across the page is cut to a narrow panel, from `cut_from` on; one that stands
    alone (None) is made smaller. `left` is where it begins when there is room beside it, and
    `begun` its shapes there, where these differ.
    """

    meaning: str
    shapes: tuple[Shape, ...]
    cut_from: float | None = None
    left: float = 0.0
    begun: tuple[Shape, ...] = ()

    def box(self, width_mm: float) -> Box:
        """Left, top, width and height of what is shown in a field so many millimetres wide."""
        if width_mm >= WIDTH_MM or self.cut_from is None:
            return 0.0, 0.0, WIDTH_MM, HEIGHT_MM
        return self.cut_from, 0.0, width_mm, HEIGHT_MM


def motif_of(slug: str, chosen: str = "") -> str:
    """The name of an article's motif: the owner's choice, or one that its slug always gives."""
    if chosen in MOTIFS:
        return chosen
    number = int.from_bytes(hashlib.sha256(slug.encode()).digest()[:4], "big")
    return tuple(MOTIFS)[number % len(MOTIFS)]


def nearest_motif(name: str) -> str:
    """The motif whose name is the nearest to what the owner wrote; "" where none is near."""
    words = [name.lower(), *name.lower().split()]
    near = [found for word in words for found in difflib.get_close_matches(word, MOTIFS, 1, 0.6)]
    return near[0] if near else ""


def motif_svg(palette: Palette, name: str, box: Box | None = None, *, begun: bool = False) -> str:
    """The motif as SVG on nothing, in a box of millimetres; its own field where none is given.
    `begun` is for a field that goes on at the left of it.
    """
    left, top, width, height = box or (0.0, 0.0, WIDTH_MM, HEIGHT_MM)
    shapes = motif_shapes(palette, name, begun=begun)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left:g} {top:g} {width:g} {height:g}" '
        f'width="{width:g}mm" height="{height:g}mm">{shapes}</svg>'
    )


def motif_shapes(palette: Palette, name: str, *, begun: bool = False) -> str:
    """The motif's shapes alone, to stand in another SVG."""
    motif = MOTIFS[name]
    shapes = (begun and motif.begun) or motif.shapes
    return "".join(_element(shape, getattr(palette, shape.role)) for shape in shapes)


def _element(shape: Shape, colour: str) -> str:
    if not shape.width:
        return f'<path fill="{colour}" d="{shape.outline}"/>'
    return (
        f'<path fill="none" stroke="{colour}" stroke-width="{shape.width:g}" '
        f'stroke-linecap="round" stroke-linejoin="round" d="{shape.outline}"/>'
    )


# ---------------------------------------------------------------- the drawings


def _meet() -> Iterator[Shape]:
    left, right, outer, inner = (38.0, HEIGHT_MM), (110.0, HEIGHT_MM), 63.0, 40.0
    yield half_ring("tint_1", left, outer, inner)
    yield half_ring("tint_2", right, outer, inner)
    yield Shape("second_light", _crossing(left, right, outer, inner))


def _crossing(
    left: tuple[float, float], right: tuple[float, float], outer: float, inner: float
) -> str:
    """The field that two half rings share: an outline of four arcs."""
    apart = right[0] - left[0]
    upper = _degrees(apart / 2 / outer)
    at_outer = _degrees((outer**2 - inner**2 + apart**2) / (2 * apart) / outer)
    at_inner = _degrees((inner**2 - outer**2 + apart**2) / (2 * apart) / inner)
    lower = _degrees(apart / 2 / inner)
    return (
        arc(left, (outer, outer), (-upper, -at_outer))
        + arc(right, (inner, inner), (180 + at_inner, 180 + lower), join=True)
        + arc(left, (inner, inner), (-lower, -at_inner), join=True)
        + arc(right, (outer, outer), (180 + at_outer, 180 + upper), join=True)
        + "Z"
    )


def _degrees(cosine: float) -> float:
    return degrees(acos(cosine))


def _horizon(left: float = -30) -> Iterator[Shape]:
    """The lines begin `left`; their rounded ends are seen where the field goes on there."""
    yield half_disc("light", (92, 52), 31)
    for number, (top, height) in enumerate(((55, 3), (62, 3.4), (69.4, 4), (77.6, 5), (87, 20))):
        yield bar("tint_2" if number < 2 else "tint_1", left, top, 178 - left, height, 1.4)
    for top, height, half in ((55, 3, 26), (62, 3.4, 19.5), (69.4, 4, 13.5), (77.6, 5, 8.5)):
        yield bar("light", 92 - half, top, 2 * half, height)


def _doorway() -> Iterator[Shape]:
    yield polygon("light", (49, 79), (91, 79), (60, 110), (-16, 110))
    yield bar("tint_1", -30, 77.8, 208, 1.6)
    yield bar("paper", 49, 14, 42, 65)
    yield polygon("tint_1", (94, 14), (121, 7), (121, 87), (94, 79.4))
    yield disc("paper", (115.4, 49), 2)


def _chairs() -> Iterator[Shape]:
    chair = (
        line("paper", 2.8, (32, 78), (26.4, 97)),
        line("paper", 2.8, (58, 78), (63.6, 97)),
        line("tint_1", 13.6, (14, 36), (23, 71.5), (60.5, 71.5)),
        bar("second_light", 32.5, 54.6, 31, 7.2, 3.6),
    )
    yield from chair
    for shape in chair:
        other = mirrored(shape, MIDDLE)
        yield Shape("tint_2", other.outline, other.width) if other.role == "tint_1" else other


def _ripples() -> Iterator[Shape]:
    for across in (75, 60, 45, 30, 15.5):
        yield ring("tint_1", (48, 44), (across, across * 0.42), 2.6)
    yield disc("second_light", (48, 44), 5, 2.6)
    for across in (35, 27, 19, 11):
        yield ring("tint_2", (105, 62), (across, across * 0.44), 2.4)
    yield disc("second_light", (105, 62), 4, 2.1)


def _leaves() -> Iterator[Shape]:
    yield line("paper", 1.8, (MIDDLE, 97), (MIDDLE, 32))
    pairs = ((84, 50.5, 27.5, 9.0), (57, 33.5, 26.5, 7.4), (33, 15, 24, 5.6))
    for number, (base, across, up, breadth) in enumerate(pairs):
        stalk = (MIDDLE - 0.6, base)
        tip = (MIDDLE - across, base - up)
        halves = (
            half_leaf("tint_1", stalk, tip, breadth),
            half_leaf("tint_2", stalk, tip, -breadth),
            line("ground", 0.9, stalk, tip),
        )
        for half in halves:
            warm = number == 1 and half.role != "ground"
            yield Shape("second_light", half.outline, half.width) if warm else half
        yield from (mirrored(half, MIDDLE) for half in halves)


def _path() -> Iterator[Shape]:
    yield disc("light", (36, 20), 13)
    yield Shape(
        "tint_1",
        "M-30 76C4 42 34 38 56 38.5C80 39 92 49 112 47C130 45 142 36 178 14L178 110L-30 110Z",
    )
    yield Shape("ground", "M103 47.6C110 50 104 54 82 58.5L90 58.5C112 55 116 51 109.5 47.4Z")
    yield Shape("ground", "M-30 85C16 64 56 56 90 56C124 56 150 64 178 73L178 110L-30 110Z")
    yield Shape(
        "tint_2", "M-30 88C16 66.4 56 58.4 90 58.4C124 58.4 150 66.4 178 76L178 110L-30 110Z"
    )
    yield Shape(
        "ground",
        "M80 58.6C90 63 97 67 95 73C91 84 40 83 16 110L62 110C70 88 112 88 112 72"
        "C112 65 98 62 87 58.4Z",
    )


def _window() -> Iterator[Shape]:
    roles = ("paper", "tint_2", "tint_1", "tint_2", "light", "tint_2", "tint_1", "tint_2", "paper")
    for number, role in enumerate(roles):
        row, column = divmod(number, 3)
        top, left = 7.4 + row * 27.4, 46 + column * 32.5
        corners = ((left, top), (left + 29, top), (left + 29, top + 24.4), (left, top + 24.4))
        yield polygon(role, *((x - 0.23 * y, y) for x, y in corners))
    yield Shape("ground", "M50 22C62 44 84 64 122 74", 1.5)
    for base, tip, breadth in _BRANCH:
        yield Shape("ground", half_leaf("", base, tip, breadth).outline)
        yield Shape("ground", half_leaf("", base, tip, -breadth).outline)


_BRANCH: Final = (
    ((58, 34), (42, 38), 3.4),
    ((61, 38), (66, 20), 3.6),
    ((72, 50), (56, 58), 3.8),
    ((77, 54), (86, 36), 4.0),
    ((92, 64), (76, 76), 4.0),
    ((97, 66.5), (110, 50), 4.2),
    ((112, 71.5), (100, 84), 3.6),
)


def _woven() -> Iterator[Shape]:
    pitch_x, pitch_y, broad, gap = 24.0, 22.0, 13.6, 1.6
    rows = range(5)
    for column in range(-4, 5):
        middle = MIDDLE + column * pitch_x
        for row in rows:
            across = 17 + row * pitch_y
            reach_x, reach_y = pitch_x - broad / 2 - gap, pitch_y - broad / 2 - gap
            if (row + column) % 2:
                yield bar("tint_2", middle - reach_x, across - broad / 2, 2 * reach_x, broad)
            else:
                top = max(6.6, across - reach_y)
                role = "tint_1" if column else "second_light"
                yield bar(role, middle - broad / 2, top, broad, across + reach_y - top)


def _stones() -> Iterator[Shape]:
    yield bar("tint_1", -30, 15, 208, 3.6)
    for left, width, top in (
        (8, 38, 30), (94, 84, 30), (18, 24, 43), (106, 30, 43), (104, 24, 57), (-30, 48, 56),
        (74, 42, 78), (122, 56, 74),
    ):  # fmt: skip
        yield bar("tint_1", left, top, width, 1.7)
    stones = (
        ("tint_2", (62, 26.5), 7, 2.2, 1.2),
        ("tint_2", (80, 36), 10.5, 3.8, 1.5),
        ("second_light", (52, 47.5), 14.5, 5, 2.0),
        ("tint_2", (75, 61), 20, 6.6, 2.6),
        ("tint_2", (35, 75), 27, 9, 3.2),
    )
    for role, middle, across, down, thick in stones:
        yield disc("tint_1", (middle[0], middle[1] + thick), across, down)
        yield disc(role, middle, across, down)


def _lamp() -> Iterator[Shape]:
    yield polygon("tint_1", (76, 40.6), (118, 40.6), (141, 100), (53, 100))
    yield Shape("paper", "M23 95L23 46C23 20 42 9 68 8.6C80 8.4 90 9.4 97 12", 2.6)
    yield line("paper", 2.6, (13, 94), (33, 94))
    yield half_disc("paper", (97, 40.6), 12.4, below=True)
    yield half_disc("light", (97, 38.4), 27.5)


def _bridge() -> Iterator[Shape]:
    yield Shape(
        "tint_2",
        "M-30 72C24 42 124 42 178 72L178 110L114 110L114 94"
        "C114 72 96 62 74 62C52 62 34 72 34 94L34 110L-30 110Z",
    )
    yield bar("tint_1", 44, 82, 60, 2.4)
    yield bar("tint_1", 39, 88.6, 70, 20)
    for role, middle in (("second_light", 62), ("paper", 86)):
        yield bar(role, middle - 4, 28, 8, 24, 4)
        yield disc(role, (middle, 22), 4.2)


def _boat() -> Iterator[Shape]:
    yield polygon("paper", (70, 9), (70, 64), (34, 64))
    yield polygon("second_light", (75, 20), (75, 64), (108, 64))
    yield line("paper", 2.2, (72.5, 9), (72.5, 70))
    yield Shape("tint_2", "M30 69L116 69C112 80 104 86 94 86L52 86C42 86 34 80 30 69Z")
    yield bar("tint_1", -30, 86, 208, 24)
    yield bar("ground", 8, 89.4, 34, 1.8)
    yield bar("ground", 96, 89.4, 44, 1.8)


MOTIFS: Final[dict[str, Motif]] = {
    "meet": Motif("two people meeting", tuple(_meet()), cut_from=24, left=-28),
    "chairs": Motif("two chairs, turned to each other", tuple(_chairs())),
    "horizon": Motif(
        "a sun over water", tuple(_horizon()), cut_from=36, left=-4, begun=tuple(_horizon(-3.9))
    ),
    "doorway": Motif("an open door with light in it", tuple(_doorway())),
    "path": Motif("a path through hills", tuple(_path()), cut_from=16),
    "woven": Motif("threads that hold each other", tuple(_woven()), cut_from=24),
    "ripples": Motif("two rings of waves that meet", tuple(_ripples()), cut_from=24, left=-30),
    "stones": Motif("stones to step on across water", tuple(_stones()), cut_from=2),
    "leaves": Motif("a plant that grows", tuple(_leaves())),
    "lamp": Motif("a lamp in a quiet room", tuple(_lamp())),
    "window": Motif("light from a window, and the shadow of a branch", tuple(_window())),
    "bridge": Motif("two people on a bridge", tuple(_bridge()), cut_from=24),
    "boat": Motif("a boat that comes along", tuple(_boat())),
}
"""A motif by the name that an owner writes: `motif: horizon`."""
