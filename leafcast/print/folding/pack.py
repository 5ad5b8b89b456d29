"""Fitting text to panels: where each panel ends, and how spare room is spread.

Pure arithmetic on pieces that were measured once (see `measure.py`). Lengths are millimetres.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import inf
from typing import Final

SECTION_BREAK: Final = 0.0
BLOCK_BREAK: Final = 3.0
POINT_BREAK: Final = 12.0
LINE_BREAK: Final = 20.0
"""What it costs to end a panel before a section, a block, a point of a list, within a paragraph:
the square of so many lines that a panel stays short."""
SECTION_STRETCH: Final = 1.4
"""What begins a section has so large a share of spare room."""
HALF_LINES_MORE: Final = 3
"""A gap above a section grows no more than this."""
ROUNDING: Final = 1e-6
FACING: Final = 3.0
"""What uneven feet of facing panels cost, for the square of the lines between them."""
LEAST_FULL: Final = 0.7
"""Panels are looked for that are filled as much of what they hold on average as this."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What a panel can end before or after: a heading, a block, a point of a list.

    `selector` names the outermost element that begins here, `owner` the part of the article it
    belongs to: a section's or a note's id, or the name of another part. `gap` is the space above
    it; `stretch` its share of spare room, and `cost` that of a panel that ends above it, None
    where that must not be. `lines` are the heights of what it can be broken into.
    """

    selector: str
    owner: str
    gap: float
    lines: tuple[float, ...]
    words: int = 0
    stretch: float = 1.0
    cost: float | None = BLOCK_BREAK

    @property
    def height(self) -> float:
        """Its height without the gap."""
        return sum(self.lines)


@dataclass(frozen=True, slots=True)
class Room:
    """How many panels there are for the text, and their height.

    `facing` are those, from 0, that are seen beside the one before them.
    """

    panels: int
    height: float
    facing: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Panel:
    """One panel: the pieces that begin in it, and the height it takes.

    `begins_within` says that its first lines go on with a piece from the panel before.
    """

    pieces: tuple[Piece, ...]
    height: float
    begins_within: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    """A line, or what cannot be broken: the smallest thing that moves to the next panel."""

    piece: int
    number: int
    gap: float
    height: float
    cost: float | None


def _lines(pieces: Sequence[Piece]) -> list[_Line]:
    """The lines of all pieces. Two lines of a paragraph stay together, at its start and end."""
    lines = []
    for at, piece in enumerate(pieces):
        last = len(piece.lines) - 2
        for number, height in enumerate(piece.lines):
            inside = LINE_BREAK if 2 <= number <= last else None
            gap, cost = (0.0, inside) if number else (piece.gap, piece.cost)
            lines.append(_Line(at, number, gap, height, cost))
    return lines


def fill(pieces: Sequence[Piece], room: Room) -> tuple[int, int]:
    """How many panels the pieces fill, and how many of their lines are over.

    Each panel is filled as far as it may be, which needs the fewest.
    """
    lines = _lines(pieces)
    start = panels = 0
    while start < len(lines) and panels < room.panels:
        end = _farthest(lines, start, room.height)
        if end == start:
            break
        start, panels = end, panels + 1
    return panels, len(lines) - start


def filled(pieces: Sequence[Piece], room: Room) -> tuple[Panel, ...]:
    """The pieces in panels that are each as full as they can be, ended between blocks; () where
    they need more panels than there are.
    """
    lines = _lines(pieces)
    depth = _depth(lines)
    panels: list[Panel] = []
    start = 0
    while start < len(lines) and len(panels) < room.panels:
        top = depth[start] + lines[start].gap
        ends = [
            end
            for end in range(start + 1, len(lines) + 1)
            if depth[end] - top <= room.height
            and (end == len(lines) or lines[end].cost in (SECTION_BREAK, BLOCK_BREAK))
        ]
        if not ends:
            return ()
        panels.append(_panel(pieces, lines[start : ends[-1]], depth[ends[-1]] - top))
        start = ends[-1]
    return tuple(panels) if start == len(lines) else ()


def fits(pieces: Sequence[Piece], room: Room) -> bool:
    """Whether there is room for all the pieces."""
    return fill(pieces, room)[1] == 0


def words_over(pieces: Sequence[Piece], room: Room) -> int:
    """How many words find no room."""
    _, over = fill(pieces, room)
    words = [piece.words / len(piece.lines) for piece in pieces for _ in piece.lines]
    return max(1, round(sum(words[len(words) - over :]))) if over else 0


def spare_words(pieces: Sequence[Piece], room: Room) -> int:
    """About how many more words there is room for: as many as stand on the lines that still fit.

    They are counted as one more paragraph, and as words a line as there are in the others.
    """
    written = [piece for piece in pieces if piece.words and len(piece.lines) > 1]
    lines = sum(len(piece.lines) for piece in written)
    if not lines:
        return 0
    each = sum(piece.words for piece in written) / lines
    height = min(line for piece in written for line in piece.lines)
    few, many = 0, int(room.panels * room.height / height) + 1
    while many - few > 1:
        middle = (few + many) // 2
        more = Piece("", "", height / 2, (height,) * middle)
        few, many = (middle, many) if fits([*pieces, more], room) else (few, middle)
    return int(few * each)


def _farthest(lines: Sequence[_Line], start: int, height: float) -> int:
    """The last line before which a panel that begins with `start` may end."""
    used, end = 0.0, start
    for at in range(start, len(lines)):
        used += lines[at].height + (lines[at].gap if at > start else 0.0)
        if used > height:
            return end
        if at + 1 == len(lines) or lines[at + 1].cost is not None:
            end = at + 1
    return end


# ---------------------------------------------------------------- balance


def balance(pieces: Sequence[Piece], room: Room, facing: float = FACING) -> tuple[Panel, ...]:
    """The pieces in all panels of the room, filled alike and ended well.

    Of all ways to end the panels, the one is taken whose empty lines, squared, and breaks cost
    least; uneven feet of facing ones cost `facing` times as much. Gives no panels where the pieces
    cannot stand in so many.
    """
    lines = _lines(pieces)
    ends = _best_ends(lines, room, facing)
    depth = _depth(lines)
    return tuple(
        _panel(pieces, lines[start:end], depth[end] - depth[start] - lines[start].gap)
        for start, end in pairwise(ends)
    )


def _depth(lines: Sequence[_Line]) -> list[float]:
    """How far down the end of each line is, in one endless panel."""
    return [0.0, *accumulate(line.gap + line.height for line in lines)]


def _best_ends(lines: Sequence[_Line], room: Room, facing: float) -> list[int]:
    """Before which line each panel begins, and the end of the last; () where there is no way."""
    average = _depth(lines)[-1] / max(1, room.panels)
    full = LEAST_FULL * average
    return _ends(lines, room, full, facing) or _ends(lines, room, 0.0, facing)


_Way = tuple[int, "_Way | None"]
"""An end, and the way that led to it."""


def _ends(lines: Sequence[_Line], room: Room, least: float, facing: float) -> list[int]:
    """The ends that cost least, of panels that are `least` millimetres full, but for the last.

    What is known of a way to an end is its cost, and how full its last panel is where the next is
    seen beside it.
    """
    depth = _depth(lines)
    unit = max((line.height for line in lines if line.number), default=room.height / 30)
    widest = max((line.gap for line in lines), default=0.0)
    reached: dict[tuple[int, float], tuple[float, _Way]] = {(0, 0.0): (0.0, (0, None))}
    for number in range(room.panels):
        onward: dict[tuple[int, float], tuple[float, _Way]] = {}
        left = room.panels - number - 1
        for (start, before), (cost, way) in reached.items():
            for end, used, short in _ways_on(lines, depth, start, room, least if left else 0.0):
                if depth[-1] - depth[end] > left * (room.height + widest):
                    continue  # more than what follows can hold, whatever gaps fall away
                total = cost + short + ((room.height - used) / unit) ** 2
                if number in room.facing:
                    total += facing * ((used - before) / unit) ** 2
                key = (end, used if number + 1 in room.facing else 0.0)
                if total < onward.get(key, (inf, way))[0]:
                    onward[key] = (total, (end, way))
        reached = onward
    finished = [found for (end, _), found in reached.items() if end == len(lines)]
    return _followed(min(finished, key=lambda found: found[0])[1]) if finished else []


def _ways_on(
    lines: Sequence[_Line], depth: Sequence[float], start: int, room: Room, least: float
) -> Iterator[tuple[int, float, float]]:
    """Where a panel that begins with the line `start` may end, how full it is, and its cost."""
    top = depth[start] + lines[start].gap if start < len(lines) else depth[-1]
    for end in range(max(start + 1, bisect_left(depth, top + least)), len(lines) + 1):
        used = depth[end] - top
        if used > room.height:
            return
        cost = lines[end].cost if end < len(lines) else 0.0
        if cost is not None:
            yield end, used, cost


def _followed(way: _Way | None) -> list[int]:
    ends = []
    while way:
        ends.append(way[0])
        way = way[1]
    return ends[::-1]


def _panel(pieces: Sequence[Piece], lines: Sequence[_Line], height: float) -> Panel:
    within = lines[0].number > 0
    begins = range(lines[0].piece + within, lines[-1].piece + 1)
    return Panel(tuple(pieces[at] for at in begins), height, within)


# ---------------------------------------------------------------- spare room


@dataclass(frozen=True, slots=True)
class Spread:
    """A panel with its spare room spread: the gap above each piece, and its whole height."""

    gaps: tuple[float, ...]
    height: float


def spread_alike(panels: Sequence[Panel], room: Room, half: float) -> Iterator[Spread]:
    """Each panel spread; those that face each other as far as all of them can go."""
    numbered = list(enumerate(panels))
    while numbered:
        row = [numbered.pop(0)]
        while numbered and numbered[0][0] in room.facing:
            row.append(numbered.pop(0))
        widest = min(spread(panel, room.height, half).height for _, panel in row)
        foot = max(widest, *(panel.height for _, panel in row), 0.0)
        yield from (spread(panel, foot, half) for _, panel in row)


def spread(panel: Panel, height: float, half: float) -> Spread:
    """Spread what `panel` has to spare over its gaps in half lines, so that it keeps to the grid.

    Each section gets one above it, in turn, and then a second and a third one, and then each other
    block; what is left stays at the foot. The first piece of a panel has no gap; that of one which
    goes on has.
    """
    spare = int(max(0.0, height - panel.height) / half + ROUNDING) if half else 0
    begins = 0 if panel.begins_within else 1
    gaps = [0.0] * begins + [piece.gap for piece in panel.pieces[begins:]]
    sections = [
        at
        for at, piece in enumerate(panel.pieces)
        if at >= begins and piece.stretch >= SECTION_STRETCH
    ]
    blocks = [
        at
        for at, piece in enumerate(panel.pieces)
        if at >= begins and at not in sections and piece.cost == BLOCK_BREAK
    ]
    widened = (sections * HALF_LINES_MORE + blocks)[:spare]
    for at in widened:
        gaps[at] += half
    return Spread(tuple(gaps), panel.height + half * len(widened))
