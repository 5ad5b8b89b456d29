"""Can what is drawn be read: large enough, clear against what lies behind it, not hidden?

Each page is rendered twice, with its text and without. Without, it shows what lies behind the
letters; where the two do not differ, the letters cannot be seen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import ceil, floor
from typing import Any, Final
from unicodedata import combining

from leafcast.checks.pdf.document import Document, Page
from leafcast.checks.pdf.drawing import Box, Run
from leafcast.checks.pdf.faults import Fault, shortened
from leafcast.checks.pdf.structure import Content
from leafcast.design.colours import contrast
from leafcast.document.report import Severity

DPI: Final = 60
"""Enough for what lies behind a line of letters, which is five pixels high at 12 point."""
LARGE_PT: Final = 18.0
LARGE_BOLD_PT: Final = 14.0
CONTRAST: Final = 4.5
CONTRAST_LARGE: Final = 3.0
"""WCAG 2.2, 1.4.3; large text is 18 point, or 14 point and bold."""
TOLERANCE_PT: Final = 0.05
SPECK: Final = 0.04
"""A colour behind less of a line than this is an edge that the renderer smoothed."""
IN_A_PICTURE: Final = "Set the words in the picture larger or darker, or say them in the article"
BESIDE_EM: Final = 0.25
"""So far letters reach below the line, and above the small ones; the next line begins beyond."""
OVERLAP_PT: Final = 1.0


Area = tuple[int, int, int, int]
"""Pixels: left, top, before right, before bottom."""


@dataclass(frozen=True, slots=True)
class Demands:
    """What an edition promises: its least size of text, its least contrast where not WCAG's."""

    least_pt: float
    contrast: float | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """A rendered page: pixels of blue, green, red and nothing, row by row from the top."""

    width: int
    height: int
    pixels: bytes

    def rows(self, area: Area) -> list[bytes]:
        """The pixels of an area, row by row."""
        left, top, right, bottom = area
        starts = range((top * self.width) * 4, (bottom * self.width) * 4, self.width * 4)
        return [self.pixels[start + left * 4 : start + right * 4] for start in starts]


def look_faults(document: Document, pages: Any, demands: Demands) -> Iterator[Fault]:
    """Faults of text as drawn; `pages` is the same file, opened by pdfium."""
    pictured = _marks_of_pictures(document)
    for number, page in enumerate(document.pages):
        runs = [run for run in page.drawing.runs if not run.blank]
        inside = [run for run in runs if (number, run.mark.number) in pictured]
        runs = [run for run in runs if (number, run.mark.number) not in pictured]
        yield from _size_faults(runs, demands)
        yield from _place_faults(page, runs)
        pictures = render(pages[number])
        for run in runs:
            yield from _seen_faults(run, page, pictures, demands)
        for run in _gathered(inside):
            told = (*_size_faults([run], demands), *_seen_faults(run, page, pictures, demands))
            for fault in told:
                yield replace(fault, severity=Severity.WARNING, fix=IN_A_PICTURE)


def _marks_of_pictures(document: Document) -> set[tuple[int, int | None]]:
    """The marks that are pictures; a caption in one is none of it."""
    return {
        (kid.page, kid.number)
        for path in document.paths
        if path[-1].type == "Figure"
        for kid in path[-1].kids
        if isinstance(kid, Content)
    }


def _gathered(runs: list[Run]) -> list[Run]:
    """One run for all the words in a picture, which may be drawn letter by letter."""
    by_mark: dict[int, list[Run]] = {}
    for run in runs:
        by_mark.setdefault(id(run.mark), []).append(run)
    return [
        replace(min(inside, key=lambda run: run.size_pt), text="".join(run.text for run in inside))
        for inside in by_mark.values()
    ]


# ---------------------------------------------------------------- size and place


def _size_faults(runs: list[Run], demands: Demands) -> Iterator[Fault]:
    for run in runs:
        if run.size_pt < demands.least_pt - TOLERANCE_PT:
            words = (
                f"Set in {run.size_pt:.1f} point, not {demands.least_pt:g}: “{shortened(run.text)}”"
            )
            yield Fault("pdf-text-small", words, run.page)


def _place_faults(page: Page, runs: list[Run]) -> Iterator[Fault]:
    left, bottom, right, top = page.trim
    for run in runs:
        x1, y1, x2, y2 = run.box
        if x1 < left or y1 < bottom or x2 > right or y2 > top:
            words = f"Runs off the page: “{shortened(run.text)}”"
            yield Fault("pdf-text-off-page", words, run.page)
    for upper, lower in _overlaps(runs):
        words = f"Drawn over each other: “{shortened(upper.text)}” and “{shortened(lower.text)}”"
        yield Fault("pdf-text-overlaps", words, upper.page)


def _overlaps(runs: list[Run]) -> Iterator[tuple[Run, Run]]:
    """Pairs of runs whose letters cover each other; from the top, so that few are compared."""
    open_runs: list[Run] = []
    for run in sorted(runs, key=lambda run: -run.box[3]):
        open_runs = [other for other in open_runs if other.box[1] < run.box[3] - OVERLAP_PT]
        for other in open_runs:
            across = min(run.box[2], other.box[2]) - max(run.box[0], other.box[0])
            if across > OVERLAP_PT:
                yield other, run
        open_runs.append(run)


# ---------------------------------------------------------------- as rendered


def render(page: Any) -> tuple[Picture, Picture]:
    """A page of pdfium's with its text, and without."""
    from pypdfium2 import raw

    shown = _render(page)
    objects = [raw.FPDFPage_GetObject(page, at) for at in range(raw.FPDFPage_CountObjects(page))]
    for each in objects:
        if raw.FPDFPageObj_GetType(each) == raw.FPDF_PAGEOBJ_TEXT:
            raw.FPDFPage_RemoveObject(page, each)
            raw.FPDFPageObj_Destroy(each)
    return shown, _render(page)


def _render(page: Any) -> Picture:
    from pypdfium2 import raw

    bitmap = page.render(scale=DPI / 72, force_bitmap_format=raw.FPDFBitmap_BGRx)
    assert bitmap.stride == bitmap.width * 4
    return Picture(bitmap.width, bitmap.height, bytes(bitmap.buffer))


def _seen_faults(
    run: Run, page: Page, pictures: tuple[Picture, Picture], demands: Demands
) -> Iterator[Fault]:
    shown, behind = pictures
    told = f"“{shortened(run.text)}”"
    around = _pixels_of(_around(run), page, shown)
    inked = shown.rows(around) != behind.rows(around)
    if run.unseen or not (inked or _is_mark(run.text)):
        yield Fault("pdf-text-hidden", f"Cannot be seen: {told}", run.page)
        return
    area = _pixels_of(run.box, page, behind)
    ratio = min(contrast(_over(run, ground), ground) for ground in _grounds(behind, area))
    large = run.size_pt >= LARGE_PT or (run.bold and run.size_pt >= LARGE_BOLD_PT)
    least = CONTRAST_LARGE if large else CONTRAST
    if ratio < (demands.contrast or least):
        asked = demands.contrast or least
        severity = Severity.ERROR if ratio < least else Severity.WARNING
        words = f"A contrast of {ratio:.1f}:1, short of {asked:g}:1: {told}"
        fix = "Choose a darker colour in [look] of practice.toml, or a plainer ground"
        yield Fault("pdf-text-faint", words, run.page, severity, fix)


def _is_mark(text: str) -> bool:
    """Whether a run is marks alone: they stand over the letter before, beside their own box."""
    words = "".join(text.split())
    return bool(words) and all(combining(character) for character in words)


def _around(run: Run) -> Box:
    """Where a run is looked for: its box and a pixel around it, since a full stop is hardly more,
    and what stands below the line or above the small letters: a blank to fill in, a quote's end.
    """
    left, bottom, right, top = run.box
    aside = 72 / DPI
    outside = max(aside, BESIDE_EM * run.size_pt)
    return left - aside, bottom - outside, right + aside, top + outside


def _pixels_of(box: Box, page: Page, picture: Picture) -> Area:
    """The pixels of a box: left, top, and before right and bottom; one at least, in the page."""
    scale = DPI / 72
    left, top = (box[0] - page.box[0]) * scale, (page.box[3] - box[3]) * scale
    right, bottom = (box[2] - page.box[0]) * scale, (page.box[3] - box[1]) * scale
    x1, x2 = _between(left, right, picture.width)
    y1, y2 = _between(top, bottom, picture.height)
    return x1, y1, x2, y2


def _between(start: float, end: float, most: int) -> tuple[int, int]:
    """The pixels that lie between whole: a line under the words is not behind them."""
    first = min(max(0, ceil(start)), most - 1)
    return first, max(first + 1, min(most, floor(end)))


def _grounds(behind: Picture, area: Area) -> list[str]:
    """The colours behind a run, those of smoothed edges left out."""
    rows = behind.rows(area)
    first, across = rows[0][:4], area[2] - area[0]
    if all(row == first * across for row in rows):
        return [_name(first)]
    counts: Counter[bytes] = Counter()
    for row in rows:
        counts.update(row[at : at + 4] for at in range(0, len(row), 4))
    least = SPECK * across * len(rows)
    often = [colour for colour, count in counts.items() if count >= least]
    return [_name(colour) for colour in often or counts]


def _name(pixel: bytes) -> str:
    blue, green, red = pixel[:3]
    return f"#{red:02X}{green:02X}{blue:02X}"


def _over(run: Run, ground: str) -> str:
    """The colour of a run's letters on `ground`, seen through their opacity."""
    below = bytes.fromhex(ground[1:])
    mixed = (
        round(255 * part * run.opacity + under * (1 - run.opacity))
        for part, under in zip(run.colour, below, strict=True)
    )
    return "#" + "".join(f"{min(255, max(0, part)):02X}" for part in mixed)
