"""Flat shapes as outlines of lines and curves: what a drawing is made of, in millimetres.

An outline is written as SVG has it, of M, L, C and Z alone, so that a page draws it as it is and a
picture (`outline_points`) of points.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, hypot, pi, radians, sin, tan
from typing import Final

Point = tuple[float, float]
FINE_MM: Final = 0.6
"""How far apart the points of a curve are."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One flat shape: the role of its colour in a palette, its outline, and where it is a line the
    line's width.
    """

    role: str
    outline: str
    width: float = 0.0

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of what is drawn."""
        points = [point for part in outline_points(self.outline) for point in part]
        across, down = zip(*points, strict=True)
        half = self.width / 2
        return min(across) - half, min(down) - half, max(across) + half, max(down) + half


def polygon(role: str, *points: Point) -> Shape:
    """A shape with straight sides."""
    return Shape(role, _straight(points) + "Z")


def line(role: str, width: float, *points: Point) -> Shape:
    """A line with round ends through points."""
    return Shape(role, _straight(points), width)


def bar(
    role: str, left: float, top: float, width: float, height: float, round_mm: float = 0
) -> Shape:
    """A rectangle, its corners rounded where `round_mm` says so."""
    right, bottom, r = left + width, top + height, round_mm
    if not r:
        return polygon(role, (left, top), (right, top), (right, bottom), (left, bottom))
    k = r * 0.4477
    return Shape(
        role,
        f"M{_n(left + r)} {_n(top)}L{_n(right - r)} {_n(top)}"
        f"{_curve((right - k, top), (right, top + k), (right, top + r))}"
        f"L{_n(right)} {_n(bottom - r)}"
        f"{_curve((right, bottom - k), (right - k, bottom), (right - r, bottom))}"
        f"L{_n(left + r)} {_n(bottom)}"
        f"{_curve((left + k, bottom), (left, bottom - k), (left, bottom - r))}"
        f"L{_n(left)} {_n(top + r)}"
        f"{_curve((left, top + k), (left + k, top), (left + r, top))}Z",
    )


def disc(role: str, middle: Point, across: float, down: float = 0.0) -> Shape:
    """A disc of radius `across`, or an oval that is `down` high from its middle."""
    return Shape(role, arc(middle, (across, down or across), (0, 360)) + "Z")


def ring(role: str, middle: Point, radii: tuple[float, float], width: float) -> Shape:
    """A ring drawn as a line of this width."""
    return Shape(role, arc(middle, radii, (0, 360)) + "Z", width)


def half_disc(role: str, middle: Point, radius: float, *, below: bool = False) -> Shape:
    """The upper half of a disc, or the lower."""
    turn = (0, 180) if below else (180, 360)
    return Shape(role, arc(middle, (radius, radius), turn) + "Z")


def half_ring(role: str, middle: Point, outer: float, inner: float) -> Shape:
    """The upper half of a broad ring."""
    over = arc(middle, (outer, outer), (180, 360))
    back = arc(middle, (inner, inner), (360, 180), join=True)
    return Shape(role, f"{over}{back}Z")


def leaf(role: str, base: Point, tip: Point, breadth: float) -> Shape:
    """A leaf from its stalk to its tip; a half of one where `breadth` bends one side alone."""
    return Shape(role, f"M{_p(base)}{_bent(base, tip, breadth)}{_bent(tip, base, breadth)}Z")


def half_leaf(role: str, base: Point, tip: Point, breadth: float) -> Shape:
    """Half a leaf, on one side of its vein: the left one, seen from the stalk, if positive."""
    return Shape(role, f"M{_p(base)}{_bent(base, tip, breadth)}Z")


def arc(middle: Point, radii: Point, turn: tuple[float, float], *, join: bool = False) -> str:
    """An arc of an ellipse from one angle to another, in degrees, clockwise from the right.

    `join` draws a line to its beginning, where it would set out anew.
    """
    start, end = (radians(angle) for angle in turn)
    count = max(1, round(abs(end - start) / (pi / 2) + 0.49))
    step = (end - start) / count
    bend = 4 / 3 * tan(step / 4)
    (x, y), (rx, ry) = middle, radii
    written = [f"{'L' if join else 'M'}{_p((x + rx * cos(start), y + ry * sin(start)))}"]
    for number in range(count):
        a, b = start + number * step, start + (number + 1) * step
        written.append(
            _curve(
                (x + rx * (cos(a) - bend * sin(a)), y + ry * (sin(a) + bend * cos(a))),
                (x + rx * (cos(b) + bend * sin(b)), y + ry * (sin(b) - bend * cos(b))),
                (x + rx * cos(b), y + ry * sin(b)),
            )
        )
    return "".join(written)


def mirrored(shape: Shape, around: float) -> Shape:
    """A shape as a mirror at x = `around` shows it."""
    pairs = re.sub(
        r"(-?[\d.]+) (-?[\d.]+)",
        lambda found: f"{_n(2 * around - float(found[1]))} {found[2]}",
        shape.outline,
    )
    return Shape(shape.role, pairs, shape.width)


# ---------------------------------------------------------------- points


def outline_points(outline: str) -> Iterator[list[Point]]:
    """The points of each part of an outline, near enough for its curves to be smooth."""
    part: list[Point] = []
    for command, written in re.findall(r"([MLC])([^MLCZ]*)", outline):
        numbers = [float(number) for number in re.findall(r"-?[\d.]+", written)]
        points = list(zip(numbers[::2], numbers[1::2], strict=True))
        if command == "M":
            if part:
                yield part
            part = points
        elif command == "L":
            part += points
        else:
            part += _along(part[-1], *points)
    if part:
        yield part


def _along(start: Point, first: Point, second: Point, end: Point) -> Iterator[Point]:
    """The points of a cubic curve after its start."""
    corners = (start, first, second, end)
    length = sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(corners))
    count = max(2, round(length / FINE_MM))
    for number in range(1, count + 1):
        t = number / count
        shares = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
        yield (
            sum(share * corner[0] for share, corner in zip(shares, corners, strict=True)),
            sum(share * corner[1] for share, corner in zip(shares, corners, strict=True)),
        )


def _straight(points: Sequence[Point]) -> str:
    return "M" + "L".join(_p(point) for point in points)


def _bent(start: Point, end: Point, breadth: float) -> str:
    """A curve from one point to another that swells by `breadth` to the left of its way."""
    across, down = end[0] - start[0], end[1] - start[1]
    length = hypot(across, down)
    side = (down / length * breadth * 1.33, -across / length * breadth * 1.33)
    near = (start[0] + across * 0.22 + side[0], start[1] + down * 0.22 + side[1])
    far = (start[0] + across * 0.68 + side[0], start[1] + down * 0.68 + side[1])
    return _curve(near, far, end)


def _curve(*points: Point) -> str:
    return "C" + " ".join(_p(point) for point in points)


def _p(point: Point) -> str:
    return f"{_n(point[0])} {_n(point[1])}"


def _n(number: float) -> str:
    return f"{number:.1f}".rstrip("0").rstrip(".") if number else "0"
